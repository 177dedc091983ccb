import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Account } from '../../src/ports/account'
import { createAccounts } from '../../src/adapters/aws/accounts'
import { hour, minute } from '../../src/domain/time/time'
import { type Aws, createAws } from '../../src/sandbox/aws'
import { groupHandlers } from '../../src/sandbox/aws/autoscaling/groups'
import { launchInstance } from '../../src/sandbox/aws/ec2/launch'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { ids } from '../../src/sandbox/aws/seed-network'
import { shareImages } from '../../src/sandbox/aws/share-images'
import { imageInventory } from '../../src/worker/queries/images'
import { accountsElsewhere } from '../../src/worker/accounts-elsewhere'
import { confirmPlans } from '../support/confirm-plans'
import { run } from '../support/fleet-runs'
import { inProcess } from '../support/in-process-aws'
import { call } from '../support/shop'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { madeByRollcall } from '../support/templates'

const day = 24 * hour
const theirs = '210987654321'
const role = `arn:aws:iam::${theirs}:role/rollcall`
const region = 'ap-northeast-2'

/** `web` of the worker's own account, and `web-eu` of another one, by a role. */
const web = webService({ keep: { count: 1, for: 30 * day } })
const other = (facts: Partial<Service> = {}) =>
  webService({ name: 'web-eu', where: { region, role }, ...facts })

interface Worlds {
  readonly simulation: Simulation
  readonly their: Aws
  /** An old image of `web` that nobody in its own account needs. */
  readonly image: string
}

/** Both accounts, before anybody of the other one uses anything: what is old there was shared with them. */
const twoAccounts = (service: Service = other()): Worlds => {
  let their: Aws | undefined
  let image = ''
  const own = catalogueOf(web)
  const catalogue = { ...own, services: new Map([...own.services, [service.name, service]]) }
  const simulation = simulate({
    catalogue,
    meanwhile: confirmPlans,
    prepare: (aws) => {
      image = madeByRollcall(aws, 'v2', { age: 90 * day, operation: 'web-aaaa2' }).image
      madeByRollcall(aws, 'v3', { age: 60 * day, operation: 'web-aaaa3' })
      madeByRollcall(aws, 'v4', { age: 50 * day, operation: 'web-aaaa4' })
    },
    elsewhere: (clock, aws) => {
      their = createAws({ clock, account: theirs, seed: 2 })
      seedFleet(their)
      shareImages(aws, their)
      return their
    },
  })
  if (!their) throw new Error('no other account')
  return { simulation, their, image }
}
const share = ({ simulation, image }: Worlds, who: 'Add' | 'Remove') =>
  call(
    simulation.aws,
    'ModifyImageAttribute',
    { ImageId: image, [`LaunchPermission.${who}.1.UserId`]: theirs },
    '2016-11-15',
  )
/** A template of the other account with a version of each of these images, the first its default. */
const template = async ({ their, simulation }: Worlds, [first = '', ...more]: readonly string[]) => {
  const made = (image: string) => ({
    LaunchTemplateName: 'web-eu',
    'LaunchTemplateData.ImageId': image,
    'LaunchTemplateData.InstanceType': 't2.micro',
  })
  await call(their, 'CreateLaunchTemplate', made(first), '2016-11-15')
  await simulation.pass(minute)
  for (const image of more) await call(their, 'CreateLaunchTemplateVersion', made(image), '2016-11-15')
  await simulation.pass(minute)
}
const pruned = async ({ simulation, image }: Worlds) => {
  const done = await run(simulation, { procedure: 'prune', service: 'web' })
  const left = simulation.aws.view().images.some(({ id, state }) => id === image && state === 'available')
  return { done, left }
}

test('an image that no account needs goes', async () => {
  const { done, left } = await pruned(twoAccounts())
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(left).toBe(false)
})

describe('what another account of the catalogue uses stays, though it is shared with nobody any more:', () => {
  const uses: [string, (worlds: Worlds) => Promise<void> | void][] = [
    ['its template launches it', (worlds) => template(worlds, [worlds.image])],
    [
      'a group there is pinned to a version of it',
      async (worlds) => {
        await template(worlds, [ids.webImage, worlds.image, ids.webImage])
        groupHandlers.UpdateAutoScalingGroup(worlds.their.simulation, {
          AutoScalingGroupName: 'Web-ASG',
          LaunchTemplate: { LaunchTemplateName: 'web-eu', Version: '2' },
        })
      },
    ],
    [
      'an instance runs from it',
      ({ their, image }) => {
        const order = { imageId: image, type: 't2.micro', subnet: ids.privateA, securityGroups: [] }
        const launched = launchInstance(their.simulation, { ...order, tags: new Map() })
        Object.assign(launched, { visibleAt: their.simulation.now })
      },
    ],
  ]
  test.each(uses)('%s', async (_, use) => {
    const worlds = twoAccounts()
    await share(worlds, 'Add')
    await use(worlds)
    await share(worlds, 'Remove')
    const { done, left } = await pruned(worlds)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(left).toBe(true)
  })

  test('and `images` says what needs it', async () => {
    const worlds = twoAccounts()
    await share(worlds, 'Add')
    await template(worlds, [worlds.image])
    const { simulation, their } = worlds
    const { store, clock, account } = simulation
    const elsewhere = createAccounts({
      clock: { now: () => clock.now(), real: (span) => span },
      clientConfig: inProcess(their),
    })
    const own = catalogueOf(web)
    const deps = {
      catalogue: { ...own, services: new Map([...own.services, ['web-eu', other()]]) },
      accounts: (where: Service['where']): Account => (where.role === undefined ? account : elsewhere(where)),
      journal: store.journal,
      clock: { now: () => clock.now(), real: (span: number) => span },
    }
    const { images } = await imageInventory(deps, 'web')
    const uses = images.find(({ id }) => id === worlds.image)?.uses
    expect(uses).toContainEqual({ kind: 'shared', accounts: [theirs] })
    expect(uses).toContainEqual({ kind: 'version', template: 'web-eu' })
  })

  test('a launch permission alone is a use', async () => {
    const worlds = twoAccounts()
    await share(worlds, 'Add')
    expect((await pruned(worlds)).left).toBe(true)
  })
})

test('while another account does not answer, nothing is taken for unused', async () => {
  const worlds = twoAccounts()
  worlds.their.setFault({
    kind: 'throttle',
    action: 'DescribeInstances',
    code: 'UnauthorizedOperation',
    status: 403,
  })
  const { done, left } = await pruned(worlds)
  expect(done.ending?.kind).not.toBe('succeeded')
  expect(left).toBe(true)
})

test('who it is asked of: each account of the region once, and not its own', () => {
  const made = new Map<string, Account>()
  const { account } = simulate({ catalogue: catalogueOf(web) })
  const accounts = (where: Service['where']): Account => {
    const key = `${where.region} ${where.role ?? ''}`
    const found = made.get(key) ?? { ...account }
    made.set(key, found)
    return found
  }
  const services = [
    web,
    other(),
    other({ name: 'web-too' }),
    other({ name: 'web-us', where: { region: 'us-east-1', role } }),
  ]
  const catalogue = { ...catalogueOf(web), services: new Map(services.map((one) => [one.name, one])) }
  const found = accountsElsewhere({ catalogue, accounts }, web)
  expect(found).toEqual([made.get(`${region} ${role}`)])
  expect(accountsElsewhere({ catalogue, accounts }, other())).toEqual([made.get(`${region} `)])
})

test('a snapshot that a template makes a volume of stays, and its image with it', async () => {
  const worlds = twoAccounts()
  const { simulation, image } = worlds
  const snapshot = simulation.aws.world.images.get(image)?.snapshots[0] ?? ''
  const shop = simulation.aws.world.templates.get(ids.shopTemplate)?.versions.get(1)
  if (!shop) throw new Error('no template of shop')
  Object.assign(shop.data, {
    BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId: snapshot } }],
  })
  const { left } = await pruned(worlds)
  expect(left).toBe(true)
  expect(simulation.aws.world.snapshots.has(snapshot)).toBe(true)
})
