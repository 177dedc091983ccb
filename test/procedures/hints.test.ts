import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Aws } from '../../src/sandbox/aws'
import type { Fault } from '../../src/sandbox/protocol'
import { newOperation } from '../support/operations'
import { deployShop, runToEnd, simulateShop } from '../support/shop'
import { catalogueOf, simulate, type SimulationOptions, webService } from '../support/simulation'

const reads =
  /^Describe(AutoScalingGroups|InstanceRefreshes|Images|TargetHealth|ScalingActivities|Snapshots)$/

/** A deploy, with what it came to, the reads that it took, and how long after AWS it ended. */
const deployed = async (strategy: Strategy, how: Partial<SimulationOptions> = {}, fault?: Fault) => {
  const simulation = simulate({
    catalogue: catalogueOf(webService()),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    ...how,
    prepare: (aws) => {
      if (fault) aws.setFault(fault)
    },
  })
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await simulation.start({ ...newOperation('web-aaaaa'), request })
  await simulation.untilEnded()
  const { ending, steps } = await simulation.operation(id)
  const group = simulation.aws.view().groups.find(({ name }) => name === 'Web-ASG')
  const versions = simulation.aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map(({ templateVersion }) => templateVersion)
  const isOver = simulation.aws.timeline().findLast(({ kind }) => kind === 'image' || kind === 'refresh')?.to
  return {
    ending: { kind: ending?.kind, left: ending?.left },
    steps: steps.map(({ key }) => key).filter((key) => !key.startsWith('plan/')),
    group: { desired: group?.desired, min: group?.min, max: group?.max, pin: group?.templatePin },
    versions,
    violations: simulation.violations,
    reads: simulation.aws.calls().filter(({ action }) => reads.test(action)).length,
    lag: (ending?.at ?? 0) - (isOver ?? 0),
    seenAfter: (steps.find(({ key }) => key === 'fleet/refresh 1')?.endedAt ?? 0) - (isOver ?? 0),
    messages:
      simulation.aws.world.queues.size === 0
        ? 0
        : [...simulation.aws.world.queues.values()][0]?.messages.length,
  }
}

const whatItCameTo = ({
  ending,
  steps,
  group,
  versions,
  violations,
}: Awaited<ReturnType<typeof deployed>>) => ({
  ending,
  steps,
  group,
  versions,
  violations,
})

describe('a deploy of which events come', () => {
  it('that are heard ends the same, sooner after AWS, with half the reads', async () => {
    const without = await deployed('refresh', { asInLife: true, everyLook: true })
    const heard = await deployed('refresh', { asInLife: true, events: true })
    expect(whatItCameTo(heard)).toEqual(whatItCameTo(without))
    expect(heard.reads).toBeLessThan(0.6 * without.reads)
    expect(heard.lag).toBeLessThanOrEqual(2_000)
    expect(heard.messages).toBe(0)
  })

  it('is seen two seconds after where AWS shows later what it told', async () => {
    const late: Fault = { kind: 'late-consistency', seconds: 1.5 }
    const heard = await deployed('refresh', { asInLife: true, events: true }, late)
    expect(heard.ending).toEqual({ kind: 'succeeded', left: [] })
    expect(heard.seenAfter).toBeGreaterThan(1_500)
    expect(heard.seenAfter).toBeLessThan(3_500)
  })

  const known = new Map<Strategy, ReturnType<typeof deployed>>()
  const without = (strategy: Strategy) => {
    const came = known.get(strategy) ?? deployed(strategy, { asInLife: true })
    known.set(strategy, came)
    return came
  }

  it.each<[string, Strategy, Fault]>([
    ['lost, all of them', 'refresh', { kind: 'events', lost: 1 }],
    ['lost, all but the heartbeat', 'refresh', { kind: 'events', source: 'aws.', lost: 1 }],
    ['lost, all but the heartbeat', 'replace', { kind: 'events', source: 'aws.', lost: 1 }],
    ['lost, all but the heartbeat', 'surge', { kind: 'events', source: 'aws.', lost: 1 }],
    ['later than what follows', 'replace', { kind: 'events', late: 45 }],
    ['twice', 'surge', { kind: 'events', doubled: 1 }],
    ['in another order', 'replace', { kind: 'events', reordered: true, lost: 0.3, doubled: 0.3 }],
  ])('%s ends the same by %s', async (_how, strategy, fault) => {
    const faulty = await deployed(strategy, { asInLife: true, events: true }, fault)
    expect(whatItCameTo(faulty)).toEqual(whatItCameTo(await without(strategy)))
  })
})

describe('in other worlds', () => {
  it.each([2, 3, 4])(
    'of seed %i a deploy ends the same, with events, and with all of them lost',
    async (seed) => {
      const strategy = (['refresh', 'replace', 'surge'] as const)[seed % 3] ?? 'refresh'
      const without = whatItCameTo(await deployed(strategy, { asInLife: true, seed }))
      const heard = await deployed(strategy, { asInLife: true, seed, events: true })
      const lost: Fault = { kind: 'events', source: 'aws.', lost: 1 }
      const unheard = await deployed(strategy, { asInLife: true, seed, events: true }, lost)
      expect([whatItCameTo(heard), whatItCameTo(unheard)]).toEqual([without, without])
    },
  )
})

describe('a deploy by blue-green', () => {
  it('ends the same with every event lost but the heartbeat', async () => {
    const came = async (how: Partial<SimulationOptions>) => {
      const simulation = simulateShop({ asInLife: true, ...how })
      const { ending, steps } = await runToEnd(simulation, deployShop())
      const keys = steps.map(({ key }) => key).filter((key) => !key.startsWith('plan/'))
      return { ending: ending?.kind, keys, violations: simulation.violations }
    }
    const lost = (aws: Aws) => void aws.setFault({ kind: 'events', source: 'aws.', lost: 1 })
    const without = await came({})
    expect(without.ending).toBe('succeeded')
    expect(await came({ events: true, prepare: lost })).toEqual(without)
    expect(await came({ events: true })).toEqual(without)
  })
})
