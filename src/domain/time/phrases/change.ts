import { DateTime } from 'luxon'
import { type Instant, minute } from '../time'
import { readWhen } from './read'
import type { Spoken, ReadTime, When } from './times'

/** An end, or a length, and nothing of a start. */
const endAlone = /^(?:until|till|til|to|for)\s|^[^부]*(?:까지|동안)$/u

/**
 * Understands when something that stands is to be from now on: a whole time, or its end or length alone (`until 23:30`,
 * `for 4h`, `23:30까지`), counted from its start, be that over already. Read in the zone that it is in.
 */
export const readChange = (phrase: string, before: When, now: Instant): ReadTime<When> => {
  const spoken: Spoken = { now, zone: before.zone }
  const whole = readWhen(phrase, spoken)
  if (whole.ok || before.kind === 'every' || !endAlone.test(phrase.trim().toLowerCase())) return whole
  const start = DateTime.fromMillis(before.from, { zone: before.zone }).toISO({ suppressMilliseconds: true })
  const joint = phrase.trim().endsWith('까지') ? '부터' : ''
  return readWhen(`${start}${joint} ${phrase}`, { ...spoken, now: Math.min(now, before.from - minute) })
}
