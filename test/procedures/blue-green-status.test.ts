import { queryHandler } from '../../src/worker/queries/query-handlers'
import type { Service } from '../../src/domain/catalogue/catalogue'
import type { FleetSnapshot } from '../../src/domain/fleet/fleet'
import { catalogueOf, type Simulation } from '../support/simulation'
import { call, runToEnd, deployShop, simulateShop, reshape, shopService } from '../support/shop'

/** What `/asg status shop` is told. */
const statusOf = async (simulation: Simulation, facts: Partial<Service> = {}) => {
  const { store, clock, account } = simulation
  const answer = queryHandler({
    catalogue: catalogueOf(shopService(facts)),
    accounts: () => account,
    journal: store.journal,
    timers: store.timers,
    calendar: store.calendar,
    clock: { now: () => clock.now(), real: (span) => span },
  })
  const [status] = (await answer({ ask: 'status', services: ['shop'] })) as Readonly<
    Record<string, unknown>
  >[]
  return status
}
const cells = (status: Readonly<Record<string, unknown>> | undefined) => {
  const fleet = status?.['fleet'] as Pick<FleetSnapshot, 'cells'> | undefined
  return fleet?.cells.map(({ label, lifecycle, health }) => `${label} ${lifecycle} ${health}`)
}

test('both colors are told with what they serve, the live one with its sizes, and what stands by as such', async () => {
  const simulation = simulateShop()
  const before = await statusOf(simulation)
  expect(before).toMatchObject({ live: 'blue', version: 'v1', group: { name: 'shop-blue', desired: 4 } })
  expect(cells(before)).toEqual(Array(4).fill('blue v1 InService healthy'))
  await runToEnd(simulation, deployShop())
  const after = await statusOf(simulation)
  expect(after).toMatchObject({ live: 'green', version: 'v2', group: { name: 'shop-green', desired: 4 } })
  expect(cells(after)).toEqual([
    ...Array(4).fill('blue v1 Standby unused'),
    ...Array(4).fill('green v2 InService healthy'),
  ])
})

test.each([
  ['both are live', 'shop-green', '1', 'both_colors_live', 5],
  ['neither is', 'shop-blue', '0', 'both_colors_idle', 0],
])('colors of which %s are told as amiss, with their instances', async (_, group, desired, code, count) => {
  const simulation = simulateShop({ guard: { targetGroup: 'shop-TG', minimum: 0 } })
  await reshape(simulation, group, { MinSize: '0', DesiredCapacity: desired })
  simulation.clock.advanceBy(10 * 60_000)
  const status = await statusOf(simulation)
  expect(status).toMatchObject({ problem: { code } })
  expect(status).not.toHaveProperty('live')
  expect(cells(status)).toHaveLength(count)
})

test('a group that is missing is trouble, and said so', async () => {
  const status = await statusOf(simulateShop(), { colors: { blue: 'shop-blue', green: 'shop-red' } })
  expect(status).toMatchObject({ error: { code: 'group_not_found', facts: { group: 'shop-red' } } })
})

test('colors that are to be found are told by component, with groups of other services left out', async () => {
  const simulation = simulateShop()
  const colors = { prefix: 'shop-', tag: { 'docker:image:name': 'shop' } }
  expect(await statusOf(simulation, { colors })).toMatchObject({ live: 'blue', version: 'v1' })
  await call(simulation.aws, 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'shop-worker-blue',
    MinSize: '0',
    MaxSize: '1',
    'LaunchTemplate.LaunchTemplateName': 'shop',
    'LaunchTemplate.Version': '$Default',
    VPCZoneIdentifier: simulation.aws.world.groups.get('shop-blue')?.subnets.join(',') ?? '',
    'Tags.member.1.Key': 'docker:image:name',
    'Tags.member.1.Value': 'shop',
    'Tags.member.1.PropagateAtLaunch': 'true',
  })
  expect(await statusOf(simulation, { colors })).toMatchObject({
    error: { code: 'twin_missing', facts: { group: 'shop-worker-blue', missing: 'shop-worker-green' } },
  })
})
