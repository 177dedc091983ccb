import type { Operation } from '../../src/domain/operation/operation'
import { type CallFault, callFaults, type CallSite, siteName } from '../support/fault-injection'
import { watchLosses } from '../support/losses'
import { type Checkpoint, type Simulation, simulate } from '../support/simulation'
import { violations } from './invariants'
import type { Scenario } from './scenario'

/** A scenario that has come to its end. */
export interface Run {
  readonly simulation: Simulation
  readonly operation: Operation
  readonly trace: readonly CallSite[]
  readonly checkpoints: readonly Checkpoint[]
  /** What customers lost until now, in words. */
  readonly lost: () => readonly string[]
}

/** One fault at one call of a scenario. */
export interface Case {
  readonly fault: CallFault
  readonly site: CallSite
}

export const caseName = ({ fault, site }: Case): string => `${fault} at ${siteName(site)}`

/** Runs a scenario, with or without a fault; from a checkpoint, it gives nothing where that does not lead to the fault. */
const run = async (scenario: Scenario, fault?: Case, from?: Checkpoint): Promise<Run | undefined> => {
  let armed = false
  let fired = false
  const checkpoints: Checkpoint[] = []
  const simulation = simulate({
    ...scenario.world,
    onTick: (take) => void (armed && !fault && checkpoints.push(take())),
    inject: (site) => {
      if (!armed || fired || !fault || siteName(site) !== siteName(fault.site)) return undefined
      fired = true
      return fault.fault
    },
  })
  await scenario.before?.(simulation)
  // The calls that led up to it do not count among the first ones of the process that gets the fault.
  simulation.reboot()
  simulation.trace.length = 0
  const losses = watchLosses(simulation.aws)
  armed = true
  if (!from) await simulation.start(scenario.operation)
  else if (!(await simulation.resume(from))) return undefined
  await simulation.untilEnded()
  if (from && !fired) return undefined
  const operation = await simulation.operation(scenario.operation.id)
  return { simulation, operation, trace: simulation.trace, checkpoints, lost: losses.told }
}

const runWhole = async (scenario: Scenario, fault?: Case): Promise<Run> => {
  const whole = await run(scenario, fault)
  if (!whole) throw new Error('a run from the beginning always comes to an end')
  return whole
}

/** Runs a scenario with a fault from the last tick on that began before it: what comes before is as in the baseline. */
const runFrom = async (scenario: Scenario, baseline: Run, fault: Case): Promise<Run> => {
  const name = siteName(fault.site)
  const index = baseline.trace.findIndex((site) => siteName(site) === name)
  const from = baseline.checkpoints.findLast(({ traced }) => traced <= index)
  const { before, ...alone } = scenario
  // What leads up to it is repeated with the rest, unless that reached into AWS by other ways than its calls.
  return (
    (from && ((await run(alone, fault, from)) ?? (before && (await run(scenario, fault, from))))) ??
    runWhole(scenario, fault)
  )
}

/** The calls of a baseline that are worth a fault: waits poll many times, and the first two polls stand for all. */
const sitesOf = ({ faultsFrom, faultsTo }: Scenario, { trace, operation }: Run): readonly CallSite[] => {
  const steps = operation.steps.toSorted((a, b) => a.order - b.order)
  const stageOf = (pattern: RegExp | undefined, otherwise: number): number => {
    const found = pattern === undefined ? otherwise : steps.findIndex(({ key }) => pattern.test(key))
    if (found < 0) throw new Error(`no step of the scenario is ${pattern}`)
    return found
  }
  const from = stageOf(faultsFrom, 0)
  const to = stageOf(faultsTo, steps.length)
  const worth = trace.filter(({ occurrence, stage }) => occurrence < 2 && stage >= from && stage <= to)
  return [...new Map(worth.map((site) => [siteName(site), site])).values()]
}

const reads =
  /^(groups\.(describe|tagged|refreshes|activities|scheduled|policies|policyAlarms|all|configuration)|images\.(named|mayCreate|byId|foreign|sharedWith|architectures|instances|snapshot|tagged|holding)|templates\.(version|idOf|named|tagged|mayCreate|mayCreateVersion|maySetDefault|everywhere)|traffic\.(?!setWeights)|networks\.|securityGroups\.(named|inVpc|tagged|naming|interfaces|mayCreate)|targetGroups\.(all|named)|loadBalancers\.(all|isProtected|named)|listeners\.of|room\.|alarms\.|metrics\.|journal\.(read|queue|history|unfinished)|locks\.(of|all)|(timers|calendar)\.of)/

/**
 * A read has no effect to lose or to die after: that would be the same as failing it. To die at one is to die after the
 * last write before it, for a process keeps nothing that is not written: those deaths are tried at the writes. Who is
 * overtaken at a read acts on what was read before, as who is overtaken at the next change does: one of each kind is tried.
 */
const makesSense = ({ fault, site }: Case): boolean =>
  !reads.test(site.method) || fault === 'fail' || (fault === 'twice' && site.occurrence === 0)

/** A scenario's run without any fault, and what a fault is tried at. */
export interface Harness {
  /** What the baseline itself broke, in words. */
  readonly broken: readonly string[]
  readonly cases: readonly Case[]
  /** Runs the scenario with this fault. Gives what broke, in words. */
  attempt(fault: Case): Promise<readonly string[]>
}

/** Runs a scenario without any fault, to find its calls. */
export const harnessFor = async (scenario: Scenario): Promise<Harness> => {
  const baseline = await runWhole(scenario)
  const sites = sitesOf(scenario, baseline)
  return {
    broken: violations(scenario, baseline, baseline),
    cases: callFaults.flatMap((fault) => sites.map((site) => ({ fault, site })).filter(makesSense)),
    attempt: (fault) =>
      runFrom(scenario, baseline, fault).then(
        (attempted) => violations(scenario, attempted, baseline),
        (error: unknown) => [String(error)],
      ),
  }
}
