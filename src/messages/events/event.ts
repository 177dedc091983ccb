import { DateTime } from 'luxon'
import type { Capacity } from '../../domain/catalogue/catalogue'
import type { LeadFrom, LiveEvent, PlannedSchedule } from '../../domain/events/event'
import { sameSizes } from '../../domain/events/sizes'
import { clockOf } from '../../domain/events/occurrences'
import type { Instant } from '../../domain/time/time'
import type { Every } from '../../domain/time/phrases/times'
import { bilingual, type Locale } from '../locale'
import { fromNow, when } from '../text/moments'
import { duration, list } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    event: 'Event',
    time: 'When',
    yours: (from: Phrase, to: Phrase) => say`for you ${from} – ${to}`,
    days: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    daily: 'every day',
    weekdays: 'every weekday',
    every: (days: string) => `every ${days}`,
    lasts: (span: string) => `for ${span}`,
    sizes: ({ min, desired, max }: Capacity) => `desired ${desired}, min ${min}, max ${max}`,
    out: 'Out',
    back: 'In',
    early: (span: string) =>
      `${span} before, so that boot, health checks and AWS’s two minutes are over by then`,
    leadFrom: {
      past: 'by its last scale-outs, with a margin',
      catalogue: 'as the catalogue says; too few scale-outs were measured yet',
      usual: 'a usual time; too few scale-outs were measured yet',
    },
    restores: (sizes: string) => `back to ${sizes}`,
    policies: 'Policies',
    scaledIn: (names: Phrase, min: number, desired: number) =>
      say`${names} may scale in again down to ${String(min)} while it is on; ${code(`min=${desired}`)} holds all of it`,
    others: 'Other events',
    changes: (event: Phrase, edge: string, desired: number) =>
      say`${event} goes ${edge} to desired ${desired}`,
    now: 'Now',
    set: (was: string, is: string) => `${was} → ${is}`,
    edges: { out: 'out', in: 'in' },
    removed: 'Deleted',
  },
  ko: {
    event: '일정',
    time: '시각',
    yours: (from: Phrase, to: Phrase) => say`내 시간대 ${from} – ${to}`,
    days: ['일', '월', '화', '수', '목', '금', '토'],
    daily: '매일',
    weekdays: '평일마다',
    every: (days: string) => `매주 ${days}`,
    lasts: (span: string) => `${span} 동안`,
    sizes: ({ min, desired, max }: Capacity) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
    out: '확대',
    back: '복귀',
    early: (span: string) =>
      `${span} 전에 확대를 시작하므로 부팅과 상태 확인, AWS의 지연(최대 2분)이 그때까지 모두 끝납니다`,
    leadFrom: {
      past: '최근 확대에 걸린 시간에 여유를 더한 값',
      catalogue: '카탈로그 기준, 측정된 확대 기록이 아직 부족합니다',
      usual: '일반적인 시간 기준, 측정된 확대 기록이 아직 부족합니다',
    },
    restores: (sizes: string) => `${sizes} 상태로 복귀`,
    policies: '조정 정책',
    scaledIn: (names: Phrase, min: number, desired: number) =>
      say`일정 중에 ${names} 정책이 ${String(min)}대까지 다시 줄일 수 있습니다. 용량을 유지하려면 ${code(`min=${desired}`)} 옵션을 추가하십시오`,
    others: '다른 일정',
    changes: (event: Phrase, edge: string, desired: number) =>
      say`${event} ${edge} 시 원하는 용량 ${desired}`,
    now: '지금',
    set: (was: string, is: string) => `${was} → ${is}`,
    edges: { out: '확대', in: '복귀' },
    removed: '삭제',
  },
})

/** Sizes in words. */
export const sizes = (capacity: Capacity, { language }: Locale): string => text[language].sizes(capacity)

const there = (at: Instant, zone: string, locale: Locale): DateTime =>
  DateTime.fromMillis(at, { zone }).setLocale(locale.language)

/** When an event is: weekday and time in its own zone, then the reader's own, and how long it is until then, if counted. */
export function eventTime({ times }: LiveEvent, locale: Locale, counted = true): Phrase {
  const copy = text[locale.language]
  if (times.kind === 'every') {
    const days =
      times.days.length === 7
        ? copy.daily
        : times.days.join() === '1,2,3,4,5'
          ? copy.weekdays
          : copy.every(times.days.map((day) => copy.days[day]).join(', '))
    const time = clockText(times, 0)
    return say`${bold(`${days} ${time}`)} ${copy.lasts(duration(times.lasts, locale.language))} (${times.zone})`
  }
  const from = there(times.from, times.zone, locale)
  const to = there(times.to, times.zone, locale)
  const end = from.hasSame(to, 'day') ? to.toFormat('HH:mm') : to.toFormat('ccc yyyy-MM-dd HH:mm')
  return joined(
    [
      say`${bold(`${from.toFormat('ccc yyyy-MM-dd HH:mm')} – ${end}`)} ${times.zone}`,
      // Where the reader lives by the clocks of the event, its time is said already.
      locale.ownZone && locale.timezone === times.zone
        ? nothing
        : copy.yours(when(times.from, locale), when(times.to, locale)),
      // A message that stays as it is would soon be wrong about that.
      counted ? words(fromNow(times.from, locale)) : nothing,
    ],
    ' · ',
  )
}

/** A time of day so much earlier or later, as clocks show it. */
const clockText = (times: Pick<Every, 'hour' | 'minute'>, by: number): string => {
  const { hour, minute } = clockOf(times, by)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const item = (name: string, value: Phrase): Phrase =>
  value.length === 0 ? nothing : say`${bold(name)}  ${value}`

/** An event: when it is, what it asks, and when its group scales out and in. `planned`: of one that waits for a yes. */
export function eventRows(
  event: LiveEvent,
  locale: Locale,
  planned?: { readonly leadFrom?: LeadFrom | undefined; readonly back?: Capacity | undefined },
): Phrase {
  const copy = text[locale.language]
  const { times, desired, min, max, base, lead } = event
  const asked = { min: min ?? base.min, desired, max: max ?? base.max }
  const why = planned?.leadFrom ? ` (${copy.leadFrom[planned.leadFrom]})` : ''
  const early = words(`${copy.early(duration(lead, locale.language))}${why}`)
  const out =
    times.kind === 'once'
      ? joined([when(times.outAt, locale), early], ' · ')
      : joined([words(clockText(times, -lead)), early], ' · ')
  const back =
    times.kind === 'once' ? when(times.inAt, locale) : words(clockText(times, times.lasts + times.back))
  return lines(
    item(copy.time, eventTime(event, locale, planned !== undefined)),
    item(
      copy.event,
      joined([event.name === undefined ? nothing : bold(event.name), words(copy.sizes(asked))], ' · '),
    ),
    item(copy.out, out),
    item(
      copy.back,
      joined([back, planned?.back ? words(copy.restores(copy.sizes(planned.back))) : nothing], ' · '),
    ),
  )
}

const scaledInRow = ({ event, scaledInBy = [] }: PlannedSchedule, { language }: Locale): Phrase => {
  if (event === undefined || scaledInBy.length === 0) return nothing
  const { scaledIn, policies } = text[language]
  const names = list(
    scaledInBy.map((name) => code(name)),
    language,
    3,
  )
  return item(policies, scaledIn(names, event.min ?? event.base.min, event.desired))
}

/** What becomes of a group's scheduled actions: the event, what else changes, and what is set at once. */
export function scheduleRows(schedule: PlannedSchedule, locale: Locale): Phrase {
  const copy = text[locale.language]
  const others = schedule.put.filter(({ event }) => event !== undefined)
  const removed = [...(schedule.first ?? []), ...schedule.remove]
  const back = schedule.put.find(({ event, edge }) => event === undefined && edge === 'in')
  return lines(
    schedule.event
      ? eventRows(schedule.event, locale, { leadFrom: schedule.leadFrom, back: back?.sizes })
      : nothing,
    scaledInRow(schedule, locale),
    others.length > 0
      ? item(
          copy.others,
          joined(
            others.map(({ event, edge, sizes }) =>
              copy.changes(code(event ?? ''), copy.edges[edge], sizes.desired),
            ),
            ', ',
          ),
        )
      : nothing,
    removed.length > 0
      ? item(
          copy.removed,
          joined(
            removed.map(({ name }) => code(name)),
            ', ',
          ),
        )
      : nothing,
    schedule.now && !sameSizes(schedule.now.was, schedule.now.is)
      ? item(copy.now, words(copy.set(copy.sizes(schedule.now.was), copy.sizes(schedule.now.is))))
      : nothing,
  )
}
