import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Request } from '../../src/domain/operation/request'
import { confirmPlans } from '../support/confirm-plans'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

/* An event of ours ends while a deploy is under way: the calendar's sizes are followed at each moment. */

const at = (time: string) => Date.parse(`2026-03-02T${time}+09:00`)
const sizes = ({ aws }: Simulation) => {
  const { min, desired, max } = aws.view().groups.find(({ name }) => name === 'Web-ASG') ?? {}
  return { min, desired, max }
}
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
const runToEnd = async (simulation: Simulation, id: string, request: Request) => {
  await simulation.start({ ...newOperation(id), request })
  return simulation.untilOver(id)
}
const event = {
  procedure: 'schedule',
  service: 'web',
  said: 'tonight 8pm for 30m',
  min: 6,
  desired: 8,
  max: 10,
} as const
const base = { min: 2, desired: 2, max: 4 }

/** The image takes six minutes: what begins at 20:07 replaces instances from 20:13 on. */
const across = async (strategy: Strategy, began: string, broken = false) => {
  const simulation = simulate({
    catalogue: catalogueOf(webService()),
    meanwhile: confirmPlans,
    guard: { targetGroup: 'Web-TG', minimum: 2 },
  })
  expect((await runToEnd(simulation, 'web-event', event)).ending?.kind).toBe('succeeded')
  simulation.clock.advanceTo(at(began))
  expect(sizes(simulation)).toEqual({ min: 6, desired: 8, max: 10 })
  if (broken) simulation.aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const { ending } = await runToEnd(simulation, 'web-aaaaa', deploy)
  simulation.clock.advanceTo(Math.max(simulation.clock.now(), at('20:40')))
  return { simulation, ending }
}

test.each([
  ['refresh', '20:22'],
  ['replace', '20:07'],
  ['surge', '20:22'],
] as const)(
  'a deploy by %s that began at %s ends on the new version, and on the sizes after the event',
  async (strategy, began) => {
    const { simulation, ending } = await across(strategy, began)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(simulation)).toEqual(base)
    expect(versionsServing(simulation)).toEqual([2, 2])
    expect(simulation.violations).toEqual([])
  },
)

/** By AWS's default policy the oldest launch template goes first, which is all that serves while the new version boots. */
test.each([
  ['refresh', '20:04'],
  ['refresh', '20:07'],
  ['replace', '20:07'],
  ['surge', '20:04'],
  ['surge', '20:07'],
] as const)(
  'a deploy by %s that began at %s and never gets healthy loses none that serves, and goes back to the old version and to the sizes after the event',
  async (strategy, began) => {
    const { simulation, ending } = await across(strategy, began, true)
    expect(ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(simulation.violations).toEqual([])
    expect(sizes(simulation)).toEqual(base)
    expect(versionsServing(simulation)).toEqual([1, 1])
    const { terminationPolicies } = simulation.aws.world.groups.get('Web-ASG') ?? {}
    expect(terminationPolicies).toEqual(['Default'])
  },
)
