import type { Service } from '../../src/domain/catalogue/catalogue'
import { minute } from '../../src/domain/time/time'
import { alice, newOperation } from '../support/operations'
import { colorOf, deployShop, simulateShop } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  type SimulationOptions,
  simulate,
  webService,
} from '../support/simulation'

/** More requests than there are: a person decides, and takes their time. */
const checks = {
  errors: { worse: 2, above: 0.01 },
  least: 1_000_000_000,
  unsure: 'hold',
} as const satisfies Service['checks']

/** As many customers as the fleet is sized for: twice as many instances would be far too many. */
const busy =
  (loadBalancer: string, requestsPerSecond: number): NonNullable<SimulationOptions['prepare']> =>
  (aws, clock) => {
    aws.traffic.setCustomers(loadBalancer, { requestsPerSecond, curve: 'flat' })
    clock.advanceBy(65 * minute)
  }

const decidedLate =
  (
    kind: 'go on' | 'go back',
    seen: (simulation: Simulation) => void,
  ): NonNullable<SimulationOptions['meanwhile']> =>
  async (simulation) => {
    for (const id of await simulation.store.journal.unfinished()) {
      const operation = await simulation.store.journal.read(id)
      if (operation?.phase !== 'held') continue
      seen(simulation)
      const since = operation.steps.findLast(({ key }) => key.startsWith('hold/'))?.startedAt ?? 0
      if (simulation.clock.now() - since > 25 * minute)
        await simulation.signal(operation.id, { id: kind, kind, by: alice })
    }
  }

describe('while a person decides', () => {
  test('the live color keeps its instances, and its alarms count again afterwards', async () => {
    const answer = 'go on'
    const sizes = new Set<number>()
    const simulation = simulateShop({
      service: { checks },
      guard: { targetGroup: 'shop-TG', minimum: 4 },
      prepare: busy('shop-ALB', 7_400),
      meanwhile: decidedLate(answer, (seen) => void sizes.add(colorOf(seen, 'shop-blue').desired)),
    })
    const before = colorOf(simulation, 'shop-blue').desired
    await simulation.start({ ...newOperation('shop-aaaaa', 'shop'), request: deployShop() })
    const deploy = await simulation.untilOver('shop-aaaaa')
    expect(deploy.ending?.kind).toBe('succeeded')
    expect([...sizes]).toEqual([before])
    for (const color of ['shop-blue', 'shop-green']) expect(colorOf(simulation, color).suspended).toEqual([])
    const live = colorOf(simulation, 'shop-green')
    expect(live).toMatchObject({ desired: before, policies: ['cpu-50'] })
  })

  test('a doubled fleet stays doubled, and its alarms count again where it goes back', async () => {
    const answer = 'go back'
    const sizes = new Set<number>()
    const simulation = simulate({
      catalogue: catalogueOf(webService({ checks })),
      guard: { targetGroup: 'Web-TG', minimum: 2 },
      prepare: busy('Web-ALB', 2_200),
      meanwhile: decidedLate(
        answer,
        ({ aws }) => void sizes.add(aws.world.groups.get('Web-ASG')?.desired ?? 0),
      ),
    })
    const before = simulation.aws.world.groups.get('Web-ASG')?.desired ?? 0
    const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy: 'surge' } as const
    await simulation.start({ ...newOperation('web-aaaaa'), request })
    await simulation.untilEnded()
    expect((await simulation.operation('web-aaaaa')).ending?.kind).toBe('rolled back')
    expect([...sizes]).toEqual([2 * before])
    expect(simulation.aws.world.groups.get('Web-ASG')).toMatchObject({ desired: before, min: 2, max: 4 })
    expect([...(simulation.aws.world.groups.get('Web-ASG')?.suspended.keys() ?? [])]).toEqual([])
    expect(simulation.violations).toEqual([])
  })
})
