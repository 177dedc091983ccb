import { hour, minute, second, type Milliseconds } from './time'

const units: readonly (readonly [Milliseconds, readonly string[]])[] = [
  [24 * hour, ['d', 'day', 'days', '일']],
  [hour, ['h', 'hr', 'hrs', 'hour', 'hours', '시간']],
  [minute, ['m', 'min', 'mins', 'minute', 'minutes', '분']],
  [second, ['s', 'sec', 'secs', 'second', 'seconds', '초']],
]
const unitOf = new Map(units.flatMap(([span, names]) => names.map((name) => [name, span] as const)))
const part = /(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+|일|시간|분|초)/gy

/**
 * Reads a span of time as people write it: `60s`, `20m`, `2h`, `1d`, `1h30m`, `90 min`, `2시간 30분`.
 * Gives milliseconds, or undefined for anything else (a bare number too: its unit would be a guess).
 */
export function parseDuration(text: string): Milliseconds | undefined {
  const plain = text.trim().toLowerCase()
  let total = 0
  let end = 0
  let last = Number.POSITIVE_INFINITY
  part.lastIndex = 0
  for (let match = part.exec(plain); match; match = part.exec(plain)) {
    const unit = unitOf.get(match[2] ?? '')
    // Units fall from big to small, so that `2h2h` and `30m1h` are mistakes and not sums.
    if (unit === undefined || unit >= last) return undefined
    total += Number(match[1]) * unit
    last = unit
    end = part.lastIndex
    while (plain[end] === ' ') end += 1
    part.lastIndex = end
  }
  return end > 0 && end === plain.length ? Math.round(total) : undefined
}

/** A span as it can be typed again: `2h`, `1h30m`, `45s`. */
export function writeDuration(span: Milliseconds): string {
  let remaining = Math.max(0, Math.round(span / second)) * second
  let text = ''
  for (const [unit, [name]] of units) {
    const count = Math.floor(remaining / unit)
    if (count > 0) text += `${count}${name}`
    remaining -= count * unit
  }
  return text || '0s'
}
