import type { KnownBlock } from '@slack/types'
import { eventOf, type LiveEvent } from '../../domain/events/event'
import { isOn } from '../../domain/events/base'
import { occurrencesOf } from '../../domain/events/occurrences'
import type { ScheduledAction } from '../../domain/fleet/fleet'
import { hour, type Instant } from '../../domain/time/time'
import type { Closure } from '../../domain/windows/closures'
import type { Message } from '../../ports/chat'
import { eventTime } from './event'
import { preformatted } from './monitor/chart'
import { actions, context, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { reasonRow } from '../reasons/reasons'
import { closedSign, week } from './week'
import { when } from '../text/moments'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import type { ServiceEvents } from '../../domain/events/service-events'

const text = bilingual({
  en: {
    title: 'Live events to come',
    none: 'No event is scheduled.',
    change: 'Change…',
    cancel: 'Cancel event…',
    fix: 'Put right',
    schedule: 'Schedule an event…',
    on: bold('on now'),
    desired: (count: number) => `desired ${count}`,
    foreign: (name: Phrase, at: Phrase) => say`${name} was not made by Rollcall and is left alone${at}`,
    left: (name: Phrase, at: Phrase) => say`${name} is left of an event that Rollcall knows nothing of${at}`,
    next: (at: Phrase) => say`next ${at}`,
    more: (count: number) => `and ${count} more`,
    held: (sign: string) => `${sign} changes are held`,
    week: (service: Phrase, zone: string) => say`${service} in the coming week, by the clocks of ${zone}`,
  },
  ko: {
    title: '예정된 일정',
    none: '등록된 일정이 없습니다.',
    change: '변경…',
    cancel: '일정 취소…',
    fix: '복구',
    schedule: '일정 등록…',
    on: bold('진행 중'),
    desired: (count: number) => `원하는 용량 ${count}`,
    foreign: (name: Phrase, at: Phrase) =>
      say`${name}: Rollcall이 만들지 않은 예약 작업이며 변경하지 않습니다${at}`,
    left: (name: Phrase, at: Phrase) => say`${name}: Rollcall에 등록되지 않은 일정의 예약 작업입니다${at}`,
    next: (at: Phrase) => say`다음 ${at}`,
    more: (count: number) => `외 ${count}건`,
    held: (sign: string) => `${sign} 변경 금지`,
    week: (service: Phrase, zone: string) => say`${service} 앞으로 일주일(${zone} 기준)`,
  },
})

/** More would not fit into a message that is read on a phone. */
const mostShown = 8
const mostWeeks = 3

const nextStart = (event: LiveEvent, now: Instant): Instant =>
  event.times.kind === 'once'
    ? event.times.from
    : (occurrencesOf(event, { from: now, to: now + 15 * 24 * hour })[0]?.from ?? Number.POSITIVE_INFINITY)

interface CalendarFacts extends Locale {
  /** With the times of the coming week in which changes are held. */
  readonly services: readonly (ServiceEvents & { readonly closures?: readonly Closure[] })[]
}

/** A calendar of what is to come: the week as a picture, each event with its buttons, and what others scheduled. */
export function schedulesMessage(facts: CalendarFacts): Message {
  const copy = text[facts.language]
  const all = facts.services
    .flatMap(({ events }) => events)
    .toSorted((a, b) => nextStart(a.event, facts.now) - nextStart(b.event, facts.now))
  const shown = all.slice(0, mostShown)
  const content = shown.map((known) => eventRow(known, facts))
  const others = facts.services.flatMap(({ foreign }) => foreign.map((action) => otherRow(action, facts)))
  const problems = facts.services.flatMap(({ error }) => (error ? [say`⚠️ ${reasonRow(error, facts)}`] : []))
  const remaining = all.length - shown.length
  const title = words(copy.title)
  const empty = all.length === 0 ? words(copy.none) : nothing
  const more = remaining > 0 ? words(copy.more(remaining)) : nothing
  const aside = lines(...problems.slice(0, 5), ...others.slice(0, 8))
  const schedule: ButtonSpec = {
    verb: 'open_form',
    key: 'schedule',
    label: copy.schedule,
    value: {
      form: 'schedule',
      ...(facts.services.length === 1 && { service: facts.services[0]?.service ?? '' }),
    },
  }
  return message(lines(title, empty, ...content, more, aside), [
    header(title),
    empty.length > 0 ? section(empty) : undefined,
    ...weeks(facts),
    ...shown.flatMap((known, index): KnownBlock[] => [
      section(content[index] ?? nothing, { limit: 700 }),
      actions(buttonsOf(known, facts), `event:${known.id}`),
    ]),
    more.length > 0 ? context(more) : undefined,
    aside.length > 0 ? section(aside, { limit: 2_000 }) : undefined,
    actions([schedule], 'schedules'),
  ])
}

/** The coming week of each service as a picture, of a few. */
const weeks = (facts: CalendarFacts): readonly KnownBlock[] =>
  facts.services
    .flatMap(
      ({ service, zone = facts.timezone, events, closures = [] }): readonly (readonly KnownBlock[])[] => {
        const drawn = week(events, zone, facts, closures)
        const copy = text[facts.language]
        const legend = drawn?.includes(closedSign) ? words(copy.held(closedSign)) : nothing
        const caption = context(copy.week(bold(service), zone), legend)
        return drawn === undefined ? [] : [[...(caption ? [caption] : []), preformatted(drawn)]]
      },
    )
    .slice(0, mostWeeks)
    .flat()

const eventRow = (known: ServiceEvents['events'][number], locale: Locale): Phrase => {
  const copy = text[locale.language]
  const { id, event, broken, service } = known
  const next = event.times.kind === 'every' ? copy.next(when(nextStart(event, locale.now), locale)) : nothing
  return lines(
    joined(
      [
        bold(event.name ?? service),
        event.name === undefined ? nothing : code(service),
        words(copy.desired(event.desired)),
        code(id),
      ],
      ' · ',
    ),
    joined([isOn(event, locale.now) ? copy.on : nothing, eventTime(event, locale), next], ' · '),
    broken ? say`⚠️ ${reasonRow(broken, locale)}` : nothing,
  )
}

const buttonsOf = (known: ServiceEvents['events'][number], locale: Locale): readonly ButtonSpec[] => {
  const copy = text[locale.language]
  const { id, service, broken } = known
  const fix: ButtonSpec = {
    verb: 'run_command',
    key: `mend ${id}`,
    label: copy.fix,
    value: { line: `reschedule ${id}` },
  }
  return [
    ...(broken ? [fix] : []),
    { verb: 'open_form', key: id, label: copy.change, value: { form: 'reschedule', service, event: id } },
    { verb: 'run_command', key: id, label: copy.cancel, value: { line: `unschedule ${id}` } },
  ]
}

const otherRow = ({ name, startAt }: ScheduledAction, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const at = startAt === undefined ? nothing : say`: ${when(startAt, locale)}`
  return eventOf(name) === undefined ? copy.foreign(code(name), at) : copy.left(code(name), at)
}
