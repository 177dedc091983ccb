import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { createAccounts } from '../../../src/adapters/aws/accounts'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createAws } from '../../../src/sandbox/aws'
import { createJumpingClock } from '../../../src/sandbox/clock'
import type { Operation } from '../../../src/domain/operation/operation'
import type { Request } from '../../../src/domain/operation/request'
import { createTick } from '../../../src/worker/tick'
import { inProcess } from '../../support/in-process-aws'
import { newOperation } from '../../support/operations'
import { startRedis, type TestRedis } from '../../support/redis'
import { silentLog } from '../../support/silent-log'
import { catalogueOf, webService } from '../../support/simulation'

/*
 * The store dies, and the tail of its append-only file is gone: a disk that lied, or an older copy of it. Redis takes what
 * is left (`aof-load-truncated yes`, its default; `redis-check-aof --fix` cuts the same) and AWS has moved on meanwhile.
 */

const begin = Date.parse('2026-03-02T01:00:00Z')

const world = async () => {
  const redis: TestRedis = await startRedis()
  const clock = createJumpingClock(begin)
  const aws = createAws({ clock, seed: 1 })
  seedFleet(aws)
  let fewest = Number.POSITIVE_INFINITY
  aws.onChange(() => {
    fewest = Math.min(fewest, aws.healthyTargets('Web-TG'))
  })
  const time = { now: () => clock.now(), real: () => 0 }
  const account = createAccounts({ clock: time, clientConfig: inProcess(aws) })({ region: 'ap-northeast-2' })
  const open = async () => {
    const store: ConnectedStore = connectStore({ url: redis.url, clock: time })
    await store.ready(5_000)
    const { journal, locks, timers, calendar } = store
    const tick = createTick({
      catalogue: catalogueOf(webService({ strategy: 'replace' })),
      accounts: () => account,
      journal,
      locks,
      timers,
      calendar,
      people: { groupsOf: async (_, among) => among.filter((group) => group === 'everyone') },
      wakeups: { wake: async () => {} },
      clock: time,
      log: silentLog,
    })
    return { store, tick }
  }
  let { store, tick } = await open()
  return {
    aws,
    redis,
    fewest: () => fewest,
    start: (id: string, request: Request) => store.journal.create({ ...newOperation(id), request }, id),
    read: (id: string) => store.journal.read(id),
    unfinished: () => store.journal.unfinished(),
    /** One look at an operation, and the time until the next one. */
    async look(id: string) {
      const next = await tick(id)
      if (next) clock.advanceTo(Math.max(next.at, clock.now()))
    },
    /** Dies, loses what stands behind so many bytes of its file, and comes back. */
    async cut(to: number) {
      await store.close()
      await redis.kill()
      await redis.truncate(to)
      await redis.restart()
      ;({ store, tick } = await open())
    },
    async stop() {
      await store.close()
      await redis.stop()
    },
  }
}
type World = Awaited<ReturnType<typeof world>>

const isOver = async (at: World, id: string): Promise<Operation | undefined> => {
  const operation = await at.read(id)
  return operation?.ending ? operation : undefined
}
const untilOver = async (at: World, id: string): Promise<Operation> => {
  for (let looks = 0; looks < 2_000; looks += 1) {
    const over = await isOver(at, id)
    if (over) return over
    await at.look(id)
  }
  throw new Error('no ending')
}

/** What of AWS must be so after a deploy, however much of its record was lost on the way. */
const whole = ({ aws, fewest }: World) => {
  const { groups, images, instances } = aws.view()
  const group = groups.find(({ name }) => name === 'Web-ASG')
  const { min, max } = aws.world.groups.get('Web-ASG') ?? {}
  return {
    sizes: [min, group?.desired, max],
    images: images.filter(({ name }) => name === 'Web Server v2').length,
    serving: instances
      .filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
      .map((one) => one.templateVersion),
    neverBelow: fewest() >= 2,
  }
}
const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const

/** Where each look of a deploy begins in the file, without any fault. */
const looksOf = async (): Promise<readonly number[]> => {
  const at = await world()
  const sizes: number[] = []
  await at.start('web-aaaaa', deploy)
  while (!(await isOver(at, 'web-aaaaa'))) {
    sizes.push(await at.redis.size())
    await at.look('web-aaaaa')
  }
  sizes.push(await at.redis.size())
  expect(whole(at)).toEqual({ sizes: [2, 2, 4], images: 1, serving: [2, 2], neverBelow: true })
  await at.stop()
  return sizes
}

test('the tail of the file is cut at each look of a deploy: one image, whole sizes, never fewer than the minimum', async () => {
  const looks = await looksOf()
  const wrong: string[] = []
  let cuts = 0
  // Of the looks a part, and of these in turn: all of its writes, half of its bytes, its last byte alone.
  const chosen = looks.slice(1).flatMap((_, index) => (index % 5 === 0 ? [index] : []))
  const shares = [0, 0.5, 1]
  for (const [index, look] of chosen.entries()) {
    const share = shares[index % shares.length] ?? 0
    const at = await world()
    await at.start('web-aaaaa', deploy)
    for (let nth = 0; nth < look; nth += 1) await at.look('web-aaaaa')
    const before = await at.redis.size()
    await at.look('web-aaaaa')
    const after = await at.redis.size()
    if (after > before) {
      cuts += 1
      await at.cut(share === 1 ? after - 1 : before + Math.floor((after - before) * share))
      const over = await untilOver(at, 'web-aaaaa')
      const found = JSON.stringify(whole(at))
      const right = JSON.stringify({ sizes: [2, 2, 4], images: 1, serving: [2, 2], neverBelow: true })
      const isSaid = over.ending?.kind === 'needs attention' && over.ending.left.length > 0
      if (over.ending?.kind === 'succeeded' ? found !== right : !isSaid)
        wrong.push(`look ${look}, ${share}: ${over.ending?.kind} ${over.ending?.reason?.code} ${found}`)
    }
    await at.stop()
  }
  expect(wrong).toEqual([])
  expect(cuts).toBeGreaterThan(10)
  process.stdout.write(`the store's tail: ${cuts} cuts of a deploy come to a right ending\n`)
}, 300_000)

test('what was acknowledged and is gone is no operation any more, and its service takes the next', async () => {
  const at = await world()
  const before = await at.redis.size()
  await at.start('web-aaaaa', deploy)
  await at.cut(before)
  expect([await at.read('web-aaaaa'), await at.unfinished()]).toEqual([undefined, []])
  await at.start('web-bbbbb', deploy)
  expect((await untilOver(at, 'web-bbbbb')).ending?.kind).toBe('succeeded')
  expect(whole(at).images).toBe(1)
  await at.stop()
}, 60_000)

test('an ending that is gone is come to again, and nothing is done twice', async () => {
  const at = await world()
  await at.start('web-aaaaa', deploy)
  let before = 0
  while (!(await isOver(at, 'web-aaaaa'))) {
    before = await at.redis.size()
    await at.look('web-aaaaa')
  }
  const changes = () => at.aws.calls().filter(({ action }) => !/^(Describe|Get|List)/.test(action)).length
  const done = changes()
  await at.cut(before)
  expect((await untilOver(at, 'web-aaaaa')).ending?.kind).toBe('succeeded')
  // What may be asked for again takes effect once: a template's default, a group's version.
  expect(changes() - done).toBeLessThanOrEqual(2)
  expect(whole(at)).toEqual({ sizes: [2, 2, 4], images: 1, serving: [2, 2], neverBelow: true })
  await at.stop()
}, 60_000)
