import type { CallRecord } from '../../protocol'

/** One line of the ticker: a call, or a run of the same reads. */
export interface TickerLine {
  key: number
  call: CallRecord
  /** How many calls in a row it stands for. */
  times: number
}

const sameKind = (a: CallRecord, b: CallRecord) =>
  !a.mutating && !b.mutating && a.action === b.action && a.error === b.error

/** Calls as lines, the newest first. Successive reads of one kind are one line. */
export const tickerLines = (calls: CallRecord[], onlyChanges: boolean): TickerLine[] => {
  const out: TickerLine[] = []
  for (const call of calls) {
    if (onlyChanges && !call.mutating && call.error === undefined) continue
    const last = out.at(-1)
    if (last && sameKind(last.call, call)) {
      last.call = call
      last.times += 1
    } else out.push({ key: call.sequence, call, times: 1 })
  }
  return out.reverse()
}

const telling = /name|id|version|desired|min|max|image|strategy|instance|capacity|preferences|description/i

const brief = (value: unknown, depth = 0): string => {
  if (Array.isArray(value)) {
    const some = value.slice(0, 2).map((one) => brief(one, depth + 1))
    return `${some.join(', ')}${value.length > 2 ? ` +${value.length - 2}` : ''}`
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .filter(([name, held]) => held !== undefined && held !== null && (depth > 0 || telling.test(name)))
    .map(([name, held]) => `${name}=${brief(held, depth + 1)}`)
    .join(' ')
}

/** What a call was given, in one line. */
export const given = (call: CallRecord): string => {
  const text = brief(call.input)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
