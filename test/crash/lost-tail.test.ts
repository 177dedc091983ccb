import type { Operation } from '../../src/domain/operation/operation'
import { chosen, extentOfLong, sampleSeed } from '../support/sample'
import { type Checkpoint, type Simulation, simulate } from '../support/simulation'
import { watchLosses } from '../support/losses'
import { violations } from './invariants'
import type { Scenario } from './scenario'
import { scenarios } from './scenarios'

/*
 * The store dies, and its workers with it, and it comes back without its last writes: with `appendfsync everysec`, or a
 * replica that was behind. What may be missing is what came after the last write that was waited for: an intent, a command,
 * a person's word (`redisJournal`). AWS has what was done meanwhile, and the operation does not know of it.
 */

/** Of how many such losses a sample tries one. */
const oneIn = 12
/** No scenario takes so long, in simulated time. */
const limit = 8 * 3_600_000

interface Played {
  readonly simulation: Simulation
  readonly operation: Operation
  readonly checkpoints: readonly Checkpoint[]
  /** Numbers of the looks before which there is something to lose; one more than there are is after the last. */
  readonly losses: readonly number[]
  readonly lost: () => readonly string[]
}

/** Runs a scenario; where a look is given, the store has lost before it what it could. */
const play = async (scenario: Scenario, lossAt?: number): Promise<Played> => {
  const losses: number[] = []
  let look = 0
  let armed = false
  let durable = ''
  const simulation: Simulation = simulate({
    ...scenario.world,
    // From then on, so that what is remembered of an earlier look is told from what was seen.
    get asInLife() {
      return lossAt !== undefined && look > lossAt
    },
    onTick: () => {
      if (armed) mayLose()
    },
  })
  const { store } = simulation
  const { write, create, signal } = store.journal
  const keeping = <Given extends readonly unknown[], Answer>(
    call: (...given: Given) => Promise<Answer>,
    isWaitedFor: (...given: Given) => boolean = () => true,
  ) => {
    return async (...given: Given): Promise<Answer> => {
      const answer = await call(...given)
      if (isWaitedFor(...given)) durable = store.dump()
      return answer
    }
  }
  store.journal.write = keeping(write, (_, { step }) => step?.state === 'intended')
  store.journal.create = keeping(create)
  store.journal.signal = keeping(signal)
  const mayLose = () => {
    if (durable !== store.dump()) losses.push(look)
    if (look === lossAt) {
      store.restore(durable)
      simulation.reboot()
    }
    look += 1
  }
  await scenario.before?.(simulation)
  simulation.reboot()
  const watched = watchLosses(simulation.aws)
  armed = true
  await simulation.start(scenario.operation)
  await simulation.untilEnded(limit)
  armed = false
  mayLose()
  await simulation.untilEnded(limit)
  const operation = await simulation.operation(scenario.operation.id)
  return { simulation, operation, checkpoints: [], losses, lost: watched.told }
}

describe.each(
  Object.values(scenarios)
    .flat()
    .map((scenario) => [scenario.name, scenario] as const),
)('%s', (suite, scenario) => {
  it('comes to the same ending, once, where the store has lost what it may', async () => {
    const baseline = await play(scenario)
    const names = chosen(
      { extent: extentOfLong, seed: sampleSeed, suite: `lost tail of ${suite}`, oneIn },
      baseline.losses.map(String),
    )
    const failures: string[] = []
    for (const name of names) {
      const broken = await play(scenario, Number(name)).then(
        (played) => violations(scenario, played, baseline),
        (error: unknown) => [String(error)],
      )
      if (broken.length > 0) failures.push(`before look ${name}: ${broken.join('; ')}`)
    }
    expect(failures).toEqual([])
  }, 900_000)
})
