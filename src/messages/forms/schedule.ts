import { DateTime } from 'luxon'
import { writeDuration } from '../../domain/time/duration'
import type { KnownEvent } from '../../domain/events/event'
import { hour, type Instant, type Milliseconds } from '../../domain/time/time'
import type { Form } from '../../ports/chat'
import { context, section } from '../kit/blocks'
import { count, date, textInput, select, ticks, time } from '../kit/inputs'
import type { Language, Locale } from '../locale'
import { duration } from '../text/numbers'
import { bold, code, words } from '../text/phrase'
import { form } from './form'
import { serviceChoices } from './service'
import { serviceSelect } from './service-select'
import type { FormMetadata } from './private-metadata'
import { dayNames, ids, repeats, type Repeats, text } from './schedule-words'

export interface ScheduleFormFacts extends Locale {
  readonly kind: 'schedule' | 'reschedule'
  readonly memory: FormMetadata
  readonly services: readonly string[]
  readonly known: {
    readonly service?: string
    readonly repeats?: Repeats
    /** The event that is changed. */
    readonly event?: KnownEvent
  }
  /** The zone of the service that is chosen, or of the event. */
  readonly zone: string
  /** The group's sizes now; absent where AWS could not be asked. */
  readonly sizes?: { readonly min: number; readonly desired: number; readonly max: number }
}

/** From Monday on, as calendars have it. */
const weekFromMonday = [1, 2, 3, 4, 5, 6, 0] as const

const spans: readonly Milliseconds[] = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 24, 48].map(
  (hours) => hours * hour,
)
const mostInstances = 1_000

const clockOf = (at: Instant, zone: string) => DateTime.fromMillis(at, { zone })

/** What the fields are filled with: an event's own values, or an evening of the week. */
interface Filled {
  readonly repeats: Repeats
  readonly date?: string
  readonly time?: string
  readonly days?: readonly string[]
  readonly lasts?: Milliseconds
  readonly until?: string
}

const filledFrom = ({ event }: KnownEvent): Filled => {
  const { times } = event
  if (times.kind === 'once') {
    const [from, to] = [clockOf(times.from, times.zone), clockOf(times.to, times.zone)]
    const lasts = times.to - times.from
    return {
      repeats: 'once',
      date: from.toFormat('yyyy-MM-dd'),
      time: from.toFormat('HH:mm'),
      ...(spans.includes(lasts) ? { lasts } : { until: to.toFormat('HH:mm') }),
    }
  }
  const time = `${String(times.hour).padStart(2, '0')}:${String(times.minute).padStart(2, '0')}`
  const weekday = times.days.join() === '1,2,3,4,5'
  const end = DateTime.utc(2026, 1, 1, times.hour, times.minute).plus(times.lasts)
  return {
    repeats: times.days.length === 7 ? 'daily' : weekday ? 'weekday' : 'weekly',
    time,
    days: times.days.flatMap((day) => dayNames[day] ?? []),
    ...(spans.includes(times.lasts) ? { lasts: times.lasts } : { until: end.toFormat('HH:mm') }),
  }
}

const spanOf = (span: Milliseconds, language: Language) => ({
  value: writeDuration(span),
  label: duration(span, language),
})

/** The form of `schedule`, and of `reschedule` with the event's own values in it. */
export function scheduleForm(facts: ScheduleFormFacts): Form {
  const copy = text[facts.language]
  const { kind, services, known, zone, sizes } = facts
  const { event } = known
  const before = event && filledFrom(event)
  const chosen = known.repeats ?? before?.repeats ?? 'once'
  // Fields keep what was filled in under their action_id: another event's values are other fields.
  const own = event ? `:${event.id}` : ''
  const memory: FormMetadata = {
    ...facts.memory,
    form: kind,
    zone,
    ...(event && { event: event.id }),
    ...(before?.date !== undefined && { start: `${before.date} ${before.time}` }),
    ...(sizes && { min: sizes.min, max: sizes.max }),
  }
  const base = { ...facts, memory, title: copy.title[kind] }
  if (services.length === 0) return form({ ...base, blocks: [section(words(copy.noServices))] })
  const clocks = copy.zone(zone)
  const lengths =
    before?.lasts !== undefined && !spans.includes(before.lasts) ? [...spans, before.lasts] : spans
  return form({
    ...base,
    submit: copy.submit[kind],
    blocks: [
      event
        ? section(
            copy.changing(
              event.event.name === undefined ? undefined : bold(event.event.name),
              code(event.id),
              code(event.service),
            ),
          )
        : serviceSelect(
            {
              id: ids.service,
              label: copy.service,
              placeholder: copy.choose,
              choices: serviceChoices(kind, services, facts.language),
              dispatches: 'choose_service',
              ...(known.service !== undefined && { chosen: known.service }),
            },
            facts.language,
          ),
      textInput({
        id: ids.name,
        label: copy.name,
        optional: true,
        most: 80,
        ...(event?.event.name !== undefined && { value: event.event.name }),
      }),
      select({
        id: ids.repeats,
        label: copy.repeats,
        choices: repeats.map((one) => ({ value: one, label: copy.how[one] })),
        chosen,
        dispatches: 'choose_repeats',
      }),
      chosen === 'once'
        ? date({
            id: ids.date,
            action: `${ids.date}${own}`,
            label: copy.date,
            ...(before?.date !== undefined && { value: before.date }),
          })
        : undefined,
      chosen === 'weekly'
        ? ticks({
            id: ids.days,
            label: copy.days,
            choices: weekFromMonday.map((day) => {
              const name = dayNames[day]
              return { value: name, label: copy.day[name] }
            }),
            ...(before?.days && { ticked: before.days }),
          })
        : undefined,
      chosen === 'cron'
        ? textInput({ id: ids.cron, label: copy.cron, hint: `${copy.cronHint}. ${clocks}`, most: 60 })
        : time({
            id: ids.time,
            action: `${ids.time}${own}`,
            label: copy.time,
            hint: clocks,
            zone,
            ...(before?.time !== undefined && { value: before.time }),
          }),
      select({
        id: ids.lasts,
        action: `${ids.lasts}${own}`,
        label: copy.lasts,
        optional: true,
        choices: lengths.map((span) => spanOf(span, facts.language)),
        ...(before?.lasts !== undefined && { chosen: writeDuration(before.lasts) }),
      }),
      chosen === 'cron'
        ? undefined
        : time({
            id: ids.until,
            action: `${ids.until}${own}`,
            label: copy.until,
            hint: copy.untilHint,
            optional: true,
            zone,
            ...(before?.until !== undefined && { value: before.until }),
          }),
      count({
        id: ids.desired,
        action: `${ids.desired}${own}`,
        label: copy.desired,
        most: mostInstances,
        ...(sizes && { hint: copy.now(sizes.desired, sizes.min, sizes.max) }),
        ...(event && { value: event.event.desired }),
      }),
      ...(['min', 'max'] as const).map((size) =>
        count({
          id: ids[size],
          action: `${ids[size]}${own}`,
          label: copy[size],
          hint: event ? copy.kept : copy.asNow,
          optional: true,
          most: mostInstances,
          ...(event?.event[size] !== undefined && { value: event.event[size] }),
        }),
      ),
      textInput({ id: ids.reason, label: copy.reason, optional: true, most: 300 }),
      ticks({
        id: ids.options,
        label: copy.options,
        choices: [{ value: 'dry-run', label: copy.dryRun }],
      }),
      context(words(copy.plan)),
    ],
  })
}
