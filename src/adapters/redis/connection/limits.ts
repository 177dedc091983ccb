import { keptOperations } from '../../../domain/operation/lost'
/**
 * Real milliseconds within which a delivery asked for again creates nothing: a week, for a pipeline's job may be run again
 * by hand days after, with the key that it had.
 */
export const deliveryDedupPeriod = 7 * 24 * 3_600_000

/** Real milliseconds after which a change that was taken and not released is given to a notifier again. */
export const changeRedeliveryTimeout = 15_000

/** Lines of the record that are kept: some hundred megabytes at the most. */
export const maxRecord = 100_000

/** Ended operations kept for each service, unless configured otherwise. */
export const maxHistory = keptOperations

/** Real milliseconds for which, and between which, it is tried to take back a creation whose answer was lost. */
export const withdrawalTimeout = 60_000
export const withdrawalInterval = 250

/** Real milliseconds after which a call that was begun and not finished may be begun again: its process died. */
export const apiCallTimeout = 15_000
