import type { WhoMay } from '../../domain/access/permissions'
import { hour, type Milliseconds } from '../../domain/time/time'
import type { Closure } from '../../domain/windows/closures'
import type { Message } from '../../ports/chat'
import { context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { people } from '../operation/state'
import { when } from '../text/moments'
import { bold, code, italic, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

export interface ServiceWindows {
  readonly service: string
  readonly closed?: Closure
  readonly closes?: Closure
}

const text = bilingual({
  en: {
    title: 'Windows in which changes are held',
    closed: (window: Phrase, until: Phrase) => say`🔒 closed${until}: ${window}`,
    until: (at: Phrase) => say` until ${at}`,
    open: 'open',
    next: (from: Phrase, until: Phrase, window: Phrase) => say`closes ${from}${until}: ${window}`,
    to: (at: Phrase) => say` – ${at}`,
    never: 'no window ahead',
    none: 'rollcall.yaml has no windows: changes are never held by the calendar.',
    passes: 'Rollbacks, cancels, scheduled scale-outs and what is under way always pass.',
    override: (who: Phrase) => say`In an emergency one operation can override it. Who may: ${who}.`,
    row: (window: Phrase, until: Phrase) => say`🔒 Changes are held by the window ${window}${until}`,
    ahead: (window: Phrase, from: Phrase) => say`Changes are held from ${from} by the window ${window}`,
  },
  ko: {
    title: '변경 금지 기간',
    closed: (window: Phrase, until: Phrase) => say`🔒 변경 금지 중${until}: ${window}`,
    until: (at: Phrase) => say`(${at}까지)`,
    open: '변경 가능',
    next: (from: Phrase, until: Phrase, window: Phrase) => say`다음 ${from}${until}: ${window}`,
    to: (at: Phrase) => say` – ${at}`,
    never: '예정된 기간 없음',
    none: 'rollcall.yaml에 변경 금지 기간이 없어, 달력에 따라 보류되는 변경이 없습니다.',
    passes: '되돌리기, 취소, 예약된 확장, 이미 진행 중인 작업은 항상 계속됩니다.',
    override: (who: Phrase) =>
      say`긴급한 경우 작업 한 건에 한해 예외로 진행할 수 있습니다. 권한이 있는 사람: ${who}`,
    row: (window: Phrase, until: Phrase) => say`🔒 변경 금지 기간: ${window}${until}`,
    ahead: (window: Phrase, from: Phrase) => say`다음 변경 금지 기간: ${window}(${from}부터)`,
  },
})

const named = ({ window, why }: Closure): Phrase =>
  why === undefined ? bold(window) : say`${bold(window)} (${italic(why)})`

const serviceRow = ({ service, closed, closes }: ServiceWindows, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const state = closed
    ? copy.closed(
        named(closed),
        closed.until === undefined ? nothing : copy.until(when(closed.until, locale)),
      )
    : words(copy.open)
  const until = closes?.until === undefined ? nothing : copy.to(when(closes.until, locale))
  const never = closed ? nothing : words(copy.never)
  const ahead = closes ? copy.next(when(closes.from, locale), until, named(closes)) : never
  return joined([say`${code(service)}  ${state}`, ahead], ' · ')
}

/** As many as one message holds. */
const mostServices = 40

/** When services are closed: now, until when, and what closes next, by the reader's own clocks. */
export function windowsMessage(
  facts: Locale & {
    readonly services: readonly ServiceWindows[]
    /** Whether the catalogue has any window at all. */
    readonly any: boolean
    readonly mayOverride: WhoMay
  },
): Message {
  const copy = text[facts.language]
  const { services, mayOverride } = facts
  const title = words(copy.title)
  const rows = facts.any
    ? lines(...services.slice(0, mostServices).map((service) => serviceRow(service, facts)))
    : words(copy.none)
  const who =
    facts.any && mayOverride.names.length > 0 ? copy.override(people(mayOverride, facts.language)) : nothing
  const passes = facts.any ? words(copy.passes) : nothing
  return message(lines(title, rows, passes, who), [header(title), section(rows), context(passes, who)])
}

/** So long before it closes, a window is worth a row of a service's status. */
const ahead: Milliseconds = 24 * hour

/** The window that holds a service, or will within a day, as a row of its status; nothing where none does. */
export const closureRow = ({ closed, closes }: Omit<ServiceWindows, 'service'>, locale: Locale): Phrase => {
  const copy = text[locale.language]
  if (closed)
    return copy.row(
      named(closed),
      closed.until === undefined ? nothing : copy.until(when(closed.until, locale)),
    )
  return closes && closes.from - locale.now < ahead
    ? copy.ahead(named(closes), when(closes.from, locale))
    : nothing
}
