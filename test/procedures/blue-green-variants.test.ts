import { minute } from '../../src/domain/time/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { seedBalancer, seedGroup } from '../../src/sandbox/aws/seed-parts'
import type { Aws } from '../../src/sandbox/aws'
import type { Service } from '../../src/domain/catalogue/catalogue'
import { catalogueOf, type Simulation, simulate } from '../support/simulation'
import {
  call,
  runToEnd,
  colorOf,
  deployShop,
  finishShop,
  simulateShop,
  rollBackShop,
  scheduleOn,
  shopService,
  swapShop,
} from '../support/shop'

const image = { name: 'shop {version}', from: { tag: { 'docker:image:name': 'shop' } } }
const pinOf = ({ aws }: Simulation, name: string) =>
  aws.view().groups.find((group) => group.name === name)?.templatePin
const defaultOf = ({ aws }: Simulation) => aws.view().templates.find(({ name }) => name === 'shop')?.default
const versionsIn = ({ aws }: Simulation, name: string) => [
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
    simulate({ catalogue: catalogueOf(plain), guard: { targetGroup: 'shop-TG', minimum: 4 } })

  test('the idle color launches from a numbered version, and the default moves when it has passed', async () => {
    const simulation = begin()
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(versionsIn(simulation, 'shop-green')).toEqual([2])
    expect([defaultOf(simulation), pinOf(simulation, 'shop-green')]).toEqual([2, '$Default'])
    // The old color launches the old version for as long as it may come back.
    expect([pinOf(simulation, 'shop-blue'), versionsIn(simulation, 'shop-blue')]).toEqual(['1', [1]])
    expect(colorOf(simulation, 'shop-green').version).toBe('v1')
    expect(simulation.violations).toEqual([])
  })

  test('a warm rollback gives the default and both pins back', async () => {
    const simulation = begin()
    await runToEnd(simulation, deployShop())
    await runToEnd(simulation, rollBackShop)
    expect(versionsIn(simulation, 'shop-blue')).toEqual([1])
    expect([defaultOf(simulation), pinOf(simulation, 'shop-blue'), pinOf(simulation, 'shop-green')]).toEqual([
      1,
      '$Default',
      '$Default',
    ])
    expect(simulation.violations).toEqual([])
  })

  test('after the window the old color follows its template again, and a rollback launches the old version', async () => {
    const simulation = begin()
    await runToEnd(simulation, deployShop())
    await runToEnd(simulation, finishShop)
    await simulation.pass(10 * minute)
    expect(pinOf(simulation, 'shop-blue')).toBe('$Default')
    const back = await runToEnd(simulation, rollBackShop)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect([defaultOf(simulation), versionsIn(simulation, 'shop-blue')]).toEqual([1, [1]])
    expect(simulation.violations).toEqual([])
  })

  test('a deploy that fails leaves templates and pins as they were', async () => {
    const simulation = begin()
    simulation.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({
      kind: 'rolled back',
      left: [
        { code: 'left_image' },
        { code: 'left_template_version', facts: { template: 'shop', version: 2 } },
      ],
    })
    expect([defaultOf(simulation), pinOf(simulation, 'shop-blue'), pinOf(simulation, 'shop-green')]).toEqual([
      1,
      '$Default',
      '$Default',
    ])
  })

  test('a swap stays on the version, and makes none', async () => {
    const simulation = begin()
    await runToEnd(simulation, swapShop)
    expect([defaultOf(simulation), versionsIn(simulation, 'shop-green')]).toEqual([1, [1]])
    expect(simulation.aws.view().templates.find(({ name }) => name === 'shop')?.latest).toBe(1)
  })

  test('with a tag beside it, both say the version', async () => {
    const simulation = simulateShop({ service: { image } })
    await runToEnd(simulation, deployShop())
    expect([versionsIn(simulation, 'shop-green'), colorOf(simulation, 'shop-green').version]).toEqual([
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
  const arnOf = ({ aws }: Simulation, group: string, policy: string) =>
    aws.world.groups.get(group)?.policies.get(policy)?.PolicyARN

  test('keeps its ARN, disabled, where people own the alarms, and is enabled again on the way back', async () => {
    const simulation = simulateShop()
    await step(simulation.aws, 'shop-blue')
    const arn = arnOf(simulation, 'shop-blue', 'by queue')
    const done = await runToEnd(simulation, deployShop())
    expect(done.plan?.warnings).toMatchObject([{ code: 'policy_alarms', facts: { names: ['by queue'] } }])
    expect(colorOf(simulation, 'shop-blue').policies).toEqual(['by queue (off)'])
    expect(colorOf(simulation, 'shop-green').policies).toEqual(['cpu-50', 'by queue'])
    await runToEnd(simulation, rollBackShop)
    expect(colorOf(simulation, 'shop-blue').policies.sort()).toEqual(['by queue', 'cpu-50'])
    expect(arnOf(simulation, 'shop-blue', 'by queue')).toBe(arn)
    expect(colorOf(simulation, 'shop-green').policies).toEqual([])
  })

  test('gives way on the idle color, and is put back when the deploy fails', async () => {
    const simulation = simulateShop()
    await step(simulation.aws, 'shop-green')
    await scheduleOn(simulation.aws, 'shop-green', { name: 'own', cron: '0 3 * * *', desired: 0 })
    simulation.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    const done = await runToEnd(simulation, deployShop())
    expect(done.plan?.colors?.components[0]?.gives).toEqual(['by queue', 'own'])
    expect(done.ending).toMatchObject({ kind: 'rolled back' })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ policies: ['by queue'], actions: ['own'] })
    simulation.aws.clearFaults()
    await runToEnd(simulation, deployShop())
    expect(colorOf(simulation, 'shop-green')).toMatchObject({
      policies: ['by queue (off)', 'cpu-50'],
      actions: [],
    })
  })

  test('follows its own group after it moved, where a metric is told by the group', async () => {
    const simulation = simulateShop()
    await call(simulation.aws, 'PutScalingPolicy', {
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
    await runToEnd(simulation, deployShop())
    const [moved] = (await simulation.account.groups.policies('shop-green')).filter(
      ({ name }) => name === 'by backlog',
    )
    expect(moved?.settings).toContain('"Value":"shop-green"')
  })

  test('is brought across too when it was made in the middle', async () => {
    let made = false
    const simulation = simulateShop({
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
    await runToEnd(simulation, deployShop())
    expect(colorOf(simulation, 'shop-green')).toMatchObject({
      policies: ['cpu-50', 'by queue'],
      actions: ['late'],
    })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ policies: ['by queue (off)'], actions: [] })
  })

  test('is only held back by what the operation itself suspended', async () => {
    const simulation = simulateShop()
    for (const process of ['AlarmNotification', 'AZRebalance'])
      await call(simulation.aws, 'SuspendProcesses', {
        AutoScalingGroupName: 'shop-blue',
        'ScalingProcesses.member.1': process,
      })
    await runToEnd(simulation, deployShop())
    // A person stopped them on the color that served: they stay stopped on the one that serves now, and there.
    expect(colorOf(simulation, 'shop-green').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
    expect(colorOf(simulation, 'shop-blue').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
    await runToEnd(simulation, rollBackShop)
    expect(colorOf(simulation, 'shop-green').suspended).toEqual([])
    expect(colorOf(simulation, 'shop-blue').suspended).toEqual(['AZRebalance', 'AlarmNotification'])
  })
})

test('forty instances go into Standby and come back in chunks of at most 19', async () => {
  const simulation = simulateShop({ guard: { targetGroup: 'shop-TG', minimum: 40 } })
  // Grown before the guard would see a single one too few.
  const grown = { AutoScalingGroupName: 'shop-blue', DesiredCapacity: '40', MinSize: '40', MaxSize: '50' }
  await call(simulation.aws, 'UpdateAutoScalingGroup', grown)
  await call(simulation.aws, 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'shop-green', MaxSize: '50' })
  simulation.clock.advanceTo(simulation.clock.now() + 10 * minute)
  simulation.violations.length = 0
  await runToEnd(simulation, deployShop())
  expect(colorOf(simulation, 'shop-blue').states).toEqual({ Standby: 40 })
  await runToEnd(simulation, rollBackShop)
  expect(colorOf(simulation, 'shop-blue').states).toEqual({ InService: 40 })
  const sizes = (action: string) =>
    simulation.aws
      .calls()
      .filter((one) => one.action === action)
      .map(({ input }) => (input as { readonly InstanceIds?: readonly string[] }).InstanceIds?.length)
  expect([sizes('EnterStandby'), sizes('ExitStandby')]).toEqual([
    [19, 19, 2],
    [19, 19, 2],
  ])
  expect(simulation.violations).toEqual([])
})

describe('a rollback that has to be larger than what stands by', () => {
  test('launches the rest, and the new color serves until all of it is healthy', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    await call(simulation.aws, 'UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'shop-green',
      DesiredCapacity: '10',
      MaxSize: '12',
    })
    simulation.clock.advanceTo(simulation.clock.now() + 5 * minute)
    const back = await runToEnd(simulation, rollBackShop)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({
      desired: 10,
      max: 12,
      states: { InService: 10 },
    })
    expect(simulation.violations).toEqual([])
  })

  test('does not lose an event that was scheduled within the window', async () => {
    const simulation = simulateShop()
    await runToEnd(simulation, deployShop())
    const at = simulation.clock.now() + 60 * minute
    await scheduleOn(simulation.aws, 'shop-green', { name: 'tonight', at, desired: 8 })
    await runToEnd(simulation, rollBackShop)
    expect(colorOf(simulation, 'shop-blue').actions).toEqual(['tonight'])
    expect(colorOf(simulation, 'shop-green').actions).toEqual([])
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
    simulate({
      catalogue: catalogueOf(store),
      guard: { targetGroup: 'store-api-TG', minimum: 3 },
      prepare: (aws) => {
        components(aws)
        amiss(aws)
      },
    })
  const states = (simulation: Simulation) =>
    Object.fromEntries(
      ['api-blue', 'api-green', 'worker-blue', 'worker-green'].map((name) => [
        name,
        colorOf(simulation, `store-${name}`).states,
      ]),
    )

  test('move as one, and back', async () => {
    const simulation = begin()
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(states(simulation)).toEqual({
      'api-blue': { Standby: 3 },
      'api-green': { InService: 3 },
      'worker-blue': { Standby: 2 },
      'worker-green': { InService: 2 },
    })
    expect(colorOf(simulation, 'store-worker-green').version).toBe('v2')
    await runToEnd(simulation, rollBackShop)
    expect(states(simulation)).toMatchObject({
      'api-blue': { InService: 3 },
      'worker-blue': { InService: 2 },
    })
    expect(simulation.violations).toEqual([])
  })

  test('go back together when one of them never gets healthy', async () => {
    const simulation = begin(
      (aws) => void aws.setFault({ kind: 'never-healthy', group: 'store-worker-green' }),
    )
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(states(simulation)).toMatchObject({
      'api-blue': { InService: 3 },
      'worker-blue': { InService: 2 },
    })
    expect(simulation.violations).toEqual([])
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
    const simulation = begin(amiss)
    const refused = await runToEnd(simulation, deployShop())
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
