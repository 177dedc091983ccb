import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Head } from '../domain/record/chain'
import type { Instant } from '../domain/time/time'

/**
 * The record of what was done and of who may do what: lines that are chained by their hashes. They are appended by the
 * store itself, in the same write as what they tell of; see Journal and Locks. All methods reject with StoreUnavailable.
 */
export interface AuditRecord {
  /**
   * The lines from the first one that is not before `since` to the last one that is before `until`, without a gap, so that
   * they prove themselves. No more than the `most` newest of them, of those before the line number `before`.
   */
  lines(range: {
    readonly since?: Instant
    readonly until?: Instant
    readonly before?: number
    readonly most: number
  }): Promise<readonly string[]>
  head(): Promise<Head>
  /** The lines after this number, the oldest first, `most` at most. */
  after(sequence: number, most: number): Promise<readonly string[]>
  /**
   * From now on nothing is trimmed that is not archived. Gives the number of the last line that needs no archiving: that is
   * archived, or was trimmed before there was an archive.
   */
  beginArchive(): Promise<number>
  /** Everything through this line is archived. */
  advanceArchive(sequence: number): Promise<void>
  /** There is no archive any more, and the oldest lines are trimmed again. */
  endArchive(): Promise<void>
  /** Tells that a catalogue is in force, unless it was the last one of which that was told. */
  catalogue(catalogue: Catalogue, at: Instant): Promise<void>
}
