import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { doorDesk, told } from '../../support/door'
import { killingProxy } from '../../support/killing-proxy'
import { startRedis, type TestRedis } from '../../support/redis'

/** More commands than an ask sends: one that is not over by then would never be. */
const most = 60
const clock = { now: Date.now, real: (span: number) => span }
const deploy = { action: 'deploy', service: 'web', version: 'v2', reason: 'release' }

describe('a gateway that is killed at any command that an ask sends to the store', () => {
  let redis: TestRedis
  let client: Redis
  let living: ConnectedStore
  beforeAll(async () => {
    redis = await startRedis()
    client = new Redis(redis.url)
    living = connectStore({ url: redis.url, clock })
    await living.ready(5_000)
  })
  afterAll(async () => {
    client.disconnect()
    await living.close()
    await redis.stop()
  })
  const doorOn = ({ journal, apiRecords, wakeups, locks, replays, posts, timers, record }: ConnectedStore) =>
    doorDesk({ clock, journal, apiRecords, wakeups, locks, replays, posts, timers, record })
  /** A call that was begun by a process that is dead may be begun again after a while: it has passed. */
  const letBegunCallsEnd = async () => {
    for (const key of await client.keys('*api-call:*'))
      if ((await client.pttl(key)) <= 15_000) await client.del(key)
  }

  /** Asks a gateway that dies at the nth command, then another one; undefined where the first did not come so far. */
  const killedAt = async (nth: number, when: 'before' | 'after', body: object) => {
    const proxy = await killingProxy(redis.port)
    const dying = connectStore({ url: `redis://127.0.0.1:${proxy.port}`, clock })
    try {
      await dying.ready(5_000)
      const ask = (store: ConnectedStore) => doorOn(store).post(body, { key: 'run 123', as: 'ci' })
      proxy.arm(nth, when)
      const first = await ask(dying)
      const command = proxy.diedAt()
      await letBegunCallsEnd()
      const second = await ask(living)
      const third = await ask(living)
      return { command, first, second, third }
    } finally {
      await proxy.close()
      await dying.close().catch(() => {})
    }
  }

  /** Every command of an ask, before and after; gives how many deaths there were. */
  const everywhere = async (
    body: () => Promise<object>,
    holds: (at: string, answers: NonNullable<Awaited<ReturnType<typeof killedAt>>>) => Promise<void>,
  ): Promise<readonly string[]> => {
    const deaths: string[] = []
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        if (nth > most) throw new Error(`an ask is not over after ${most} commands`)
        await redis.empty()
        const answers = await killedAt(nth, when, await body())
        const at = `${when} ${answers.command ?? 'nothing'}, the command number ${nth}`
        await holds(at, answers)
        if (answers.command === undefined) break
        deaths.push(at)
      }
    }
    return deaths
  }

  test('a deploy is one operation, which counts once', async () => {
    const deaths = await everywhere(
      async () => deploy,
      async (at, { first, second, third }) => {
        const unfinished = await living.journal.unfinished()
        expect([at, unfinished]).toEqual([at, [told(second)['id']]])
        expect([at, second.status, third.status, told(third)['id']]).toEqual([at, 202, 202, unfinished[0]])
        // What was answered before it died stays true.
        if (first.status === 202) expect([at, told(first)['id']]).toEqual([at, unfinished[0]])
        expect([at, await client.zcard(`{rollcall}:api-changes:machines.ci`)]).toEqual([at, 1])
      },
    )
    // What begins the call, what records the operation, what wakes it, what remembers the answer: each twice, and the reads.
    expect(deaths.length).toBeGreaterThanOrEqual(16)
    process.stdout.write(`asking: killed at ${deaths.length} places, one operation each\n`)
  }, 300_000)

  test('a lock is one lock, told again at most by who sets it again; a cancel is said once', async () => {
    const lock = { action: 'lock', service: 'web', reason: 'incident 42' }
    const kinds = async () =>
      (await living.record.lines({ most: 100 })).map(
        (line) => (JSON.parse(line) as { readonly kind: string }).kind,
      )
    await everywhere(
      async () => lock,
      async (at, { second, third }) => {
        expect([at, (await living.locks.of('web')).length]).toEqual([at, 1])
        // A machine may set its own lock again: where it died before it could remember the answer, the record has both.
        const said = await kinds()
        expect([at, said.length <= 2, new Set(said)]).toEqual([at, true, new Set(['lock'])])
        // The other gateway says that it is done, or that it is locked already: by this very machine.
        expect([at, second.status === 200 || told(second)['code'] === 'locked']).toEqual([at, true])
        expect([at, third.status]).toEqual([at, second.status])
      },
    )
    await everywhere(
      async () => {
        const { id } = told(await doorOn(living).post(deploy, { key: 'before', as: 'ci' }))
        return { action: 'cancel', operation: id }
      },
      async (at, { second }) => {
        const [id = ''] = await living.journal.unfinished()
        const operation = await living.journal.read(id)
        expect([at, second.status, operation?.signals.map(({ kind }) => kind)]).toEqual([at, 202, ['cancel']])
        expect([at, await kinds()]).toEqual([at, ['cancel']])
      },
    )
  }, 300_000)
})
