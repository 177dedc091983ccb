import { minute } from '../../src/domain/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { seedBalancer, seedGroup } from '../../src/sandbox/aws/seed-parts'
import type { Aws } from '../../src/sandbox/aws'
import type { Service } from '../../src/domain/catalogue'
import { catalogueOf, type Rehearsal, rehearse } from '../support/rehearsal'
import {
  call,
  carryOut,
  colorOf,
  deployShop,
  finishShop,
  rehearseShop,
  rollBackShop,
  scheduleOn,
  shopService,
  swapShop,
} from '../support/shop'

const image = { name: 'shop {version}', from: { tag: { 'docker:image:name': 'shop' } } }
const pinOf = ({ aws }: Rehearsal, name: string) =>
  aws.view().groups.find((group) => group.name === name)?.templatePin
const defaultOf = ({ aws }: Rehearsal) => aws.view().templates.find(({ name }) => name === 'shop')?.default
const versionsIn = ({ aws }: Rehearsal, name: string) => [
  ...new Set(
    aws
      .view()
      .instances.filter(({ group }) => group === name)
      .map((one) => one.templateVersion),
  ),
]

describe('where the version is an image', () => {
  const { versionTag: _, ...plain } = shopService({ image })
  const begin = () =>
    rehearse({ catalogue: catalogueOf(plain), guard: { targetGroup: 'shop-TG', minimum: 4 } })

  test('the idle color launches from a numbered version, and the default moves when it has passed', async () => {
    const rehearsal = begin()
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(versionsIn(rehearsal, 'shop-green')).toEqual([2])
    expect([defaultOf(rehearsal), pinOf(rehearsal, 'shop-green')]).toEqual([2, '$Default'])
    // The old color launches the old version for as long as it may come back.
    expect([pinOf(rehearsal, 'shop-blue'), versionsIn(rehearsal, 'shop-blue')]).toEqual(['1', [1]])
    expect(colorOf(rehearsal, 'shop-green').version).toBe('v1')
    expect(rehearsal.violations).toEqual([])
  })

  test('a warm rollback gives the default and both pins back', async () => {
    const rehearsal = begin()
    await carryOut(rehearsal, deployShop())
    await carryOut(rehearsal, rollBackShop)
    expect(versionsIn(rehearsal, 'shop-blue')).toEqual([1])
    expect([defaultOf(rehearsal), pinOf(rehearsal, 'shop-blue'), pinOf(rehearsal, 'shop-green')]).toEqual([
      1,
      '$Default',
      '$Default',
    ])
    expect(rehearsal.violations).toEqual([])
  })

  test('after the window the old color follows its template again, and a rollback launches the old version', async () => {
    const rehearsal = begin()
    await carryOut(rehearsal, deployShop())
    await carryOut(rehearsal, finishShop)
    await rehearsal.pass(10 * minute)
    expect(pinOf(rehearsal, 'shop-blue')).toBe('$Default')
    const back = await carryOut(rehearsal, rollBackShop)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect([defaultOf(rehearsal), versionsIn(rehearsal, 'shop-blue')]).toEqual([1, [1]])
    expect(rehearsal.violations).toEqual([])
  })

  test('a deploy that fails leaves templates and pins as they were', async () => {
    const rehearsal = begin()
    rehearsal.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({
      kind: 'rolled back',
      left: [
        { code: 'left_image' },
        { code: 'left_template_version', facts: { template: 'shop', version: 2 } },
      ],
    })
    expect([defaultOf(rehearsal), pinOf(rehearsal, 'shop-blue'), pinOf(rehearsal, 'shop-green')]).toEqual([
      1,
      '$Default',
      '$Default',
    ])
  })

  test('a swap stays on the version, and makes none', async () => {
    const rehearsal = begin()
    await carryOut(rehearsal, swapShop)
    expect([defaultOf(rehearsal), versionsIn(rehearsal, 'shop-green')]).toEqual([1, [1]])
    expect(rehearsal.aws.view().templates.find(({ name }) => name === 'shop')?.latest).toBe(1)
  })

  test('with a tag beside it, both say the version', async () => {
    const rehearsal = rehearseShop({ service: { image } })
    await carryOut(rehearsal, deployShop())
    expect([versionsIn(rehearsal, 'shop-green'), colorOf(rehearsal, 'shop-green').version]).toEqual([
      [2],
      'v2',
    ])
  })
})

describe('what scales a color by itself', () => {
  const step = (aws: Aws, group: string, more: Readonly<Record<string, string>> = {}) =>
    call(aws, 'PutScalingPolicy', {
      AutoScalingGroupName: group,
      PolicyName: 'by queue',
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      'StepAdjustments.member.1.MetricIntervalLowerBound': '0',
      'StepAdjustments.member.1.ScalingAdjustment': '2',
      ...more,
    })
  const arnOf = ({ aws }: Rehearsal, group: string, policy: string) =>
    aws.world.groups.get(group)?.policies.get(policy)?.PolicyARN

  test('keeps its ARN, disabled, where people own the alarms, and is enabled again on the way back', async () => {
    const rehearsal = rehearseShop()
    await step(rehearsal.aws, 'shop-blue')
    const arn = arnOf(rehearsal, 'shop-blue', 'by queue')
    const done = await carryOut(rehearsal, deployShop())
    expect(done.plan?.warnings).toMatchObject([{ code: 'policy_alarms', facts: { names: ['by queue'] } }])
    expect(colorOf(rehearsal, 'shop-blue').policies).toEqual(['by queue (off)'])
    expect(colorOf(rehearsal, 'shop-green').policies).toEqual(['cpu-50', 'by queue'])
    await carryOut(rehearsal, rollBackShop)
    expect(colorOf(rehearsal, 'shop-blue').policies.sort()).toEqual(['by queue', 'cpu-50'])
    expect(arnOf(rehearsal, 'shop-blue', 'by queue')).toBe(arn)
    expect(colorOf(rehearsal, 'shop-green').policies).toEqual([])
  })

  test('gives way on the idle color, and is put back when the deploy fails', async () => {
    const rehearsal = rehearseShop()
    await step(rehearsal.aws, 'shop-green')
    await scheduleOn(rehearsal.aws, 'shop-green', { name: 'own', cron: '0 3 * * *', desired: 0 })
    rehearsal.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.plan?.colors?.components[0]?.gives).toEqual(['by queue', 'own'])
    expect(done.ending).toMatchObject({ kind: 'rolled back' })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ policies: ['by queue'], actions: ['own'] })
    rehearsal.aws.clearFaults()
    await carryOut(rehearsal, deployShop())
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({
      policies: ['by queue (off)', 'cpu-50'],
      actions: [],
    })
  })

  test('follows its own group after it moved, where a metric is told by the group', async () => {
    const rehearsal = rehearseShop()
    await call(rehearsal.aws, 'PutScalingPolicy', {
      AutoScalingGroupName: 'shop-blue',
      PolicyName: 'by backlog',
      PolicyType: 'TargetTrackingScaling',
      'TargetTrackingConfiguration.TargetValue': '10',
      'TargetTrackingConfiguration.CustomizedMetricSpecification.MetricName': 'Backlog',
      'TargetTrackingConfiguration.CustomizedMetricSpecification.Namespace': 'Shop',
      'TargetTrackingConfiguration.CustomizedMetricSpecification.Statistic': 'Average',
      'TargetTrackingConfiguration.CustomizedMetricSpecification.Dimensions.member.1.Name':
        'AutoScalingGroupName',
      'TargetTrackingConfiguration.CustomizedMetricSpecification.Dimensions.member.1.Value': 'shop-blue',
    })
    await carryOut(rehearsal, deployShop())
    const [moved] = (await rehearsal.account.groups.policies('shop-green')).filter(
      ({ name }) => name === 'by backlog',
    )
    expect(moved?.settings).toContain('"Value":"shop-green"')
  })

  test('is brought across too when it was made in the middle', async () => {
    let made = false
    const rehearsal = rehearseShop({
      meanwhile: async ({ aws, store }) => {
        const [id] = await store.journal.unfinished()
        const steps = id === undefined ? [] : ((await store.journal.read(id))?.steps ?? [])
        if (made || !steps.some(({ key }) => key.startsWith('health/whole'))) return
        made = true
        await step(aws, 'shop-blue')
        await scheduleOn(aws, 'shop-blue', {
          name: 'late',
          cron: '0 9 * * *',
          desired: 6,
          timezone: 'Asia/Seoul',
        })
      },
    })
    await carryOut(rehearsal, deployShop())
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({
      policies: ['cpu-50', 'by queue'],
      actions: ['late'],
    })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ policies: ['by queue (off)'], actions: [] })
  })

  test('is only held back by what the operation itself suspended', async () => {
    const rehearsal = rehearseShop()
    for (const process of ['AlarmNotification', 'AZRebalance'])
      await call(rehearsal.aws, 'SuspendProcesses', {
        AutoScalingGroupName: 'shop-blue',
        'ScalingProcesses.member.1': process,
      })
    await carryOut(rehearsal, deployShop())
    // A person stopped them on the color that served: they stay stopped on the one that serves now, and there.
    expect(colorOf(rehearsal, 'shop-green').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
    expect(colorOf(rehearsal, 'shop-blue').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
    await carryOut(rehearsal, rollBackShop)
    expect(colorOf(rehearsal, 'shop-green').suspended).toEqual([])
    expect(colorOf(rehearsal, 'shop-blue').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
  })
})

test('forty instances go into Standby and come back in chunks of at most 19', async () => {
  const rehearsal = rehearseShop({ guard: { targetGroup: 'shop-TG', minimum: 40 } })
  // Grown before the guard would see a single one too few.
  const grown = { AutoScalingGroupName: 'shop-blue', DesiredCapacity: '40', MinSize: '40', MaxSize: '50' }
  await call(rehearsal.aws, 'UpdateAutoScalingGroup', grown)
  await call(rehearsal.aws, 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'shop-green', MaxSize: '50' })
  rehearsal.clock.advanceTo(rehearsal.clock.now() + 10 * minute)
  rehearsal.violations.length = 0
  await carryOut(rehearsal, deployShop())
  expect(colorOf(rehearsal, 'shop-blue').states).toEqual({ Standby: 40 })
  await carryOut(rehearsal, rollBackShop)
  expect(colorOf(rehearsal, 'shop-blue').states).toEqual({ InService: 40 })
  const sizes = (action: string) =>
    rehearsal.aws
      .calls()
      .filter((one) => one.action === action)
      .map(({ input }) => (input as { readonly InstanceIds?: readonly string[] }).InstanceIds?.length)
  expect([sizes('EnterStandby'), sizes('ExitStandby')]).toEqual([
    [19, 19, 2],
    [19, 19, 2],
  ])
  expect(rehearsal.violations).toEqual([])
})

describe('a rollback that has to be larger than what stands by', () => {
  test('launches the rest, and the new color serves until all of it is healthy', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    await call(rehearsal.aws, 'UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'shop-green',
      DesiredCapacity: '10',
      MaxSize: '12',
    })
    rehearsal.clock.advanceTo(rehearsal.clock.now() + 5 * minute)
    const back = await carryOut(rehearsal, rollBackShop)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ desired: 10, max: 12, states: { InService: 10 } })
    expect(rehearsal.violations).toEqual([])
  })

  test('does not lose an event that was scheduled within the window', async () => {
    const rehearsal = rehearseShop()
    await carryOut(rehearsal, deployShop())
    const at = rehearsal.clock.now() + 60 * minute
    await scheduleOn(rehearsal.aws, 'shop-green', { name: 'tonight', at, desired: 8 })
    await carryOut(rehearsal, rollBackShop)
    expect(colorOf(rehearsal, 'shop-blue').actions).toEqual(['tonight'])
    expect(colorOf(rehearsal, 'shop-green').actions).toEqual([])
  })
})

describe('several components, found by prefix and tag', () => {
  const components = (aws: Aws): void => {
    const sim = aws.simulation
    for (const part of ['api', 'worker']) {
      const targetGroup = seedBalancer(sim, `store-${part}-ALB`, `store-${part}-TG`)
      for (const color of ['blue', 'green']) {
        const tags = [
          ['docker:image:name', 'store'],
          ['docker:image:version', 'v1'],
        ]
        seedGroup(sim, targetGroup, {
          AutoScalingGroupName: `store-${part}-${color}`,
          LaunchTemplate: { LaunchTemplateId: ids.shopTemplate, Version: '$Default' },
          MinSize: color === 'blue' ? 2 : 0,
          DesiredCapacity: color === 'blue' ? (part === 'api' ? 3 : 2) : 0,
          MaxSize: 6,
          Tags: tags.map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true })),
        })
      }
    }
  }
  const store: Service = {
    ...shopService(),
    name: 'shop',
    colors: { prefix: 'store-', tag: { 'docker:image:name': 'store' } },
  }
  const begin = (amiss: (aws: Aws) => void = () => {}) =>
    rehearse({
      catalogue: catalogueOf(store),
      guard: { targetGroup: 'store-api-TG', minimum: 3 },
      prepare: (aws) => {
        components(aws)
        amiss(aws)
      },
    })
  const states = (rehearsal: Rehearsal) =>
    Object.fromEntries(
      ['api-blue', 'api-green', 'worker-blue', 'worker-green'].map((name) => [
        name,
        colorOf(rehearsal, `store-${name}`).states,
      ]),
    )

  test('move as one, and back', async () => {
    const rehearsal = begin()
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(states(rehearsal)).toEqual({
      'api-blue': { Standby: 3 },
      'api-green': { InService: 3 },
      'worker-blue': { Standby: 2 },
      'worker-green': { InService: 2 },
    })
    expect(colorOf(rehearsal, 'store-worker-green').version).toBe('v2')
    await carryOut(rehearsal, rollBackShop)
    expect(states(rehearsal)).toMatchObject({ 'api-blue': { InService: 3 }, 'worker-blue': { InService: 2 } })
    expect(rehearsal.violations).toEqual([])
  })

  test('go back together when one of them never gets healthy', async () => {
    const rehearsal = begin(
      (aws) => void aws.setFault({ kind: 'never-healthy', group: 'store-worker-green' }),
    )
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(states(rehearsal)).toMatchObject({ 'api-blue': { InService: 3 }, 'worker-blue': { InService: 2 } })
    expect(rehearsal.violations).toEqual([])
  })

  test.each<[string, (aws: Aws) => void, object]>([
    [
      'when a group has no color',
      (aws) => rename(aws, 'store-api-green', 'store-api-new'),
      { code: 'group_without_color', facts: { group: 'store-api-new' } },
    ],
    [
      'when a twin is missing',
      (aws) => void aws.world.groups.delete('store-worker-green'),
      { code: 'twin_missing', facts: { group: 'store-worker-blue', missing: 'store-worker-green' } },
    ],
    [
      'when they serve from different colors',
      (aws) => {
        rename(aws, 'store-worker-green', 'store-worker-old')
        rename(aws, 'store-worker-blue', 'store-worker-green')
        rename(aws, 'store-worker-old', 'store-worker-blue')
      },
      { code: 'colors_crossed' },
    ],
    [
      'when nothing carries the tag',
      (aws) => {
        for (const group of aws.world.groups.values()) group.tags.delete('docker:image:name')
      },
      { code: 'colors_not_found', facts: { prefix: 'store-', tags: ['docker:image:name=store'] } },
    ],
  ])('are refused %s', async (_when, amiss, reason) => {
    const rehearsal = begin(amiss)
    const refused = await carryOut(rehearsal, deployShop())
    expect(refused.ending).toMatchObject({ kind: 'refused', reason })
  })

  /** Gives a group another name, as if it had been made under it. */
  const rename = (aws: Aws, from: string, to: string): void => {
    const group = aws.world.groups.get(from)
    if (!group) throw new Error(`no group ${from}`)
    aws.world.groups.delete(from)
    aws.world.groups.set(to, Object.assign(group, { name: to }))
  }
})
