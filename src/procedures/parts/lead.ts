import { lateness } from '../../domain/events/base'
import type { LeadFrom } from '../../domain/events/event'
import type { Seen } from '../../domain/events/following'
import { taskDuration } from '../../domain/durations'
import type { Operation } from '../../domain/operation'
import { type Instant, type Milliseconds, minute } from '../../domain/time'
import type { Desk } from '../context'
import { pastOf } from './past'

/** Boot and the first passing check, for a service that never scaled out yet and whose catalogue says nothing. */
const usualBoot: Milliseconds = 4 * minute
/** So many of its last scale-outs tell how long the next one may take. */
const lately = 10

/** How long the service's last scale-outs took at most, by hand and for events; undefined where there were none. */
export const longestScaleOut = async (desk: Desk): Promise<Milliseconds | undefined> => {
  const [scaled, followed] = await Promise.all([pastOf(desk, 'scale'), pastOf(desk, 'follow')])
  const outs = scaled.filter(
    ({ plan }) => plan?.group && plan.group.after.desired > plan.group.before.desired,
  )
  const took = [
    ...outs.flatMap((operation) => taskDuration(operation, 'health') ?? []).slice(0, lately),
    ...followed.flatMap((operation) => goneOutIn(operation) ?? []).slice(0, lately),
  ]
  return took.length > 0 ? Math.max(...took) : undefined
}

/** How long a group took to go out for an event, AWS's lateness with it; undefined where nobody saw it. */
const goneOutIn = ({ plan, steps }: Operation): Milliseconds | undefined => {
  const seen = steps.find(({ key }) => key === 'out/healthy')?.outcome as
    | { readonly end: string; readonly at: Instant; readonly seen: Seen }
    | undefined
  if (!plan?.follow || seen?.end !== 'on' || seen.seen.gaps.length > 0) return undefined
  return Math.max(0, seen.at - plan.follow.occurrence.outAt)
}

/**
 * How long before the hour a group must go out: as the service's own scale-outs took, else as the catalogue says, and
 * AWS's two minutes.
 */
export const leadOf = async (
  desk: Desk,
): Promise<{ readonly lead: Milliseconds; readonly leadFrom: LeadFrom }> => {
  const past = await longestScaleOut(desk)
  const { boot } = desk.service
  const lead = Math.ceil(((past ?? boot ?? usualBoot) + lateness) / minute) * minute
  return { lead, leadFrom: past !== undefined ? 'past' : boot === undefined ? 'usual' : 'catalogue' }
}
