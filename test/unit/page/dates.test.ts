import { assert, integer, property } from 'fast-check'
import { age, formatDate, fromWall, toWall } from '../../../src/sandbox/page/text/dates'

const seoul = { timezone: 'Asia/Seoul', locale: 'en-US' }
const morning = Date.parse('2026-11-21T01:00:00Z')
const day = 86_400_000

describe('dates as Slack fills them in, for the reader', () => {
  test.each([
    ['{date_num}', '2026-11-21'],
    ['{date}', 'November 21st'],
    ['{date_short}', 'Nov 21'],
    ['{date_long}', 'Saturday, November 21st'],
    ['at {time}', 'at 10:00 AM'],
    ['{time_secs}', '10:00:00 AM'],
    ['{date_short_pretty}', 'today'],
    ['{unknown} stays', '{unknown} stays'],
  ])('%s', (format, expected) => {
    expect(formatDate(format, morning, morning, seoul).replaceAll('\u202f', ' ')).toBe(expected)
  })

  test('yesterday and tomorrow are the reader’s own, further days are dates', () => {
    const at = (offset: number) => formatDate('{date_short_pretty}', morning + offset, morning, seoul)
    expect([at(-11 * 3_600_000), at(day), at(2 * day)]).toEqual(['yesterday', 'tomorrow', 'Nov 23'])
  })

  test('the year is left out within six months only', () => {
    const far = morning + 200 * day
    expect(formatDate('{date} | {date_short} | {date_long}', far, morning, seoul)).toBe(
      'June 9th, 2027 | Jun 9, 2027 | Wednesday, June 9th, 2027',
    )
  })

  test('in Korean for who reads Korean', () => {
    expect(formatDate('{date_short_pretty}', morning, morning, { ...seoul, locale: 'ko-KR' })).toBe('오늘')
  })

  test('how long ago', () => {
    expect(formatDate('{ago}', morning - 180_000, morning, seoul)).toBe('3 minutes ago')
  })
})

describe('wall time in a zone', () => {
  test('goes there and back for every minute of a zone without clock changes', () => {
    assert(
      property(integer({ min: 0, max: 40_000_000 }), (minutes) => {
        const at = minutes * 60_000
        expect(fromWall(toWall(at, 'Asia/Seoul'), 'Asia/Seoul')).toBe(at)
      }),
    )
  })

  test('is right on both sides of a clock change', () => {
    for (const at of ['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-10-25T02:00:00Z'].map(Date.parse))
      expect(fromWall(toWall(at, 'Europe/Berlin'), 'Europe/Berlin')).toBe(at)
  })

  test('what is no time is none', () => {
    expect(fromWall('soon', 'Asia/Seoul')).toBeNull()
  })
})

test.each([
  [0, '0 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [7_200_000, '2 h'],
  [3 * day, '3 d'],
])('an age of %i ms is %s', (milliseconds, words) => {
  expect(age(milliseconds)).toBe(words)
})
