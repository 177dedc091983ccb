import type { CallRecord } from '../../protocol'

/** One line of the ticker: a call, or the reads of one kind between two changes. */
export interface TickerLine {
  key: number
  call: CallRecord
  /** How many calls it stands for. */
  times: number
}

/** EC2's word for a call that only asked whether it may: no failure, and no change. */
export const isDryRun = ({ error }: CallRecord): boolean => error === 'DryRunOperation'
export const hasFailed = (call: CallRecord): boolean => call.error !== undefined && !isDryRun(call)

const isRead = (call: CallRecord) => !call.mutating && !hasFailed(call)

/** Calls as lines, the newest first. Reads of one kind with no change and no error since are one line, the last one's. */
export const tickerLines = (calls: CallRecord[], onlyChanges: boolean): TickerLine[] => {
  const out: TickerLine[] = []
  const reads = new Map<string, TickerLine>()
  for (const call of calls) {
    if (!isRead(call)) {
      reads.clear()
      out.push({ key: call.sequence, call, times: 1 })
      continue
    }
    if (onlyChanges) continue
    const same = reads.get(call.action)
    const line = { key: same?.key ?? call.sequence, call, times: (same?.times ?? 0) + 1 }
    reads.set(call.action, line)
    if (same) out.splice(out.indexOf(same), 1)
    out.push(line)
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
