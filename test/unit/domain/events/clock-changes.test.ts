import * as fc from 'fast-check'
import type { DateTime } from 'luxon'
import { clockChanges } from '../../../../src/domain/events/clock-changes'
import { placeEvent } from '../../../../src/domain/events/placement'
import { timetable } from '../../../../src/domain/events/timetable'
import type { Every } from '../../../../src/domain/time/phrases/times'

const minute = 60_000
const day = 24 * 60 * minute
const base = { min: 2, desired: 2, max: 4 }

type Reading = 'left out' | 'moved on' | 'first' | 'second' | 'twice'

/** The days around the changes of a zone's clocks: on all others every reading is the same. */
const datesOf = (zone: string, now: number): readonly DateTime[] =>
  clockChanges(zone, { from: now, to: now + 366 * day }).flatMap((change) =>
    Array.from({ length: 17 }, (_, index) => change.plus({ days: index - 8 })),
  )

/** The instants at which a daily or weekly recurrence runs, as AWS may read an hour that does not exist or comes twice. */
const runs = (cron: string, dates: readonly DateTime[], reading: readonly Reading[]): readonly number[] => {
  const [minutes = '', hours = '', , , week = ''] = cron.split(' ')
  const days = week === '*' ? [0, 1, 2, 3, 4, 5, 6] : week.split(',').map(Number)
  const [hour, minute] = [Number(hours), Number(minutes)]
  return dates
    .filter(({ weekday }) => days.includes(weekday % 7))
    .flatMap((date) => {
      const at = date.set({ hour, minute })
      if (at.hour !== hour) return reading.includes('moved on') ? [at.toMillis()] : []
      const [first = at, second = first] = at.getPossibleOffsets()
      return [
        ...(reading.includes('second') ? [] : [first.toMillis()]),
        ...(reading.includes('first') ? [] : [second.toMillis()]),
      ]
    })
}

const readings: readonly (readonly Reading[])[] = (['left out', 'moved on'] as const).flatMap((gap) =>
  (['first', 'second', 'twice'] as const).map((fold) => [gap, fold]),
)
const zones = ['America/New_York', 'Europe/Paris', 'Australia/Lord_Howe', 'America/Santiago']

/** How long the group is out each time, whichever way AWS reads the clocks. */
const outages = (every: Every, lead: number, now: number): readonly number[] => {
  const placed = placeEvent({ kind: 'every', ...every }, lead, { actions: [], events: [], now })
  if (!placed.ok) throw new Error('not placed')
  const event = { ...placed.value, desired: 4, base }
  const wanted = timetable(base, [{ event }], now)
  if (!wanted.ok) throw new Error('no timetable')
  const dates = datesOf(every.zone, now)
  return readings.flatMap((reading) => {
    const at = (edge: 'out' | 'in') =>
      wanted.value
        .filter((one) => one.edge === edge)
        .flatMap(({ recurrence = '' }) => runs(recurrence, dates, reading))
    const ins = at('in')
    return at('out').flatMap((out) => {
      const next = Math.min(...ins.filter((one) => one > out))
      // The last ones before a stretch of days that is not looked at.
      return next - out > 20 * day || next === Number.POSITIVE_INFINITY ? [] : [next - out]
    })
  })
}

test('a scale-in at an hour that New York’s clocks leave out on 8 March is moved behind it', () => {
  const every = { days: [0], hour: 1, minute: 0, lasts: 90 * minute, zone: 'America/New_York' }
  const now = Date.parse('2026-03-02T01:00:00Z')
  expect(
    placeEvent({ kind: 'every', ...every }, 20 * minute, { actions: [], events: [], now }),
  ).toMatchObject({
    value: { times: { back: 30 * minute }, lead: 20 * minute },
  })
  expect(Math.max(...outages(every, 20 * minute, now))).toBeLessThan(4 * 60 * minute)
})

test('every scale-out has its scale-in within hours, in any zone, whichever way AWS reads the clocks', () => {
  const anything = fc.record({
    zone: fc.constantFrom(...zones),
    time: fc.integer({ min: 0, max: 5 * 60 }),
    lasts: fc.integer({ min: 10, max: 5 * 60 }),
    days: fc.constantFrom([0], [6], [0, 1, 2, 3, 4, 5, 6]),
    lead: fc.integer({ min: 5, max: 90 }),
  })
  fc.assert(
    fc.property(anything, ({ zone, time, lasts, days, lead }) => {
      const every = { days, hour: Math.floor(time / 60), minute: time % 60, lasts: lasts * minute, zone }
      const out = outages(every, lead * minute, Date.parse('2026-03-02T01:00:00Z'))
      // The clocks' change and the moved edges take up to four hours more.
      expect(Math.max(...out)).toBeLessThanOrEqual((lasts + lead + 4 * 60) * minute)
    }),
    { numRuns: 15 },
  )
})
