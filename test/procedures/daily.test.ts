import type { Service } from '../../src/domain/catalogue'
import type { Lock } from '../../src/domain/lock'
import { hour, minute } from '../../src/domain/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import type { Cut } from '../support/cuts'
import { newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, rehearse, type Rehearsing, webService } from '../support/rehearsal'
import { imageByHand, newDefault } from '../support/templates'

const tag = { Name: 'web-server' }
const nightly = (facts: Partial<Service> = {}): Service =>
  webService({
    image: {
      name: 'Web Server {version}',
      from: { tag: { Name: 'ASG-Web-Instance' } },
      newest: { name: 'AWSBackup_*', tag, daily: '02:00' },
    },
    ...facts,
  })
const day = 24 * hour
/** It is 10:00 on Monday, 2 March 2026, in Seoul: 02:00 is sixteen hours away. */
const untilNight = 16 * hour

const rehearseNights = async (how: Partial<Rehearsing> = {}) => {
  const catalogue = catalogueOf(nightly())
  const rehearsal = rehearse({ catalogue, ...how })
  await rehearsal.begin()
  const change = (facts: Partial<Service>) =>
    (catalogue.services as Map<string, Service>).set('web', nightly(facts))
  return { rehearsal, change }
}
/** AWS Backup takes an image each night, an hour before the refresh. */
const backUp = ({ aws, clock }: Rehearsal, name: string) => {
  clock.at(clock.now() + untilNight - hour, () => void imageByHand(aws, `AWSBackup_${name}`, { tags: tag }))
}
const history = ({ store }: Rehearsal) => store.journal.history('web', 50)
const endings = async (rehearsal: Rehearsal) =>
  (await history(rehearsal)).map(({ ending }) => ending?.reason?.code ?? ending?.kind)
const next = async ({ store, clock }: Rehearsal) => {
  const [appointment] = await store.appointments.of('web')
  return appointment && { ...appointment, in: appointment.at - clock.now() }
}
const template = ({ aws }: Rehearsal) => aws.world.templates.get(ids.webTemplate)
const lock: Lock = {
  kind: 'lock',
  service: 'web',
  why: 'incident 42',
  by: { user: 'U0BOB', team: 'T0' },
  since: 0,
}

test('each night finds the backup of the night, and scale-outs launch it', async () => {
  const { rehearsal } = await rehearseNights()
  for (const name of ['monday', 'tuesday', 'wednesday']) {
    backUp(rehearsal, name)
    await rehearsal.pass(day)
  }
  expect(await endings(rehearsal)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  const [newest] = await history(rehearsal)
  expect(newest).toMatchObject({ requester: { user: 'Rollcall' }, plan: { version: 'AWSBackup_wednesday' } })
  expect(template(rehearsal)).toMatchObject({ default: 4, latest: 4 })
  const out = { procedure: 'scale', service: 'web', desired: 3 } as const
  await rehearsal.start({ ...newOperation('web-aaaaa'), request: out })
  await rehearsal.untilEnded()
  const serving = rehearsal.aws.view().instances.filter(({ lifecycle }) => lifecycle === 'InService')
  expect(serving.map(({ templateVersion }) => templateVersion)).toContain(4)
})

test('a night without news leaves no trace, however many there are', async () => {
  const { rehearsal } = await rehearseNights()
  await rehearsal.pass(100 * day)
  expect(await history(rehearsal)).toEqual([])
  expect((await next(rehearsal))?.in).toBe(untilNight)
})

test('many nights missed while nobody was there are made up for once', async () => {
  const { rehearsal } = await rehearseNights()
  for (const age of [1, 2, 3]) imageByHand(rehearsal.aws, `AWSBackup_${age}`, { age: age * hour, tags: tag })
  rehearsal.clock.advanceBy(5 * day)
  await rehearsal.begin()
  await rehearsal.pass(minute)
  expect(await endings(rehearsal)).toEqual(['succeeded'])
  expect((await history(rehearsal))[0]?.plan?.version).toBe('AWSBackup_1')
  expect((await next(rehearsal))?.at).toBe(Date.parse('2026-03-08T02:00+09:00'))
})

test('a night missed while nobody was there is made up for though the catalogue names another time now', async () => {
  const { rehearsal, change } = await rehearseNights()
  imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
  rehearsal.clock.advanceBy(untilNight + 2 * hour)
  change({ image: { name: 'Web Server {version}', newest: { name: 'AWSBackup_*', tag, daily: '03:30' } } })
  await rehearsal.begin()
  await rehearsal.pass(minute)
  expect(await endings(rehearsal)).toEqual(['succeeded'])
  expect((await next(rehearsal))?.at).toBe(Date.parse('2026-03-04T03:30+09:00'))
})

test('another time, another zone and none at all are heard at the next start', async () => {
  const { rehearsal, change } = await rehearseNights()
  const at = async () => new Date((await next(rehearsal))?.at ?? 0).toISOString()
  expect(await at()).toBe('2026-03-02T17:00:00.000Z')
  change({ image: { name: 'Web Server {version}', newest: { daily: '03:30' } } })
  await rehearsal.begin()
  expect(await at()).toBe('2026-03-02T18:30:00.000Z')
  change({ timezone: 'Europe/Berlin' })
  await rehearsal.begin()
  expect(await at()).toBe('2026-03-03T01:00:00.000Z')
  change({ image: { name: 'Web Server {version}' } })
  await rehearsal.begin()
  expect(await next(rehearsal)).toBeUndefined()
})

test('what the catalogue asks for no more is not done, though it was due', async () => {
  const { rehearsal, change } = await rehearseNights()
  imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
  change({ image: { name: 'Web Server {version}' } })
  await rehearsal.pass(2 * day)
  expect(await history(rehearsal)).toEqual([])
  expect(await next(rehearsal)).toBeUndefined()
})

describe('held by a person', () => {
  test('over the hour of the night it waits quietly, and is made up for when the lock is gone', async () => {
    const { rehearsal } = await rehearseNights()
    imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
    const { clock, store } = rehearsal
    await store.locks.set({ ...lock, until: clock.now() + untilNight + 20 * minute })
    await rehearsal.pass(untilNight + 10 * minute)
    expect(await history(rehearsal)).toEqual([])
    await rehearsal.pass(20 * minute)
    expect(await endings(rehearsal)).toEqual(['succeeded'])
    expect((await next(rehearsal))?.at).toBe(Date.parse('2026-03-04T02:00+09:00'))
  })

  test('for days, by a lock or the freeze after a rollback, says so once', async () => {
    const { rehearsal } = await rehearseNights()
    imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
    await rehearsal.store.locks.set(lock)
    await rehearsal.pass(10 * day)
    expect(await endings(rehearsal)).toEqual(['locked'])
    await rehearsal.store.locks.clear('web', 'lock')
    await rehearsal.pass(2 * hour)
    expect(await endings(rehearsal)).toEqual(['succeeded', 'locked'])
    await rehearsal.store.locks.set({ ...lock, kind: 'freeze', operation: 'web-aaaaa' })
    imageByHand(rehearsal.aws, 'AWSBackup_2', { tags: tag })
    await rehearsal.pass(10 * day)
    expect(await endings(rehearsal)).toEqual(['frozen_after_rollback', 'succeeded', 'locked'])
  })

  test('with nothing newer, is nothing to speak of', async () => {
    const { rehearsal } = await rehearseNights()
    await rehearsal.store.locks.set(lock)
    await rehearsal.pass(10 * day)
    expect(await history(rehearsal)).toEqual([])
  })
})

test('what is wrong is said once, and again when it is another thing', async () => {
  const { rehearsal } = await rehearseNights()
  newDefault(rehearsal.aws, { SecurityGroups: ['ASG-Web-Inst-SG'] })
  await rehearsal.pass(5 * day)
  expect(await endings(rehearsal)).toEqual(['security_groups_by_name'])
  newDefault(rehearsal.aws, { SecurityGroupIds: [ids.webGroup], ImageId: 'ami-0123456789abcdef0' })
  await rehearsal.pass(5 * day)
  expect(await endings(rehearsal)).toEqual(['image_not_found', 'security_groups_by_name'])
})

test('while another operation is at work it waits for what that leaves', async () => {
  const { rehearsal } = await rehearseNights()
  imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
  const { clock, store } = rehearsal
  await rehearsal.pass(untilNight - minute)
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const
  await rehearsal.start({ ...newOperation('web-aaaaa'), request: deploy })
  await rehearsal.untilEnded()
  // The deploy ended in the small hours; its image is newer than the backup.
  expect(clock.now()).toBeGreaterThan(Date.parse('2026-03-03T02:00+09:00'))
  await rehearsal.pass(hour)
  expect(await endings(rehearsal)).toEqual(['succeeded'])
  expect((await store.appointments.of('web'))[0]?.at).toBe(Date.parse('2026-03-04T02:00+09:00'))
})

describe('AWS silent at that hour', () => {
  test('for a while is borne without a word', async () => {
    const { rehearsal } = await rehearseNights()
    imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
    rehearsal.clock.at(rehearsal.clock.now() + untilNight - minute, () => {
      const fault = rehearsal.aws.setFault({ kind: 'throttle' })
      rehearsal.clock.at(rehearsal.clock.now() + 30 * minute, () => rehearsal.aws.clearFaults(fault))
    })
    await rehearsal.pass(day)
    expect(await endings(rehearsal)).toEqual(['succeeded'])
  })

  test('for hours is said, once', async () => {
    const { rehearsal } = await rehearseNights()
    rehearsal.aws.setFault({ kind: 'throttle' })
    await rehearsal.pass(4 * day)
    expect(await endings(rehearsal)).toEqual(['timed_out'])
  })
})

test.each<Cut>(['fail', 'lose', 'kill before', 'kill after', 'twice'])(
  'a night with a %s at any of its calls comes to the same, once',
  async (cut) => {
    const tell = async (place?: number) => {
      let calls = 0
      let armed = false
      const { rehearsal } = await rehearseNights({
        decide: () => {
          if (!armed) return undefined
          calls += 1
          return calls === place ? cut : undefined
        },
      })
      imageByHand(rehearsal.aws, 'AWSBackup_1', { tags: tag })
      armed = true
      await rehearsal.pass(day)
      // What was killed in its middle is found by the next worker's look.
      await rehearsal.pass(hour)
      return { calls, rehearsal }
    }
    const quiet = await tell()
    const wrong: unknown[] = []
    for (let place = 1; place <= quiet.calls; place += 1) {
      const { rehearsal } = await tell(place)
      const seen = {
        ends: await endings(rehearsal),
        ...template(rehearsal),
        next: (await next(rehearsal))?.at,
      }
      const { ends, default: standard, latest, next: at } = seen
      const right = ends.join() === 'succeeded' && standard === 2 && latest === 2
      if (!right || at !== Date.parse('2026-03-04T02:00+09:00'))
        wrong.push({ place, ends, standard, latest, at })
    }
    expect(wrong).toEqual([])
  },
  300_000,
)
