import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Request } from '../../src/domain/operation/request'
import { hour } from '../../src/domain/time/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { imageByHand, newDefault } from '../support/templates'

const tag = { Name: 'web-server' }
/** S4's service: its newest image is a backup of the web server. */
const backedUp = (facts: Partial<Service> = {}): Service =>
  webService({
    image: { name: 'Web Server {version}', newest: { name: 'AWSBackup_*', tag } },
    ...facts,
  })
const simulateWeb = (how: Partial<SimulationOptions> = {}, service = backedUp()): Simulation =>
  simulate({ catalogue: catalogueOf(service), ...how })

let count = 0
const runToEnd = async (simulation: Simulation, request: Request) => {
  const id = `${request.service}-n${String((count += 1)).padStart(4, '0')}`
  await simulation.start({ ...newOperation(id), request })
  await simulation.untilEnded()
  return simulation.operation(id)
}
const refresh = { procedure: 'update-image', service: 'web' } as const
const mend = { ...refresh, securityGroupsById: true } as const
const rollback = { procedure: 'rollback', service: 'web' } as const
const scale = (desired: number) => ({ procedure: 'scale', service: 'web', desired }) as const

const template = ({ aws }: Simulation) => aws.world.templates.get(ids.webTemplate)
const dataOf = (simulation: Simulation, version: number) => template(simulation)?.versions.get(version)?.data
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter(({ group, lifecycle }) => group === 'Web-ASG' && lifecycle === 'InService')
    .map(({ templateVersion }) => templateVersion)
const backup = (simulation: Simulation, name = 'AWSBackup_i-1') =>
  imageByHand(simulation.aws, name, { tags: tag })

describe('the newest image', () => {
  test('is what a group that follows its default scales out on', async () => {
    const simulation = simulateWeb()
    imageByHand(simulation.aws, 'AWSBackup_of another', { tags: { Name: 'db' } })
    const image = backup(simulation)
    expect((await runToEnd(simulation, refresh)).ending).toMatchObject({ kind: 'succeeded' })
    expect(template(simulation)).toMatchObject({ default: 2, latest: 2 })
    expect(dataOf(simulation, 2)).toEqual({ ...dataOf(simulation, 1), ImageId: image })
    expect(versionsServing(simulation)).toEqual([1, 1])
    await runToEnd(simulation, scale(3))
    expect(versionsServing(simulation)).toEqual([1, 1, 2])
  })

  test('is nothing to do when it is launched already, or when the newest is older', async () => {
    const simulation = simulateWeb()
    imageByHand(simulation.aws, 'AWSBackup_old', { age: 60 * 24 * hour, tags: tag })
    const nothing = { kind: 'refused', reason: { code: 'nothing_to_do' } }
    expect((await runToEnd(simulation, refresh)).ending).toMatchObject(nothing)
    backup(simulation)
    await runToEnd(simulation, refresh)
    expect((await runToEnd(simulation, refresh)).ending).toMatchObject(nothing)
    expect(template(simulation)).toMatchObject({ latest: 2 })
  })

  test('moves the default of a pinned group, and warns that it goes on launching the other', async () => {
    const simulation = simulateWeb()
    await simulation.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: 1 } })
    backup(simulation)
    const done = await runToEnd(simulation, refresh)
    expect(done.plan?.warnings).toMatchObject([{ code: 'group_pinned', facts: { version: 1 } }])
    expect(template(simulation)).toMatchObject({ default: 2 })
  })

  test('of a group that follows $Latest is made from what it launches; a default set apart stays', async () => {
    const simulation = simulateWeb()
    await simulation.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: '$Latest' } })
    const second = newDefault(simulation.aws, { SecurityGroupIds: [ids.webGroup], KeyName: 'newer' })
    const apart = template(simulation)
    if (apart) Object.assign(apart, { default: 1, formerDefault: 1 })
    const image = backup(simulation)
    const done = await runToEnd(simulation, refresh)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(template(simulation)).toMatchObject({ default: 1, latest: second + 1 })
    expect(dataOf(simulation, second + 1)).toMatchObject({ ImageId: image, KeyName: 'newer' })
  })

  test('is not moved to when somebody moved the default after the plan', async () => {
    const moved: number[] = []
    const simulation: Simulation = simulateWeb({
      // The gates are asked between the plan and the first step.
      inject: ({ method }) => {
        if (method === 'locks.of' && moved.length === 0)
          moved.push(newDefault(simulation.aws, { SecurityGroupIds: [ids.webGroup] }))
        return undefined
      },
    })
    backup(simulation)
    const done = await runToEnd(simulation, refresh)
    expect(done.ending).toMatchObject({ kind: 'failed clean', reason: { code: 'group_changed' } })
    expect(template(simulation)).toMatchObject({ default: 2, latest: 2 })
  })

  test('of colors that launch from one template is refreshed whichever serves; without images it is refused', async () => {
    const colors = { blue: 'shop-blue', green: 'shop-green' }
    const { group: _, template: __, image: ___, capacity: ____, ...bare } = webService()
    const shop: Service = { ...bare, name: 'shop', colors, strategy: 'blue-green' }
    const of = (service: Service) => simulate({ catalogue: catalogueOf(service) })
    const ask = { procedure: 'update-image', service: 'shop' } as const
    const refused = await runToEnd(of(shop), ask)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_newest_source' } })
    const simulation = of({ ...shop, image: { name: 'shop {version}' } })
    const image = imageByHand(simulation.aws, 'shop v2')
    expect((await runToEnd(simulation, ask)).ending).toMatchObject({ kind: 'succeeded' })
    expect(simulation.aws.world.templates.get(ids.shopTemplate)?.versions.get(2)?.data.ImageId).toBe(image)
  })
})

describe('security groups by name', () => {
  const byName = { SecurityGroups: ['ASG-Web-Inst-SG'] }

  test('are found where there is nothing newer, and when an event is scheduled', async () => {
    const simulation = simulateWeb()
    newDefault(simulation.aws, byName)
    const trap = { kind: 'refused', reason: { code: 'security_groups_by_name', facts: { version: 2 } } }
    expect((await runToEnd(simulation, refresh)).ending).toMatchObject(trap)
    const event = { procedure: 'schedule', service: 'web', said: 'tonight 8pm for 3h', desired: 4 } as const
    expect((await runToEnd(simulation, event)).ending).toMatchObject(trap)
  })

  test('stay as they are, with a warning, where a newer image is asked for alone', async () => {
    const simulation = simulateWeb()
    newDefault(simulation.aws, byName)
    backup(simulation)
    const done = await runToEnd(simulation, refresh)
    expect(done).toMatchObject({
      ending: { kind: 'succeeded' },
      plan: { warnings: [{ code: 'security_groups_by_name' }] },
    })
    expect(dataOf(simulation, 3)).toMatchObject(byName)
  })

  test.each<[string, object, object]>([
    ['at the top', byName, { SecurityGroupIds: [ids.webGroup] }],
    [
      'beside a network interface',
      { ...byName, NetworkInterfaces: [{ DeviceIndex: 0 }] },
      { NetworkInterfaces: [{ DeviceIndex: 0, Groups: [ids.webGroup] }] },
    ],
  ])('%s are mended by id, all else as it was, and launches succeed again', async (_where, worn, mended) => {
    const simulation = simulateWeb()
    const rest = { KeyName: 'lab', UserData: 'eA==', MetadataOptions: { HttpTokens: 'required' as const } }
    newDefault(simulation.aws, { ...rest, ...worn })
    const before = await runToEnd(simulation, scale(3))
    expect(before.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'launch_failed' } })
    const done = await runToEnd(simulation, mend)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(template(simulation)).toMatchObject({ default: 3, latest: 3 })
    const whole = { ImageId: ids.webImage, InstanceType: 't2.micro', ...rest, ...mended }
    expect(dataOf(simulation, 3)).toEqual(whole)
    await runToEnd(simulation, scale(4))
    expect(versionsServing(simulation)).toEqual([1, 1, 3, 3])
  })

  test('are mended together with a newer image, and then there is nothing left to do', async () => {
    const simulation = simulateWeb()
    newDefault(simulation.aws, byName)
    const image = backup(simulation)
    await runToEnd(simulation, mend)
    expect(dataOf(simulation, 3)).toMatchObject({ ImageId: image, SecurityGroupIds: [ids.webGroup] })
    expect(dataOf(simulation, 3)).not.toHaveProperty('SecurityGroups')
    const again = await runToEnd(simulation, mend)
    expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
  })

  test('that are not there are not guessed: what was found is told', async () => {
    const simulation = simulateWeb()
    newDefault(simulation.aws, { SecurityGroups: ['ASG-Web-Inst-SG', 'gone-sg'] })
    const { ending } = await runToEnd(simulation, mend)
    const facts = { names: ['gone-sg'], found: [`ASG-Web-Inst-SG (${ids.webGroup})`] }
    expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'security_groups_unclear', facts } })
    expect(template(simulation)).toMatchObject({ latest: 2 })
  })
})

describe('a rollback after a refresh', () => {
  test('takes the default back, replaces only what came up on the newer image, and holds the next refresh', async () => {
    const simulation = simulateWeb()
    const gone = imageByHand(simulation.aws, 'AWSBackup_broken', { tags: tag })
    await runToEnd(simulation, refresh)
    await runToEnd(simulation, scale(3))
    expect(versionsServing(simulation)).toEqual([1, 1, 2])
    const back = await runToEnd(simulation, rollback)
    expect(back).toMatchObject({ ending: { kind: 'succeeded' }, plan: { version: 'Web Server v1' } })
    expect(back.plan?.group).toMatchObject({ outdated: 1 })
    expect(versionsServing(simulation)).toEqual([1, 1, 1])
    expect(template(simulation)).toMatchObject({ default: 1 })
    // What was just taken back is no newest image any more; a newer one is, and waits.
    const same = await runToEnd(simulation, refresh)
    expect(same.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
    imageByHand(simulation.aws, 'AWSBackup_mended', { tags: tag })
    const next = await runToEnd(simulation, refresh)
    expect(next.ending).toMatchObject({ kind: 'refused', reason: { code: 'frozen_after_rollback' } })
    expect(dataOf(simulation, 2)?.ImageId).toBe(gone)
  })

  test('names the deploy that stays, and waits for a yes, where one came before', async () => {
    const own = backedUp({
      image: { name: 'Web Server {version}', from: { tag: { Name: 'ASG-Web-Instance' } } },
    })
    const simulation = simulateWeb({}, own)
    const deploy = await runToEnd(simulation, { procedure: 'deploy', service: 'web', version: 'v2' })
    imageByHand(simulation.aws, 'Web Server v3')
    await runToEnd(simulation, refresh)
    // Nobody says yes: it is given up.
    const { plan, ending } = await runToEnd(simulation, rollback)
    expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    const facts = { operation: deploy.id, version: 'v2' }
    expect(plan).toMatchObject({ version: 'Web Server v2', confirm: true })
    expect(plan?.warnings).toMatchObject([{ code: 'rollback_of_refresh', facts }])
    // By its name the deploy itself is undone, the refresh with it.
    const named = await runToEnd(simulation, { ...rollback, operation: deploy.id })
    expect(named.ending).toMatchObject({ kind: 'succeeded' })
    expect(versionsServing(simulation)).toEqual([1, 1])
  })

  test('of a pinned group takes back the default alone', async () => {
    const simulation = simulateWeb()
    await simulation.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: 1 } })
    backup(simulation)
    await runToEnd(simulation, refresh)
    const back = await runToEnd(simulation, rollback)
    expect(back).toMatchObject({ ending: { kind: 'succeeded' }, plan: { version: 'Web Server v1' } })
    expect(template(simulation)).toMatchObject({ default: 1 })
    const [web] = simulation.aws.view().groups
    expect(web).toMatchObject({ templatePin: '1' })
  })

  test('never goes back to what cannot be launched', async () => {
    const simulation = simulateWeb()
    newDefault(simulation.aws, { SecurityGroups: ['ASG-Web-Inst-SG'] })
    backup(simulation)
    await runToEnd(simulation, mend)
    const none = await runToEnd(simulation, rollback)
    expect(none.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })
})
