import type { CallRecord } from '../protocol'

/** The last calls, in order. */
export class CallLog {
  private readonly records: CallRecord[] = []
  private sequence = 0

  constructor(private readonly kept = 20_000) {}

  add(call: Omit<CallRecord, 'sequence'>): CallRecord {
    this.sequence += 1
    const record = { ...call, sequence: this.sequence }
    this.records.push(record)
    if (this.records.length > this.kept * 2) this.records.splice(0, this.kept)
    return record
  }

  /** The calls after this sequence number, or all that are kept. */
  since(sequence = 0): CallRecord[] {
    const [first] = this.records
    return first ? this.records.slice(Math.max(0, sequence + 1 - first.sequence)) : []
  }
}
