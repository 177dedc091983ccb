import { scaledOutSizes } from '../../../domain/events/monitoring'
import { type Instant, minute } from '../../../domain/time/time'
import { bilingual, type Locale } from '../../locale'
import { reasonRow } from '../../reasons/reasons'
import { clock, when } from '../../text/moments'
import { duration } from '../../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../../text/phrase'
import { subjectKo } from '../../text/who'
import { instantOf } from './chart'
import { type MonitorProgress, healthyOf, settledAt } from './progress'

const text = bilingual({
  en: {
    starts: (at: Phrase, span: string) => say`Starts ${at}, for ${span}.`,
    scalesOut: (at: Phrase, desired: number) => say`The group goes out at ${at} to ${desired}.`,
    goingOut: (healthy: Phrase) => say`Going out: ${healthy}.`,
    healthy: (count: number, wanted: number) => `${count} of ${wanted} healthy`,
    until: (at: Phrase) => say`On until ${at}.`,
    goingIn: (count: number, wanted: number) => `Going back in: ${count} instances, ${wanted} are to stay.`,
    wasHealthy: (count: number, at: Phrase, margin: Phrase) =>
      say`All ${count} were healthy at ${at}, ${margin}.`,
    before: (span: string) => `${span} before the start`,
    onTime: 'at the start',
    after: (span: string) => `${span} after the start`,
    neverHealthy: (count: number) => `Not all ${count} were healthy at any time.`,
    inService: (count: number, at: Phrase, margin: Phrase) =>
      say`${count} were in service at ${at}, ${margin}; whether they were healthy then, nobody saw.`,
    took: (span: string) => `Going out took ${span}.`,
    late: 'Late.',
    back: (count: number, at: Phrase) => say`Back at ${count} since ${at}.`,
    stays: (count: number) => `The group stays at ${count}, as is wanted without it.`,
    over: 'Over.',
    failures: (count: number) =>
      count === 1 ? 'One launch failed.' : `${count} launches failed; AWS tried again.`,
    away: (spans: Phrase) =>
      say`Rollcall was not there ${spans}. That part is told by AWS’s scaling activities, which know nothing of health.`,
    missed: (count: number) =>
      count === 1
        ? 'Nobody followed the time before: Rollcall was not there.'
        : `Nobody followed the ${count} times before: Rollcall was not there.`,
    gone: 'It was taken off the schedule.',
    moved: 'It was moved to another time, and will be followed then.',
    stopped: (who: Phrase) => say`${who} stopped following. The event goes on as scheduled.`,
    cutShort: 'It was ended early.',
  },
  ko: {
    starts: (at: Phrase, span: string) => say`${at} 시작, ${span} 동안 진행합니다.`,
    scalesOut: (at: Phrase, desired: number) => say`${at}에 용량을 ${desired}대로 확대합니다.`,
    goingOut: (healthy: Phrase) => say`확대 중: ${healthy}.`,
    healthy: (count: number, wanted: number) => `${wanted}대 중 ${count}대 정상`,
    until: (at: Phrase) => say`${at}까지 진행합니다.`,
    goingIn: (count: number, wanted: number) => `복귀 중: 현재 ${count}대, ${wanted}대 유지 예정.`,
    wasHealthy: (count: number, at: Phrase, margin: Phrase) =>
      say`${at}에 ${count}대가 모두 정상이 되었습니다(${margin}).`,
    before: (span: string) => `시작 ${span} 전`,
    onTime: '시작 시각',
    after: (span: string) => `시작 ${span} 후`,
    neverHealthy: (count: number) => `${count}대가 모두 정상인 적이 없었습니다.`,
    inService: (count: number, at: Phrase, margin: Phrase) =>
      say`${at}에 ${count}대가 서비스 상태가 되었습니다(${margin}). 당시 정상이었는지는 확인하지 못했습니다.`,
    took: (span: string) => `확대에 ${span} 걸렸습니다.`,
    late: '지연되었습니다.',
    back: (count: number, at: Phrase) => say`${at}에 ${count}대로 복귀했습니다.`,
    stays: (count: number) => `이 일정이 없어도 필요한 ${count}대를 유지합니다.`,
    over: '종료되었습니다.',
    failures: (count: number) => `인스턴스 시작 실패 ${count}건(AWS가 다시 시도).`,
    away: (spans: Phrase) =>
      say`Rollcall이 ${spans} 동안 확인하지 못했습니다. 이 구간은 AWS 조정 활동 기록에 따른 것이며, 정상 여부는 알 수 없습니다.`,
    missed: (count: number) => `Rollcall이 멈춰 있어 이전 ${count}회는 확인하지 못했습니다.`,
    gone: '일정이 취소되었습니다.',
    moved: '일정 시각이 변경되었습니다. 변경된 시각에 다시 확인합니다.',
    stopped: (who: Phrase) => say`${subjectKo(who)} 확인을 중단했습니다. 일정은 그대로 진행됩니다.`,
    cutShort: '일정이 도중에 취소되었습니다.',
  },
})

/** The same where sizes are units that instances count by their weight. */
const inUnits = bilingual({
  en: {
    scalesOut: (at: Phrase, desired: number) => say`The group goes out at ${at} to ${desired} units.`,
    healthy: (count: number, wanted: number) => `${count} of ${wanted} units healthy`,
    goingIn: (count: number, wanted: number) => `Going back in: ${count} units, ${wanted} are to stay.`,
    wasHealthy: (count: number, at: Phrase, margin: Phrase) =>
      say`All ${count} units were healthy at ${at}, ${margin}.`,
    neverHealthy: (count: number) => `Not all ${count} units were healthy at any time.`,
    inService: (count: number, at: Phrase, margin: Phrase) =>
      say`${count} units were in service at ${at}, ${margin}; whether they were healthy then, nobody saw.`,
    back: (count: number, at: Phrase) => say`Back at ${count} units since ${at}.`,
    stays: (count: number) => `The group stays at ${count} units, as is wanted without it.`,
  },
  ko: {
    scalesOut: (at: Phrase, desired: number) => say`${at}에 용량을 ${desired}단위로 확대합니다.`,
    healthy: (count: number, wanted: number) => `${wanted}단위 중 ${count}단위 정상`,
    goingIn: (count: number, wanted: number) => `복귀 중: 현재 ${count}단위, ${wanted}단위 유지 예정.`,
    wasHealthy: (count: number, at: Phrase, margin: Phrase) =>
      say`${at}에 ${count}단위가 모두 정상이 되었습니다(${margin}).`,
    neverHealthy: (count: number) => `${count}단위가 모두 정상인 적이 없었습니다.`,
    inService: (count: number, at: Phrase, margin: Phrase) =>
      say`${at}에 ${count}단위가 서비스 상태가 되었습니다(${margin}). 당시 정상이었는지는 확인하지 못했습니다.`,
    back: (count: number, at: Phrase) => say`${at}에 ${count}단위로 복귀했습니다.`,
    stays: (count: number) => `이 일정이 없어도 필요한 ${count}단위를 유지합니다.`,
  },
})

const copyFor = ({ weighted }: MonitorProgress['monitor'], { language }: Locale) => ({
  ...text[language],
  ...(weighted && inUnits[language]),
})

/** How long before or after the start of an event something was. */
const marginTo = (at: Instant, from: Instant, { language }: Locale): Phrase => {
  const copy = text[language]
  if (at === from) return words(copy.onTime)
  const span = duration(Math.abs(from - at), language)
  return words(at < from ? copy.before(span) : copy.after(span))
}

/** When as many were in service as are wanted, by what was seen or AWS tells; undefined where never. */
const inServiceAt = (progress: MonitorProgress, wanted: number): Instant | undefined => {
  const found = progress.seen.samples.find(([, , inService]) => inService >= wanted)
  return found && instantOf(found[0], progress.monitor)
}

/** How it went out: when all were healthy, and how that lies to the start. */
function scaleOutRow(progress: MonitorProgress, locale: Locale): Phrase {
  const copy = copyFor(progress.monitor, locale)
  const { monitor, seen, stage, late } = progress
  const { from, outAt } = monitor.occurrence
  const wanted = scaledOutSizes(monitor).desired
  const healthy = healthyOf(progress)
  const away = seen.gaps.some(([began, ended]) => began <= 120 && ended > 120)
  if (healthy && !away) {
    return joined(
      [
        late ? bold(copy.late) : nothing,
        copy.wasHealthy(wanted, clock(healthy.at, locale), marginTo(healthy.at, from, locale)),
        words(copy.took(duration(healthy.at - outAt, locale.language))),
      ],
      ' ',
    )
  }
  const inService = inServiceAt(progress, wanted)
  if (away && inService !== undefined)
    return copy.inService(wanted, clock(inService, locale), marginTo(inService, from, locale))
  return stage === 'over' || stage === 'in' ? words(copy.neverHealthy(wanted)) : nothing
}

const gapRow = ({ seen, monitor }: MonitorProgress, locale: Locale): Phrase => {
  if (seen.gaps.length === 0) return nothing
  const spans = seen.gaps.map(
    ([from, to]) =>
      say`${clock(instantOf(from, monitor), locale)} – ${clock(instantOf(to, monitor), locale)}`,
  )
  return text[locale.language].away(joined(spans, ', '))
}

const missedRow = ({ monitor: { missed } }: MonitorProgress, { language }: Locale): Phrase =>
  missed > 0 ? words(text[language].missed(missed)) : nothing

const failureRow = ({ failures }: MonitorProgress, locale: Locale): Phrase => {
  if (!failures || failures.count === 0) return nothing
  const { count, aws } = failures
  return joined([words(text[locale.language].failures(count)), aws === undefined ? nothing : code(aws)], ' ')
}

/** Where it came back to and when; or that it stays as large, where other events or a change since ask for that. */
const scaleInRow = (progress: MonitorProgress, locale: Locale): Phrase => {
  const { scaleIn: back, scaleOut: out, after, on, seen, monitor } = progress
  if (back?.end !== 'back') return nothing
  const copy = copyFor(progress.monitor, locale)
  const { desired: base } = monitor.event.base
  const desired = seen.samples.at(-1)?.[1] ?? base
  // One that was looked at again only later ended at its end.
  const ended = Math.min((on.at(-1) ?? after ?? out)?.at ?? back.at, monitor.occurrence.inAt)
  const settled = settledAt(progress) ?? back.at
  return settled < ended && desired > base
    ? words(copy.stays(desired))
    : copy.back(desired, clock(Math.max(settled, ended), locale))
}

/** How an event stands that is followed, in a few sentences. */
export function monitorState(
  progress: MonitorProgress,
  now: { readonly healthy?: string; readonly stoppedBy?: Phrase },
  locale: Locale,
): Phrase {
  const copy = copyFor(progress.monitor, locale)
  const { monitor, stage, late, scaleIn: back, seen, moved } = progress
  const { occurrence, event } = monitor
  const wanted = scaledOutSizes(monitor).desired
  const [, desired = wanted, inService = 0, healthy] = seen.samples.at(-1) ?? []
  const shown = words(copy.healthy(healthy ?? inService, wanted))
  const stopped = now.stoppedBy ? copy.stopped(now.stoppedBy) : nothing
  const starts = copy.starts(
    when(occurrence.from, locale),
    duration(occurrence.to - occurrence.from, locale.language),
  )
  switch (stage) {
    case 'ready':
      return lines(
        joined([starts, copy.scalesOut(clock(occurrence.outAt, locale), wanted)], ' '),
        missedRow(progress, locale),
        stopped,
      )
    case 'out':
      return lines(
        late
          ? say`🔴 ${bold(copy.late)} ${reasonRow(late, locale)}`
          : joined([copy.goingOut(bold(shown)), starts], ' '),
        late ? bold(shown) : nothing,
        gapRow(progress, locale),
        stopped,
      )
    case 'on':
      return lines(
        joined([bold(shown), copy.until(clock(occurrence.to, locale))], ' · '),
        scaleOutRow(progress, locale),
        gapRow(progress, locale),
        stopped,
      )
    case 'in':
      return lines(
        // Where another event is on, fewer leave: its action tells, once it has run.
        words(copy.goingIn(inService, desired < wanted ? desired : event.base.desired)),
        scaleOutRow(progress, locale),
        gapRow(progress, locale),
        stopped,
      )
    case 'over': {
      const cutShort = back !== undefined && back.at < occurrence.inAt - minute
      return lines(
        joined(
          [
            bold(copy.over),
            cutShort ? words(moved ? copy.moved : copy.cutShort) : nothing,
            scaleOutRow(progress, locale),
            scaleInRow(progress, locale),
          ],
          ' ',
        ),
        failureRow(progress, locale),
        gapRow(progress, locale),
        missedRow(progress, locale),
        stopped,
      )
    }
    case 'gone':
      return lines(words(moved ? copy.moved : copy.gone), stopped)
    default:
      return stage satisfies never
  }
}
