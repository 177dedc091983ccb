import { hour, minute, type Milliseconds } from '../domain/time/time'
import { parseDuration } from '../domain/time/duration'
import type { Word } from './words'

interface TakenSpan {
  readonly span?: Milliseconds
  readonly rest: readonly Word[]
}

const minSpan = minute
const maxSpan = 30 * 24 * hour

/** Whether something may be locked for so long. */
export const isLockable = (span: Milliseconds): boolean => span >= minSpan && span <= maxSpan

/** The longest run of words from `at` on that together are a span of time: `2h`, `2 hours`, `1 h 30 min`. */
export const spanAt = (
  words: readonly Word[],
  at: number,
): { readonly span: Milliseconds; readonly used: number } | undefined => {
  for (let used = Math.min(4, words.length - at); used > 0; used -= 1) {
    const run = words.slice(at, at + used)
    if (run.some((word) => word.quoted)) continue
    const span = parseDuration(run.map((word) => word.text.replace(/동안$/u, '')).join(' '))
    if (span !== undefined) return { span, used }
  }
  return undefined
}

/**
 * Takes `for 2h` (`2시간 동안`) out of words. Without `for`, a span is one only where it cannot be part of a reason:
 * beside a reason in quotes, alone, or in Korean at either end.
 */
export function takeSpan(words: readonly Word[]): TakenSpan {
  const quoted = words.some((word) => word.quoted)
  for (let at = 0; at < words.length; at += 1) {
    const announced = words[at]?.quoted === false && words[at]?.text.toLowerCase() === 'for'
    const found = spanAt(words, announced ? at + 1 : at)
    if (!found) continue
    const until = (announced ? at + 1 : at) + found.used
    const alone = found.used === words.length
    const korean = /\d(?:일|시간|분)/u.test(
      words
        .slice(at, until)
        .map((word) => word.text)
        .join(''),
    )
    const atEnd = at === 0 || until === words.length || words[until]?.text === '동안'
    if (!announced && !quoted && !alone && !(korean && atEnd)) continue
    const after = words[until]?.text === '동안' ? until + 1 : until
    return { span: found.span, rest: [...words.slice(0, at), ...words.slice(after)] }
  }
  return { rest: words }
}
