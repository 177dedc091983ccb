import type { Strategy } from '../../src/domain/catalogue'
import { hour } from '../../src/domain/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import type { Story } from '../support/harness'
import { newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, webService } from '../support/rehearsal'
import { saysYes } from '../support/says-yes'
import { madeByRollcall, newDefault } from '../support/templates'
import { colorStories } from './color-stories'
import { weightStories } from './weight-stories'

export { saysYes }

/** The fleet of `web` serves this template version alone, in S1's shape, following its default again. */
export const servesVersion =
  (version: number) =>
  ({ aws }: Rehearsal): void => {
    const { groups, templates, instances } = aws.view()
    expect(groups.find((group) => group.name === 'Web-ASG')).toMatchObject({
      min: 2,
      desired: 2,
      max: 4,
      cooldown: 30,
      templatePin: '$Default',
      suspended: [],
      terminationPolicies: ['Default'],
    })
    expect(templates.find((template) => template.name === 'Web')).toMatchObject({
      default: version,
      latest: 2,
    })
    const members = instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    expect(members.map((one) => one.templateVersion)).toEqual([version, version])
    expect(members.filter((one) => one.protectedFromScaleIn)).toEqual([])
  }

const how = { catalogue: catalogueOf(webService()), guard: { targetGroup: 'Web-TG', minimum: 2 } }

const deployBy = (strategy: Strategy): Story => ({
  how,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'deploy', service: 'web', version: 'v2', strategy },
  },
  ending: 'succeeded',
  expectFleet: servesVersion(2),
})

const rollback: Story = {
  how,
  before: async (rehearsal) => {
    await rehearsal.start(newOperation('web-aaaaa'))
    await rehearsal.untilEnded()
  },
  operation: { ...newOperation('web-bbbbb'), request: { procedure: 'rollback', service: 'web' } },
  ending: 'succeeded',
  expectFleet: servesVersion(1),
}

const bake: Story = {
  how,
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

/** A roll back and forth: the deploy's version is left by a rollback, and rolled to again. */
const roll: Story = {
  how,
  before: async (rehearsal) => {
    await rollback.before?.(rehearsal)
    await rehearsal.start(rollback.operation)
    await rehearsal.untilEnded()
    await rehearsal.store.locks.clear('web', 'freeze')
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: { procedure: 'roll', service: 'web', templateVersion: 2 },
  },
  ending: 'succeeded',
  expectFleet: servesVersion(2),
}

const scale: Story = {
  how,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'scale', service: 'web', desired: 4, max: 5 },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({
      min: 2,
      desired: 4,
      max: 5,
    })
    expect(aws.healthyTargets('Web-TG')).toBe(4)
  },
}

const eventAt = (id: string, said: string, desired: number): Story['operation'] => ({
  ...newOperation(id),
  request: { procedure: 'schedule', service: 'web', said, desired },
})

/** The first of two that overlap: the second corrects what the first restores. */
const schedule: Story = {
  how: { ...how, meanwhile: saysYes },
  before: async (rehearsal) => {
    await rehearsal.start(eventAt('web-aaaaa', '2026-03-02T20:00 3h', 3))
    await rehearsal.untilEnded()
  },
  operation: eventAt('web-bbbbb', '2026-03-02T22:00 2h', 4),
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({
      'rollcall web-aaaaa out': 3,
      'rollcall web-aaaaa in': 4,
      'rollcall web-bbbbb out': 4,
      'rollcall web-bbbbb in': 2,
    })
  },
}

const unschedule: Story = {
  how: schedule.how,
  before: async (rehearsal) => {
    await schedule.before?.(rehearsal)
    await rehearsal.start(schedule.operation)
    await rehearsal.untilEnded()
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: { procedure: 'unschedule', service: 'web', event: 'web-bbbbb' },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({ 'rollcall web-aaaaa out': 3, 'rollcall web-aaaaa in': 2 })
  },
}

/** An event that is once, across one that recurs, is moved to the next day and made bigger. */
const reschedule: Story = {
  how: schedule.how,
  before: async (rehearsal) => {
    await rehearsal.start(eventAt('web-aaaaa', 'every day 20:00-22:00', 3))
    await rehearsal.untilEnded()
    await rehearsal.start(eventAt('web-bbbbb', '2026-03-04T21:00 2h', 3))
    await rehearsal.untilEnded()
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: {
      procedure: 'reschedule',
      service: 'web',
      event: 'web-bbbbb',
      said: '2026-03-05T21:00 2h',
      desired: 4,
    },
  },
  ending: 'succeeded',
  expectFleet: (rehearsal) => {
    const { clock, aws } = rehearsal
    for (const [time, desired] of [
      ['04T21:00', 3],
      ['04T22:05', 2],
      ['05T20:30', 3],
      ['05T21:00', 4],
      ['05T22:30', 4],
      ['05T23:05', 2],
      ['06T21:00', 3],
    ] as const) {
      clock.advanceTo(Date.parse(`2026-03-${time}+09:00`))
      expect([time, aws.view().groups.find(({ name }) => name === 'Web-ASG')?.desired]).toEqual([
        time,
        desired,
      ])
    }
  },
}

/** An event is followed to its end while nothing else changes anything. */
const follow: Story = {
  how: schedule.how,
  before: async (rehearsal) => {
    await rehearsal.start(eventAt('web-aaaaa', '2026-03-02T12:30 20m', 4))
    await rehearsal.untilEnded(1_000).catch(() => saysYes(rehearsal))
    await rehearsal.untilEnded()
    // Who follows it is started by the story itself.
    for (const { id } of await rehearsal.store.appointments.of('web'))
      await rehearsal.store.appointments.cancel(id)
    rehearsal.clock.advanceTo(Date.parse('2026-03-02T12:00+09:00'))
  },
  operation: {
    ...newOperation('web-bbbbb'),
    request: {
      procedure: 'follow',
      service: 'web',
      event: 'web-aaaaa',
      from: Date.parse('2026-03-02T12:30+09:00'),
    },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({ desired: 2 })
    expect(aws.view().schedules).toEqual([])
    const changes = aws.calls().filter(({ mutating }) => mutating)
    expect(changes.map(({ action }) => action)).toEqual([
      'PutScheduledUpdateGroupAction',
      'PutScheduledUpdateGroupAction',
    ])
  },
}

/** One that is so near that it is followed at once: by one follower, to its end. */
const scheduleSoon: Story = {
  how: schedule.how,
  operation: eventAt('web-aaaaa', '2026-03-02T10:50 20m', 4),
  ending: 'succeeded',
  expectFleet: ({ aws, known }) => {
    expect(aws.view().schedules).toEqual([])
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({ desired: 2 })
    expect(known.size).toBe(2)
  },
}

/** Somebody deleted the way in of an event: it is said, and nothing is changed. */
const audit: Story = {
  how: schedule.how,
  before: async (rehearsal) => {
    await rehearsal.start(eventAt('web-aaaaa', '2026-03-06T20:00 3h', 4))
    await rehearsal.untilEnded()
    await rehearsal.account.groups.unschedule('Web-ASG', 'rollcall web-aaaaa in')
  },
  operation: { ...newOperation('web-bbbbb'), request: { procedure: 'audit', service: 'web' } },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().schedules.map(({ name }) => name)).toEqual(['rollcall web-aaaaa out'])
  },
}

/** Two more instances for good, with an event to come: it goes back to the new sizes. */
const scaleBeforeEvent: Story = {
  how: schedule.how,
  before: schedule.before ?? (async () => {}),
  operation: {
    ...newOperation('web-bbbbb'),
    request: { procedure: 'scale', service: 'web', desired: 4, afterCooldown: true },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({ 'rollcall web-aaaaa out': 4, 'rollcall web-aaaaa in': 4 })
    expect(aws.healthyTargets('Web-TG')).toBe(4)
  },
}

/** Somebody else made a newer image, as AWS Backup does each day. */
const refresh: Story = {
  how,
  before: async ({ account, clock, aws }) => {
    const [source] = await account.images.instancesTagged({ Name: 'ASG-Web-Instance' })
    const image = { name: 'Web Server v9', description: 'by hand', noReboot: true, tags: {} }
    await account.images.create({ ...image, instance: source?.id ?? '' })
    while (aws.view().images.some(({ state }) => state === 'pending')) clock.advanceTo(clock.now() + 60_000)
  },
  operation: { ...newOperation('web-aaaaa'), request: { procedure: 'refresh', service: 'web' } },
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

/** One instance, where the catalogue wants two: the second comes on the new version, before the gate. */
const deployThatGrows: Story = {
  ...deployBy('refresh'),
  how: { ...how, guard: { targetGroup: 'Web-TG', minimum: 1 } },
  before: async ({ account, clock }) => {
    await account.groups.update('Web-ASG', { min: 1, desired: 1 })
    clock.advanceTo(clock.now() + 10 * 60_000)
  },
}

/** S4's trap: the template names its security groups, and somebody asks to have them by id. */
const mend: Story = {
  how,
  before: async ({ aws }) => void newDefault(aws, { SecurityGroups: ['ASG-Web-Inst-SG'] }),
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'refresh', service: 'web', securityGroupsById: true },
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
const rollbackOfRefresh: Story = {
  how,
  before: async (rehearsal) => {
    await refresh.before?.(rehearsal)
    await rehearsal.start(refresh.operation)
    await rehearsal.untilEnded()
    const out = { procedure: 'scale', service: 'web', desired: 3 } as const
    await rehearsal.start({ ...newOperation('web-bbbbb'), request: out })
    await rehearsal.untilEnded()
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
const prune: Story = {
  how: {
    ...how,
    catalogue: catalogueOf(webService({ keep: { count: 1, for: 30 * 24 * hour } })),
    meanwhile: saysYes,
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
    expect(images.map(({ name }) => name)).toEqual(['Web Server v1', 'shop v1', 'Web Server v4'])
    expect([...aws.world.snapshots.keys()]).toHaveLength(3)
    expect([...(aws.world.templates.get(ids.webTemplate)?.versions.keys() ?? [])]).toEqual([1, 4])
    expect(aws.healthyTargets('Web-TG')).toBe(2)
  },
}

/** Every procedure, told once. A new procedure joins this list, and with it the whole harness. */
export const stories: ReadonlyMap<string, Story> = new Map([
  ['deploy by refresh', deployBy('refresh')],
  ['deploy by replace', deployBy('replace')],
  ['deploy by surge', deployBy('surge')],
  ['deploy that grows', deployThatGrows],
  ['rollback', rollback],
  ['bake', bake],
  ['roll', roll],
  ['refresh', refresh],
  ['mend', mend],
  ['prune', prune],
  ['rollback of a refresh', rollbackOfRefresh],
  ['scale', scale],
  ['schedule', schedule],
  ['schedule soon', scheduleSoon],
  ['reschedule', reschedule],
  ['unschedule', unschedule],
  ['follow', follow],
  ['audit', audit],
  ['scale before an event', scaleBeforeEvent],
  ...colorStories,
  ...weightStories,
])
