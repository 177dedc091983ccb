import { minute } from '../../src/domain/time/time'
import { bob, newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate } from '../support/simulation'
import {
  call,
  runToEnd,
  colorOf,
  deployShop,
  finishShop,
  simulateShop,
  reshape,
  rollBackShop,
  shopService,
  swapShop,
} from '../support/shop'

/** What AWS was asked to change since then. */
const changesSince = ({ aws }: Simulation, seen: number) =>
  aws
    .calls(seen)
    .filter(({ mutating }) => mutating)
    .map(({ action }) => action)
const lastCall = ({ aws }: Simulation) => aws.calls().at(-1)?.sequence ?? 0
const settle = (simulation: Simulation) => simulation.clock.advanceTo(simulation.clock.now() + 15 * minute)

const suspendOn = (group: string, process: string) => (simulation: Simulation) =>
  call(simulation.aws, 'SuspendProcesses', {
    AutoScalingGroupName: group,
    'ScalingProcesses.member.1': process,
  })

describe('a deploy or swap is refused, and nothing is changed', () => {
  test.each<[string, (simulation: Simulation) => Promise<unknown>, object]>([
    [
      'when both colors are live',
      (simulation) => reshape(simulation, 'shop-green', { DesiredCapacity: '1' }),
      { code: 'both_colors_live', facts: { groups: ['shop-blue: 4', 'shop-green: 1'] } },
    ],
    [
      'when both colors are idle',
      (simulation) => reshape(simulation, 'shop-blue', { MinSize: '0', DesiredCapacity: '0' }),
      { code: 'both_colors_idle', facts: { groups: ['shop-blue: 0', 'shop-green: 0'] } },
    ],
    [
      'when the idle color may not grow as large as the live one is',
      (simulation) => reshape(simulation, 'shop-green', { MaxSize: '3' }),
      { code: 'capacity_out_of_bounds', facts: { group: 'shop-green', needed: 4, min: 0, max: 3 } },
    ],
    [
      'when an instance refresh runs on the live color',
      (simulation) => call(simulation.aws, 'StartInstanceRefresh', { AutoScalingGroupName: 'shop-blue' }),
      { code: 'refresh_already_running', facts: { group: 'shop-blue' } },
    ],
    [
      'when a process that it needs is suspended',
      suspendOn('shop-green', 'Launch'),
      { code: 'processes_suspended', facts: { group: 'shop-green', processes: ['Launch'] } },
    ],
    [
      'when the alarms of the idle color would not count afterwards',
      suspendOn('shop-green', 'AlarmNotification'),
      { code: 'processes_suspended', facts: { group: 'shop-green', processes: ['AlarmNotification'] } },
    ],
    [
      'when a color is gone',
      (simulation) => call(simulation.aws, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'shop-green' }),
      { code: 'group_not_found', facts: { group: 'shop-green' } },
    ],
    [
      'when no listener forwards to the idle color',
      async ({ aws }) => aws.world.listeners.clear(),
      { code: 'target_group_unused' },
    ],
  ])('%s', async (_when, amiss, reason) => {
    const simulation = simulateShop({ guard: { targetGroup: 'shop-TG', minimum: 0 } })
    await amiss(simulation)
    settle(simulation)
    for (const request of [deployShop(), swapShop]) {
      const seen = lastCall(simulation)
      const refused = await runToEnd(simulation, request)
      expect(refused.ending).toMatchObject({ kind: 'refused', reason })
      expect(changesSince(simulation, seen)).toEqual([])
    }
  })

  test('while the old color stands by, and says how to end that', async () => {
    const simulation = simulateShop()
    const first = await runToEnd(simulation, deployShop())
    const refused = await runToEnd(simulation, deployShop('v3'))
    expect(refused.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'standby_left', facts: { group: 'shop-blue', operation: first.id } },
    })
    await runToEnd(simulation, finishShop)
    await simulation.pass(10 * minute)
    expect((await runToEnd(simulation, deployShop('v3'))).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ version: 'v3', states: { InService: 4 } })
  })

  test('when the version is served already', async () => {
    const refused = await runToEnd(simulateShop(), deployShop('v1'))
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
  })

  test('when the catalogue does not say how a version is given', async () => {
    const { versionTag: _, ...service } = shopService()
    const refused = await runToEnd(simulate({ catalogue: catalogueOf(service) }), deployShop())
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_version_source' } })
  })

  test('but behind another operation only once that is over, for it is the cause of what is found', async () => {
    const simulation = simulateShop()
    await simulation.start({ ...newOperation('shop-aaaaa', 'shop'), request: deployShop() })
    await simulation.start({ ...newOperation('shop-bbbbb', 'shop'), request: deployShop('v3') })
    await simulation.untilEnded()
    expect((await simulation.operation('shop-aaaaa')).ending).toMatchObject({ kind: 'succeeded' })
    // It waited for its turn, though both colors were live meanwhile; then the other one stood by.
    expect((await simulation.operation('shop-bbbbb')).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'standby_left' },
    })
  })
})

describe('a lock of a person', () => {
  const lock = {
    kind: 'lock',
    service: 'shop',
    why: 'incident 42',
    by: bob,
    since: 0,
  } as const
  const refused = { kind: 'refused', reason: { code: 'locked', facts: { why: 'incident 42', by: bob.user } } }

  test.each([
    ['a deploy', deployShop()],
    ['a swap', swapShop],
  ])('holds %s, and nothing is changed', async (_what, request) => {
    const simulation = simulateShop()
    await simulation.store.locks.set(lock)
    const seen = lastCall(simulation)
    expect((await runToEnd(simulation, request)).ending).toMatchObject(refused)
    expect(changesSince(simulation, seen)).toEqual([])
  })

  test('keeps the window open against whoever finishes it, and holds up nobody who goes back', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    await simulation.store.locks.set(lock)
    expect((await runToEnd(simulation, finishShop)).ending).toMatchObject(refused)
    expect(colorOf(simulation, 'shop-blue').states).toEqual({ Standby: 4 })
    expect((await runToEnd(simulation, rollBackShop)).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue').states).toEqual({ InService: 4 })
  })
})

describe('a rollback is refused', () => {
  test('when nothing was swapped', async () => {
    const refused = await runToEnd(simulateShop(), rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })

  test('when it was gone back from already', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    await runToEnd(simulation, rollBackShop)
    const refused = await runToEnd(simulation, rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })

  test('when nothing that stands by runs any more', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    await killStanding(simulation, 4)
    const refused = await runToEnd(simulation, rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'standby_not_running' } })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ states: { InService: 4 } })
    // As it says: finished, and then rolled back by new instances.
    expect((await runToEnd(simulation, finishShop)).ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minute)
    expect((await runToEnd(simulation, rollBackShop)).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ version: 'v1', states: { InService: 4 } })
  })

  test('but not when some of it runs: the rest is replaced, and the new color serves until then', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    await killStanding(simulation, 1)
    const back = await runToEnd(simulation, rollBackShop)
    expect(back.plan?.warnings).toMatchObject([{ code: 'standby_replaced' }])
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ desired: 4, states: { InService: 4 } })
    expect(simulation.violations).toEqual([])
  })
})

/** Ends so many of the instances that stand by, by EC2 itself: Auto Scaling does not notice. */
const killStanding = async (simulation: Simulation, count: number): Promise<void> => {
  const { aws, clock } = simulation
  const ids = [...(aws.world.groups.get('shop-blue')?.members.keys() ?? [])].slice(0, count)
  const body = new URLSearchParams({ Action: 'TerminateInstances', Version: '2016-11-15' })
  ids.forEach((id, at) => body.set(`InstanceId.${at + 1}`, id))
  await aws.handle({ method: 'POST', path: '/', headers: {}, body: body.toString() })
  clock.advanceTo(clock.now() + 5 * minute)
}

describe('a finish is refused', () => {
  test('when nothing stands by', async () => {
    const refused = await runToEnd(simulateShop(), finishShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_window' } })
  })

  test('while the color that serves is not whole', async () => {
    const simulation = simulateShop({ guard: { targetGroup: 'shop-TG', minimum: 3 } })
    await runToEnd(simulation, deployShop())
    const [sick] = simulation.aws.world.groups.get('shop-green')?.members.keys() ?? []
    simulation.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    await call(simulation.aws, 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: sick ?? '',
      ShouldDecrementDesiredCapacity: 'false',
    })
    simulation.clock.advanceTo(simulation.clock.now() + 2 * minute)
    const refused = await runToEnd(simulation, finishShop)
    expect(refused.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'live_color_incomplete', facts: { group: 'shop-green', healthy: 3, wanted: 4 } },
    })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ states: { Standby: 4 } })
  })

  test('by the button of an older swap', async () => {
    const simulation = simulateShop()
    const first = await runToEnd(simulation, deployShop())
    await runToEnd(simulation, finishShop)
    await simulation.pass(10 * minute)
    await runToEnd(simulation, deployShop('v3'))
    const refused = await runToEnd(simulation, { procedure: 'finish', service: 'shop', operation: first.id })
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_window' } })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ states: { Standby: 4 } })
  })
})
