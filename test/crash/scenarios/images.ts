import { hour } from '../../../src/domain/time/time'
import { ids } from '../../../src/sandbox/aws/seed-network'
import { confirmPlans } from '../../support/confirm-plans'
import { newOperation } from '../../support/operations'
import { catalogueOf, webService } from '../../support/simulation'
import { madeByRollcall, newDefault } from '../../support/templates'
import type { Scenario } from '../scenario'
import { webWorld as world } from './web-world'

const bake: Scenario = {
  name: 'bake',
  world,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'bake', service: 'web', version: 'v2', reboot: false },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const baked = aws.view().images.filter((image) => image.name === 'Web Server v2')
    expect(baked).toMatchObject([{ state: 'available' }])
  },
}

/** Somebody else made a newer image, as AWS Backup does each day. */
const refresh: Scenario = {
  name: 'update-image',
  world,
  before: async ({ account, clock, aws }) => {
    const [source] = await account.images.instancesTagged({ Name: 'ASG-Web-Instance' })
    const image = { name: 'Web Server v9', description: 'by hand', noReboot: true, tags: { by: 'hand' } }
    await account.images.create({ ...image, instance: source?.id ?? '' })
    while (aws.view().images.some(({ state }) => state === 'pending')) clock.advanceTo(clock.now() + 60_000)
  },
  operation: { ...newOperation('web-aaaaa'), request: { procedure: 'update-image', service: 'web' } },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const { templates, images, groups, instances } = aws.view()
    const template = templates.find(({ name }) => name === 'Web')
    expect(template).toMatchObject({ default: 2, latest: 2 })
    const newest = images.find(({ name }) => name === 'Web Server v9')
    expect(template?.versions.find(({ number }) => number === 2)?.imageId).toBe(newest?.id)
    expect(groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({
      templatePin: '$Default',
      desired: 2,
    })
    expect(instances.filter(({ group }) => group === 'Web-ASG').map((one) => one.templateVersion)).toEqual([
      1, 1,
    ])
  },
}

/** A simulation begins then; the window is closed until an hour later. */
const opens = Date.parse('2026-03-02T02:00:00Z')

/** A window is closed, and somebody has it wait: whoever dies meanwhile, it begins once it opens, and once only. */
const refreshThatWaits: Scenario = {
  ...refresh,
  name: 'update-image that waits for a window',
  world: {
    ...world,
    catalogue: {
      ...world.catalogue,
      windows: [
        {
          name: 'quarter end',
          services: ['*'],
          except: [],
          timezone: 'Asia/Seoul',
          times: { kind: 'once', from: 0, until: opens },
        },
      ],
    },
    meanwhile: async ({ store, clock }) => {
      const operation = await store.journal.read('web-aaaaa')
      if (operation?.startedAt !== undefined) expect(operation.startedAt).toBeGreaterThanOrEqual(opens)
      if (clock.now() < opens) expect(operation?.startedAt).toBeUndefined()
    },
  },
  operation: { ...refresh.operation, atWindow: { waits: true } },
  // What is before the wait and what follows it gets its faults above.
  faultsFrom: /^plan\/window$/,
  faultsTo: /^template\//,
}

/** S4's trap: the template names its security groups, and somebody asks to have them by id. */
const mend: Scenario = {
  name: 'mend',
  world,
  before: async ({ aws }) => void newDefault(aws, { SecurityGroups: ['ASG-Web-Inst-SG'] }),
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'update-image', service: 'web', securityGroupsById: true },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const template = aws.world.templates.get(ids.webTemplate)
    expect(template).toMatchObject({ default: 3, latest: 3 })
    const { SecurityGroupIds, SecurityGroups } = template?.versions.get(3)?.data ?? {}
    expect({ SecurityGroupIds, SecurityGroups }).toEqual({ SecurityGroupIds: [ids.webGroup] })
  },
}

/** The newest image was bad; one instance came up on it. */
const rollbackOfRefresh: Scenario = {
  name: 'rollback of a refresh',
  world,
  before: async (simulation) => {
    await refresh.before?.(simulation)
    await simulation.start(refresh.operation)
    await simulation.untilEnded()
    const out = { procedure: 'scale', service: 'web', desired: 3 } as const
    await simulation.start({ ...newOperation('web-bbbbb'), request: out })
    await simulation.untilEnded()
  },
  operation: { ...newOperation('web-ccccc'), request: { procedure: 'rollback', service: 'web' } },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const { templates, instances } = aws.view()
    expect(templates.find(({ name }) => name === 'Web')).toMatchObject({ default: 1 })
    const members = instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    expect(members.map((one) => one.templateVersion)).toEqual([1, 1, 1])
  },
}

/** What two deploys of long ago have left behind, and a third that is among the newest. */
const prune: Scenario = {
  name: 'prune',
  world: {
    ...world,
    catalogue: catalogueOf(webService({ keep: { count: 1, for: 30 * 24 * hour } })),
    meanwhile: confirmPlans,
  },
  before: async ({ aws, known }) => {
    for (const [version, days] of [
      ['v2', 90],
      ['v3', 60],
      ['v4', 50],
    ] as const) {
      const operation = `web-aaa${version}`
      known.add(operation)
      madeByRollcall(aws, version, { age: days * 24 * hour, operation })
    }
  },
  operation: { ...newOperation('web-bbbbb'), request: { procedure: 'prune', service: 'web' } },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const images = aws.view().images.filter(({ state }) => state !== 'deregistered')
    // Others' public images are nobody's here to prune.
    const own = images.map(({ name }) => name).filter((name) => !name?.startsWith('ubuntu/'))
    expect(own).toEqual(['Web Server v1', 'shop v1', 'Web Server v4'])
    expect([...aws.world.snapshots.keys()]).toHaveLength(3)
    expect([...(aws.world.templates.get(ids.webTemplate)?.versions.keys() ?? [])]).toEqual([1, 4])
    expect(aws.healthyTargets('Web-TG')).toBe(2)
  },
}

/** Images and template versions of `web`: what makes them, moves to them and deletes them. */
export const imageScenarios: readonly Scenario[] = [
  bake,
  refresh,
  refreshThatWaits,
  mend,
  rollbackOfRefresh,
  prune,
]
