import * as fc from 'fast-check'
import type { Capacity } from '../../../../src/domain/catalogue/catalogue'
import { followCapacity } from '../../../../src/domain/blue-green/capacity'

const sizes = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 })).map((all): Capacity => {
  const [min = 0, desired = 0, max = 0] = [...all].sort((a, b) => a - b)
  return { min, desired, max }
})

describe('the sizes of the color that comes up', () => {
  it('are those of the one that serves while nobody has touched it, up and down', () => {
    fc.assert(
      fc.property(sizes, sizes, (serving, given) => {
        expect(followCapacity(serving, given, given)).toEqual(serving)
      }),
    )
  })

  it('are never less than the one that serves, nor than what somebody gave it', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, (serving, given, now) => {
        const next = followCapacity(serving, given, now)
        for (const one of ['min', 'desired', 'max'] as const)
          expect(next[one]).toBeGreaterThanOrEqual(serving[one])
        if (JSON.stringify(now) !== JSON.stringify(given))
          expect(next.desired).toBeGreaterThanOrEqual(now.desired)
      }),
    )
  })

  it('do not climb by themselves: given what they came to, they stay', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, fc.nat({ max: 9 }), (serving, given, now, least) => {
        const next = followCapacity(serving, given, now, least)
        expect(followCapacity(serving, next, next, least).desired).toBeLessThanOrEqual(next.desired)
      }),
    )
  })

  it('are sizes that AWS takes, with as many as are to be brought back', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, fc.nat({ max: 12 }), (serving, given, now, least) => {
        const { min, desired, max } = followCapacity(serving, given, now, least)
        expect(min).toBeLessThanOrEqual(desired)
        expect(desired).toBeLessThanOrEqual(max)
        expect(desired).toBeGreaterThanOrEqual(least)
      }),
    )
  })
})
