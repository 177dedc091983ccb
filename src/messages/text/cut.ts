const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What people see as single characters. */
export const graphemes = (text: string): string[] =>
  Array.from(segments.segment(text), (part) => part.segment)

/**
 * Shortens to at most `limit` UTF-16 units, an ellipsis included, never within a grapheme.
 * `width` says how long a text gets once it is written, never less than it is.
 */
export function cut(text: string, limit: number, width = (part: string) => part.length): string {
  if (text.length <= limit && width(text) <= limit) return text
  let available = limit - 1
  let head = ''
  // What lies beyond the limit need not be looked at: it may be very long.
  for (const part of graphemes(text.slice(0, limit + 1))) {
    available -= width(part)
    if (available < 0) break
    head += part
  }
  return limit > 0 ? `${head.trimEnd()}…` : ''
}
