import type { Strategy } from '../../src/domain/catalogue/catalogue'
import type { Request } from '../../src/domain/operation/request'
import { confirmPlans } from '../support/confirm-plans'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

/* An event of ours ends at midnight while a deploy is under way: the calendar's sizes are followed at each moment. */

const at = (day: number, time: string) => Date.parse(`2026-03-0${day}T${time}+09:00`)
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
  said: 'tonight 8pm for 4h',
  min: 6,
  desired: 8,
  max: 10,
} as const
const base = { min: 2, desired: 2, max: 4 }

const across = async (strategy: Strategy, began: string, broken = false) => {
  const service = webService()
  const simulation = simulate({
    catalogue: catalogueOf(service),
    meanwhile: confirmPlans,
    guard: { targetGroup: 'Web-TG', minimum: 2 },
  })
  expect((await runToEnd(simulation, 'web-event', event)).ending?.kind).toBe('succeeded')
  simulation.clock.advanceTo(at(2, began))
  expect(sizes(simulation)).toEqual({ min: 6, desired: 8, max: 10 })
  if (broken) simulation.aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const { ending } = await runToEnd(simulation, 'web-aaaaa', deploy)
  simulation.clock.advanceTo(Math.max(simulation.clock.now(), at(3, '00:10:00')) + 10 * 60_000)
  return { simulation, ending }
}

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']
const times = ['23:45:00', '23:52:00', '23:56:00', '23:59:00']

describe.each(strategies)('a deploy by %s', (strategy) => {
  test.each(times)(
    'that began at %s ends on the new version, and on the sizes after the event',
    async (began) => {
      const { simulation, ending } = await across(strategy, began)
      expect(ending).toMatchObject({ kind: 'succeeded' })
      expect(sizes(simulation)).toEqual(base)
      expect(versionsServing(simulation)).toEqual([2, 2])
      expect(simulation.violations).toEqual([])
    },
  )

  test('that fails goes back to the old version, and to the sizes after the event', async () => {
    const { simulation, ending } = await across(strategy, '23:56:00', true)
    expect(ending).toMatchObject({ kind: 'rolled back' })
    expect(sizes(simulation)).toEqual(base)
    expect(versionsServing(simulation)).toEqual([1, 1])
  })
})
