/** How old an answer may be. Absent, a read is made after it was asked for, in one batch with others. */
export interface Freshness {
  /** Milliseconds of clock time. */
  readonly maxAge?: number
  /**
   * With `maxAge`, a longer age in milliseconds of clock time that will do while nothing can have come of waiting: the
   * targets were healthy (or leaving) and the same instances serve in a group read within `maxAge`; the refresh has
   * instances left to replace, or bakes and its time is not over. It saves reads that AWS takes one resource at a time.
   * For watching only: a decision asks without any age.
   */
  readonly quiescentAge?: number
}
