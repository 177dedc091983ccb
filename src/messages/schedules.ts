import type { KnownBlock } from '@slack/types'
import type { KnownEvent, LiveEvent } from '../domain/events/event'
import { occurrencesOf } from '../domain/events/occurrences'
import type { ScheduledAction } from '../domain/fleet'
import type { Reason } from '../domain/reasons'
import { hour, type Instant } from '../domain/time'
import type { Message } from '../ports/chat'
import { eventTime } from './events'
import { button, context, header, section } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { reasonLine } from './reasons'
import { when } from './text/moments'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from './text/phrase'

/** The events of a service, or in `trouble` why they cannot be told. */
export interface ServiceEvents {
  readonly service: string
  /** `intact` is false where somebody changed or deleted an event's actions. */
  readonly events: readonly (KnownEvent & { readonly intact: boolean })[]
  /** Scheduled actions that Rollcall did not make. */
  readonly foreign: readonly ScheduledAction[]
  readonly trouble?: Reason
}

const text = both({
  en: {
    title: 'Live events to come',
    none: 'No event is scheduled.',
    cancel: 'Cancel…',
    on: bold('on now'),
    desired: (count: number) => `desired ${count}`,
    changed: '⚠️ somebody changed or deleted its scheduled actions in AWS',
    foreign: (name: Phrase, at: Phrase) => say`${name} was not made by Rollcall and is left alone${at}`,
    next: (at: Phrase) => say`next ${at}`,
    more: (count: number) => `and ${count} more`,
  },
  ko: {
    title: '예정된 일정',
    none: '등록된 일정이 없습니다.',
    cancel: '취소…',
    on: bold('진행 중'),
    desired: (count: number) => `원하는 용량 ${count}`,
    changed: '⚠️ AWS에서 예약 작업이 변경되거나 삭제되었습니다',
    foreign: (name: Phrase, at: Phrase) =>
      say`${name}: Rollcall이 만들지 않은 예약 작업이며 변경하지 않습니다${at}`,
    next: (at: Phrase) => say`다음 ${at}`,
    more: (count: number) => `외 ${count}건`,
  },
})

/** More would not fit into a message that is read on a phone. */
const mostShown = 15

const nextStart = (event: LiveEvent, now: Instant): Instant =>
  event.times.kind === 'once'
    ? event.times.from
    : (occurrencesOf(event, { from: now, to: now + 15 * 24 * hour })[0]?.from ?? Number.POSITIVE_INFINITY)

/** A calendar of what is to come, the next first, with a way to take each off; and what others scheduled. */
export function schedulesMessage(facts: Voice & { readonly services: readonly ServiceEvents[] }): Message {
  const speech = text[facts.language]
  const all = facts.services
    .flatMap(({ service, events }) => events.map((known) => ({ ...known, service })))
    .toSorted((a, b) => nextStart(a.event, facts.now) - nextStart(b.event, facts.now))
  const shown = all.slice(0, mostShown)
  const told = shown.map(({ id, event, intact, service }) => {
    const { times } = event
    const on = times.kind === 'once' && times.outAt <= facts.now
    const next = times.kind === 'every' ? speech.next(when(nextStart(event, facts.now), facts)) : nothing
    return lines(
      joined(
        [bold(event.name ?? service), code(service), words(speech.desired(event.desired)), code(id)],
        ' · ',
      ),
      joined([on ? speech.on : nothing, eventTime(event, facts), next], ' · '),
      intact ? nothing : words(speech.changed),
    )
  })
  const others = facts.services.flatMap(({ foreign }) =>
    foreign.map(({ name, startAt }) =>
      speech.foreign(code(name), startAt === undefined ? nothing : say`: ${when(startAt, facts)}`),
    ),
  )
  const troubles = facts.services.flatMap(({ trouble }) =>
    trouble ? [say`⚠️ ${reasonLine(trouble, facts)}`] : [],
  )
  const rest = all.length - shown.length
  const title = words(speech.title)
  const empty = all.length === 0 ? words(speech.none) : nothing
  const more = rest > 0 ? words(speech.more(rest)) : nothing
  const aside = lines(...troubles.slice(0, 5), ...others.slice(0, 8))
  return message(lines(title, empty, ...told, more, aside), [
    header(title),
    empty.length > 0 ? section(empty) : undefined,
    ...shown.map(
      ({ id }, index): KnownBlock =>
        section(told[index] ?? nothing, {
          limit: 700,
          accessory: button({
            verb: 'run_command',
            label: speech.cancel,
            value: { line: `unschedule ${id}` },
          }),
        }),
    ),
    aside.length > 0 ? section(aside, { limit: 2_000 }) : undefined,
    more.length > 0 ? context(more) : undefined,
  ])
}
