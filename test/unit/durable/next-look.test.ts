import { nextLook, readSince } from '../../../src/durable/next-look'

const second = 1_000
const at = 999_960 * second

/** When it is looked again after a look that took no time, or began at `looked`. */
const next = (
  now: number,
  every: number,
  heard: Parameters<typeof nextLook>[1],
  seldom: boolean,
  looked = now,
) => nextLook(now, heard, { every, seldom, looked })

describe('when a wait looks again', () => {
  it('is on the shared grid where no event can be heard', () => {
    expect(next(at + 1, 5 * second, undefined, true)).toBe(at + 5 * second)
    expect(next(at + 1, 5 * second, { live: false }, true)).toBe(at + 5 * second)
  })
  it('is seldom while events are heard, and never more often than it would be without', () => {
    const heard = { live: true }
    expect(next(at + 21 * second, 5 * second, heard, true)).toBe(at + 30 * second)
    expect(next(at + 1, 60 * second, heard, true)).toBe(at + 60 * second)
  })
  it('is as often as without, where something is watched beside that no event tells of', () => {
    expect(next(at + 1, 5 * second, { live: true }, false)).toBe(at + 5 * second)
    expect(next(at + 1, 5 * second, { live: true, last: at }, false)).toBe(at + 2 * second)
  })
  it('is two and five seconds after a hint, for AWS may show later what it told', () => {
    const look = (after: number) => next(at + after, 5 * second, { live: true, last: at }, true) - at
    expect(look(0)).toBe(2 * second)
    expect(look(2 * second)).toBe(5 * second)
    expect(look(5 * second)).toBe(30 * second)
  })
  it('is at once where what a hint asks for fell due while the look went on', () => {
    const heard = { live: true, last: at + second }
    const slow = (began: number, ended: number) => next(at + ended, 5 * second, heard, true, at + began) - at
    expect(slow(0, 2_900)).toBe(3 * second)
    expect(slow(0, 8_000)).toBe(8_000)
    expect(slow(8_000, 12_000)).toBe(30 * second)
  })
})

describe('what others read', () => {
  const shared = { maxAge: 3 * second, quiescentAge: 30 * second }
  it('will do as ever where there was no hint lately', () => {
    expect(readSince(shared, undefined, at)).toBe(shared)
    expect(readSince(shared, at - 7 * second, at)).toBe(shared)
  })
  it('will not do from before a hint, nor what the look before it read already', () => {
    expect(readSince(shared, at - 400, at)).toEqual({ maxAge: 400, quiescentAge: 400 })
    for (const after of [2, 5])
      expect(readSince(shared, at - after * second, at)).toEqual({ maxAge: second, quiescentAge: second })
    // Another worker's clock is a little ahead.
    expect(readSince(shared, at + 40, at)).toEqual({ maxAge: 0, quiescentAge: 0 })
  })
})
