import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { dailyOf, nextDaily } from '../../../src/domain/images/daily-update'
import { hour } from '../../../src/domain/time/time'
import { webService } from '../../support/simulation'

const at = (text: string) => Date.parse(text)
const iso = (instant: number) => new Date(instant).toISOString()

test.each<[string, string, number, number, string, string]>([
  ['later today', 'Asia/Seoul', 2, 0, '2026-03-01T16:59:59Z', '2026-03-01T17:00:00.000Z'],
  [
    'tomorrow, when it is that time now',
    'Asia/Seoul',
    2,
    0,
    '2026-03-01T17:00:00Z',
    '2026-03-02T17:00:00.000Z',
  ],
  [
    'where clocks go forward over it, as much later',
    'Europe/Berlin',
    2,
    30,
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    'the day after, at its hour again',
    'Europe/Berlin',
    2,
    30,
    '2026-03-29T01:30:00Z',
    '2026-03-30T00:30:00.000Z',
  ],
  [
    'where clocks go back over it, the first of the two',
    'Europe/Berlin',
    2,
    30,
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:30:00.000Z',
  ],
  ['and not the second', 'Europe/Berlin', 2, 30, '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
  ['across midnight', 'America/New_York', 0, 0, '2026-03-08T04:59:00Z', '2026-03-08T05:00:00.000Z'],
])('the next time is %s', (_what, zone, hours, minutes, after, next) => {
  expect(iso(nextDaily({ hour: hours, minute: minutes, zone }, at(after)))).toBe(next)
})

test('it comes once on every day of the year, in every zone', () => {
  const zones = ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.nat(23), fc.nat(59), (zone, hours, minutes) => {
      const daily = { hour: hours, minute: minutes, zone }
      const days = new Set<string>()
      let now = at('2026-01-01T12:00:00Z')
      for (let count = 0; count < 366; count += 1) {
        const next = nextDaily(daily, now)
        if (!(next > now && next - now <= 26 * hour)) return false
        days.add(DateTime.fromMillis(next, { zone }).toISODate() ?? '')
        now = next
      }
      return days.size === 366
    }),
    { numRuns: 10 },
  )
})

test('it is what the catalogue says, in the service’s zone, or none', () => {
  const image = { name: 'Web Server {version}' }
  expect(dailyOf(webService({ image }))).toBeUndefined()
  expect(dailyOf(webService({ image: { ...image, newest: { daily: '02:05' } } }))).toEqual({
    hour: 2,
    minute: 5,
    zone: 'Asia/Seoul',
  })
})
