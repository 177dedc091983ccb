import type { ColorGroups, Service } from '../../src/domain/catalogue/catalogue'
import { hour } from '../../src/domain/time/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { imageInventory } from '../../src/worker/queries/images'
import { confirmPlans } from '../support/confirm-plans'
import { runToEnd, shopService } from '../support/shop'
import { catalogueOf, simulate } from '../support/simulation'
import { imageByHand, madeByRollcall } from '../support/templates'

const day = 24 * hour

/** `rollcall.yaml` can give the groups of two colors in three forms; whatever touches images reads them all. */
const forms: readonly (readonly [string, ColorGroups])[] = [
  ['two names', { blue: 'shop-blue', green: 'shop-green' }],
  ['lists of names', { blue: ['shop-blue'], green: ['shop-green'] }],
  ['a prefix and a tag', { prefix: 'shop-', tag: { 'docker:image:name': 'shop' } }],
]

/** The shop with a year of images behind it: one that may go, and ones that its groups and people need. */
const simulateShop = (colors: ColorGroups) => {
  const service: Partial<Service> = {
    colors,
    keep: { count: 1, for: 30 * day },
    image: { name: 'shop {version}', newest: { name: 'shop *', daily: '02:00' } },
  }
  const catalogue = catalogueOf(shopService(service))
  const simulation = simulate({ catalogue, meanwhile: confirmPlans })
  const shop = { service: 'shop', template: ids.shopTemplate, image: 'shop' }
  madeByRollcall(simulation.aws, 'v2', { age: 90 * day, operation: 'shop-aaaa2', ...shop })
  madeByRollcall(simulation.aws, 'v3', { age: 60 * day, operation: 'shop-aaaa3', ...shop })
  return { simulation, catalogue }
}

describe.each(forms)('the groups of two colors given as %s', (_form, colors) => {
  test('are asked what they launch, by the list of images', async () => {
    const { simulation, catalogue } = simulateShop(colors)
    const { clock, store, account } = simulation
    const time = { now: () => clock.now(), real: () => 0 }
    const deps = { catalogue, accounts: () => account, journal: store.journal, clock: time }
    const { images, error } = await imageInventory(deps, 'shop')
    expect(error).toBeUndefined()
    const uses = Object.fromEntries(
      images.map(({ name, uses: needed, prunable }) => [
        name,
        prunable ? 'prunable' : needed.map(({ kind }) => kind),
      ]),
    )
    expect(uses).toMatchObject({ 'shop v2': 'prunable', 'shop v1': expect.arrayContaining(['running']) })
  })

  test('keep what they launch from a prune', async () => {
    const { simulation } = simulateShop(colors)
    const done = await runToEnd(simulation, { procedure: 'prune', service: 'shop' })
    expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect([...(simulation.aws.world.templates.get(ids.shopTemplate)?.versions.keys() ?? [])]).toEqual([1, 3])
  })

  test('follow the newest image each night', async () => {
    const { simulation } = simulateShop(colors)
    await simulation.begin()
    const newest = imageByHand(simulation.aws, 'shop v4')
    await simulation.pass(day)
    const [update] = await simulation.store.journal.history('shop', 5)
    expect(update).toMatchObject({ ending: { kind: 'succeeded' }, plan: { version: 'shop v4' } })
    const template = simulation.aws.world.templates.get(ids.shopTemplate)
    expect(template?.versions.get(template.default)?.data.ImageId).toBe(newest)
  })
})
