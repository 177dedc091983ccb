import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import { processHandlers } from '../../src/sandbox/aws/autoscaling/processes'
import { anotherVersion, update } from '../support/fleet-shapes'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

const minute = 60_000
type Meanwhile = (simulation: Simulation) => Promise<void> | void

/** `web` by its group's own sizes, and what somebody does once as soon as instances of the new version come up. */
const simulateWeb = (does: Meanwhile, prepare: (aws: Simulation['aws']) => void = () => {}) => {
  const { capacity: _, ...service } = webService()
  let watched = 0
  let done = false
  const there = new Set<string>()
  const simulation = simulate({
    catalogue: catalogueOf(service),
    guard: { targetGroup: 'Web-TG', minimum: 1 },
    prepare: (aws) => prepare(aws),
    meanwhile: async (world) => {
      if (done || watched === 0) return
      const begun = world.aws
        .view()
        .instances.some(
          (one) => !there.has(one.id) && one.group === 'Web-ASG' && one.templateVersion === watched,
        )
      if (!begun) return
      done = true
      await does(world)
    },
  })
  const watch = (version: number) => {
    watched = version
    for (const { id } of simulation.aws.view().instances) there.add(id)
  }
  return { simulation, watch, happened: () => done }
}
const run = async (simulation: Simulation, request: object, id = 'web-aaaaa'): Promise<Operation> => {
  await simulation.start({ ...newOperation(id), request: { service: 'web', ...request } as never })
  await simulation.untilEnded()
  return simulation.operation(id)
}
const group = ({ aws }: Simulation) => aws.view().groups.find(({ name }) => name === 'Web-ASG')
const serving = ({ aws }: Simulation) =>
  aws.view().instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
const noted = ({ notes }: Operation) => notes.map(({ code }) => code)
const strategies: Strategy[] = ['refresh', 'replace', 'surge']
const lower: Meanwhile = ({ aws }) => update(aws, { MinSize: 1, DesiredCapacity: 1 })

describe('F7: sizes that somebody changes are followed and told', () => {
  test.each(strategies)('in a rollback, by %s', async (strategy) => {
    const { simulation, watch, happened } = simulateWeb(lower)
    await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    // The old version comes up again: those of version 1 that were not there.
    watch(1)
    const back = await run(simulation, { procedure: 'rollback' }, 'web-bbbbb')
    expect(happened()).toBe(true)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect(group(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([1])
    expect(noted(back)).toContain('sizes_changed')
  })

  test.each(strategies)('in a roll, by %s', async (strategy) => {
    let version = 0
    const { simulation, watch, happened } = simulateWeb(lower, (aws) => {
      version = anotherVersion(aws, {})
    })
    watch(2)
    await simulation.pass(minute)
    const done = await run(simulation, { procedure: 'roll', templateVersion: version, strategy })
    expect(happened()).toBe(true)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect(group(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([2])
    expect(noted(done)).toContain('sizes_changed')
  })

  test.each(strategies)('and raised ones are not lowered again, by %s', async (strategy) => {
    const { simulation, watch } = simulateWeb(({ aws }) => update(aws, { DesiredCapacity: 5, MaxSize: 8 }))
    watch(2)
    const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect(group(simulation)).toMatchObject({ min: 2, max: 8 })
    expect(group(simulation)?.desired).toBeGreaterThanOrEqual(3)
    expect(new Set(serving(simulation).map(({ templateVersion }) => templateVersion))).toEqual(new Set([2]))
  })

  test.each(strategies)('on the way back of a version that never gets healthy, by %s', async (strategy) => {
    const { simulation, watch } = simulateWeb(
      lower,
      (aws) => void aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' }),
    )
    watch(2)
    const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    expect(done.ending).toMatchObject({ kind: 'rolled back' })
    await simulation.pass(20 * minute)
    expect(group(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([1])
  })
})

test('who lowers a group and raises it again while its refresh bakes sends nothing back', async () => {
  const refresh = ({ aws }: Simulation) => aws.world.groups.get('Web-ASG')?.refreshes.at(-1)?.status
  let lowered = 0
  const { capacity: _, ...service } = webService()
  const simulation = simulate({
    catalogue: catalogueOf({ ...service, gate: { bake: 10 * minute, timeout: 40 * minute } }),
    guard: { targetGroup: 'Web-TG', minimum: 1 },
    prepare: (aws) => update(aws, { MinSize: 1 }),
    meanwhile: (world) => {
      if (refresh(world) !== 'Baking') return
      const now = world.clock.now()
      if (lowered === 0) {
        lowered = now
        update(world.aws, { DesiredCapacity: 1 })
      } else if (now - lowered > 2 * minute && group(world)?.desired === 1) {
        update(world.aws, { DesiredCapacity: 2 })
      }
    },
  })
  const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy: 'refresh' })
  expect(lowered).toBeGreaterThan(0)
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([2, 2])
})

describe('sizes that somebody changes between the act that sets the group’s and the look that finds it', () => {
  /** As soon as the worker's call with these words has done its work, before anybody can look. */
  const rightAfter = (words: RegExp, change: Parameters<typeof update>[1]) => {
    const { capacity: _, ...service } = webService()
    let changed = 0
    const simulation: Simulation = simulate({
      catalogue: catalogueOf(service),
      inTheWay: async ({ body }, send) => {
        const answer = await send()
        if (changed === 0 && /Action=UpdateAutoScalingGroup/.test(body) && words.test(body)) {
          changed = simulation.clock.now()
          update(simulation.aws, change)
        }
        return answer
      },
    })
    return { simulation, changed: () => changed }
  }
  const sizes = (simulation: Simulation) => {
    const { min, desired, max } = group(simulation) ?? {}
    return { min, desired, max }
  }

  test.each([
    ['lower than it', { DesiredCapacity: 3 }, { min: 2, desired: 3, max: 4 }],
    ['their bounds as well', { MinSize: 1, DesiredCapacity: 1, MaxSize: 2 }, { min: 1, desired: 1, max: 2 }],
    ['beyond it', { DesiredCapacity: 6, MaxSize: 6 }, { min: 2, desired: 6, max: 6 }],
  ])('stay after a scale, and are told: %s', async (_, change, then) => {
    const { simulation, changed } = rightAfter(/DesiredCapacity=4/, change)
    const done = await run(simulation, { procedure: 'scale', desired: 4 })
    expect(changed()).toBeGreaterThan(0)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect(sizes(simulation)).toEqual(then)
    expect(noted(done)).toEqual(['sizes_changed'])
  })

  test('stay where they are those of before, as a scale that set its bounds too sees by them', async () => {
    const { simulation } = rightAfter(/DesiredCapacity=6/, { DesiredCapacity: 2 })
    const done = await run(simulation, { procedure: 'scale', desired: 6, max: 8 })
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(simulation)).toEqual({ min: 2, desired: 2, max: 8 })
    expect(noted(done)).toEqual(['sizes_changed'])
  })

  test.each(strategies)('stay when a deploy hands the group back, and are told, by %s', async (strategy) => {
    const { simulation, changed } = rightAfter(/DesiredCapacity=.*Default/, {
      MinSize: 1,
      DesiredCapacity: 1,
    })
    const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    expect(changed()).toBeGreaterThan(0)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect(group(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([2])
    expect(noted(done)).toEqual(['sizes_changed'])
  })
})

describe('what somebody suspends meanwhile', () => {
  test.each(strategies)('stays suspended, by %s', async (strategy) => {
    const { simulation, watch, happened } = simulateWeb(({ aws }) => {
      processHandlers.SuspendProcesses(aws.simulation, {
        AutoScalingGroupName: 'Web-ASG',
        ScalingProcesses: ['AlarmNotification', 'AZRebalance'],
      })
    })
    watch(2)
    const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    expect(happened()).toBe(true)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(group(simulation)?.suspended.toSorted()).toEqual(['AZRebalance', 'AlarmNotification'])
  })
})

describe('protection from scale-in that somebody sets meanwhile', () => {
  test.each(strategies)('holds nobody up, by %s', async (strategy) => {
    const { simulation, watch, happened } = simulateWeb(({ aws }) => {
      const found = aws.world.groups.get('Web-ASG')
      for (const member of found?.members.values() ?? []) member.protected = true
    })
    watch(2)
    const done = await run(simulation, { procedure: 'deploy', version: 'v2', strategy })
    expect(happened()).toBe(true)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([2, 2])
  })
})
