import { minute } from '../../src/domain/time'
import { bob, newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, rehearse } from '../support/rehearsal'
import {
  call,
  carryOut,
  colorOf,
  deployShop,
  finishShop,
  rehearseShop,
  reshape,
  rollBackShop,
  shopService,
  swapShop,
} from '../support/shop'

/** What AWS was asked to change since then. */
const changesSince = ({ aws }: Rehearsal, seen: number) =>
  aws
    .calls(seen)
    .filter(({ mutating }) => mutating)
    .map(({ action }) => action)
const lastCall = ({ aws }: Rehearsal) => aws.calls().at(-1)?.sequence ?? 0
const settle = (rehearsal: Rehearsal) => rehearsal.clock.advanceTo(rehearsal.clock.now() + 15 * minute)

const suspendOn = (group: string, process: string) => (rehearsal: Rehearsal) =>
  call(rehearsal.aws, 'SuspendProcesses', {
    AutoScalingGroupName: group,
    'ScalingProcesses.member.1': process,
  })

describe('a deploy or swap is refused, and nothing is changed', () => {
  test.each<[string, (rehearsal: Rehearsal) => Promise<unknown>, object]>([
    [
      'when both colors are live',
      (rehearsal) => reshape(rehearsal, 'shop-green', { DesiredCapacity: '1' }),
      { code: 'both_colors_live', facts: { groups: ['shop-blue: 4', 'shop-green: 1'] } },
    ],
    [
      'when both colors are idle',
      (rehearsal) => reshape(rehearsal, 'shop-blue', { MinSize: '0', DesiredCapacity: '0' }),
      { code: 'both_colors_idle', facts: { groups: ['shop-blue: 0', 'shop-green: 0'] } },
    ],
    [
      'when the idle color may not grow as large as the live one is',
      (rehearsal) => reshape(rehearsal, 'shop-green', { MaxSize: '3' }),
      { code: 'capacity_out_of_bounds', facts: { group: 'shop-green', needed: 4, min: 0, max: 3 } },
    ],
    [
      'when an instance refresh runs on the live color',
      (rehearsal) => call(rehearsal.aws, 'StartInstanceRefresh', { AutoScalingGroupName: 'shop-blue' }),
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
      (rehearsal) => call(rehearsal.aws, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'shop-green' }),
      { code: 'group_not_found', facts: { group: 'shop-green' } },
    ],
    [
      'when no listener forwards to the idle color',
      async ({ aws }) => aws.world.listeners.clear(),
      { code: 'target_group_unused' },
    ],
  ])('%s', async (_when, amiss, reason) => {
    const rehearsal = rehearseShop({ guard: { targetGroup: 'shop-TG', minimum: 0 } })
    await amiss(rehearsal)
    settle(rehearsal)
    for (const request of [deployShop(), swapShop]) {
      const seen = lastCall(rehearsal)
      const refused = await carryOut(rehearsal, request)
      expect(refused.ending).toMatchObject({ kind: 'refused', reason })
      expect(changesSince(rehearsal, seen)).toEqual([])
    }
  })

  test('while the old color stands by, and says how to end that', async () => {
    const rehearsal = rehearseShop()
    const first = await carryOut(rehearsal, deployShop())
    const refused = await carryOut(rehearsal, deployShop('v3'))
    expect(refused.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'standby_left', facts: { group: 'shop-blue', operation: first.id } },
    })
    await carryOut(rehearsal, finishShop)
    await rehearsal.pass(10 * minute)
    expect((await carryOut(rehearsal, deployShop('v3'))).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ version: 'v3', states: { InService: 4 } })
  })

  test('when the version is served already', async () => {
    const refused = await carryOut(rehearseShop(), deployShop('v1'))
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
  })

  test('when the catalogue does not say how a version is given', async () => {
    const { versionTag: _, ...service } = shopService()
    const refused = await carryOut(rehearse({ catalogue: catalogueOf(service) }), deployShop())
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_version_source' } })
  })

  test('but behind another operation only once that is over, for it is the cause of what is found', async () => {
    const rehearsal = rehearseShop()
    await rehearsal.start({ ...newOperation('shop-aaaaa', 'shop'), request: deployShop() })
    await rehearsal.start({ ...newOperation('shop-bbbbb', 'shop'), request: deployShop('v3') })
    await rehearsal.untilEnded()
    expect((await rehearsal.operation('shop-aaaaa')).ending).toMatchObject({ kind: 'succeeded' })
    // It waited for its turn, though both colors were live meanwhile; then the other one stood by.
    expect((await rehearsal.operation('shop-bbbbb')).ending).toMatchObject({
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
    const rehearsal = rehearseShop()
    await rehearsal.store.locks.set(lock)
    const seen = lastCall(rehearsal)
    expect((await carryOut(rehearsal, request)).ending).toMatchObject(refused)
    expect(changesSince(rehearsal, seen)).toEqual([])
  })

  test('keeps the window open against whoever finishes it, and holds up nobody who goes back', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    await rehearsal.store.locks.set(lock)
    expect((await carryOut(rehearsal, finishShop)).ending).toMatchObject(refused)
    expect(colorOf(rehearsal, 'shop-blue').states).toEqual({ Standby: 4 })
    expect((await carryOut(rehearsal, rollBackShop)).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue').states).toEqual({ InService: 4 })
  })
})

describe('a rollback is refused', () => {
  test('when nothing was swapped', async () => {
    const refused = await carryOut(rehearseShop(), rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })

  test('when it was gone back from already', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    await carryOut(rehearsal, rollBackShop)
    const refused = await carryOut(rehearsal, rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })

  test('when nothing that stands by runs any more', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    await killStanding(rehearsal, 4)
    const refused = await carryOut(rehearsal, rollBackShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'standby_not_running' } })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ states: { InService: 4 } })
    // As it says: finished, and then rolled back by new instances.
    expect((await carryOut(rehearsal, finishShop)).ending).toMatchObject({ kind: 'succeeded' })
    await rehearsal.pass(10 * minute)
    expect((await carryOut(rehearsal, rollBackShop)).ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ version: 'v1', states: { InService: 4 } })
  })

  test('but not when some of it runs: the rest is replaced, and the new color serves until then', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    await killStanding(rehearsal, 1)
    const back = await carryOut(rehearsal, rollBackShop)
    expect(back.plan?.warnings).toMatchObject([{ code: 'standby_replaced' }])
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ desired: 4, states: { InService: 4 } })
    expect(rehearsal.violations).toEqual([])
  })
})

/** Ends so many of the instances that stand by, by EC2 itself: Auto Scaling does not notice. */
const killStanding = async (rehearsal: Rehearsal, count: number): Promise<void> => {
  const { aws, clock } = rehearsal
  const ids = [...(aws.world.groups.get('shop-blue')?.members.keys() ?? [])].slice(0, count)
  const body = new URLSearchParams({ Action: 'TerminateInstances', Version: '2016-11-15' })
  ids.forEach((id, at) => body.set(`InstanceId.${at + 1}`, id))
  await aws.handle({ method: 'POST', path: '/', headers: {}, body: body.toString() })
  clock.advanceTo(clock.now() + 5 * minute)
}

describe('a finish is refused', () => {
  test('when nothing stands by', async () => {
    const refused = await carryOut(rehearseShop(), finishShop)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_window' } })
  })

  test('while the color that serves is not whole', async () => {
    const rehearsal = rehearseShop({ guard: { targetGroup: 'shop-TG', minimum: 3 } })
    await carryOut(rehearsal, deployShop())
    const [sick] = rehearsal.aws.world.groups.get('shop-green')?.members.keys() ?? []
    rehearsal.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    await call(rehearsal.aws, 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: sick ?? '',
      ShouldDecrementDesiredCapacity: 'false',
    })
    rehearsal.clock.advanceTo(rehearsal.clock.now() + 2 * minute)
    const refused = await carryOut(rehearsal, finishShop)
    expect(refused.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'live_color_incomplete', facts: { group: 'shop-green', healthy: 3, wanted: 4 } },
    })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ states: { Standby: 4 } })
  })

  test('by the button of an older swap', async () => {
    const rehearsal = rehearseShop()
    const first = await carryOut(rehearsal, deployShop())
    await carryOut(rehearsal, finishShop)
    await rehearsal.pass(10 * minute)
    await carryOut(rehearsal, deployShop('v3'))
    const refused = await carryOut(rehearsal, { procedure: 'finish', service: 'shop', operation: first.id })
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_window' } })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ states: { Standby: 4 } })
  })
})
