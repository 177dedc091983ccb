import type { Request } from '../../src/domain/operation/request'
import { imageInventory } from '../../src/worker/queries/images'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

/* What was taken back is no newest image for anybody, until somebody goes forward to it again. */

const run = async (simulation: Simulation, id: string, request: Request) => {
  await simulation.start({ ...newOperation(id), request })
  return simulation.untilOver(id)
}
const update = { procedure: 'update-image', service: 'web' } as const
const deploy = (version: string) =>
  ({ procedure: 'deploy', service: 'web', version, strategy: 'surge' }) as const
const thaw = async ({ store }: Simulation) => {
  for (const { service, kind } of await store.locks.all()) await store.locks.clear(service, kind)
}

test('what a person rolled back is not taken as the newest image, once deploys go on', async () => {
  const simulation = simulate({ catalogue: catalogueOf(webService()) })
  expect((await run(simulation, 'web-a', deploy('v2'))).ending?.kind).toBe('succeeded')
  expect((await run(simulation, 'web-b', { procedure: 'rollback', service: 'web' })).ending?.kind).toBe(
    'succeeded',
  )
  await thaw(simulation)
  expect((await run(simulation, 'web-c', update)).ending).toMatchObject({
    reason: { code: 'nothing_to_do', facts: { left: 'Web Server v2' } },
  })
  const { account, store, clock } = simulation
  const shown = await imageInventory(
    {
      catalogue: catalogueOf(webService()),
      accounts: () => account,
      journal: store.journal,
      clock: { now: () => clock.now(), real: (span) => span },
    },
    'web',
  )
  expect(shown.images.map(({ name }) => name)).toContain('Web Server v2')
  expect(shown).not.toHaveProperty('newer')
})

test('nor is what went back by itself', async () => {
  const simulation = simulate({ catalogue: catalogueOf(webService()) })
  simulation.aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
  expect((await run(simulation, 'web-a', deploy('v2'))).ending?.kind).toBe('rolled back')
  await thaw(simulation)
  expect((await run(simulation, 'web-c', update)).ending).toMatchObject({ reason: { code: 'nothing_to_do' } })
})

test('a version that somebody deploys again is right again', async () => {
  const simulation = simulate({ catalogue: catalogueOf(webService()) })
  await run(simulation, 'web-a', deploy('v2'))
  await run(simulation, 'web-b', { procedure: 'rollback', service: 'web' })
  await thaw(simulation)
  expect((await run(simulation, 'web-c', deploy('v2'))).ending?.kind).toBe('succeeded')
  expect((await run(simulation, 'web-d', update)).ending).toMatchObject({
    reason: { code: 'nothing_to_do', facts: { image: expect.any(String) } },
  })
})
