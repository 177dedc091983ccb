import type { Instant, Milliseconds } from '../../domain/time/time'
import { second } from '../../domain/time/time'
import type { Clock } from '../../ports/clock'

/** How often a watch writes down that it looked. */
const recordInterval: Milliseconds = 20 * second
/** Looks that are further apart have not seen what was in between: ten of them are missing. */
const gapAfter: Milliseconds = 50 * second
/** An outage is of the real world: where the clock runs fast, looks are further apart by themselves. Real milliseconds. */
const realGapAfter = 5_000

/** When a watch last looked, as far as is to be written down. */
export const observedAt = (before: Instant | undefined, now: Instant): Instant =>
  before === undefined || now - before >= recordInterval ? now : before

/** Whether nobody looked for so long, while no worker was there, say, that what happened meanwhile is unknown. */
export const hasObservationGap = (clock: Clock, before: Instant | undefined, now: Instant): boolean =>
  before !== undefined && now - before > gapAfter && clock.real(now - before) > realGapAfter
