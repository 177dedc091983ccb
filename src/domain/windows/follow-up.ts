import { DateTime } from 'luxon'
import type { Operation } from '../operation/operation'
import { hour, type Instant } from '../time/time'

/** At this hour of the service's clocks people are asked what came of an override. */
const askedAtHour = 10
/** Saturday is the sixth day of the week (ISO 8601). */
const saturday = 6
/** Nobody is asked later than this of what was to be asked before. */
const lateness = 72 * hour

/** The next working day's morning: from Monday to Friday, for nobody tells of holidays. */
const nextMorning = (after: Instant, zone: string): Instant => {
  let next = DateTime.fromMillis(after, { zone }).plus({ days: 1 }).startOf('day')
  while (next.weekday >= saturday) next = next.plus({ days: 1 })
  return next.set({ hour: askedAtHour }).toMillis()
}

/** Whether it is time to ask what came of an operation that ran although a window was closed. */
export const isFollowUpDue = (
  { plan, startedAt, ending }: Pick<Operation, 'plan' | 'startedAt' | 'ending'>,
  now: Instant,
  zone: string,
): boolean => {
  if (!plan?.override || startedAt === undefined || !ending) return false
  const due = nextMorning(ending.at, zone)
  return now >= due && now < due + lateness
}
