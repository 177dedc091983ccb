import type { Group } from '../../src/domain/fleet/fleet'
import { confirmPlans } from '../support/confirm-plans'
import { duo } from '../support/duo-fleet'
import { owned, run } from '../support/fleet-runs'
import { catalogueOf, type Simulation, simulate } from '../support/simulation'

const world = (each: boolean): Simulation =>
  simulate({ catalogue: catalogueOf(duo({ each })), meanwhile: confirmPlans })
const provision = (simulation: Simulation) => run(simulation, { procedure: 'provision', service: 'duo' })

const colors = async ({ account }: Simulation) => {
  const [blue, green] = await Promise.all(
    ['duo-blue', 'duo-green'].map((name) => account.groups.describe(name, {})),
  )
  if (!blue || !green) throw new Error('a color is missing')
  return { blue, green }
}
const sizes = ({ min, desired, max }: Group) => [min, desired, max]

test.each([
  ['one target group', false, ['duo-tg']],
  ['a target group each', true, ['duo-blue-tg', 'duo-green-tg']],
] as const)('two colors with %s are built, deployed to and taken down', async (_, each, targetGroups) => {
  const simulation = world(each)
  const before = simulation.aws.world.securityGroups.size
  const built = await provision(simulation)
  expect(built.ending).toMatchObject({ kind: 'succeeded', left: [] })
  const { account } = simulation
  const { blue, green } = await colors(simulation)
  expect([sizes(blue), sizes(green)]).toEqual([
    [2, 2, 6],
    [0, 0, 6],
  ])
  const names = new Map((await account.targetGroups.all()).map(({ arn, name }) => [arn, name] as const))
  expect(blue.targetGroups.map((arn) => names.get(arn))).toEqual([targetGroups[0]])
  expect(green.targetGroups.map((arn) => names.get(arn))).toEqual([targetGroups.at(-1)])
  for (const group of [blue, green]) {
    expect(group.tags).toMatchObject({ 'docker:image:version': 'v1', 'rollcall:service': 'duo' })
    expect(group.propagated?.toSorted()).toEqual(['Name', 'docker:image:version'])
    expect(group.metrics?.length).toBeGreaterThan(0)
  }
  expect(await account.groups.policies('duo-blue')).toHaveLength(1)
  expect(await account.groups.policies('duo-green')).toEqual([])
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })

  const deploy = await run(simulation, { procedure: 'deploy', service: 'duo', version: 'v2' })
  expect(deploy.ending).toMatchObject({ kind: 'succeeded' })
  const moved = await colors(simulation)
  expect(moved.green.desired).toBe(2)
  // What the deploy has moved to green is as it should be.
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })
  expect((await run(simulation, { procedure: 'teardown', service: 'duo' })).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'teardown_in_window' },
  })
  await run(simulation, { procedure: 'finish', service: 'duo' })
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })
  const gone = await run(simulation, { procedure: 'teardown', service: 'duo' })
  expect(gone.ending).toMatchObject({ kind: 'succeeded', left: [] })
  expect(await owned(simulation, 'duo')).toEqual([])
  expect(simulation.aws.world.securityGroups.size).toBe(before)
})
