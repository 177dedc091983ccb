import type { Group } from '../../../src/domain/fleet/fleet'
import { newestImage } from '../../../src/domain/images/plan-image-update'
import { minute } from '../../../src/domain/time/time'
import { type AwsFailure } from '../../../src/ports/failure'
import { type Backend, judge, type Seeded } from './backend'
import { canonicalJson } from '../../../src/domain/json'

/** Rules of AWS that some backend is known to break. */
export type Deviation =
  | 'image and snapshot tags'
  | 'unique image names'
  | 'source version'
  | 'client token'
  | 'delete version'
  | 'cooldown and termination policies'
  | 'capacity bounds'
  | 'launched version'
  | 'activities'
  | 'instance refresh'
  | 'disabled policies'
  | 'images by snapshot'
  | 'target groups come into use'
  | 'names in a group'
  | 'targets in Standby'
  | 'Standby once'
  | 'Standby above the minimum'
  | 'quotas'
  | 'percentiles'
  | 'idle time-out'

/** How the adapters must behave on any AWS: arguments, answers, order of calls, final states. */
export const adapterSuite = (backend: Backend<Deviation>): void => {
  let aws: Seeded
  beforeEach(async () => {
    aws = await backend.start()
  })
  afterEach(() => aws?.stop())

  const rule = (deviation: Deviation, holds: () => Promise<void>) => judge(backend, deviation, holds)
  const group = async (): Promise<Group> => {
    const found = await aws.account.groups.describe(aws.group)
    if (found === undefined) throw new Error(`no group ${aws.group}`)
    return found
  }
  const serving = ({ instances }: Group) =>
    instances.filter(({ lifecycle, healthy }) => lifecycle === 'InService' && healthy)
  const untilServing = (count: number) =>
    aws.until(`${count} instances in service`, async () => serving(await group()).length === count)
  const failureOf = async (work: Promise<unknown>): Promise<AwsFailure> => {
    const thrown: unknown = await work.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(thrown).toMatchObject({ name: 'AwsFailure' })
    return thrown as AwsFailure
  }

  describe('scheduled actions', () => {
    it('are made, listed with all that they say, replaced by their name, and deleted', async () => {
      const { groups } = aws.account
      const later = Date.parse('2031-12-24T11:00:00Z')
      const once = { name: 'live out', min: 2, desired: 3, max: 4, startAt: later }
      const weekly = { name: 'friday', desired: 4, recurrence: '0 20 * * 5', timezone: 'Asia/Seoul' }
      await groups.schedule(aws.group, once)
      await groups.schedule(aws.group, weekly)
      const listed = await groups.scheduled(aws.group)
      expect(listed.find(({ name }) => name === once.name)).toMatchObject(once)
      expect(listed.find(({ name }) => name === weekly.name)).toMatchObject({
        desired: 4,
        recurrence: '0 20 * * 5',
      })
      await groups.schedule(aws.group, { ...once, desired: 4 })
      expect(await groups.scheduled(aws.group)).toHaveLength(2)
      expect((await groups.scheduled(aws.group)).find(({ name }) => name === once.name)).toMatchObject({
        desired: 4,
      })
      await groups.unschedule(aws.group, once.name)
      expect((await groups.scheduled(aws.group)).map(({ name }) => name)).toEqual([weekly.name])
    })
  })

  describe('room for more instances', () => {
    it('is less by an address for each instance that comes', async () => {
      const { headroom: room, groups } = aws.account
      const { subnets } = await group()
      const before = await room.freeAddresses(subnets)
      expect(before).toBeGreaterThan(0)
      await groups.setDesired(aws.group, 3)
      await untilServing(3)
      expect(await room.freeAddresses(subnets)).toBe(before - 1)
    })

    it('is told of a type in vCPUs: its own, those that run, and the quota', () =>
      rule('quotas', async () => {
        const { headroom: room, groups } = aws.account
        const before = await room.vcpus('t3.micro')
        expect(before).toMatchObject({ each: 2 })
        expect(before?.quota).toBeGreaterThan(before?.used ?? 0)
        await groups.setDesired(aws.group, 3)
        await untilServing(3)
        expect((await room.vcpus('t3.micro'))?.used).toBeGreaterThan(before?.used ?? 0)
      }))

    it('is not known of a type that counts to no quota, and of none where there is no subnet', async () => {
      const { headroom: room } = aws.account
      expect(await room.vcpus('mac2.metal')).toBeUndefined()
      expect(await room.freeAddresses([])).toBe(0)
    })
  })

  describe('traffic as CloudWatch tells it', () => {
    it('is told by the minute, oldest first, with what failed, what each target got and how long it took', async () => {
      const { traffic, metrics } = aws.account
      await aws.customers()
      const [loadBalancer = ''] = await traffic.loadBalancers(aws.targetGroup)
      const source = { loadBalancer, targetGroup: aws.targetGroup }
      const minutes = await metrics.traffic(source)
      expect(minutes.length).toBeGreaterThanOrEqual(2)
      for (const [index, { at, requests, errors, load }] of minutes.entries()) {
        expect(at % minute).toBe(0)
        expect(at).toBeGreaterThan(minutes[index - 1]?.at ?? 0)
        expect(errors).toBeGreaterThan(0)
        expect(errors).toBeLessThan(requests)
        expect(load).toBeGreaterThan(0)
      }
      await rule('percentiles', async () => {
        const timed = await metrics.traffic({ ...source, percentile: 50 })
        expect(timed.map(({ at, requests, errors, load }) => ({ at, requests, errors, load }))).toEqual(
          minutes,
        )
        for (const { latency } of timed) {
          expect(latency).toBeGreaterThan(20)
          expect(latency).toBeLessThan(200)
        }
      })
    })

    it('is empty where there is none, not zero', async () => {
      const [loadBalancer = ''] = await aws.account.traffic.loadBalancers(aws.targetGroup)
      const source = { loadBalancer, targetGroup: aws.idleTargetGroup, percentile: 99.9 }
      expect(await aws.account.metrics.traffic(source)).toEqual([])
      expect(await aws.account.traffic.loadBalancers(aws.idleTargetGroup)).toEqual([])
    })
  })

  describe('scaling policies', () => {
    const tracking = {
      name: 'cpu',
      type: 'TargetTrackingScaling',
      enabled: true,
      settings: canonicalJson({
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue: 50,
          DisableScaleIn: false,
        },
      }),
    }
    const simple = {
      name: 'one more',
      type: 'SimpleScaling',
      enabled: true,
      settings: canonicalJson({ AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1, Cooldown: 60 }),
    }
    const settingsOf = (policy: { readonly settings: string } | undefined): unknown =>
      JSON.parse(policy?.settings ?? '{}')

    it('are made, told so that they can be made again elsewhere, disabled by their name, and deleted', async () => {
      const { groups } = aws.account
      for (const policy of [tracking, simple]) await groups.putPolicy(aws.group, policy)
      const found = async (name: string) =>
        (await groups.policies(aws.group)).find((policy) => policy.name === name)
      for (const policy of [tracking, simple]) {
        const told = await found(policy.name)
        expect(told).toMatchObject({ name: policy.name, type: policy.type, enabled: true })
        expect(settingsOf(told)).toMatchObject(settingsOf(policy) as object)
      }
      await groups.putPolicy(aws.group, { ...simple, enabled: false })
      await judge(backend, 'disabled policies', async () =>
        expect(await found(simple.name)).toMatchObject({ enabled: false }),
      )
      await groups.deletePolicy(aws.group, simple.name)
      expect((await groups.policies(aws.group)).map(({ name }) => name)).toEqual([tracking.name])
      for (const { name } of await groups.policyAlarms(aws.group)) expect(name).toMatch(/^TargetTracking-/)
    })
  })

  describe('copies on another group', () => {
    it('of policies and scheduled actions stand beside what they are copies of, by the same names', () =>
      rule('names in a group', async () => {
        const { groups } = aws.account
        const action = { name: 'friday', desired: 4, recurrence: '0 20 * * 5', timezone: 'Asia/Seoul' }
        const policy = {
          name: 'one more',
          type: 'SimpleScaling',
          enabled: true,
          settings: canonicalJson({ AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1, Cooldown: 60 }),
        }
        await groups.schedule(aws.group, action)
        await groups.putPolicy(aws.group, policy)
        for (const one of await groups.scheduled(aws.group)) await groups.schedule(aws.otherGroup, one)
        for (const one of await groups.policies(aws.group)) await groups.putPolicy(aws.otherGroup, one)
        for (const name of [aws.group, aws.otherGroup]) {
          expect(await groups.scheduled(name)).toMatchObject([action])
          expect(await groups.policies(name)).toMatchObject([{ name: policy.name, type: policy.type }])
        }
        await groups.unschedule(aws.group, action.name)
        await groups.deletePolicy(aws.group, policy.name)
        expect(await groups.scheduled(aws.otherGroup)).toHaveLength(1)
        expect(await groups.policies(aws.otherGroup)).toHaveLength(1)
      }))
  })

  describe('groups', () => {
    it('are found by all the tags that they carry, and say which of them their instances get', async () => {
      const { groups } = aws.account
      const namesWith = async (tags: Readonly<Record<string, string>>) =>
        (await groups.tagged(tags)).map(({ name }) => name).sort()
      expect(await namesWith({ Team: 'web' })).toEqual([aws.group, aws.otherGroup])
      expect(await namesWith({ Team: 'web', Use: 'spare' })).toEqual([aws.otherGroup])
      expect(await namesWith({ Team: 'other' })).toEqual([])
      const [spare] = await groups.tagged({ Use: 'spare' })
      expect(spare).toMatchObject({ tags: { Team: 'web', Use: 'spare' }, propagated: ['Team'] })
    })

    it('are told as they are, with their template, target groups and instances', async () => {
      await untilServing(2)
      const found = await group()
      expect(found).toMatchObject({
        name: aws.group,
        min: 2,
        desired: 2,
        max: 4,
        cooldown: 300,
        template: { id: aws.template.id, name: aws.template.name, pin: '$Default' },
        targetGroups: [aws.targetGroup],
        suspended: [],
        terminationPolicies: ['Default'],
        healthCheck: { types: ['ELB'], graceSeconds: 300 },
        tags: { Team: 'web' },
      })
      expect(found.subnets).toHaveLength(2)
      expect(found.instances[0]).toMatchObject({ templateId: aws.template.id, protected: false })
    })

    it('that AWS does not know, or that have no name, are undefined', async () => {
      expect(await aws.account.groups.describe('nobody')).toBeUndefined()
      expect(await aws.account.groups.describe('')).toBeUndefined()
    })

    it('are told all together, whoever made them', async () => {
      const all = await aws.account.groups.all()
      expect(all.find(({ name }) => name === aws.group)).toMatchObject({ template: { pin: '$Default' } })
      expect(await aws.account.groups.configurationImages([])).toEqual([])
      expect(await aws.account.groups.configurationImages(['nobody'])).toEqual([])
    })

    it('change what is asked for and nothing else', async () => {
      await aws.account.groups.update(aws.group, { min: 1, max: 5 })
      expect(await group()).toMatchObject({ min: 1, desired: 2, max: 5, template: { pin: '$Default' } })
      await aws.account.groups.update(aws.group, { template: { id: aws.template.id, pin: 1 } })
      expect(await group()).toMatchObject({ min: 1, max: 5, template: { pin: 1 } })
      await aws.account.groups.update(aws.group, { template: { id: aws.template.id, pin: '$Default' } })
      expect(await group()).toMatchObject({ template: { pin: '$Default' } })
    })

    it('take a cooldown and termination policies', () =>
      rule('cooldown and termination policies', async () => {
        await aws.account.groups.update(aws.group, {
          cooldown: 30,
          terminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'],
        })
        expect(await group()).toMatchObject({
          cooldown: 30,
          terminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'],
        })
      }))

    it('grow and shrink by their desired capacity', async () => {
      await untilServing(2)
      await aws.account.groups.setDesired(aws.group, 4)
      await untilServing(4)
      await aws.account.groups.setDesired(aws.group, 2)
      await aws.until('two left', async () => (await group()).instances.length === 2)
    })

    it('refuse a desired capacity outside their limits, in words of AWS', () =>
      rule('capacity bounds', async () => {
        const failure = await failureOf(aws.account.groups.setDesired(aws.group, 9))
        expect(failure).toMatchObject({
          kind: 'refused',
          code: 'ValidationError',
          action: 'SetDesiredCapacity',
        })
        expect(failure.words).toContain('9')
      }))

    it('refuse a change to a group that is not there', async () => {
      const failure = await failureOf(aws.account.groups.update('nobody', { min: 1 }))
      expect(failure).toMatchObject({ kind: 'refused', code: 'ValidationError' })
    })

    it('replace an instance that is terminated without decrement', async () => {
      await untilServing(2)
      const [old] = (await group()).instances
      await aws.account.groups.terminate(old?.id ?? '', { decrement: false })
      await aws.until('the old one gone and two in service', async () => {
        const now = await group()
        return now.instances.every(({ id }) => id !== old?.id) && serving(now).length === 2
      })
    })

    it('shrink by an instance that is terminated with decrement', async () => {
      await aws.account.groups.setDesired(aws.group, 3)
      await untilServing(3)
      const [old] = (await group()).instances
      await aws.account.groups.terminate(old?.id ?? '', { decrement: true })
      await aws.until('two left', async () => (await group()).instances.length === 2)
      expect((await group()).desired).toBe(2)
    })

    it('launch from the version that their template’s default has become', async () => {
      await untilServing(2)
      const made = await newVersion(aws, 'v2')
      await aws.account.templates.setDefault(aws.template.id, made.number, 'default v2')
      await aws.until('the default moved', async () => {
        const found = await aws.account.templates.version(aws.template.id, '$Default')
        return found?.number === made.number
      })
      const before = await group()
      await aws.account.groups.setDesired(aws.group, 3)
      await untilServing(3)
      const launched = (await group()).instances.find(({ id }) =>
        before.instances.every((one) => one.id !== id),
      )
      expect(await aws.account.images.instances([launched?.id ?? ''])).toMatchObject([
        { imageId: made.imageId },
      ])
      await rule('launched version', async () => {
        const versions = (await group()).instances.map(({ templateVersion }) => templateVersion)
        expect(versions.sort((a = 0, b = 0) => a - b)).toEqual([1, 1, 2])
      })
    })

    it('suspend and resume the processes named, and none where none is', async () => {
      await aws.account.groups.suspend(aws.group, ['AZRebalance', 'AlarmNotification'])
      await aws.account.groups.resume(aws.group, ['AlarmNotification'])
      expect((await group()).suspended).toEqual(['AZRebalance'])
      await aws.account.groups.suspend(aws.group, [])
      await aws.account.groups.resume(aws.group, [])
      expect((await group()).suspended).toEqual(['AZRebalance'])
    })

    it('protect instances from scale-in, and no longer', async () => {
      await untilServing(2)
      const ids = (await group()).instances.map(({ id }) => id)
      await aws.account.groups.protect(aws.group, ids, true)
      expect((await group()).instances.map((one) => one.protected)).toEqual([true, true])
      await aws.account.groups.protect(aws.group, ids, false)
      expect((await group()).instances.map((one) => one.protected)).toEqual([false, false])
    })

    it('take tags beside the ones they have, and lose those named', async () => {
      await aws.account.groups.tag(aws.group, { 'rollcall:operation': 'op-1' }, { propagate: true })
      expect((await group()).tags).toMatchObject({ Team: 'web', 'rollcall:operation': 'op-1' })
      await aws.account.groups.untag(aws.group, ['rollcall:operation'])
      expect((await group()).tags).toMatchObject({ Team: 'web' })
      expect((await group()).tags).not.toHaveProperty('rollcall:operation')
    })

    it('put instances in Standby with a smaller desired capacity, and take them back with a larger one', async () => {
      await untilServing(2)
      const { groups } = aws.account
      const [one = ''] = (await group()).instances.map(({ id }) => id)
      await groups.update(aws.group, { min: 1 })
      const { desired } = await group()
      await groups.enterStandby(aws.group, [one])
      await aws.until('it stands by', async () =>
        (await group()).instances.some(({ id, lifecycle }) => id === one && lifecycle === 'Standby'),
      )
      expect((await group()).desired).toBe(desired - 1)
      await groups.exitStandby(aws.group, [one])
      expect((await group()).desired).toBe(desired)
      await aws.until('it serves again', async () => serving(await group()).some(({ id }) => id === one))
    })

    it('let what stands by leave its target groups', () =>
      rule('targets in Standby', async () => {
        await untilServing(2)
        const [one = ''] = (await group()).instances.map(({ id }) => id)
        await aws.account.groups.update(aws.group, { min: 1 })
        await aws.account.groups.enterStandby(aws.group, [one])
        await aws.until('it stands by', async () =>
          (await group()).instances.some(({ id, lifecycle }) => id === one && lifecycle === 'Standby'),
        )
        const targets = await aws.account.traffic.health(aws.targetGroup)
        expect(targets.filter(({ instance }) => instance === one)).toEqual([])
      }))

    it('put no instance in Standby that stands by already', () =>
      rule('Standby once', async () => {
        await untilServing(2)
        const [one = ''] = (await group()).instances.map(({ id }) => id)
        await aws.account.groups.update(aws.group, { min: 0 })
        await aws.account.groups.enterStandby(aws.group, [one])
        const again = await failureOf(aws.account.groups.enterStandby(aws.group, [one]))
        expect(again).toMatchObject({ kind: 'refused', code: 'ValidationError' })
        expect((await group()).desired).toBe(1)
      }))

    it('put nothing in Standby that would leave them below their minimum', () =>
      rule('Standby above the minimum', async () => {
        await untilServing(2)
        const [one = ''] = (await group()).instances.map(({ id }) => id)
        const refused = await failureOf(aws.account.groups.enterStandby(aws.group, [one]))
        expect(refused).toMatchObject({ kind: 'refused', code: 'ValidationError' })
      }))

    it('lose for good what is terminated in Standby, and launch nothing for it', async () => {
      await untilServing(2)
      const { groups } = aws.account
      const [one = ''] = (await group()).instances.map(({ id }) => id)
      await groups.update(aws.group, { min: 1 })
      await groups.enterStandby(aws.group, [one])
      await aws.until('it stands by', async () =>
        (await group()).instances.some(({ id, lifecycle }) => id === one && lifecycle === 'Standby'),
      )
      await groups.terminate(one, { decrement: false })
      await aws.until('it is gone', async () => (await group()).instances.every(({ id }) => id !== one))
      expect((await group()).desired).toBe(1)
      expect((await group()).instances).toHaveLength(1)
    })

    it('tell their scaling activities, newest first', () =>
      rule('activities', async () => {
        await untilServing(2)
        const activities = await aws.account.groups.activities(aws.group)
        expect(activities).toHaveLength(2)
        expect(activities[0]).toMatchObject({ status: 'Successful' })
        expect(activities[0]?.description).toContain('Launching a new EC2 instance')
      }))
  })

  describe('an instance refresh', () => {
    it('moves the group to a version, one at a time, and is told with its progress', () =>
      rule('instance refresh', async () => {
        await untilServing(2)
        const { groups } = aws.account
        const made = await newVersion(aws, 'v2')
        await groups.update(aws.group, { template: { id: aws.template.id, pin: 1 } })
        const id = await groups.startRefresh(aws.group, refreshTo(aws, made.number))
        const again = await failureOf(groups.startRefresh(aws.group, refreshTo(aws, made.number)))
        expect(again).toMatchObject({ kind: 'refused', code: 'InstanceRefreshInProgress' })
        expect((await groups.refreshes(aws.group))[0]).toMatchObject({ id, version: '2' })
        await aws.until('the refresh over', async () => {
          const [refresh] = await groups.refreshes(aws.group)
          return refresh?.status === 'Successful'
        })
        const after = await group()
        expect(after.template?.pin).toBe(2)
        expect(serving(after).map(({ templateVersion }) => templateVersion)).toEqual([2, 2])
      }))

    it('is cancelled, and rolled back, only while it runs', () =>
      rule('instance refresh', async () => {
        await untilServing(2)
        const { groups } = aws.account
        const none = { kind: 'refused', code: 'ActiveInstanceRefreshNotFound' }
        expect(await failureOf(groups.cancelRefresh(aws.group))).toMatchObject(none)
        expect(await failureOf(groups.rollbackRefresh(aws.group))).toMatchObject(none)
      }))
  })

  describe('images', () => {
    it('are made of an instance, with tags on image and snapshots, and found by name and id', () =>
      rule('image and snapshot tags', async () => {
        const { images } = aws.account
        const id = await images.create({
          instance: aws.source,
          name: 'Web Server v2',
          description: 'LAMP web server AMI',
          noReboot: true,
          tags: { 'rollcall:service': 'web' },
        })
        // EC2 is eventually consistent: what was made is told a little later.
        await aws.until('the image is told', async () => (await images.named('Web Server v2')).length > 0)
        expect(await images.named('Web Server v2')).toMatchObject([
          { id, tags: { 'rollcall:service': 'web' } },
        ])
        await aws.until(
          'the image available',
          async () => (await images.byId([id]))[0]?.state === 'available',
        )
        const [image] = await images.byId([id])
        expect(image).toMatchObject({ name: 'Web Server v2', deprecated: false })
        expect(image?.snapshots.length).toBeGreaterThan(0)
        expect(await images.snapshotProgress(image?.snapshots ?? [])).toBe(100)
      }))

    it('are found by pattern among our own, and by exact name', async () => {
      const { images } = aws.account
      const ids = [await aws.imageByHand('Web Server v2'), await aws.imageByHand('Web Server v10')]
      const found = await images.named('Web Server v*')
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
      expect(found.every(({ name }) => name.startsWith('Web Server v'))).toBe(true)
      expect((await images.named('Web Server v10')).map(({ id }) => id)).toEqual([ids[1]])
      expect(await images.named('Web Server v3')).toEqual([])
      expect(await images.named('')).toEqual([])
    })

    it('of unknown ids are left out, the others found', async () => {
      const { images } = aws.account
      const id = await aws.imageByHand('Web Server v2')
      const unknown = 'ami-0123456789abcdef0'
      expect(await images.byId([unknown, id])).toMatchObject([{ id, state: 'available' }])
      expect(await images.byId([unknown])).toEqual([])
      expect(await images.byId([])).toEqual([])
    })

    it('are found by their tags, and the newest by time among those of a pattern', async () => {
      const { images } = aws.account
      const tags = { Name: 'web-server' }
      const older = await aws.imageByHand('AWSBackup_i-1_a', tags)
      const newer = await aws.imageByHand('AWSBackup_i-1_b', tags)
      await aws.imageByHand('AWSBackup_i-2_c', { Name: 'another-server' })
      await aws.imageByHand('unlike', tags)
      const found = await images.named('AWSBackup_*')
      expect(found).toHaveLength(3)
      const own = found.filter((image) => image.tags['Name'] === 'web-server').map(({ id }) => id)
      expect(own.sort()).toEqual([older, newer].sort())
      const newest = newestImage(found, { tag: tags })
      expect(newest?.createdAt).toBe(Math.max(...found.filter(({ id }) => own.includes(id)).map(timeOf)))
      expect((await images.tagged('Name', 'another-server')).map(({ name }) => name)).toEqual([
        'AWSBackup_i-2_c',
      ])
      expect(await images.tagged('Name', 'web-s*')).toEqual([])
    })

    it('are deregistered, and then their snapshots deleted', async () => {
      const { images } = aws.account
      const id = await aws.imageByHand('Web Server v2')
      const [image] = await images.byId([id])
      const snapshots = image?.snapshots ?? []
      expect(await images.snapshots(snapshots)).toMatchObject(snapshots.map((one) => ({ id: one })))
      await rule('images by snapshot', async () =>
        expect((await images.holding(snapshots)).map((one) => one.id)).toEqual([id]),
      )
      const [first = ''] = snapshots
      expect(await failureOf(images.deleteSnapshot(first))).toMatchObject({ code: 'InvalidSnapshot.InUse' })
      await images.deregister(id)
      await aws.until('the image is gone', async () => (await images.named('Web Server v2')).length === 0)
      expect(await images.holding(snapshots)).toEqual([])
      expect(await failureOf(images.deregister(id))).toMatchObject({ kind: 'refused' })
      for (const one of await images.snapshots(snapshots)) await images.deleteSnapshot(one.id)
      expect(await images.snapshots(snapshots)).toEqual([])
      expect(await images.snapshots([])).toEqual([])
      expect(await images.holding([])).toEqual([])
    })

    it('tell which instances were launched from them', async () => {
      const { images } = aws.account
      const unused = await aws.imageByHand('Web Server v2')
      const found = await images.instancesOf([aws.image, unused])
      expect(found.map(({ id }) => id)).toContain(aws.source)
      expect(found.every(({ imageId }) => imageId === aws.image)).toBe(true)
      expect(await images.instancesOf([unused])).toEqual([])
      expect(await images.instancesOf([])).toEqual([])
    })

    it('of a name that is taken are refused', () =>
      rule('unique image names', async () => {
        await aws.imageByHand('Web Server v2')
        const again = aws.account.images.create({
          instance: aws.source,
          name: 'Web Server v2',
          description: '',
          noReboot: true,
          tags: {},
        })
        expect(await failureOf(again)).toMatchObject({ kind: 'refused', code: 'InvalidAMIName.Duplicate' })
      }))

    it('cannot be made of an instance that is not there', async () => {
      const none = aws.account.images.create({
        instance: 'i-0123456789abcdef0',
        name: 'Web Server v2',
        description: '',
        noReboot: true,
        tags: {},
      })
      expect(await failureOf(none)).toMatchObject({ kind: 'refused', code: 'InvalidInstanceID.NotFound' })
    })
  })

  describe('instances', () => {
    it('are found by all their tags, and by id, unknown ones left out', async () => {
      const { images } = aws.account
      expect(await images.instancesTagged({ Name: 'Source' })).toMatchObject([
        { id: aws.source, state: 'running', imageId: aws.image },
      ])
      expect(await images.instancesTagged({ Name: 'Source', Team: 'nobody' })).toEqual([])
      expect(await images.instancesTagged({ Name: 'Sourc?' })).toEqual([])
      expect(await images.instancesTagged({})).toEqual([])
      const found = await images.instances(['i-0123456789abcdef0', aws.source])
      expect(found.map(({ id }) => id)).toEqual([aws.source])
    })
  })

  describe('templates', () => {
    it('are found by name, their versions by number and by alias', async () => {
      const { templates } = aws.account
      expect(await templates.idOf(aws.template.name)).toBe(aws.template.id)
      expect(await templates.idOf('nobody')).toBeUndefined()
      expect(await templates.idOf('')).toBeUndefined()
      const first = { number: 1, isDefault: true, imageId: aws.image, templateName: aws.template.name }
      expect(await templates.version(aws.template.id, 1)).toMatchObject(first)
      expect(await templates.version(aws.template.id, '$Default')).toMatchObject(first)
      expect(await templates.version(aws.template.id, '$Latest')).toMatchObject(first)
      expect(await templates.version(aws.template.id, 7)).toBeUndefined()
    })

    it('tell several versions that are asked for together, and miss one without the others', async () => {
      const { templates } = aws.account
      const made = await newVersion(aws, 'a token')
      await aws.until('the version is told', async () => {
        const found = await templates.version(aws.template.id, made.number)
        return found !== undefined
      })
      const numbers = (asked: readonly (number | '$Default' | '$Latest')[]) =>
        Promise.all(asked.map(async (version) => (await templates.version(aws.template.id, version))?.number))
      expect(await numbers([1, '$Latest', '$Default', made.number])).toEqual([1, made.number, 1, made.number])
      expect(await numbers(['$Default', 7, made.number])).toEqual([1, undefined, made.number])
    })

    it('get a version in which only the image differs, and keep their default', () =>
      rule('source version', async () => {
        const made = await newVersion(aws, 'a token')
        const { templates } = aws.account
        const [second, first] = await templates.versions(aws.template.id)
        expect(second).toMatchObject({ number: 2, isDefault: false, description: 'v2 by alice' })
        expect(first).toMatchObject({ number: 1, isDefault: true })
        expect(made.data).toBe(second?.data)
        const [was, is] = [first, second].map((version) => dataOf(version?.data))
        expect(is).toEqual({ ...was, ImageId: made.imageId })
        expect(Object.keys(was ?? {}).length).toBeGreaterThan(2)
      }))

    it('get a version of whole data, from which something was left out', async () => {
      const { templates } = aws.account
      const was = await templates.version(aws.template.id, 1)
      const { InstanceType: _, ...rest } = dataOf(was?.data)
      const data = JSON.stringify(rest)
      const asked = { templateId: aws.template.id, data, description: 'without its type', token: 'whole' }
      const made = await templates.createVersion(asked)
      await aws.until('the version is told', async () => {
        const found = await templates.version(aws.template.id, made.number)
        return found !== undefined
      })
      expect(dataOf((await templates.version(aws.template.id, made.number))?.data)).toEqual(rest)
    })

    it('tell what their aliases mean, all of the account together', async () => {
      const { templates } = aws.account
      const made = await newVersion(aws, 'a token')
      const own = (await templates.everywhere()).filter(({ templateId }) => templateId === aws.template.id)
      expect(new Set(own.map(({ number }) => number))).toEqual(new Set([1, made.number]))
    })

    it('lose several versions in one call, and say of each that stays why', () =>
      rule('delete version', async () => {
        const { templates } = aws.account
        await newVersion(aws, 'a token')
        expect(await templates.deleteVersions(aws.template.id, [])).toEqual([])
        // Version 9 is gone already, as it were.
        expect(await templates.deleteVersions(aws.template.id, [2, 9])).toEqual([])
        expect(await templates.versions(aws.template.id)).toHaveLength(1)
      }))

    it('give the same version for the same token', () =>
      rule('client token', async () => {
        const token = 'a very long token, longer than the sixty-four characters that EC2 takes'
        const made = await newVersion(aws, token)
        expect((await newVersion(aws, token)).number).toBe(made.number)
        expect(await aws.account.templates.versions(aws.template.id)).toHaveLength(2)
      }))

    it('move their default, and refuse a default that is not there', async () => {
      const { templates } = aws.account
      await newVersion(aws, 'a token')
      await templates.setDefault(aws.template.id, 2, 'another token')
      await aws.until('the default moved', async () => {
        const found = await templates.version(aws.template.id, '$Default')
        return found?.number === 2 && found.isDefault
      })
      expect(await templates.version(aws.template.id, '$Default')).toMatchObject({
        number: 2,
        isDefault: true,
      })
      const none = await failureOf(templates.setDefault(aws.template.id, 9, 'a third token'))
      expect(none).toMatchObject({ kind: 'refused', code: 'InvalidLaunchTemplateId.VersionNotFound' })
    })

    it('lose a version that is not the default, and it may be gone already', () =>
      rule('delete version', async () => {
        const { templates } = aws.account
        await newVersion(aws, 'a token')
        await templates.deleteVersion(aws.template.id, 2)
        await templates.deleteVersion(aws.template.id, 2)
        await aws.until('one version left', async () => {
          const left = await templates.versions(aws.template.id)
          return left.length === 1
        })
        expect(await failureOf(templates.deleteVersion(aws.template.id, 1))).toMatchObject({
          kind: 'refused',
        })
      }))
  })

  describe('security groups', () => {
    it('are found by name in the VPC of a group’s subnets', async () => {
      const { subnets } = await group()
      const { securityGroups } = aws.account
      const { vpc, found } = await securityGroups.named(subnets, ['Suite-SG', 'nobody', 'Suite-*'])
      expect(vpc).toMatch(/^vpc-/)
      expect(found).toMatchObject([{ name: 'Suite-SG', id: expect.stringMatching(/^sg-/) as string }])
      expect(await securityGroups.named(subnets, [])).toMatchObject({ found: [] })
      expect(await securityGroups.named([], ['Suite-SG'])).toMatchObject({ found: [] })
    })
  })

  describe('target groups', () => {
    it('tell the health of what the group has registered', async () => {
      await untilServing(2)
      const ids = (await group()).instances.map(({ id }) => id)
      await aws.until('all healthy', async () => {
        const targets = await aws.account.traffic.health(aws.targetGroup)
        return targets.length === 2 && targets.every(({ state }) => state === 'healthy')
      })
      const targets = await aws.account.traffic.health(aws.targetGroup)
      expect(targets.map(({ instance }) => instance).sort()).toEqual(ids.sort())
    })

    it('are in use once a listener forwards to them, and say how long they drain', async () => {
      const { traffic } = aws.account
      expect(await traffic.inUse(aws.targetGroup)).toBe(true)
      expect(await traffic.inUse(aws.idleTargetGroup)).toBe(false)
      expect(await traffic.drainSeconds(aws.targetGroup)).toBe(30)
      expect(await traffic.drainSeconds(aws.idleTargetGroup)).toBe(300)
      expect(await traffic.shortDrains([])).toEqual([])
      await rule('idle time-out', async () => {
        const short = await traffic.shortDrains([aws.targetGroup, aws.idleTargetGroup])
        expect(short).toMatchObject([{ drain: 30, idle: 60 }])
      })
    })

    it('are forwarded to by listeners and rules, with weights that change and all else kept', async () => {
      const { traffic } = aws.account
      const { targetGroup: blue, idleTargetGroup: green } = aws
      const told = async (kind: 'listener' | 'rule') => {
        const found = (await traffic.routes([blue, green])).find((route) => route.kind === kind)
        if (found === undefined) throw new Error(`no ${kind}`)
        return found
      }
      expect(await traffic.routes([green])).toEqual([])
      expect(await traffic.routes([])).toEqual([])
      expect(await traffic.routes([blue])).toHaveLength(2)
      expect(Object.keys((await told('listener')).weights)).toEqual([blue])
      expect((await told('listener')).port).toBe(80)
      const asRule = {
        id: aws.rule,
        kind: 'rule',
        port: 80,
        priority: expect.any(String) as string,
        sticky: 600,
      }
      expect(await told('rule')).toEqual({ ...asRule, weights: { [blue]: 1 } })

      await traffic.setWeights(await told('listener'), { [blue]: 100, [green]: 0 })
      expect((await told('listener')).weights).toEqual({ [blue]: 100, [green]: 0 })
      await rule('target groups come into use', async () => expect(await traffic.inUse(green)).toBe(true))
      await traffic.setWeights(await told('rule'), { [blue]: 50, [green]: 50 })
      expect(await told('rule')).toEqual({ ...asRule, weights: { [blue]: 50, [green]: 50 } })
    })

    it('that are not there fail the reading', async () => {
      const gone = aws.targetGroup.replace(/[^/]*$/, '0123456789abcdef')
      const failure = await failureOf(aws.account.traffic.health(gone))
      expect(failure).toMatchObject({ kind: 'refused', code: 'TargetGroupNotFound' })
    })
  })
}

const refreshTo = (aws: Seeded, version: number) =>
  ({
    templateId: aws.template.id,
    version,
    minHealthy: 100,
    maxHealthy: 150,
    bake: minute,
    autoRollback: true,
    skipMatching: true,
    standby: 'Ignore',
    scaleInProtected: 'Refresh',
  }) as const

/** A second version with another image, once AWS tells of it. */
const newVersion = async (aws: Seeded, token: string) => {
  const { images, templates } = aws.account
  const [known] = await images.named('Web Server v2')
  const made = await templates.createVersion({
    templateId: aws.template.id,
    from: 1,
    imageId: known?.id ?? (await aws.imageByHand('Web Server v2')),
    description: 'v2 by alice',
    token,
  })
  await aws.until('the version is told', async () => {
    const found = await templates.version(aws.template.id, made.number)
    return found !== undefined
  })
  return made
}

const timeOf = ({ createdAt }: { readonly createdAt: number }) => createdAt

const dataOf = (data: string | undefined) => JSON.parse(data ?? '{}') as Record<string, unknown>
