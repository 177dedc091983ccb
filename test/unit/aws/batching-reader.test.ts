import { type Load, BatchingReader } from '../../../src/adapters/aws/reads/batching-reader'
import { VirtualTime } from '../../support/virtual-time'

/** A load whose calls a test lets go and answers itself. */
function stage({ most = 100 } = {}) {
  let now = 1_000_000
  let saved = 0
  const calls: { keys: readonly string[]; answer: (value: string) => void; fail: (error: Error) => void }[] =
    []
  const load: Load<string> = async (keys) => {
    await Promise.resolve()
    const asked = keys()
    const value = await new Promise<string>((answer, fail) => calls.push({ keys: asked, answer, fail }))
    return new Map(asked.filter((key) => key !== 'missing').map((key) => [key, `${key} ${value}`]))
  }
  const clock = { now: () => now, real: () => 0 }
  const time = new VirtualTime()
  const readings = new BatchingReader<string>({
    clock,
    time,
    maxKeys: most,
    load,
    onShared: () => (saved += 1),
  })
  return {
    readings,
    time,
    calls,
    saved: () => saved,
    pass: (ms: number) => {
      now += ms
    },
    /** Waits until so many calls were made. */
    async made(count: number) {
      for (let turn = 0; calls.length < count && turn < 100; turn += 1) await new Promise(setImmediate)
      expect(calls).toHaveLength(count)
      const last = calls[count - 1]
      if (last === undefined) throw new Error('no call was made')
      return last
    },
  }
}

describe('readings', () => {
  it('of neighbours share one call', async () => {
    const { readings, made, saved } = stage()
    const both = Promise.all([readings.get('a'), readings.get('b'), readings.get('a')])
    const call = await made(1)
    call.answer('one')
    expect(call.keys).toEqual(['a', 'b'])
    expect(await both).toEqual(['a one', 'b one', 'a one'])
    expect(saved()).toBe(2)
  })

  it('are cut into as many calls as AWS wants', async () => {
    const { readings, made, calls } = stage({ most: 2 })
    const all = Promise.all(['a', 'b', 'c'].map((key) => readings.get(key)))
    const first = await made(1)
    first.answer('one')
    const second = await made(2)
    second.answer('one')
    expect(calls.map(({ keys }) => keys)).toEqual([['a', 'b'], ['c']])
    expect(await all).toEqual(['a one', 'b one', 'c one'])
  })

  it('without an age are made after they were asked for, never joined to a call already sent', async () => {
    const { readings, made } = stage()
    const first = readings.get('a')
    const old = await made(1)
    const second = readings.get('a')
    old.answer('old')
    const fresh = await made(2)
    fresh.answer('new')
    expect(await first).toBe('a old')
    expect(await second).toBe('a new')
  })

  it('wait for the call under way and share the next one, however many ask meanwhile', async () => {
    const { readings, made } = stage()
    const first = readings.get('a')
    const old = await made(1)
    const more: Promise<string | undefined>[] = []
    for (const key of ['a', 'b', 'c', 'd']) {
      more.push(readings.get(key))
      await new Promise(setImmediate)
    }
    old.answer('old')
    const fresh = await made(2)
    fresh.answer('new')
    expect(fresh.keys).toEqual(['a', 'b', 'c', 'd'])
    expect(await Promise.all([first, ...more])).toEqual(['a old', 'a new', 'b new', 'c new', 'd new'])
  })

  it('do not wait long for a call that hangs', async () => {
    const { readings, made, time } = stage()
    const hung = readings.get('a')
    const call = await made(1)
    const next = readings.get('b')
    await time.pass(1_000)
    const second = await made(2)
    second.answer('two')
    expect(await next).toBe('b two')
    call.answer('at last')
    expect(await hung).toBe('a at last')
  })

  it('with an age take an answer as young as that, counted from when its call was sent', async () => {
    const { readings, made, pass } = stage()
    const first = readings.get('a')
    const call = await made(1)
    pass(3_000)
    call.answer('one')
    expect(await first).toBe('a one')
    expect(await readings.get('a', { maxAge: 3_000 })).toBe('a one')
    pass(1)
    const second = readings.get('a', { maxAge: 3_000 })
    const again = await made(2)
    again.answer('two')
    expect(await second).toBe('a two')
  })

  it('with an age join a call under way', async () => {
    const { readings, made } = stage()
    const first = readings.get('a')
    const call = await made(1)
    const second = readings.get('a', { maxAge: 1 })
    call.answer('one')
    expect(await Promise.all([first, second])).toEqual(['a one', 'a one'])
    await made(1)
  })

  it('take along what was asked for lately and is there, so that it need not be asked for again', async () => {
    const { readings, made, pass } = stage()
    const lately = Promise.all([readings.get('a'), readings.get('b'), readings.get('missing')])
    const first = await made(1)
    first.answer('one')
    await lately
    pass(5_000)
    const alone = readings.get('a', { maxAge: 1_000 })
    const second = await made(2)
    second.answer('two')
    expect(second.keys).toEqual(['a', 'b'])
    expect(await alone).toBe('a two')
    expect(await readings.get('b', { maxAge: 1_000 })).toBe('b two')
    pass(61_000)
    const later = readings.get('a', { maxAge: 1_000 })
    const third = await made(3)
    third.answer('three')
    expect(third.keys).toEqual(['a'])
    expect(await later).toBe('a three')
  })

  it('from before a change are never given to those who ask after it', async () => {
    const { readings, made } = stage()
    const before = readings.get('a')
    const stale = await made(1)
    readings.drop('a')
    const after = readings.get('a', { maxAge: 60_000 })
    stale.answer('old')
    expect(await before).toBe('a old')
    const fresh = await made(2)
    const meanwhile = readings.get('a', { maxAge: 60_000 })
    fresh.answer('new')
    expect(await Promise.all([after, meanwhile])).toEqual(['a new', 'a new'])
    readings.drop()
    const last = readings.get('a', { maxAge: 60_000 })
    const third = await made(3)
    third.answer('newest')
    expect(await last).toBe('a newest')
  })

  it('of what AWS does not know are undefined, and known to be', async () => {
    const { readings, made } = stage()
    const first = readings.get('missing')
    const call = await made(1)
    call.answer('one')
    expect(await first).toBeUndefined()
    expect(await readings.get('missing', { maxAge: 1 })).toBeUndefined()
    await made(1)
  })

  it('that fail say so to all who waited, and the next one is made anew', async () => {
    const { readings, made } = stage()
    const both = Promise.allSettled([readings.get('a'), readings.get('b')])
    const call = await made(1)
    call.fail(new Error('throttled'))
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = readings.get('a', { maxAge: 60_000 })
    const second = await made(2)
    second.answer('two')
    expect(await again).toBe('a two')
  })
})
