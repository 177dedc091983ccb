import type { OperationId } from '../domain/operation/id'

/** Where an operation's message stands in Slack, and what it last showed. */
export interface Post {
  readonly channel: string
  readonly ts: string
  /** Hash of what the message shows now. */
  readonly shown: string
  /** How many entries of the log stand in the thread. */
  readonly logged: number
  /** Who was called to it in the thread, as the notifier knows them: not to be called again. */
  readonly called?: string
}

/** What the notifier remembers between restarts. */
export interface Posts {
  get(id: OperationId): Promise<Post | undefined>
  put(id: OperationId, post: Post): Promise<void>
  /**
   * Takes the right to speak about an operation for `ms` real milliseconds from now, or prolongs it for who
   * has it; false when another has it.
   */
  acquireLease(id: OperationId, holder: string, ms: number): Promise<boolean>
  /**
   * Gives that right back and says that what Journal.takeChanged gave is dealt with; with `again`, that it is
   * not: it shall be given again after so many real milliseconds, e.g. when Slack did not take it. Does nothing
   * when `holder` does not hold it (any more).
   */
  releaseLease(id: OperationId, holder: string, options?: { readonly again?: number }): Promise<void>
}
