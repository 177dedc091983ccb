import { UnreadableRecord } from '../../../ports/failure'
import type { Unreadable } from '../../../ports/unreadable'

/** Real milliseconds for which a record that was not met again is still told of. */
const toldFor = 60_000

/** A value of a type that the key must not have, said by the server itself, or by a script of it (6.2 words it anew). */
const isWrongType = (error: unknown): error is Error =>
  error instanceof Error && /\bWRONGTYPE\b/.test(error.message)

/** The server's refusal to read a key as what it must be, as an unreadable record. */
export const asUnreadable = (record: string, error: unknown): unknown =>
  isWrongType(error) ? new UnreadableRecord(record, { cause: error }) : error

/** Keeps in mind what could not be read, so that it is logged once and people are told of it. */
export class UnreadableRecords implements Unreadable {
  private readonly met = new Map<string, { readonly service: string | undefined; at: number }>()

  constructor(private readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void) {}

  /** What `read` gives, or undefined where it throws UnreadableRecord. */
  skip<T>(service: string | undefined, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error
      this.note(service, error)
      return undefined
    }
  }

  note(service: string | undefined, { record, cause }: UnreadableRecord): void {
    const known = this.met.get(record)
    if (known) known.at = performance.now()
    else {
      this.met.set(record, { service, at: performance.now() })
      const why = cause instanceof Error ? cause.message.slice(0, 300) : undefined
      this.log('a record cannot be read: it is damaged, or of a newer version; it is left out', {
        record,
        service,
        why,
      })
    }
  }

  of(service: string): readonly string[] {
    const since = performance.now() - toldFor
    return [...this.met]
      .filter(([, { service: whose, at }]) => at >= since && (whose === undefined || whose === service))
      .map(([record]) => record)
  }
}
