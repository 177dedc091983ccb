import type { Request } from '../../src/domain/operation/request'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { confirmPlans } from '../support/confirm-plans'

/*
 * AWS may run a scheduled action up to two minutes late (EC2 Auto Scaling user guide, "Scheduled scaling"). It is 10:00 on
 * Monday, 2 March 2026, in Seoul; with this seed the way out of the first event runs more than a minute late.
 */
const seed = 4
const simulateWeb = (): Simulation =>
  simulate({ catalogue: catalogueOf(webService()), meanwhile: confirmPlans, seed })
const at = (time: string) => Date.parse(`2026-03-02T${time}+09:00`)
const runToEnd = async (simulation: Simulation, id: string, request: Request) => {
  await simulation.start({ ...newOperation(id), request })
  const done = await simulation.untilOver(id)
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
}
const evening = { procedure: 'schedule', service: 'web', said: 'tonight 8pm for 3h', desired: 4 } as const
const base = { min: 2, desired: 2, max: 4 }
const sizes = ({ aws }: Simulation) => {
  const { min, desired, max } = aws.view().groups.find(({ name }) => name === 'Web-ASG') ?? {}
  return { min, desired, max }
}
const pending = ({ aws }: Simulation) => aws.view().schedules.map(({ name }) => name)

const untilOverdue = async (): Promise<Simulation> => {
  const simulation = simulateWeb()
  await runToEnd(simulation, 'web-aaaa1', evening)
  simulation.clock.advanceTo(at('19:55:00'))
  expect(sizes(simulation)).toEqual(base)
  expect(pending(simulation)).toContain('rollcall web-aaaa1 out')
  return simulation
}

describe('while an action is late', () => {
  test('an event that is changed gets its new sizes at once, and the late action sets the old ones no more', async () => {
    const simulation = await untilOverdue()
    await runToEnd(simulation, 'web-aaaa2', {
      procedure: 'reschedule',
      service: 'web',
      event: 'web-aaaa1',
      desired: 3,
    })
    expect(simulation.clock.now()).toBeLessThan(at('19:56:00'))
    expect(sizes(simulation)).toEqual({ ...base, desired: 3 })
    simulation.clock.advanceTo(at('20:10:00'))
    expect(sizes(simulation)).toEqual({ ...base, desired: 3 })
  })

  test('an event that is taken away does not go out any more', async () => {
    const simulation = await untilOverdue()
    await runToEnd(simulation, 'web-aaaa2', { procedure: 'unschedule', service: 'web', event: 'web-aaaa1' })
    simulation.clock.advanceTo(at('20:10:00'))
    expect(sizes(simulation)).toEqual(base)
    expect(pending(simulation)).toEqual([])
  })

  test('an event that is changed back to the sizes of before does not go out either', async () => {
    const simulation = await untilOverdue()
    await runToEnd(simulation, 'web-aaaa2', {
      procedure: 'reschedule',
      service: 'web',
      event: 'web-aaaa1',
      desired: 2,
    })
    simulation.clock.advanceTo(at('20:10:00'))
    expect(sizes(simulation)).toEqual(base)
  })
})

test('an event that changes the bounds alone is over when they are back, and no event after it keeps them', async () => {
  const simulation = simulateWeb()
  await runToEnd(simulation, 'web-aaaa1', { ...evening, desired: 2, max: 9 })
  simulation.clock.advanceTo(at('22:30:00'))
  expect(sizes(simulation)).toEqual({ ...base, max: 9 })
  await simulation.untilEnded()
  await runToEnd(simulation, 'web-aaaa2', { ...evening, said: 'tomorrow 8pm for 1h' })
  expect(sizes(simulation)).toEqual(base)
  const { plan } = await simulation.operation('web-aaaa2')
  expect(plan?.schedule?.base).toEqual(base)
})
