import { assert, integer, nat, property } from 'fast-check'
import { bounds } from '../../../../src/sandbox/aws/autoscaling/refresh-bounds'

describe('how far a refresh may go', () => {
  test.each([
    [4, 100, 100, { least: 4, most: 5 }],
    [2, 100, 150, { least: 2, most: 3 }],
    [2, 100, 110, { least: 2, most: 3 }],
    [2, 90, 100, { least: 1, most: 2 }],
    [10, 90, 100, { least: 9, most: 10 }],
    [4, 50, 100, { least: 2, most: 4 }],
    [4, 0, 100, { least: 0, most: 4 }],
    [4, 50, 150, { least: 2, most: 6 }],
    [0, 90, 100, { least: 0, most: 0 }],
  ])('desired %i, %i to %i percent', (desired, minHealthy, maxHealthy, expected) => {
    expect(bounds(desired, { minHealthy, maxHealthy })).toEqual(expected)
  })

  test('there is always room for one, and a minimum of all is kept', () => {
    assert(
      property(integer({ min: 1, max: 50 }), nat(100), nat(100), (desired, minHealthy, above) => {
        const { least, most } = bounds(desired, { minHealthy, maxHealthy: 100 + above })
        expect(least < desired || most > desired).toBe(true)
        if (minHealthy === 100) expect(least).toBe(desired)
        expect(most).toBeGreaterThanOrEqual(desired)
      }),
    )
  })
})
