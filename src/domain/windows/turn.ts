import type { Instant } from '../time/time'
import { occurrenceAt, type ChangeWindow } from './change-window'

/** That a window closed or opened, and when. */
export interface WindowTurn {
  readonly closed: boolean
  readonly at: Instant
  /** When it opens again, of one that closed. */
  readonly until?: Instant
}

/** What was told of a window last: the end of the time for which it is closed, or that it is open. */
export type Told = { readonly closedUntil: Instant } | 'open'

/**
 * What is to be told of a window now, after what was told last (nothing at first), and what is told of it then. Of what
 * nobody was there to tell in between only the state now is told: a window that closed and opened meanwhile is over.
 */
export const turnOf = (
  window: ChangeWindow,
  told: Told | undefined,
  now: Instant,
): { readonly turns: readonly WindowTurn[]; readonly told: Told } => {
  const held = occurrenceAt(window, now)
  const was = told === undefined || told === 'open' ? undefined : told.closedUntil
  const opened =
    was === undefined || (held && held.from <= was) ? [] : [{ closed: false, at: Math.min(was, now) }]
  if (!held) return { turns: opened, told: 'open' }
  // One that follows without a break, or ends later than was thought, has not opened meanwhile.
  const goesOn = was !== undefined && held.from <= was
  const closed = goesOn ? [] : [{ closed: true, at: held.from, until: held.until }]
  return { turns: [...opened, ...closed], told: { closedUntil: held.until } }
}
