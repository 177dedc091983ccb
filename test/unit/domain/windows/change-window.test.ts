import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import {
  cronProblem,
  nextOccurrence,
  occurrenceAt,
  onceBetween,
  readLength,
  readLocal,
  type ChangeWindow,
} from '../../../../src/domain/windows/change-window'
import { hour, minute } from '../../../../src/domain/time/time'

const recurring = (cron: string, timezone: string, days: number, rest: number): ChangeWindow => ({
  name: 'nights',
  services: ['*'],
  except: [],
  timezone,
  times: { kind: 'recurring', cron, lasts: { days, rest } },
})
const at = (text: string, zone: string) => DateTime.fromISO(text, { zone }).toMillis()

/** Spans of some days around changes of clocks, and one zone in which they never change. */
const around = [
  ['Europe/London', '2026-03-29'],
  ['Europe/London', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Asia/Seoul', '2026-11-27'],
] as const

/**
 * All minutes at which a daily or weekly window begins, found by reading the clocks at every minute: at each that shows
 * its time, and at the first after a gap in which its time lies.
 */
const startsByBruteForce = (
  zone: string,
  { hour: h, minute: m, weekdays }: { hour: number; minute: number; weekdays: readonly number[] },
  from: number,
  to: number,
): readonly number[] => {
  const starts: number[] = []
  const wanted = (reading: DateTime) =>
    reading.hour === h && reading.minute === m && weekdays.includes(reading.weekday % 7)
  let before = DateTime.fromMillis(from - minute, { zone })
  for (let now = from; now < to; now += minute) {
    const here = DateTime.fromMillis(now, { zone })
    const gap = here.offset - before.offset
    const skipped = Array.from({ length: Math.max(0, gap) }, (_, index) =>
      DateTime.fromMillis(now, { zone: 'UTC' }).plus({ minutes: before.offset + index }),
    )
    if (wanted(here) || skipped.some(wanted)) starts.push(now)
    before = here
  }
  return starts
}

test('a window is closed at exactly the minutes that the clocks say, over both changes of clocks', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...around),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom(0, 15, 30),
      fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: 40 * 60 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 * 24 * 60 })),
      ([zone, day], h, m, weekdays, length, moments) => {
        const middle = at(day, zone)
        const from = middle - 24 * hour
        const starts = startsByBruteForce(
          zone,
          { hour: h, minute: m, weekdays },
          from - 9 * 24 * hour,
          middle + 9 * 24 * hour,
        )
        const window = recurring(`${m} ${h} * * ${weekdays.join(',')}`, zone, 0, length * minute)
        for (let count = 0; count < 40; count++) {
          const moment = from + (moments.next().value ?? 0) * minute
          const covering = starts.filter((start) => start <= moment && moment < start + length * minute)
          expect(occurrenceAt(window, moment)).toEqual(
            covering.length === 0
              ? undefined
              : { from: Math.max(...covering), until: Math.max(...covering) + length * minute },
          )
          const next = Math.min(...starts.filter((start) => start > moment))
          expect(nextOccurrence(window, moment)).toEqual({ from: next, until: next + length * minute })
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('a start in the hour that clocks leave out closes from the first instant there is', () => {
  const window = recurring('30 1 * * *', 'Europe/London', 0, hour)
  expect(occurrenceAt(window, Date.parse('2026-03-29T01:00:00Z'))).toEqual({
    from: Date.parse('2026-03-29T01:00:00Z'),
    until: Date.parse('2026-03-29T02:00:00Z'),
  })
  expect(occurrenceAt(window, Date.parse('2026-03-29T00:59:00Z'))).toBeUndefined()
})

test('hours pass as time does, days end by the clocks', () => {
  const friday = at('2026-10-23T16:00', 'Europe/London')
  const ends = (length: string, span: number) => {
    const { days, rest } = readLength(span, length)
    const found = occurrenceAt(recurring('0 16 * * 5', 'Europe/London', days, rest), friday)
    return DateTime.fromMillis(found?.until ?? 0, { zone: 'Europe/London' }).toFormat('ccc HH:mm')
  }
  expect(ends('64h', 64 * hour)).toBe('Mon 07:00')
  expect(ends('2d16h', 64 * hour)).toBe('Mon 08:00')
})

test('a window between two days has both whole', () => {
  const between = (from: string, until: string) => {
    const [first, last] = [readLocal(from), readLocal(until)]
    return first && last && onceBetween('Asia/Seoul', first, last)
  }
  expect(between('2026-12-21', '2027-01-03')).toEqual({
    from: at('2026-12-21T00:00', 'Asia/Seoul'),
    until: at('2027-01-04T00:00', 'Asia/Seoul'),
  })
  expect(between('2026-12-21T18:00', '2027-01-03 09:30')).toEqual({
    from: at('2026-12-21T18:00', 'Asia/Seoul'),
    until: at('2027-01-03T09:30', 'Asia/Seoul'),
  })
  expect(readLocal('2026-02-30')).toBeUndefined()
  expect(readLocal('tomorrow')).toBeUndefined()
})

test('crons that a window cannot have', () => {
  const problems = [
    '0 16 * * 5',
    '0 16 * * FRI',
    '0 16 1 * 5',
    'H 16 * * *',
    '0 16 * *',
    '0 0 16 * * 5',
    '61 1 * * *',
    '0 0 31 2 *',
  ]
  expect(problems.map((cron) => cronProblem(cron))).toEqual([
    undefined,
    undefined,
    'date and weekday',
    'form',
    'form',
    'form',
    'form',
    'form',
  ])
})
