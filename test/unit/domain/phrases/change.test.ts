import { DateTime } from 'luxon'
import { readChange } from '../../../../src/domain/time/phrases/change'
import type { When } from '../../../../src/domain/time/phrases/times'

/** Wednesday, 21 October 2026, 10:00 in Seoul. */
const now = Date.parse('2026-10-21T01:00:00Z')
const zone = 'Asia/Seoul'
const at = (time: string) => Date.parse(`2026-10-${time}+09:00`)
const tonight: When = { kind: 'once', from: at('21T20:00'), to: at('21T23:00'), zone }
const weekdays: When = {
  kind: 'every',
  days: [1, 2, 3, 4, 5],
  hour: 19,
  minute: 30,
  lasts: 3 * 3_600_000,
  zone,
}

const told = (said: string, before: When, when = now): string => {
  const read = readChange(said, before, when)
  if (!read.ok) return read.problem.code
  const { value } = read
  if (value.kind === 'every') return `days ${value.days.join('')} ${value.hour}:${value.minute}`
  const text = (instant: number, format: string) =>
    DateTime.fromMillis(instant, { zone: value.zone }).toFormat(format)
  return `${text(value.from, 'dd HH:mm')} - ${text(value.to, 'dd HH:mm')}`
}

describe('what an event is changed to', () => {
  test.each([
    ['until 23:30', '21 20:00 - 21 23:30'],
    ['until 1am', '21 20:00 - 22 01:00'],
    ['for 4h', '21 20:00 - 22 00:00'],
    ['to 22:00', '21 20:00 - 21 22:00'],
    ['23:30까지', '21 20:00 - 21 23:30'],
    ['오후 11시 30분까지', '21 20:00 - 21 23:30'],
    ['4시간 동안', '21 20:00 - 22 00:00'],
  ])('by its end or length alone, “%s”, keeps its start', (said, meant) =>
    expect(told(said, tonight)).toBe(meant),
  )

  test.each(['until 23:30', '23:30까지'])(
    'by its end, “%s”, in its middle, keeps the start that is over',
    (said) => expect(told(said, tonight, at('21T21:00'))).toBe('21 20:00 - 21 23:30'),
  )

  test.each([
    ['tomorrow 8pm for 3h', '22 20:00 - 22 23:00'],
    ['내일 오후 8시부터 11시까지', '22 20:00 - 22 23:00'],
    ['every friday 20:00-22:00', 'days 5 20:0'],
  ])('by a whole time, “%s”, is there then', (said, meant) => expect(told(said, tonight)).toBe(meant))

  test('by a whole time may begin to recur otherwise', () => {
    expect(told('every weekday 20:15-23:00', weekdays)).toBe('days 12345 20:15')
  })

  test.each([
    ['until', tonight],
    ['until 19:00 2026-10-20', tonight],
    ['some other day', tonight],
    // Of one that recurs the whole time must be said.
    ['until 23:30', weekdays],
  ])('by “%s” is asked back', (said, before) => expect(told(said, before)).not.toMatch(/ - |^days/))
})
