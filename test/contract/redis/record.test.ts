import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import { verify } from '../../../src/domain/record/chain'
import { alice, bob, newOperation, newSignal } from '../../support/operations'
import { startRedis, type TestRedis } from '../../support/redis'

describe('the record on Redis', () => {
  let redis: TestRedis
  let stores: readonly ConnectedStore[]
  let now = 1_000
  beforeAll(async () => {
    redis = await startRedis()
    const clock = { now: () => now, real: (span: number) => span }
    // Two processes, as two gateways or workers are.
    stores = [1, 2].map(() => connectStore({ url: redis.url, clock }))
    await Promise.all(stores.map((store) => store.ready(5_000)))
  })
  beforeEach(() => {
    now = 1_000
    return redis.empty()
  })
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await redis.stop()
  })
  const [first, second] = [() => stores[0] as ConnectedStore, () => stores[1] as ConnectedStore]

  const ends = async ({ journal }: ConnectedStore, id: string, at = 9_000) => {
    await journal.create(newOperation(id), `delivery of ${id}`)
    const taken = await journal.acquireLease(id)
    if (!taken) throw new Error(`no lease for ${id}`)
    await journal.write(taken.lease, { ending: { kind: 'succeeded', at, left: [] } })
    return taken.lease
  }
  const catalogueNamed = (sha256: string): Catalogue => ({
    sha256,
    services: new Map(),
    people: new Map([['operators', { users: ['U0ALICE'], groups: ['S0OPS'] }]]),
    rules: [{ service: 'web', actions: ['deploy'], allow: ['operators', 'machines.ci'] }],
    machines: new Map([['ci', { name: 'ci', tokens: [{ sha256: 'f00', expires: 86_400_000 }] }]]),
  })
  const lines = () => first().record.lines({ most: 1_000 })
  const kinds = async () =>
    (await lines()).map((line) => (JSON.parse(line) as { readonly kind: string }).kind)

  it('is one chain, whoever writes and however many at once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const store = at % 2 === 0 ? first() : second()
        await ends(store, `web-aaa${String(at).padStart(2, '0')}`)
        await store.locks.acquire({ kind: 'lock', service: `s${at}`, why: 'x', by: alice, since: now })
      }),
    )
    expect(verify(await lines())).toMatchObject({
      ok: true,
      lines: 24,
      first: 1,
      head: await first().record.head(),
    })
  })

  it('has an approval and a cancel, once however often they were clicked', async () => {
    await first().journal.create(newOperation('web-aaaaa'), 'd1')
    await first().journal.signal('web-aaaaa', newSignal('approve:U0BOB', 'approve'))
    await second().journal.signal('web-aaaaa', newSignal('approve:U0BOB', 'approve'))
    await second().journal.signal('web-aaaaa', newSignal('cancel:0'))
    expect(await kinds()).toEqual(['approve', 'cancel'])
  })

  it('has who locked, who unlocked and whose lock it was; nothing of what did not happen', async () => {
    const lock = { kind: 'lock', service: 'web', why: 'incident 42', by: alice, since: now } as const
    await first().locks.acquire(lock)
    expect(await second().locks.acquire({ ...lock, by: bob })).toEqual(lock)
    await second().locks.clear('web', 'lock', now, bob)
    await second().locks.clear('web', 'lock', now, bob)
    expect(await kinds()).toEqual(['lock', 'unlock'])
    expect(JSON.parse((await lines())[1] ?? '')).toMatchObject({
      by: bob,
      lock: { by: 'U0ALICE', reason: 'incident 42' },
    })
  })

  it('tells nothing of a write that a newer tick overtook', async () => {
    await first().journal.create(newOperation('web-aaaaa'), 'd1')
    const old = await first().journal.acquireLease('web-aaaaa')
    await second().journal.acquireLease('web-aaaaa')
    if (!old) throw new Error('no lease')
    await expect(
      first().journal.write(old.lease, { ending: { kind: 'succeeded', at: 1, left: [] } }),
    ).rejects.toThrow()
    expect(await kinds()).toEqual([])
  })

  it('has each catalogue that came into force, once', async () => {
    await first().record.catalogue(catalogueNamed('a'), 1)
    await second().record.catalogue(catalogueNamed('a'), 2)
    await second().record.catalogue(catalogueNamed('b'), 3)
    expect(await kinds()).toEqual(['catalogue', 'catalogue'])
    expect(JSON.parse((await lines())[1] ?? '')).toMatchObject({
      sha256: 'b',
      rules: [{ service: 'web', actions: ['deploy'], allow: ['operators', 'machines.ci'] }],
      people: { operators: { users: ['U0ALICE'], groups: ['S0OPS'] } },
      machines: [{ name: 'ci', tokens: [{ sha256: 'f00', expires: '1970-01-02T00:00:00.000Z' }] }],
    })
  })

  it('has who had events sent again to a webhook', async () => {
    const ci = { user: 'machines.ci', team: 'T0' }
    await Promise.all([
      first().outbox.replay('billing', ci, 7_000),
      second().outbox.replay('billing', ci, 7_000),
    ])
    const read = (await lines()).map((line): unknown => JSON.parse(line))
    const told = { kind: 'replay', webhook: 'billing', by: ci, at: '1970-01-01T00:00:07.000Z' }
    expect(read).toMatchObject([told, told])
    expect(verify(await lines())).toMatchObject({ ok: true, lines: 2 })
  })

  it('gives a time of it without a gap, and the newest where it is too much', async () => {
    for (let at = 1; at <= 9; at++) await ends(first(), `web-aaaa${at}`, at * 1_000)
    const { record } = second()
    const part = await record.lines({ since: 3_000, until: 7_000, most: 100 })
    expect(verify(part)).toMatchObject({ ok: true, lines: 4, first: 3 })
    expect(verify(await record.lines({ most: 2 }))).toMatchObject({ ok: true, lines: 2, first: 8 })
    expect(await record.lines({ since: 20_000, most: 100 })).toEqual([])
  })

  it('is found out where somebody altered it in the store', async () => {
    for (let at = 1; at <= 3; at++) await ends(first(), `web-aaaa${at}`)
    const raw = new Redis(redis.url)
    const line = (await lines())[1] ?? ''
    await raw.lset('{rollcall}:record', 1, line.replace('U0ALICE', 'U0OTHER'))
    await raw.quit()
    expect(verify(await lines())).toMatchObject({ ok: false, line: 3, problem: 'altered before' })
  })
})
