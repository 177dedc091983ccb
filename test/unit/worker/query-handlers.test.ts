import { queryHandler } from '../../../src/worker/queries/query-handlers'
import type { Json } from '../../../src/domain/json'
import { AwsFailure } from '../../../src/ports/failure'
import { duo } from '../../support/duo-fleet'
import { sandboxService } from '../../support/sandbox-service'
import { newOperation } from '../../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../../support/simulation'
import { imageByHand, madeByRollcall } from '../../support/templates'
import type { Query, QueryResults } from '../../../src/domain/queries'

const day = 24 * 3_600_000

const catalogue = catalogueOf(webService())
const simulateWeb = () => simulate({ catalogue })
const asking =
  (simulation: Simulation, accounts = () => simulation.account, among = catalogue) =>
  async <Q extends Query>(question: Q): Promise<QueryResults[Q['ask']]> => {
    const { store, clock } = simulation
    const answer = queryHandler({
      catalogue: among,
      accounts,
      journal: store.journal,
      timers: store.timers,
      calendar: store.calendar,
      clock: { now: () => clock.now(), real: (span) => span },
    })
    // As it goes over the wire.
    const asked = JSON.parse(JSON.stringify(question)) as Json
    return JSON.parse(JSON.stringify(await answer(asked))) as QueryResults[Q['ask']]
  }
const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const

test('the status is the fleet as AWS has it, by the names that people use', async () => {
  const simulation = simulateWeb()
  const ask = asking(simulation)
  const [before] = await ask({ ask: 'status', services: ['web'] })
  expect(before).toMatchObject({
    service: 'web',
    version: 'v1',
    group: { name: 'Web-ASG', min: 2, desired: 2, max: 4, pin: '$Default' },
    versionNames: { 1: 'v1' },
  })
  expect(before?.fleet?.cells.map(({ version, health }) => [version, health])).toEqual([
    [1, 'healthy'],
    [1, 'healthy'],
  ])
  await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
  await simulation.untilEnded()
  const [after] = await ask({ ask: 'status', services: ['web'] })
  expect(after).toMatchObject({ version: 'v2', versionNames: { 2: 'v2' } })
})

test.each([
  ['one group', sandboxService('lab')],
  ['two colors', duo()],
])('a fleet of %s that is still to be built says so', async (_, service) => {
  const ask = asking(simulateWeb(), undefined, catalogueOf(service))
  expect(await ask({ ask: 'status', services: [service.name] })).toEqual([
    { service: service.name, unbuilt: true },
  ])
})

test('the versions are those that images exist of, newest first, with the one that runs', async () => {
  const simulation = simulateWeb()
  const ask = asking(simulation)
  expect(await ask({ ask: 'versions', service: 'web' })).toMatchObject({ current: 'v1' })
  await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
  await simulation.untilEnded()
  const { current, versions } = await ask({ ask: 'versions', service: 'web' })
  expect(current).toBe('v2')
  expect(versions.map(({ version }) => version)).toEqual(['v2', 'v1'])
})

test('a plan is what a deploy would do, and nothing is done', async () => {
  const simulation = simulateWeb()
  const planned = await asking(simulation)({ ask: 'plan', request: deploy })
  expect(planned).toMatchObject({
    ok: true,
    value: { version: 'v2', before: 'v1', image: { how: 'bake' }, group: { name: 'Web-ASG' } },
  })
  expect(simulation.aws.view().images.map(({ name }) => name)).not.toContain('Web Server v2')
})

test('what cannot be planned says why', async () => {
  const simulation = simulateWeb()
  const rollback = { procedure: 'rollback', service: 'web' } as const
  const planned = await asking(simulation)({ ask: 'plan', request: rollback })
  expect(planned).toMatchObject({ ok: false, reason: { code: 'nothing_to_roll_back' } })
})

test('a service that AWS will not tell of does not hide the others, and is told in AWS’s own words', async () => {
  const simulation = simulateWeb()
  const no = () =>
    Promise.reject(
      new AwsFailure('refused', 'DescribeAutoScalingGroups', 'AccessDenied', 'is not authorized'),
    )
  const account = { ...simulation.account, groups: { ...simulation.account.groups, describe: no } }
  const statuses = await asking(simulation, () => account)({ ask: 'status', services: ['web', 'nothing'] })
  expect(statuses).toMatchObject([
    { service: 'web', error: { code: 'aws_refused', facts: { awsCode: 'AccessDenied' } } },
    { service: 'nothing', error: { code: 'unknown_service' } },
  ])
})

test('in the middle of a move both versions are said to serve', async () => {
  const simulation = simulateWeb()
  const ask = asking(simulation)
  const served = new Set<string | undefined>()
  const mid = simulate({
    catalogue,
    meanwhile: async (now) => {
      const [status] = await asking(now)({ ask: 'status', services: ['web'] })
      served.add(status?.version)
    },
  })
  await mid.start({ ...newOperation('web-aaaaa'), request: deploy })
  await mid.untilEnded()
  expect([...served].filter((version) => version?.includes('+'))).toEqual([
    expect.stringMatching(/v[12] \+ v[12]/),
  ])
  expect((await ask({ ask: 'status', services: ['web'] }))[0]?.version).toBe('v1')
})

test('of two colors the status tells the one that serves, and its version by the tag', async () => {
  const simulation = simulateWeb()
  const { group: _, image: __, ...plain } = webService()
  const shop = {
    ...plain,
    name: 'shop',
    colors: { blue: 'shop-blue', green: 'shop-green' },
    versionTag: 'docker:image:version',
    strategy: 'blue-green',
  } as const
  const answer = queryHandler({
    catalogue: catalogueOf(shop),
    accounts: () => simulation.account,
    journal: simulation.store.journal,
    timers: simulation.store.timers,
    calendar: simulation.store.calendar,
    clock: { now: () => simulation.clock.now(), real: (span) => span },
  })
  const [status] = (await answer({ ask: 'status', services: ['shop'] })) as unknown as QueryResults['status']
  const live = simulation.aws
    .view()
    .groups.find(({ name, desired }) => name.startsWith('shop-') && desired > 0)
  expect(status?.group?.name).toBe(live?.name)
  expect(status?.version).toBe(live?.tags['docker:image:version'])
  expect(status?.error).toBeUndefined()
})

describe('the images', () => {
  test('are told with their age and all that needs them, and what a prune would take', async () => {
    const simulation = simulateWeb()
    madeByRollcall(simulation.aws, 'v0', { age: 200 * day, operation: 'web-ooooo' })
    await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
    await simulation.untilEnded()
    // The old instances are gone for good, and AWS tells of the new default everywhere.
    simulation.clock.advanceBy(day / 4)
    imageByHand(simulation.aws, 'Web Server v3')
    const now = await asking(simulation)({ ask: 'images', service: 'web' })
    const told = now.images.map(({ version, own, uses }) => [version, own, uses.map(({ kind }) => kind)])
    expect(told).toEqual([
      ['v3', false, []],
      ['v2', true, ['running', 'default', 'latest', 'group']],
      ['v1', false, ['rollback']],
      ['v0', true, ['version']],
    ])
    expect(now).toMatchObject({ newer: 'Web Server v3', versions: { count: 3, prunable: 0 } })
    expect(now.images[3]?.sizeGiB).toBe(8)
  })

  test('that only such template versions need as go with them can be pruned', async () => {
    const simulation = simulateWeb()
    for (const number of [2, 3, 4, 5, 6, 7, 8]) {
      const operation = `web-aaaa${number}`
      madeByRollcall(simulation.aws, `v${number}`, { age: (200 - 10 * number) * day, operation })
    }
    const now = await asking(simulation)({ ask: 'images', service: 'web' })
    const going = now.images.filter(({ prunable }) => prunable)
    expect(going.map(({ version, uses }) => [version, uses])).toEqual([
      ['v3', []],
      ['v2', []],
    ])
    expect(now.versions).toEqual({ count: 8, prunable: 2 })
  })

  test('that AWS does not tell are said to be in trouble', async () => {
    const simulation = simulateWeb()
    const refused = new AwsFailure('refused', 'DescribeImages', 'UnauthorizedOperation', 'not authorized')
    const account = {
      ...simulation.account,
      images: { ...simulation.account.images, named: async () => Promise.reject(refused) },
    }
    const now = await asking(simulation, () => account)({ ask: 'images', service: 'web' })
    expect(now).toMatchObject({ images: [], error: { code: 'aws_refused' } })
  })

  test('of a service without any are none to speak of', async () => {
    const simulation = simulateWeb()
    simulation.aws.world.images.clear()
    expect(await asking(simulation)({ ask: 'images', service: 'web' })).toMatchObject({
      images: [],
      service: 'web',
    })
    const unknown = await asking(simulation)({ ask: 'images', service: 'nobody' })
    expect(unknown.error).toMatchObject({ code: 'unknown_service' })
  })
})
