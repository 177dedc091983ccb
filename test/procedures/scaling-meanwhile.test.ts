import type { Strategy } from '../../src/domain/catalogue/strategy'
import { minute } from '../../src/domain/time/time'
import { watchLosses } from '../support/losses'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

const customers = ({ aws }: Pick<Simulation, 'aws'>, requestsPerSecond: number) =>
  aws.traffic.setCustomers('Web-ALB', { requestsPerSecond, curve: 'flat' })

const group = ({ aws }: Pick<Simulation, 'aws'>) => {
  const found = aws.world.groups.get('Web-ASG')
  if (!found) throw new Error('no group')
  return found
}

const versions = ({ aws }: Pick<Simulation, 'aws'>) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)

/** A deploy at whose first new instance other customers come than before. */
const deployed = async (
  strategy: Strategy,
  load: { readonly before: number; readonly later: number; readonly since?: number },
) => {
  let changed = false
  const simulation = simulate({
    catalogue: catalogueOf(webService()),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    prepare: (aws, clock) => {
      customers({ aws }, load.before)
      clock.advanceBy(65 * minute)
      if (load.since === undefined) return
      customers({ aws }, load.later)
      clock.advanceBy(load.since)
    },
    meanwhile: (seen) => {
      if (changed || !versions(seen).includes(2)) return
      changed = true
      customers(seen, load.later)
    },
  })
  const desired = group(simulation).desired
  const losses = watchLosses(simulation.aws)
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  await simulation.start({ ...newOperation('web-aaaaa'), request })
  const operation = await simulation.untilOver('web-aaaaa')
  const sizes = group(simulation).desired
  simulation.clock.advanceBy(40 * minute)
  const lost = simulation.aws.traffic.view().loadBalancers.find((one) => one.loadBalancer === 'Web-ALB')?.lost
  return { simulation, operation, desired, sizes, lost: [...losses.told(), ...(lost ? [`${lost}`] : [])] }
}

describe.each(strategies)('while customers change during a deploy by %s', (strategy) => {
  test('more of them bring instances of the new version', async () => {
    const { simulation, operation, lost } = await deployed(strategy, { before: 2_000, later: 4_500 })
    expect(operation.ending?.kind).toBe('succeeded')
    expect(versions(simulation)).toEqual([2, 2, 2, 2])
    expect([lost, simulation.violations]).toEqual([[], []])
  })

  test('fewer of them take instances, which nobody brings back', async () => {
    // The alarm rings while the image is baked: after the plan, and before the group is written down.
    const load = { before: 4_500, later: 800, since: 15 * minute }
    const { simulation, operation, desired, sizes, lost } = await deployed(strategy, load)
    expect(operation.ending?.kind).toBe('succeeded')
    expect(desired).toBe(4)
    expect(sizes).toBeLessThan(4)
    expect(versions(simulation)).toEqual([2, 2])
    expect([lost, simulation.violations]).toEqual([[], []])
  })

  test('those that leave in its middle are waited for while new instances warm up', async () => {
    const { simulation, operation, lost } = await deployed(strategy, { before: 4_500, later: 800 })
    expect(operation.ending?.kind).toBe('succeeded')
    expect(versions(simulation)).toEqual([2, 2])
    expect([lost, simulation.violations]).toEqual([[], []])
  })
})
