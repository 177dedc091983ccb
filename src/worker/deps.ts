import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Operation } from '../domain/operation/operation'
import type { Accounts } from '../ports/account'
import type { Timers } from '../ports/timers'
import type { Calendar } from '../ports/calendar'
import type { Clock } from '../ports/clock'
import type { HearChanges } from '../ports/hear-changes'
import type { Hints } from '../ports/hints'
import type { Journal } from '../ports/journal'
import type { Locks } from '../ports/locks'
import type { Log } from '../ports/log'
import type { People } from '../ports/people'
import type { Wakeups } from '../ports/wakeups'

/** What the worker role is made of. */
export interface WorkerDeps {
  readonly catalogue: Catalogue
  readonly accounts: Accounts
  readonly journal: Journal
  readonly locks: Locks
  readonly timers: Timers
  readonly calendar: Calendar
  readonly people: People
  readonly wakeups: Pick<Wakeups, 'wake'>
  /** What AWS's events say, where the catalogue names a queue of them. */
  readonly hints?: Hints
  /** Tells of the calls that change something in AWS, for the record. */
  readonly hearChanges?: HearChanges
  readonly clock: Clock
  readonly log: Log
  /** Told of every ending, for the metrics. */
  readonly onEnded?: (operation: Operation) => void
}
