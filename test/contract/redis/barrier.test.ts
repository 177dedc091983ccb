import type { Redis } from 'ioredis'
import { barrierOf } from '../../../src/adapters/redis/connection/durability'
import { StoreUnavailable } from '../../../src/ports/failure'

/** A disk that writes when it is told to: the server's side of WAITAOF, which not every test machine has. */
const disk = (answer: readonly [number, number] = [1, 0]) => {
  const rounds: (() => void)[] = []
  const client = {
    incr: async () => 1,
    call: () => new Promise((resolve) => rounds.push(() => resolve(answer))),
  }
  return { rounds, connection: () => client as unknown as Redis }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the barrier before an acknowledgement', () => {
  const durability = async () => ({ promise: 'waited for' }) as const
  const key = 'barrier'

  it('serves all who came before a round began with that round, and the rest with the next', async () => {
    const { rounds, connection } = disk()
    const barrier = barrierOf({ durability, connection, key })
    const passed: string[] = []
    const pass = (name: string) => barrier.pass().then(() => passed.push(name))
    const all = [pass('first')]
    await settled()
    all.push(...['second', 'third', 'fourth'].map(pass))
    await settled()
    expect(rounds).toHaveLength(1)
    rounds[0]?.()
    await settled()
    expect(passed).toEqual(['first'])
    expect(rounds).toHaveLength(2)
    rounds[1]?.()
    await Promise.all(all)
    expect(passed).toEqual(['first', 'second', 'third', 'fourth'])
    expect(rounds).toHaveLength(2)
  })

  it('is not passed when the disk did not write in time; the next round may', async () => {
    const slow = disk([0, 0])
    const barrier = barrierOf({ durability, connection: slow.connection, key })
    const refused = barrier.pass()
    await settled()
    slow.rounds[0]?.()
    await expect(refused).rejects.toThrow(StoreUnavailable)
    const again = barrier.pass()
    await settled()
    expect(slow.rounds).toHaveLength(2)
    slow.rounds[1]?.()
    await expect(again).rejects.toThrow(StoreUnavailable)
  })

  it('stands open where every write is on disk anyway, and where nothing can be promised', async () => {
    const { rounds, connection } = disk()
    for (const promised of [{ promise: 'every write' }, { promise: 'none', why: '' }] as const) {
      const barrier = barrierOf({ durability: async () => promised, connection, key })
      await barrier.pass()
    }
    expect(rounds).toEqual([])
  })
})
