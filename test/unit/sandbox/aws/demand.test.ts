import { rateAt } from '../../../../src/sandbox/aws/traffic/demand'

const at = (time: string, curve: 'flat' | 'daily' = 'daily') =>
  rateAt({ requestsPerSecond: 1000, curve }, Date.parse(time))

describe('customers through a day', () => {
  test('are few before dawn in Seoul, many in the evening, and change smoothly', () => {
    expect(at('2026-03-02T04:00:00+09:00')).toBeLessThan(350)
    expect(at('2026-03-02T21:00:00+09:00')).toBeGreaterThan(1500)
    const [before, after] = [at('2026-03-02T20:59:59+09:00'), at('2026-03-02T21:00:01+09:00')]
    expect(Math.abs(after - before)).toBeLessThan(1)
  })

  test('are as many as was asked for on the average of a day, and always where there is no curve', () => {
    const minutes = Array.from({ length: 1440 }, (_, index) => index * 60_000)
    const sum = minutes.reduce(
      (total, later) =>
        total +
        rateAt({ requestsPerSecond: 1000, curve: 'daily' }, Date.parse('2026-03-02T00:00:00Z') + later),
      0,
    )
    expect(sum / 1440).toBeCloseTo(1000, 0)
    expect(at('2026-03-02T04:00:00+09:00', 'flat')).toBe(1000)
  })
})
