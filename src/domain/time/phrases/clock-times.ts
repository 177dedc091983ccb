import { timeParseError, read, type TimeOfDay, type ReadTime } from './times'

/** Which half of the day, or part of it, a word speaks of. */
export type Part = 'am' | 'pm' | 'dawn' | 'noonish' | 'evening' | 'night'

/**
 * An hour and a minute as written, with what was said of the part of the day. `written` says whether the hour was
 * written with two digits (`08:00`), which is how people write all 24.
 */
export const timeOfDay = (
  phrase: {
    readonly text: string
    readonly hour: number
    readonly minute: number
    readonly written: boolean
  },
  part: Part | undefined,
): ReadTime<TimeOfDay> => {
  const { text, hour, minute, written } = phrase
  const unclear = timeParseError({ code: 'unclear', text })
  const at = (hour: number): ReadTime<TimeOfDay> => read({ hour, minute, bare: false })
  if (hour > 23 || minute > 59) return unclear
  if (part === undefined) {
    const bare = hour >= 1 && hour <= 12 && !written
    return read({ hour, minute, bare })
  }
  // `오후 20시` says it twice; `오전 20시` contradicts itself.
  if (hour > 12) return part === 'am' || part === 'dawn' ? unclear : at(hour)
  if (hour === 0) return part === 'am' || part === 'dawn' ? at(0) : unclear
  switch (part) {
    case 'am':
      return at(hour % 12)
    case 'pm':
      return at((hour % 12) + 12)
    case 'dawn':
      return hour === 12 ? midnight(text) : at(hour)
    case 'noonish':
      return hour >= 10 && hour <= 12 ? at(hour) : hour <= 5 ? at(hour + 12) : unclear
    case 'evening':
      return hour >= 4 && hour < 12 ? at(hour + 12) : unclear
    case 'night':
      return hour >= 6 && hour < 12 ? at(hour + 12) : midnight(text)
  }
}

/** Midnight is the end of one day or the beginning of it: people mean both. */
export const midnight = (text: string) =>
  timeParseError({ code: 'ambiguous', text, choices: ['00:00', '23:59'] })
