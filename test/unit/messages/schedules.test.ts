import type { KnownEvent, LiveEvent } from '../../../src/domain/events/event'
import { reason } from '../../../src/domain/reasons/reason'
import { hour, minute } from '../../../src/domain/time/time'
import type { Locale } from '../../../src/messages/locale'
import { schedulesMessage } from '../../../src/messages/events/schedules'
import { faultsOf } from '../../support/block-kit'
import { alice } from '../../support/operations'
import { onScreen } from '../../support/on-screen'
import type { ServiceEvents } from '../../../src/domain/events/service-events'

/** Tuesday, 22 December 2026, 15:00 in Seoul. */
const now = Date.parse('2026-12-22T15:00+09:00')
const base = { min: 2, desired: 2, max: 4 }
const speak = (language: Locale['language']): Locale => ({ language, timezone: 'Asia/Seoul', now })

const once = (id: string, from: string, hours: number, more: Partial<LiveEvent> = {}): KnownEvent => {
  const at = Date.parse(`2026-12-${from}+09:00`)
  const to = at + hours * hour
  const times = { kind: 'once' as const, from: at, to, zone: 'Asia/Seoul', outAt: at - 6 * minute, inAt: to }
  return { id, service: 'web', event: { times, lead: 6 * minute, desired: 10, base, ...more }, by: alice }
}
const weekdays: KnownEvent = {
  id: 'web-bbbbb',
  service: 'web',
  event: {
    name: 'Evening show',
    times: {
      kind: 'every',
      days: [1, 2, 3, 4, 5],
      hour: 19,
      minute: 30,
      lasts: 3.5 * hour,
      zone: 'Asia/Seoul',
      back: 0,
      since: Date.parse('2026-12-01T19:24+09:00'),
    },
    lead: 6 * minute,
    desired: 4,
    base,
  },
  by: alice,
}
const services: readonly ServiceEvents[] = [
  {
    service: 'web',
    zone: 'Asia/Seoul',
    events: [
      once('web-aaaaa', '24T20:00', 3, { name: 'Christmas live' }),
      weekdays,
      {
        ...once('web-ccccc', '27T09:00', 2),
        broken: reason('event_actions_changed', { event: 'web-ccccc', gone: ['in'] }),
      },
    ],
    foreign: [
      { name: 'nightly', desired: 1, startAt: Date.parse('2026-12-23T03:00+09:00') },
      { name: 'rollcall web-zzzzz in', desired: 2 },
    ],
  },
  { service: 'shop', zone: 'Asia/Seoul', events: [], foreign: [] },
]

describe.each(['en', 'ko'] as const)('the events to come, in %s', (language) => {
  test('are a picture of the week, and a line and buttons for each', () => {
    const message = schedulesMessage({ ...speak(language), services })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
    expect(message.text).toMatchSnapshot()
  })

  test('are said to be none, with a button to schedule one', () => {
    const message = schedulesMessage({ ...speak(language), services: services.slice(1) })
    expect(onScreen(message)).toMatchSnapshot()
  })
})

test('the picture fits on a phone: no line has more than 36 signs', () => {
  for (const language of ['en', 'ko'] as const) {
    const message = schedulesMessage({ ...speak(language), services })
    const drawn = message.blocks
      .filter(({ type }) => type === 'rich_text')
      .map((block) => JSON.stringify(block))
    expect(drawn).toHaveLength(1)
    const lines = (/"text":"([^"]*▁[^"]*)"/.exec(drawn[0] ?? '')?.[1] ?? '').split('\\n')
    expect(lines).toHaveLength(8)
    expect(lines.filter((line) => line.length > 36)).toEqual([])
  }
})

test('however many there are, Slack takes the message, and the rest is counted', () => {
  const events = Array.from({ length: 40 }, (_, index) =>
    once(`web-a${String(index).padStart(4, '0')}`, '24T20:00', 1 + index / 10, { name: 'x'.repeat(80) }),
  )
  const message = schedulesMessage({ ...speak('en'), services: [{ service: 'web', events, foreign: [] }] })
  expect(faultsOf(message)).toEqual([])
  expect(message.blocks.filter(({ type }) => type === 'actions')).toHaveLength(9)
  expect(onScreen(message)).toContain('and 32 more')
})

test('the picture of the week shows when changes are held, with or without an event', () => {
  const at = (text: string) => Date.parse(`2026-12-${text}+09:00`)
  const closures = [{ window: 'weekend', from: at('26T00:00'), until: at('26T06:30') }]
  const drawing = (events: ServiceEvents['events'], language: Locale['language']) =>
    JSON.stringify(
      schedulesMessage({ ...speak(language), services: [{ service: 'web', events, foreign: [], closures }] })
        .blocks,
    )
  expect(drawing([], 'en')).toMatch(
    /Sat 26 ░{7}▁{17}[^]*changes are held|changes are held[^]*Sat 26 ░{7}▁{17}/,
  )
  expect(drawing([], 'ko')).toContain('변경 금지')
  // An event scales out all the same, and is what the picture is for.
  expect(drawing([once('web-aaaaa', '26T02:00', 2)], 'en')).toMatch(/Sat 26 ░░██░░░▁/)
})
