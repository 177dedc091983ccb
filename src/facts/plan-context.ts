import type { Service } from '../domain/catalogue/catalogue'
import type { Instant } from '../domain/time/time'
import type { Account } from '../ports/account'
import type { Calendar } from '../ports/calendar'
import type { Journal } from '../ports/journal'
import type { Timers } from '../ports/timers'

/** What planning and queries read. It changes nothing. */
export interface PlanContext {
  readonly service: Service
  readonly account: Account
  /** The catalogue's other accounts in the same region: they may launch the same images. */
  readonly elsewhere: readonly Account[]
  readonly journal: Pick<Journal, 'history' | 'readableHistory' | 'read' | 'unfinished'>
  readonly timers: Pick<Timers, 'of'>
  readonly calendar: Pick<Calendar, 'of'>
  /** When it was asked for: what `tomorrow` is counted from. */
  readonly askedAt: Instant
  readonly now: Instant
}
