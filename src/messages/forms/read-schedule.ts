import { takeCron } from '../../domain/when/every'
import { readWhen } from '../../domain/when/read'
import { timeReason } from '../../domain/when/said'
import type { TimeTrouble } from '../../domain/when/times'
import type { Voice } from '../language'
import { reasonLine } from '../reasons'
import { plain } from '../text/render'
import { filled, isTicked, quoted, writeLine, wrong, type FormValues, type Read } from './line'
import type { FormMemory } from './memory'
import { ids, isRepeats, type Repeats, text } from './schedule-words'

/** The field that a trouble with the time is told beside. */
const fieldOf = (trouble: TimeTrouble, kind: Repeats): string => {
  switch (trouble.code) {
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
  voice: Voice,
  memory: FormMemory,
): Read {
  const speech = text[voice.language]
  const service = filled(values, ids.service)
  const { event, zone = voice.timezone } = memory
  if (kind === 'schedule' && service === '') return wrong(ids.service, speech.missingService)
  const said = timeOf(values, voice, memory)
  if ('errors' in said) return said
  const whole = readWhen(said.whole, { now: said.alone ? 0 : voice.now, zone })
  if (!whole.ok) {
    const sentence = plain(reasonLine(timeReason(whole.trouble), voice))
    return wrong(fieldOf(whole.trouble, said.kind), sentence)
  }
  const sizes = sizesOf(values, voice, memory)
  if ('errors' in sizes) return sizes
  const named = filled(values, ids.name)
  const words = [
    ...(kind === 'schedule' ? [service] : [event ?? '']),
    said.line,
    ...Object.entries(sizes.sizes).map(([size, wanted]) => `${size}=${wanted}`),
  ]
  return writeLine(kind, words, {
    name: named === '' ? '' : named,
    reason: filled(values, ids.reason),
    'dry-run': isTicked(values, ids.options, 'dry-run'),
  })
}

interface SaidTime {
  readonly kind: Repeats
  /** The time as it goes into the line: its end alone where an event that is on keeps its start. */
  readonly line: string
  readonly whole: string
  readonly alone: boolean
}

const timeOf = (
  values: FormValues,
  voice: Voice,
  memory: FormMemory,
): SaidTime | Extract<Read, { errors: object }> => {
  const speech = text[voice.language]
  const chosen = filled(values, ids.repeats)
  const kind: Repeats = isRepeats(chosen) ? chosen : 'once'
  const [day, start, cron] = [filled(values, ids.date), filled(values, ids.time), filled(values, ids.cron)]
  const [lasts, until] = [filled(values, ids.lasts), filled(values, ids.until)]
  const no = (field: string, sentence: string) => ({ errors: { [field]: sentence } })
  if (kind === 'once' && day === '') return no(ids.date, speech.missingDate)
  if (kind !== 'cron' && start === '') return no(ids.time, speech.missingTime)
  const ticked = values[ids.days]
  const days = typeof ticked === 'string' ? [ticked] : (ticked ?? [])
  if (kind === 'weekly' && days.length === 0) return no(ids.days, speech.missingDays)
  if (lasts === '' && until === '') return no(ids.lasts, speech.missingEnd)
  if (lasts !== '' && until !== '') return no(ids.until, speech.twoEnds)
  const read = kind === 'cron' ? takeCron(`${cron} `) : undefined
  if (kind === 'cron' && (read === undefined || read === 'unsupported')) return no(ids.cron, speech.badCron)
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
  return { kind, line: quotedTime(alone ? end : whole), whole, alone }
}

/** Slack reads stars as bold: a cron expression stands in quotes. */
const quotedTime = (said: string): string => (said.includes('*') ? quoted(said) : said)

const sizesOf = (
  values: FormValues,
  { language }: Voice,
  memory: FormMemory,
): { readonly sizes: Readonly<Record<string, string>> } | Extract<Read, { errors: object }> => {
  const speech = text[language]
  const [desired, min, max] = [ids.desired, ids.min, ids.max].map((id) => filled(values, id))
  const no = (field: string, sentence: string) => ({ errors: { [field]: sentence } })
  if (desired === undefined || !/^\d{1,4}$/.test(desired)) return no(ids.desired, speech.missingDesired)
  const most = max === '' || max === undefined ? memory.max : Number(max)
  const least = min === '' || min === undefined ? memory.min : Number(min)
  if (most !== undefined && Number(desired) > most) return no(ids.desired, speech.aboveMax(most))
  if (least !== undefined && Number(desired) < least) return no(ids.desired, speech.belowMin(least))
  return {
    sizes: {
      desired,
      ...(min !== undefined && min !== '' && { min }),
      ...(max !== undefined && max !== '' && { max }),
    },
  }
}
