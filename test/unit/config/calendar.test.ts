import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, constantFrom, integer, property, record } from 'fast-check'
import { DateTime } from 'luxon'
import { loadCatalogue } from '../../../src/config/catalogue'
import { spansOf } from '../../../src/config/calendar-file'
import { writeMistakes } from '../../../src/config/mistake'
import { closureAt, nextClosure } from '../../../src/domain/windows/closures'
import { hour } from '../../../src/domain/time/time'

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//acme//holidays//EN', ...lines, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
const event = (...lines: readonly string[]) =>
  calendar('BEGIN:VEVENT', 'UID:1@acme', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT')

const range = (zone = 'Asia/Seoul') => ({
  timezone: zone,
  from: Date.parse('2026-01-01T00:00:00Z'),
  until: Date.parse('2027-01-01T00:00:00Z'),
})
/** The times of a calendar as the clocks of a zone show them. */
const spans = (text: string, zone = 'Asia/Seoul'): readonly string[] => {
  const read = spansOf(text, range(zone))
  if ('wrong' in read) return [read.wrong]
  const shown = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('MM-dd HH:mm')
  return read.spans.map(({ from, until, why }) => `${shown(from)} ${shown(until)}${why ? ` ${why}` : ''}`)
}

test('whole days are those of the window’s zone, their last one included by what ends it', () => {
  const one = event('DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas\\, a holiday')
  expect(spans(one)).toEqual(['12-25 00:00 12-26 00:00 Christmas, a holiday'])
  expect(spans(one, 'America/New_York')).toEqual(['12-25 00:00 12-26 00:00 Christmas, a holiday'])
  expect(spans(event('DTSTART;VALUE=DATE:20260924', 'DTEND;VALUE=DATE:20260927'))).toEqual([
    '09-24 00:00 09-27 00:00',
  ])
  expect(spans(event('DTSTART;VALUE=DATE:20260924', 'DURATION:P2D'))).toEqual(['09-24 00:00 09-26 00:00'])
  // A day on which clocks change is as long as it is.
  expect(spans(event('DTSTART;VALUE=DATE:20260329'), 'Europe/London')).toEqual(['03-29 00:00 03-30 00:00'])
})

test('times are by the clocks that they name, by UTC, or by those of the window', () => {
  const at = (start: string, end: string) => spans(event(`DTSTART${start}`, `DTEND${end}`))
  expect(at(':20260601T120000Z', ':20260601T130000Z')).toEqual(['06-01 21:00 06-01 22:00'])
  expect(at(':20260601T120000', ':20260601T130000')).toEqual(['06-01 12:00 06-01 13:00'])
  expect(at(';TZID=Europe/London:20260601T120000', ';TZID=Europe/London:20260601T130000')).toEqual([
    '06-01 20:00 06-01 21:00',
  ])
  expect(at(';TZID=Europe/London:20260601T120000', ';TZID=Asia/Seoul:20260601T210000')).toEqual([
    '06-01 20:00 06-01 21:00',
  ])
  // Over as it begins: it holds nothing.
  expect(spans(event('DTSTART:20260601T120000Z'))).toEqual([])
})

test('rules are followed by the clocks of the event, over their changes', () => {
  const weekly = event(
    'DTSTART;TZID=Europe/London:20260320T180000',
    'DURATION:PT15H',
    'RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20260403T170000Z',
  )
  // The last start is 18:00 in summer time, which is 17:00 in UTC: just within.
  expect(spans(weekly, 'Europe/London')).toEqual([
    '03-20 18:00 03-21 09:00',
    '03-27 18:00 03-28 09:00',
    '04-03 18:00 04-04 09:00',
  ])
  expect(spans(weekly, 'UTC')[2]).toBe('04-03 17:00 04-04 08:00')
  const monthEnd = event('DTSTART;VALUE=DATE:20260130', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3')
  expect(spans(monthEnd)).toEqual([
    '01-30 00:00 01-31 00:00',
    '02-27 00:00 02-28 00:00',
    '03-27 00:00 03-28 00:00',
  ])
})

test('what begins in the hour that clocks leave out begins right after it', () => {
  const nightly = event(
    'DTSTART;TZID=Europe/London:20260328T013000',
    'DURATION:PT2H',
    'RRULE:FREQ=DAILY;COUNT=3',
  )
  expect(spans(nightly, 'Europe/London')).toEqual([
    '03-28 01:30 03-28 03:30',
    '03-29 02:00 03-29 04:00',
    '03-30 01:30 03-30 03:30',
  ])
})

test('what is excepted, added, moved or cancelled is so', () => {
  const zone = ';TZID=Asia/Seoul:'
  const lines = ['DTSTAMP:20260101T000000Z', 'DURATION:PT1H']
  const recurring = calendar(
    'BEGIN:VEVENT',
    'UID:1@acme',
    ...lines,
    `DTSTART${zone}20260105T090000`,
    'RRULE:FREQ=DAILY;COUNT=5',
    `EXDATE${zone}20260106T090000`,
    'EXDATE:20260107T000000Z',
    `RDATE${zone}20260201T090000`,
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:1@acme',
    ...lines,
    `RECURRENCE-ID${zone}20260108T090000`,
    `DTSTART${zone}20260108T140000`,
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:1@acme',
    ...lines,
    `RECURRENCE-ID${zone}20260109T090000`,
    `DTSTART${zone}20260109T090000`,
    'STATUS:CANCELLED',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:2@acme',
    ...lines,
    `DTSTART${zone}20260301T090000`,
    'STATUS:CANCELLED',
    'END:VEVENT',
  )
  expect(spans(recurring)).toEqual([
    '01-05 09:00 01-05 10:00',
    '01-08 14:00 01-08 15:00',
    '02-01 09:00 02-01 10:00',
  ])
})

test('days that a month does not have are left out', () => {
  const starts = (rule: string, start: string) =>
    spans(event(`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`)).map((span) => span.slice(0, 5))
  expect(starts('FREQ=MONTHLY;BYMONTHDAY=31', '20260131')).toEqual(
    ['01', '03', '05', '07', '08', '10', '12'].map((month) => `${month}-31`),
  )
  expect(starts('FREQ=MONTHLY', '20260131')).toEqual(
    ['01', '03', '05', '07', '08', '10', '12'].map((month) => `${month}-31`),
  )
  expect(starts('FREQ=YEARLY', '20240229')).toEqual([])
  expect(starts('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', '20240131')).toEqual([])
})

test('zones that the file defines itself are taken, and others are a mistake', () => {
  const zone = (name: string) => [
    'BEGIN:VTIMEZONE',
    `TZID:${name}`,
    'BEGIN:STANDARD',
    'DTSTART:16010101T000000',
    'TZOFFSETFROM:+0900',
    'TZOFFSETTO:+0900',
    'END:STANDARD',
    'END:VTIMEZONE',
  ]
  const at = [
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTAMP:20260101T000000Z',
    'DTSTART;TZID=Korea Standard Time:20260601T090000',
  ]
  const whole = [...at, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20260602T000000Z', 'END:VEVENT']
  expect(spans(calendar(...zone('Korea Standard Time'), ...whole), 'UTC')).toEqual([
    '06-01 00:00 06-01 01:00',
    '06-02 00:00 06-02 01:00',
  ])
  expect(spans(calendar(...whole), 'UTC')).toEqual([
    'names the time zone "Korea Standard Time", which is neither IANA\'s nor defined in it',
  ])
})

test('a file that is no calendar, or has too much, is a mistake and never an empty one', () => {
  expect(spans('<html>sign in</html>')).toEqual([expect.stringMatching(/^is no iCalendar file/)])
  expect(spans('')).toEqual([expect.stringMatching(/^is no iCalendar file|^holds no VCALENDAR/)])
  expect(spans('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD\r\n')).toEqual(['holds no VCALENDAR'])
  expect(spans(event('SUMMARY:when?'))).toEqual(['has an event without DTSTART'])
  expect(spans(event('DTSTART:20260101T000000Z', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY'))).toEqual([
    expect.stringMatching(/more than 20000 times|takes too long/),
  ])
})

test('a daily rule holds at the same reading of the clocks on each day, in any zone', () => {
  const zones = [
    'Asia/Seoul',
    'Europe/London',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  ]
  const cases = record({
    zone: constantFrom(...zones),
    minutes: integer({ min: 0, max: 24 * 60 - 1 }),
    length: integer({ min: 1, max: 48 }),
    day: integer({ min: 1, max: 360 }),
  })
  assert(
    property(cases, ({ zone, minutes, length, day }) => {
      const start = DateTime.fromObject({ year: 2026 }, { zone: 'UTC' }).plus({ minutes })
      const text = event(
        `DTSTART;TZID=${zone}:${start.toFormat("yyyyMMdd'T'HHmmss")}`,
        `DURATION:PT${length}H`,
        'RRULE:FREQ=DAILY',
      )
      const read = spansOf(text, range(zone))
      if ('wrong' in read) throw new Error(read.wrong)
      const reading = start.plus({ days: day })
      const instant = DateTime.fromObject(
        {
          year: reading.year,
          month: reading.month,
          day: reading.day,
          hour: reading.hour,
          minute: reading.minute,
        },
        { zone },
      )
      const found = read.spans.filter(({ from }) => from === instant.toMillis())
      // Where clocks leave the reading out, luxon and we take different instants after it.
      if (instant.hour === reading.hour && instant.minute === reading.minute)
        expect(found.map(({ from, until }) => until - from)).toEqual([length * hour])
    }),
  )
})

describe('in the catalogue', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const now = Date.parse('2026-12-01T00:00:00Z')
  const load = async (window: string, files: Readonly<Record<string, string>> = {}) => {
    const path = join(folder, 'rollcall.yaml')
    await writeFile(
      path,
      `defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops }
services: { web: { group: Web-ASG } }
windows:
  - { name: holidays, deny: true, services: ["*"], ${window} }
`,
    )
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return loadCatalogue(path, now)
  }
  const christmas = event('DTSTART;VALUE=DATE:20251225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas')

  test('it is a window as others are, with what it says of the day', async () => {
    const read = await load('calendar: holidays.ics, why: nobody on duty', { 'holidays.ics': christmas })
    if (!read.ok) throw new Error(writeMistakes(read.mistakes))
    const { windows = [] } = read.value
    const from = Date.parse('2026-12-24T15:00:00Z')
    const closure = { window: 'holidays', why: 'Christmas', from, until: from + 24 * hour }
    expect(closureAt(windows, 'web', from - 1)).toBeUndefined()
    expect(nextClosure(windows, 'web', now)).toEqual(closure)
    expect(closureAt(windows, 'web', from + hour)).toEqual(closure)
    expect(nextClosure(windows, 'web', closure.until)?.from).toBe(Date.parse('2027-12-24T15:00:00Z'))
  })

  test('a change of the calendar is another catalogue', async () => {
    const sha = async (text: string) => {
      const read = await load('calendar: holidays.ics', { 'holidays.ics': text })
      return read.ok ? read.value.sha256 : 'none'
    }
    expect(await sha(christmas)).toBe(await sha(christmas))
    expect(await sha(christmas)).not.toBe(await sha(christmas.replace('20251225', '20251224')))
  })

  test('one that cannot be read stops the start', async () => {
    const mistakes = async (window: string, files = {}) => {
      const read = await load(window, files)
      return read.ok ? 'none' : writeMistakes(read.mistakes)
    }
    expect(await mistakes('calendar: holidays.ics')).toContain('"holidays.ics" cannot be read (ENOENT)')
    expect(await mistakes('calendar: holidays.ics', { 'holidays.ics': 'nothing' })).toContain(
      'is no iCalendar file',
    )
    expect(await mistakes('calendar: holidays.ics', { 'holidays.ics': 'x'.repeat(1_100_000) })).toContain(
      '1 MB',
    )
    expect(await mistakes('calendar: holidays.ics, from: 2026-12-21, until: 2026-12-22')).toContain(
      'stands beside another time',
    )
    expect(await mistakes('why: nothing')).toContain('does not say when it is')
  })
})
