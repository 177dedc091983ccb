import { nextOccurrence, parseCron } from '../../../../src/sandbox/aws/autoscaling/cron'

function next(expression: string, zone: string, after: string): string | undefined {
  const cron = parseCron(expression)
  if (!cron) throw new Error(`${expression} is not a cron expression`)
  const time = nextOccurrence(cron, zone, Date.parse(after))
  return time === undefined ? undefined : new Date(time).toISOString()
}

describe('the recurrence of scheduled actions', () => {
  test.each([
    ['0 18 * * *', 'Asia/Seoul', '2026-03-02T08:59:00Z', '2026-03-02T09:00:00.000Z'],
    ['0 18 * * *', 'Asia/Seoul', '2026-03-02T09:00:00Z', '2026-03-03T09:00:00.000Z'],
    ['30 8 * * 1-5', 'UTC', '2026-03-06T09:00:00Z', '2026-03-09T08:30:00.000Z'],
    ['*/20 * * * *', 'UTC', '2026-03-02T10:21:00Z', '2026-03-02T10:40:00.000Z'],
    ['0 0 29 feb *', 'UTC', '2026-03-02T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 12 1 * mon', 'UTC', '2026-03-02T12:00:00Z', '2026-03-09T12:00:00.000Z'],
    ['0 9 * * 7', 'UTC', '2026-03-02T00:00:00Z', '2026-03-08T09:00:00.000Z'],
  ])('%s in %s after %s is %s', (expression, zone, after, expected) => {
    expect(next(expression, zone, after)).toBe(expected)
  })

  test('follows the clocks of its zone over a change of daylight saving time', () => {
    expect(next('0 9 * * *', 'America/New_York', '2026-03-07T15:00:00Z')).toBe('2026-03-08T13:00:00.000Z')
    expect(next('0 9 * * *', 'America/New_York', '2026-03-06T15:00:00Z')).toBe('2026-03-07T14:00:00.000Z')
    expect(next('30 2 * * *', 'America/New_York', '2026-03-08T05:00:00Z')).toBe('2026-03-09T06:30:00.000Z')
  })

  test.each(['', '* * * *', '60 * * * *', '0 24 * * *', '0 0 0 * *', 'x * * * *', '5-1 * * * *'])(
    '"%s" is refused',
    (expression) => {
      expect(parseCron(expression)).toBeUndefined()
    },
  )

  test('a day that never comes has no occurrence', () => {
    expect(next('0 0 31 2 *', 'UTC', '2026-03-02T00:00:00Z')).toBeUndefined()
  })
})
