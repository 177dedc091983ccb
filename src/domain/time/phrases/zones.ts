import { DateTime, IANAZone } from 'luxon'
import type { Instant } from '../time'
import { type Day, timeParseError, read, type Spoken, type TimeOfDay, type ReadTime } from './times'

const short: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  kst: 'Asia/Seoul',
  jst: 'Asia/Tokyo',
}

const known = (word: string): string | undefined =>
  short[word.toLowerCase()] ??
  (word.includes('/') && IANAZone.isValidZone(word) ? IANAZone.create(word).name : undefined)

/** Takes the name of a zone out of a text; without one the speaker's own zone holds. */
export const takeZone = (
  text: string,
  spoken: Spoken,
): ReadTime<{ readonly text: string; readonly zone: string }> => {
  const words = text.split(' ')
  const at = words.findIndex(
    (word) => /^[a-z]+(?:_[a-z]+)*\/[a-z][a-z_/+-]*$/i.test(word) || short[word.toLowerCase()],
  )
  const word = words[at]
  if (word === undefined) return read({ text, zone: spoken.zone })
  const zone = known(word)
  if (zone === undefined) return timeParseError({ code: 'unknown_zone', text: word })
  return read({ text: words.filter((_, index) => index !== at).join(' '), zone })
}

/** The day that it is in a zone. */
export const dayOf = (at: Instant, zone: string, later = 0): Day => {
  const { year, month, day } = DateTime.fromMillis(at, { zone }).plus({ days: later })
  return { year, month, day }
}

export const isDay = ({ year, month, day }: Day): boolean => DateTime.utc(year, month, day).isValid

/**
 * The instant at which the clocks of a zone show this. Where they are put forward over it, it does not exist; where
 * they are put back over it, it comes twice: both are for the speaker to clear.
 */
export const instantAt = (day: Day, { hour, minute }: TimeOfDay, zone: string): ReadTime<Instant> => {
  const local = DateTime.fromObject({ ...day, hour, minute }, { zone })
  const text = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (local.hour !== hour || local.minute !== minute) return timeParseError({ code: 'skipped', text, zone })
  const both = local.getPossibleOffsets()
  if (both.length > 1) {
    const choices = both.map((one) => one.toISO({ suppressSeconds: true, suppressMilliseconds: true }) ?? '')
    return timeParseError({ code: 'ambiguous', text, choices })
  }
  return read(local.toMillis())
}
