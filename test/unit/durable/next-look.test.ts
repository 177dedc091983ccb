import { nextLook, readSince } from '../../../src/durable/next-look'

const second = 1_000
const at = 999_960 * second

describe('when a wait looks again', () => {
  it('is on the shared grid where no event can be heard', () => {
    expect(nextLook(at + 1, 5 * second, undefined)).toBe(at + 5 * second)
    expect(nextLook(at + 1, 5 * second, { live: false, last: at })).toBe(at + 5 * second)
  })
  it('is seldom while events are heard, and never more often than it would be without', () => {
    const heard = { live: true }
    expect(nextLook(at + 21 * second, 5 * second, heard)).toBe(at + 30 * second)
    expect(nextLook(at + 1, 60 * second, heard)).toBe(at + 60 * second)
  })
  it('is two and five seconds after a hint, for AWS may show later what it told', () => {
    const look = (after: number) => nextLook(at + after, 5 * second, { live: true, last: at }) - at
    expect(look(0)).toBe(2 * second)
    expect(look(2 * second)).toBe(5 * second)
    expect(look(5 * second)).toBe(30 * second)
  })
})

describe('what others read', () => {
  const shared = { maxAge: 3 * second, quiescentAge: 30 * second }
  it('will do as ever where there was no hint lately', () => {
    expect(readSince(shared, undefined, at)).toBe(shared)
    expect(readSince(shared, at - 11 * second, at)).toBe(shared)
  })
  it('will not do from before a hint', () => {
    expect(readSince(shared, at - 1 * second, at)).toEqual({ maxAge: second, quiescentAge: second })
    expect(readSince(shared, at - 8 * second, at)).toEqual({ maxAge: 3 * second, quiescentAge: 8 * second })
    // Another worker's clock is a little ahead.
    expect(readSince(shared, at + 40, at)).toEqual({ maxAge: 0, quiescentAge: 0 })
  })
})
