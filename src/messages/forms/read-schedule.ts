import { takeCron } from '../../domain/time/phrases/every'
import { readWhen } from '../../domain/time/phrases/read'
import { timeReason } from '../../domain/time/phrases/time-reason'
import type { TimeProblem } from '../../domain/time/phrases/times'
import type { Locale } from '../locale'
import { reasonRow } from '../reasons/reasons'
import { plain } from '../text/render'
import {
  filled,
  isTicked,
  quoted,
  writeCommandText,
  wrong,
  type FormValues,
  type FormResult,
} from './command-text'
import type { FormMetadata } from './private-metadata'
import { ids, isRepeats, type Repeats, text } from './schedule-words'

/** The field beside which an invalid time is reported. */
const fieldOf = (problem: TimeProblem, kind: Repeats): string => {
  switch (problem.code) {
    case 'past':
      return kind === 'once' ? ids.date : ids.time
    case 'no_end':
    case 'too_long':
      return ids.lasts
    case 'zero_length':
    case 'end_before_start':
      return ids.until
    default:
      return kind === 'cron' ? ids.cron : ids.time
  }
}

/** The line of chat that the filled form stands for, or what is wrong beside its fields. */
export function readScheduleForm(
  kind: 'schedule' | 'reschedule',
  values: FormValues,
  locale: Locale,
  memory: FormMetadata,
): FormResult {
  const copy = text[locale.language]
  const service = filled(values, ids.service)
  const { event, zone = locale.timezone } = memory
  if (kind === 'schedule' && service === '') return wrong(ids.service, copy.missingService)
  const entered = timeOf(values, locale, memory)
  if ('errors' in entered) return entered
  const whole = readWhen(entered.whole, { now: entered.alone ? 0 : locale.now, zone })
  if (!whole.ok) {
    const sentence = plain(reasonRow(timeReason(whole.problem), locale))
    return wrong(fieldOf(whole.problem, entered.kind), sentence)
  }
  const sizes = sizesOf(values, locale, memory)
  if ('errors' in sizes) return sizes
  const named = filled(values, ids.name)
  const words = [
    ...(kind === 'schedule' ? [service] : [event ?? '']),
    entered.commandText,
    ...Object.entries(sizes.sizes).map(([size, wanted]) => `${size}=${wanted}`),
  ]
  const commandText = writeCommandText(kind, words, {
    name: named === '' ? '' : named,
    reason: filled(values, ids.reason),
    'dry-run': isTicked(values, ids.options, 'dry-run'),
  })
  return { commandText }
}

interface EnteredTime {
  readonly kind: Repeats
  /** The time as it goes into the line: its end alone where an event that is on keeps its start. */
  readonly commandText: string
  readonly whole: string
  readonly alone: boolean
}

const timeOf = (
  values: FormValues,
  locale: Locale,
  memory: FormMetadata,
): EnteredTime | Extract<FormResult, { errors: object }> => {
  const copy = text[locale.language]
  const chosen = filled(values, ids.repeats)
  const kind: Repeats = isRepeats(chosen) ? chosen : 'once'
  const [day, start, cron] = [filled(values, ids.date), filled(values, ids.time), filled(values, ids.cron)]
  const [lasts, until] = [filled(values, ids.lasts), filled(values, ids.until)]
  const no = (field: string, sentence: string) => ({ errors: { [field]: sentence } })
  if (kind === 'once' && day === '') return no(ids.date, copy.missingDate)
  if (kind !== 'cron' && start === '') return no(ids.time, copy.missingTime)
  const ticked = values[ids.days]
  const days = typeof ticked === 'string' ? [ticked] : (ticked ?? [])
  if (kind === 'weekly' && days.length === 0) return no(ids.days, copy.missingDays)
  if (lasts === '' && until === '') return no(ids.lasts, copy.missingEnd)
  if (lasts !== '' && until !== '') return no(ids.until, copy.twoEnds)
  const read = kind === 'cron' ? takeCron(`${cron} `) : undefined
  if (kind === 'cron' && (read === undefined || read === 'unsupported')) return no(ids.cron, copy.badCron)
  const end = lasts === '' ? `until ${until}` : `for ${lasts}`
  const begin = {
    once: `${day} ${start}`,
    weekday: `every weekday ${start}`,
    daily: `every day ${start}`,
    weekly: `every ${days.join(',')} ${start}`,
    cron: `cron ${cron}`,
  }[kind]
  const whole = `${begin} ${end}`
  // One that is on cannot begin anew: its end is all that is said of its time.
  const alone = kind === 'once' && memory.start === begin
  return { kind, commandText: quotedTime(alone ? end : whole), whole, alone }
}

/** Slack reads stars as bold: a cron expression stands in quotes. */
const quotedTime = (entered: string): string => (entered.includes('*') ? quoted(entered) : entered)

const sizesOf = (
  values: FormValues,
  { language }: Locale,
  memory: FormMetadata,
): { readonly sizes: Readonly<Record<string, string>> } | Extract<FormResult, { errors: object }> => {
  const copy = text[language]
  const [desired, min, max] = [ids.desired, ids.min, ids.max].map((id) => filled(values, id))
  const no = (field: string, sentence: string) => ({ errors: { [field]: sentence } })
  if (desired === undefined || !/^\d{1,4}$/.test(desired)) return no(ids.desired, copy.missingDesired)
  const most = max === '' || max === undefined ? memory.max : Number(max)
  const least = min === '' || min === undefined ? memory.min : Number(min)
  if (most !== undefined && Number(desired) > most) return no(ids.desired, copy.aboveMax(most))
  if (least !== undefined && Number(desired) < least) return no(ids.desired, copy.belowMin(least))
  return {
    sizes: {
      desired,
      ...(min !== undefined && min !== '' && { min }),
      ...(max !== undefined && max !== '' && { max }),
    },
  }
}
