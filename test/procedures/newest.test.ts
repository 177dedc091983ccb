import type { Service } from '../../src/domain/catalogue'
import type { Request } from '../../src/domain/request'
import { hour } from '../../src/domain/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, rehearse, type Rehearsing, webService } from '../support/rehearsal'
import { imageByHand, newDefault } from '../support/templates'

const tag = { Name: 'web-server' }
/** S4's service: its newest image is a backup of the web server. */
const backedUp = (facts: Partial<Service> = {}): Service =>
  webService({
    image: { name: 'Web Server {version}', newest: { name: 'AWSBackup_*', tag } },
    ...facts,
  })
const rehearseWeb = (how: Partial<Rehearsing> = {}, service = backedUp()): Rehearsal =>
  rehearse({ catalogue: catalogueOf(service), ...how })

let count = 0
const carryOut = async (rehearsal: Rehearsal, request: Request) => {
  const id = `${request.service}-n${String((count += 1)).padStart(4, '0')}`
  await rehearsal.start({ ...newOperation(id), request })
  await rehearsal.untilEnded()
  return rehearsal.operation(id)
}
const refresh = { procedure: 'refresh', service: 'web' } as const
const mend = { ...refresh, securityGroupsById: true } as const
const rollback = { procedure: 'rollback', service: 'web' } as const
const scale = (desired: number) => ({ procedure: 'scale', service: 'web', desired }) as const

const template = ({ aws }: Rehearsal) => aws.world.templates.get(ids.webTemplate)
const dataOf = (rehearsal: Rehearsal, version: number) => template(rehearsal)?.versions.get(version)?.data
const versionsServing = ({ aws }: Rehearsal) =>
  aws
    .view()
    .instances.filter(({ group, lifecycle }) => group === 'Web-ASG' && lifecycle === 'InService')
    .map(({ templateVersion }) => templateVersion)
const backup = (rehearsal: Rehearsal, name = 'AWSBackup_i-1') =>
  imageByHand(rehearsal.aws, name, { tags: tag })

describe('the newest image', () => {
  test('is what a group that follows its default scales out on', async () => {
    const rehearsal = rehearseWeb()
    imageByHand(rehearsal.aws, 'AWSBackup_of another', { tags: { Name: 'db' } })
    const image = backup(rehearsal)
    expect((await carryOut(rehearsal, refresh)).ending).toMatchObject({ kind: 'succeeded' })
    expect(template(rehearsal)).toMatchObject({ default: 2, latest: 2 })
    expect(dataOf(rehearsal, 2)).toEqual({ ...dataOf(rehearsal, 1), ImageId: image })
    expect(versionsServing(rehearsal)).toEqual([1, 1])
    await carryOut(rehearsal, scale(3))
    expect(versionsServing(rehearsal)).toEqual([1, 1, 2])
  })

  test('is nothing to do when it is launched already, or when the newest is older', async () => {
    const rehearsal = rehearseWeb()
    imageByHand(rehearsal.aws, 'AWSBackup_old', { age: 60 * 24 * hour, tags: tag })
    const nothing = { kind: 'refused', reason: { code: 'nothing_to_do' } }
    expect((await carryOut(rehearsal, refresh)).ending).toMatchObject(nothing)
    backup(rehearsal)
    await carryOut(rehearsal, refresh)
    expect((await carryOut(rehearsal, refresh)).ending).toMatchObject(nothing)
    expect(template(rehearsal)).toMatchObject({ latest: 2 })
  })

  test('moves the default of a pinned group, and warns that it goes on launching the other', async () => {
    const rehearsal = rehearseWeb()
    await rehearsal.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: 1 } })
    backup(rehearsal)
    const done = await carryOut(rehearsal, refresh)
    expect(done.plan?.warnings).toMatchObject([{ code: 'group_pinned', facts: { version: 1 } }])
    expect(template(rehearsal)).toMatchObject({ default: 2 })
  })

  test('of a group that follows $Latest is made from what it launches; a default set apart stays', async () => {
    const rehearsal = rehearseWeb()
    await rehearsal.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: '$Latest' } })
    const second = newDefault(rehearsal.aws, { SecurityGroupIds: [ids.webGroup], KeyName: 'newer' })
    const apart = template(rehearsal)
    if (apart) Object.assign(apart, { default: 1, formerDefault: 1 })
    const image = backup(rehearsal)
    const done = await carryOut(rehearsal, refresh)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(template(rehearsal)).toMatchObject({ default: 1, latest: second + 1 })
    expect(dataOf(rehearsal, second + 1)).toMatchObject({ ImageId: image, KeyName: 'newer' })
  })

  test('is not moved to when somebody moved the default after the plan', async () => {
    const moved: number[] = []
    const rehearsal: Rehearsal = rehearseWeb({
      // The gates are asked between the plan and the first step.
      decide: ({ method }) => {
        if (method === 'locks.of' && moved.length === 0)
          moved.push(newDefault(rehearsal.aws, { SecurityGroupIds: [ids.webGroup] }))
        return undefined
      },
    })
    backup(rehearsal)
    const done = await carryOut(rehearsal, refresh)
    expect(done.ending).toMatchObject({ kind: 'failed clean', reason: { code: 'group_changed' } })
    expect(template(rehearsal)).toMatchObject({ default: 2, latest: 2 })
  })

  test('of colors that launch from one template is refreshed whichever serves; without images it is refused', async () => {
    const colors = { blue: 'shop-blue', green: 'shop-green' }
    const { group: _, template: __, image: ___, capacity: ____, ...bare } = webService()
    const shop: Service = { ...bare, name: 'shop', colors, strategy: 'colors' }
    const of = (service: Service) => rehearse({ catalogue: catalogueOf(service) })
    const ask = { procedure: 'refresh', service: 'shop' } as const
    const refused = await carryOut(of(shop), ask)
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_newest_source' } })
    const rehearsal = of({ ...shop, image: { name: 'shop {version}' } })
    const image = imageByHand(rehearsal.aws, 'shop v2')
    expect((await carryOut(rehearsal, ask)).ending).toMatchObject({ kind: 'succeeded' })
    expect(rehearsal.aws.world.templates.get(ids.shopTemplate)?.versions.get(2)?.data.ImageId).toBe(image)
  })
})

describe('security groups by name', () => {
  const byName = { SecurityGroups: ['ASG-Web-Inst-SG'] }

  test('are found where there is nothing newer, and when an event is scheduled', async () => {
    const rehearsal = rehearseWeb()
    newDefault(rehearsal.aws, byName)
    const trap = { kind: 'refused', reason: { code: 'security_groups_by_name', facts: { version: 2 } } }
    expect((await carryOut(rehearsal, refresh)).ending).toMatchObject(trap)
    const event = { procedure: 'schedule', service: 'web', said: 'tonight 8pm for 3h', desired: 4 } as const
    expect((await carryOut(rehearsal, event)).ending).toMatchObject(trap)
  })

  test('stay as they are, with a warning, where a newer image is asked for alone', async () => {
    const rehearsal = rehearseWeb()
    newDefault(rehearsal.aws, byName)
    backup(rehearsal)
    const done = await carryOut(rehearsal, refresh)
    expect(done).toMatchObject({
      ending: { kind: 'succeeded' },
      plan: { warnings: [{ code: 'security_groups_by_name' }] },
    })
    expect(dataOf(rehearsal, 3)).toMatchObject(byName)
  })

  test.each<[string, object, object]>([
    ['at the top', byName, { SecurityGroupIds: [ids.webGroup] }],
    [
      'beside a network interface',
      { ...byName, NetworkInterfaces: [{ DeviceIndex: 0 }] },
      { NetworkInterfaces: [{ DeviceIndex: 0, Groups: [ids.webGroup] }] },
    ],
  ])('%s are mended by id, all else as it was, and launches succeed again', async (_where, worn, mended) => {
    const rehearsal = rehearseWeb()
    const rest = { KeyName: 'lab', UserData: 'eA==', MetadataOptions: { HttpTokens: 'required' as const } }
    newDefault(rehearsal.aws, { ...rest, ...worn })
    const before = await carryOut(rehearsal, scale(3))
    expect(before.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'launch_failed' } })
    const done = await carryOut(rehearsal, mend)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(template(rehearsal)).toMatchObject({ default: 3, latest: 3 })
    const whole = { ImageId: ids.webImage, InstanceType: 't2.micro', ...rest, ...mended }
    expect(dataOf(rehearsal, 3)).toEqual(whole)
    await carryOut(rehearsal, scale(4))
    expect(versionsServing(rehearsal)).toEqual([1, 1, 3, 3])
  })

  test('are mended together with a newer image, and then there is nothing left to do', async () => {
    const rehearsal = rehearseWeb()
    newDefault(rehearsal.aws, byName)
    const image = backup(rehearsal)
    await carryOut(rehearsal, mend)
    expect(dataOf(rehearsal, 3)).toMatchObject({ ImageId: image, SecurityGroupIds: [ids.webGroup] })
    expect(dataOf(rehearsal, 3)).not.toHaveProperty('SecurityGroups')
    const again = await carryOut(rehearsal, mend)
    expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
  })

  test('that are not there are not guessed: what was found is told', async () => {
    const rehearsal = rehearseWeb()
    newDefault(rehearsal.aws, { SecurityGroups: ['ASG-Web-Inst-SG', 'gone-sg'] })
    const { ending } = await carryOut(rehearsal, mend)
    const facts = { names: ['gone-sg'], found: [`ASG-Web-Inst-SG (${ids.webGroup})`] }
    expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'security_groups_unclear', facts } })
    expect(template(rehearsal)).toMatchObject({ latest: 2 })
  })
})

describe('a rollback after a refresh', () => {
  test('takes the default back, replaces only what came up on the newer image, and holds the next refresh', async () => {
    const rehearsal = rehearseWeb()
    const gone = imageByHand(rehearsal.aws, 'AWSBackup_broken', { tags: tag })
    await carryOut(rehearsal, refresh)
    await carryOut(rehearsal, scale(3))
    expect(versionsServing(rehearsal)).toEqual([1, 1, 2])
    const back = await carryOut(rehearsal, rollback)
    expect(back).toMatchObject({ ending: { kind: 'succeeded' }, plan: { version: 'Web Server v1' } })
    expect(back.plan?.group).toMatchObject({ outdated: 1 })
    expect(versionsServing(rehearsal)).toEqual([1, 1, 1])
    expect(template(rehearsal)).toMatchObject({ default: 1 })
    const next = await carryOut(rehearsal, refresh)
    expect(next.ending).toMatchObject({ kind: 'refused', reason: { code: 'frozen_after_rollback' } })
    expect(dataOf(rehearsal, 2)?.ImageId).toBe(gone)
  })

  test('names the deploy that stays, and waits for a yes, where one came before', async () => {
    const own = backedUp({
      image: { name: 'Web Server {version}', from: { tag: { Name: 'ASG-Web-Instance' } } },
    })
    const rehearsal = rehearseWeb({}, own)
    const deploy = await carryOut(rehearsal, { procedure: 'deploy', service: 'web', version: 'v2' })
    imageByHand(rehearsal.aws, 'Web Server v3')
    await carryOut(rehearsal, refresh)
    // Nobody says yes: it is given up.
    const { plan, ending } = await carryOut(rehearsal, rollback)
    expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    const facts = { operation: deploy.id, version: 'v2' }
    expect(plan).toMatchObject({ version: 'Web Server v2', confirm: true })
    expect(plan?.warnings).toMatchObject([{ code: 'rollback_of_refresh', facts }])
    // By its name the deploy itself is undone, the refresh with it.
    const named = await carryOut(rehearsal, { ...rollback, operation: deploy.id })
    expect(named.ending).toMatchObject({ kind: 'succeeded' })
    expect(versionsServing(rehearsal)).toEqual([1, 1])
  })

  test('of a pinned group takes back the default alone', async () => {
    const rehearsal = rehearseWeb()
    await rehearsal.account.groups.update('Web-ASG', { template: { id: ids.webTemplate, pin: 1 } })
    backup(rehearsal)
    await carryOut(rehearsal, refresh)
    const back = await carryOut(rehearsal, rollback)
    expect(back).toMatchObject({ ending: { kind: 'succeeded' }, plan: { version: 'Web Server v1' } })
    expect(template(rehearsal)).toMatchObject({ default: 1 })
    const [web] = rehearsal.aws.view().groups
    expect(web).toMatchObject({ templatePin: '1' })
  })

  test('never goes back to what cannot be launched', async () => {
    const rehearsal = rehearseWeb()
    newDefault(rehearsal.aws, { SecurityGroups: ['ASG-Web-Inst-SG'] })
    backup(rehearsal)
    await carryOut(rehearsal, mend)
    const none = await carryOut(rehearsal, rollback)
    expect(none.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
  })
})
