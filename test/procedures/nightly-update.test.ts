import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Lock } from '../../src/domain/access/lock'
import { hour, minute } from '../../src/domain/time/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import type { CallFault } from '../support/fault-injection'
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

const simulateNights = async (how: Partial<SimulationOptions> = {}) => {
  const catalogue = catalogueOf(nightly())
  const simulation = simulate({ catalogue, ...how })
  await simulation.begin()
  const change = (facts: Partial<Service>) =>
    (catalogue.services as Map<string, Service>).set('web', nightly(facts))
  return { simulation, change }
}
/** AWS Backup takes an image each night, an hour before the refresh. */
const backUp = ({ aws, clock }: Simulation, name: string) => {
  clock.at(clock.now() + untilNight - hour, () => void imageByHand(aws, `AWSBackup_${name}`, { tags: tag }))
}
const history = ({ store }: Simulation) => store.journal.history('web', 50)
const endings = async (simulation: Simulation) =>
  (await history(simulation)).map(({ ending }) => ending?.reason?.code ?? ending?.kind)
const next = async ({ store, clock }: Simulation) => {
  const [appointment] = await store.timers.of('web')
  return appointment && { ...appointment, in: appointment.at - clock.now() }
}
const template = ({ aws }: Simulation) => aws.world.templates.get(ids.webTemplate)
const lock: Lock = {
  kind: 'lock',
  service: 'web',
  why: 'incident 42',
  by: { user: 'U0BOB', team: 'T0' },
  since: 0,
}

test('each night finds the backup of the night, and scale-outs launch it', async () => {
  const { simulation } = await simulateNights()
  for (const name of ['monday', 'tuesday', 'wednesday']) {
    backUp(simulation, name)
    await simulation.pass(day)
  }
  expect(await endings(simulation)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  const [newest] = await history(simulation)
  expect(newest).toMatchObject({ requester: { user: 'Rollcall' }, plan: { version: 'AWSBackup_wednesday' } })
  expect(template(simulation)).toMatchObject({ default: 4, latest: 4 })
  const out = { procedure: 'scale', service: 'web', desired: 3 } as const
  await simulation.start({ ...newOperation('web-aaaaa'), request: out })
  await simulation.untilEnded()
  const serving = simulation.aws.view().instances.filter(({ lifecycle }) => lifecycle === 'InService')
  expect(serving.map(({ templateVersion }) => templateVersion)).toContain(4)
})

test('a night without news leaves no trace, however many there are', async () => {
  const { simulation } = await simulateNights()
  await simulation.pass(100 * day)
  expect(await history(simulation)).toEqual([])
  expect((await next(simulation))?.in).toBe(untilNight)
})

test('many nights missed while nobody was there are made up for once', async () => {
  const { simulation } = await simulateNights()
  for (const age of [1, 2, 3]) imageByHand(simulation.aws, `AWSBackup_${age}`, { age: age * hour, tags: tag })
  simulation.clock.advanceBy(5 * day)
  await simulation.begin()
  await simulation.pass(minute)
  expect(await endings(simulation)).toEqual(['succeeded'])
  expect((await history(simulation))[0]?.plan?.version).toBe('AWSBackup_1')
  expect((await next(simulation))?.at).toBe(Date.parse('2026-03-08T02:00+09:00'))
})

test('a night missed while nobody was there is made up for though the catalogue names another time now', async () => {
  const { simulation, change } = await simulateNights()
  imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
  simulation.clock.advanceBy(untilNight + 2 * hour)
  change({ image: { name: 'Web Server {version}', newest: { name: 'AWSBackup_*', tag, daily: '03:30' } } })
  await simulation.begin()
  await simulation.pass(minute)
  expect(await endings(simulation)).toEqual(['succeeded'])
  expect((await next(simulation))?.at).toBe(Date.parse('2026-03-04T03:30+09:00'))
})

test('another time, another zone and none at all are heard at the next start', async () => {
  const { simulation, change } = await simulateNights()
  const at = async () => new Date((await next(simulation))?.at ?? 0).toISOString()
  expect(await at()).toBe('2026-03-02T17:00:00.000Z')
  change({ image: { name: 'Web Server {version}', newest: { daily: '03:30' } } })
  await simulation.begin()
  expect(await at()).toBe('2026-03-02T18:30:00.000Z')
  change({ timezone: 'Europe/Berlin' })
  await simulation.begin()
  expect(await at()).toBe('2026-03-03T01:00:00.000Z')
  change({ image: { name: 'Web Server {version}' } })
  await simulation.begin()
  expect(await next(simulation)).toBeUndefined()
})

test('what the catalogue asks for no more is not done, though it was due', async () => {
  const { simulation, change } = await simulateNights()
  imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
  change({ image: { name: 'Web Server {version}' } })
  await simulation.pass(2 * day)
  expect(await history(simulation)).toEqual([])
  expect(await next(simulation)).toBeUndefined()
})

describe('held by a person', () => {
  test('over the hour of the night it waits quietly, and is made up for when the lock is gone', async () => {
    const { simulation } = await simulateNights()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    const { clock, store } = simulation
    await store.locks.set({ ...lock, until: clock.now() + untilNight + 20 * minute })
    await simulation.pass(untilNight + 10 * minute)
    expect(await history(simulation)).toEqual([])
    await simulation.pass(20 * minute)
    expect(await endings(simulation)).toEqual(['succeeded'])
    expect((await next(simulation))?.at).toBe(Date.parse('2026-03-04T02:00+09:00'))
  })

  test('for days, by a lock or the freeze after a rollback, says so once', async () => {
    const { simulation } = await simulateNights()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    await simulation.store.locks.set(lock)
    await simulation.pass(10 * day)
    expect(await endings(simulation)).toEqual(['locked'])
    await simulation.store.locks.clear('web', 'lock')
    await simulation.pass(2 * hour)
    expect(await endings(simulation)).toEqual(['succeeded', 'locked'])
    await simulation.store.locks.set({ ...lock, kind: 'freeze', operation: 'web-aaaaa' })
    imageByHand(simulation.aws, 'AWSBackup_2', { tags: tag })
    await simulation.pass(10 * day)
    expect(await endings(simulation)).toEqual(['frozen_after_rollback', 'succeeded', 'locked'])
  })

  test('with nothing newer, is nothing to speak of', async () => {
    const { simulation } = await simulateNights()
    await simulation.store.locks.set(lock)
    await simulation.pass(10 * day)
    expect(await history(simulation)).toEqual([])
  })
})

test('what is wrong is said once, and again when it is another thing', async () => {
  const { simulation } = await simulateNights()
  newDefault(simulation.aws, { SecurityGroups: ['ASG-Web-Inst-SG'] })
  await simulation.pass(5 * day)
  expect(await endings(simulation)).toEqual(['security_groups_by_name'])
  newDefault(simulation.aws, { SecurityGroupIds: [ids.webGroup], ImageId: 'ami-0123456789abcdef0' })
  await simulation.pass(5 * day)
  expect(await endings(simulation)).toEqual(['image_not_found', 'security_groups_by_name'])
})

test('while another operation is at work it waits for what that leaves', async () => {
  const { simulation } = await simulateNights()
  imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
  const { clock, store } = simulation
  await simulation.pass(untilNight - minute)
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const
  await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
  await simulation.untilEnded()
  // The deploy ended in the small hours; its image is newer than the backup.
  expect(clock.now()).toBeGreaterThan(Date.parse('2026-03-03T02:00+09:00'))
  await simulation.pass(hour)
  expect(await endings(simulation)).toEqual(['succeeded'])
  expect((await store.timers.of('web'))[0]?.at).toBe(Date.parse('2026-03-04T02:00+09:00'))
})

describe('AWS silent at that hour', () => {
  test('for a while is borne without a word', async () => {
    const { simulation } = await simulateNights()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    simulation.clock.at(simulation.clock.now() + untilNight - minute, () => {
      const fault = simulation.aws.setFault({ kind: 'throttle' })
      simulation.clock.at(simulation.clock.now() + 30 * minute, () => simulation.aws.clearFaults(fault))
    })
    await simulation.pass(day)
    expect(await endings(simulation)).toEqual(['succeeded'])
  })

  test('for hours is said, once', async () => {
    const { simulation } = await simulateNights()
    simulation.aws.setFault({ kind: 'throttle' })
    await simulation.pass(4 * day)
    expect(await endings(simulation)).toEqual(['aws_unanswered'])
  })
})

test.each<CallFault>(['fail', 'lose', 'kill before', 'kill after', 'twice'])(
  'a night with a %s at any of its calls comes to the same, once',
  async (cut) => {
    const tell = async (place?: number) => {
      let calls = 0
      let armed = false
      const { simulation } = await simulateNights({
        inject: () => {
          if (!armed) return undefined
          calls += 1
          return calls === place ? cut : undefined
        },
      })
      imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
      armed = true
      await simulation.pass(day)
      // What was killed in its middle is found by the next worker's look.
      await simulation.pass(hour)
      return { calls, simulation }
    }
    const quiet = await tell()
    const wrong: unknown[] = []
    for (let place = 1; place <= quiet.calls; place += 1) {
      const { simulation } = await tell(place)
      const seen = {
        ends: await endings(simulation),
        ...template(simulation),
        next: (await next(simulation))?.at,
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
