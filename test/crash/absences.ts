import { hour, minute } from '../../src/domain/time/time'
import type { CallSite } from '../support/fault-injection'
import { watchLosses } from '../support/losses'
import { type Simulation, simulate } from '../support/simulation'
import type { Run } from './harness'
import { violations } from './invariants'
import type { Scenario } from './scenario'

/** Longer than every deadline of a scenario’s procedures. */
const awayFor = 5 * hour
const tries = minute

/** Who is away in the middle of a wait: the worker, while AWS goes on; or the store, which the worker asks in vain. */
export const absent = ['the worker', 'the store'] as const
type Absent = (typeof absent)[number]

/** Who is away, from when a wait of such a key is first seen. */
export interface Absence {
  readonly who: Absent
  readonly key: string
}

/** Rounds, instances and ids make no other kind of wait. */
const kindOf = (key: string): string => key.replaceAll(/\d+/g, 'N').replaceAll(/i-[0-9a-z]+/g, 'ID')

/** The waits that an operation is in, for AWS or for a person. */
const waitsOf = async (simulation: Simulation, { operation }: Scenario): Promise<readonly string[]> => {
  const found = await simulation.store.journal.read(operation.id)
  return (found?.steps ?? []).filter(({ state }) => state === 'waiting').map(({ key }) => kindOf(key))
}

interface Outcome extends Run {
  /** Every kind of wait that there was. */
  readonly waits: readonly string[]
  /** Whether anybody was away. */
  readonly left: boolean
}

const storesCall = ({ method }: CallSite): boolean => /^(journal|locks|timers|calendar)\./.test(method)

const run = async (scenario: Scenario, absence?: Absence): Promise<Outcome> => {
  const waits = new Set<string>()
  let armed = false
  let back: number | undefined
  const simulation: Simulation = simulate({
    ...scenario.world,
    asInLife: true,
    async meanwhile(now) {
      await scenario.world.meanwhile?.(now)
      if (!armed) return
      // Between its first tries and its last ones a worker only tries again.
      if (back !== undefined && now.clock.now() < back - tries) now.clock.advanceTo(back - tries)
      const seen = await waitsOf(now, scenario)
      for (const key of seen) waits.add(key)
      if (absence === undefined || back !== undefined || !seen.includes(absence.key)) return
      back = now.clock.now() + awayFor
      if (absence.who === 'the worker') now.clock.advanceTo(back)
    },
    inject: (site) => {
      if (absence?.who !== 'the store' || back === undefined || simulation.clock.now() >= back)
        return undefined
      return storesCall(site) ? 'fail' : undefined
    },
  })
  await scenario.before?.(simulation)
  simulation.reboot()
  simulation.trace.length = 0
  const losses = watchLosses(simulation.aws)
  armed = true
  await simulation.start(scenario.operation)
  await simulation.untilEnded(4 * 24 * hour)
  const operation = await simulation.operation(scenario.operation.id)
  const { trace } = simulation
  return {
    simulation,
    operation,
    trace,
    checkpoints: [],
    lost: losses.told,
    waits: [...waits],
    left: back !== undefined,
  }
}

/** A scenario in which nobody is away, and what it is tried with. */
export interface Attended {
  /** What broke with nobody away, in words. */
  readonly broken: readonly string[]
  readonly absences: readonly Absence[]
  /** Runs the scenario with this absence. Gives what broke, in words. */
  attempt(absence: Absence): Promise<readonly string[]>
}

export const attended = async (scenario: Scenario): Promise<Attended> => {
  const baseline = await run(scenario)
  return {
    broken: violations(scenario, baseline, baseline),
    absences: absent.flatMap((who) => baseline.waits.map((key) => ({ who, key }))),
    attempt: (absence) =>
      run(scenario, absence).then(
        (attempted) => [
          ...(attempted.left ? [] : ['nobody was away']),
          ...violations(scenario, attempted, baseline),
        ],
        (error: unknown) => [String(error)],
      ),
  }
}
