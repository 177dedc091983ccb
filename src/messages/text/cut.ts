const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What people see as single characters. */
export const graphemes = (text: string): string[] =>
  Array.from(segments.segment(text), (part) => part.segment)

/**
 * Shortens to at most `limit` UTF-16 units, an ellipsis included, never within a grapheme.
 * `width` says how long a grapheme gets once it is written.
 */
export function cut(text: string, limit: number, width = (part: string) => part.length): string {
  const parts = graphemes(text)
  const total = parts.reduce((sum, part) => sum + width(part), 0)
  if (total <= limit) return text
  let room = limit - 1
  let kept = ''
  for (const part of parts) {
    room -= width(part)
    if (room < 0) break
    kept += part
  }
  return limit > 0 ? `${kept.trimEnd()}…` : ''
}
