import { createHash } from 'node:crypto'
import { hour, minute, type Milliseconds, second } from '../time/time'

/** Between the attempts, as Standard Webhooks gives them for example ("Deliverability and reliability"): three days in all. */
const delays: readonly Milliseconds[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/** So long it is tried, before people are told and it is put aside for them. */
export const triedFor: Milliseconds = delays.reduce((sum, delay) => sum + delay, 0)

/** How often an event is tried that the receiver refuses. */
export const maxTries = delays.length + 1

/** So long what nobody took is kept, to be sent again by hand. */
export const keptFor: Milliseconds = 7 * 24 * hour

/** A receiver that names a time is waited for so long at the most. */
const maxRetryAfter: Milliseconds = hour

/**
 * How long to wait after so many attempts in vain. Up to a tenth is taken off, by what it is of: receivers that broke down
 * together are not all asked again at once, and the last attempt is made within `triedFor`.
 */
export const delayAfter = (failures: number, of: string, retryAfter: Milliseconds = 0): Milliseconds => {
  const delay = delays[Math.min(failures, delays.length) - 1] ?? 0
  const drawn = createHash('sha256').update(`${of} ${failures}`).digest().readUInt16BE(0) / 0xffff
  return Math.max(Math.round(delay * (1 - 0.1 * drawn)), Math.min(retryAfter, maxRetryAfter))
}
