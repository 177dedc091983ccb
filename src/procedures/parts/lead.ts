import { lateness } from '../../domain/events/base'
import type { LeadFrom } from '../../domain/events/event'
import type { Seen } from '../../domain/events/following'
import { taskDuration } from '../../domain/durations'
import type { Operation } from '../../domain/operation'
import { monitorSteps } from '../../domain/steps/events'
import { recordOf } from '../../domain/steps/records'
import { type Instant, type Milliseconds, minute, second } from '../../domain/time'
import type { Desk } from '../context'
import { pastOf } from './past'

/** Boot and the first passing check, for a service that never scaled out yet and whose catalogue says nothing. */
const usualBoot: Milliseconds = 4 * minute
/** So many of its last scale-outs tell how long the next one may take. */
const lately = 10
/** Fewer say too little: until then, what is said instead holds where it is longer. */
const telling = 3
/** No two scale-outs take the same time: the next one may take this much of the longest. */
const margin = 1.5

/** How long the service's last scale-outs took at most, by hand and for events; undefined where there were none. */
export const longestScaleOut = async (desk: Desk): Promise<Milliseconds | undefined> => {
  const took = await lastScaleOuts(desk)
  return took.length > 0 ? Math.max(...took) : undefined
}

/** From a desired capacity that was raised to the last healthy instance, without AWS's lateness. */
const lastScaleOuts = async (desk: Desk): Promise<readonly Milliseconds[]> => {
  const [scaled, followed] = await Promise.all([pastOf(desk, 'scale'), pastOf(desk, 'follow')])
  const outs = scaled.filter(
    ({ plan }) => plan?.group && plan.group.after.desired > plan.group.before.desired,
  )
  return [
    ...outs.flatMap((operation) => taskDuration(operation, 'health') ?? []).slice(0, lately),
    ...followed.flatMap((operation) => goneOutIn(operation) ?? []).slice(0, lately),
  ]
}

/** How long a group took to go out for an event once its action had run; undefined where nobody saw it. */
const goneOutIn = ({ plan, steps }: Operation): Milliseconds | undefined => {
  const seen = recordOf(steps, monitorSteps.scaleOut)?.outcome as
    | { readonly end: string; readonly at: Instant; readonly seen: Seen }
    | undefined
  if (!plan?.follow || seen?.end !== 'on' || seen.seen.gaps.length > 0) return undefined
  const { samples } = seen.seen
  const ran = samples.findIndex(([, desired]) => desired === samples.at(-1)?.[1])
  // As large as it was already: nothing went out, or nobody saw when.
  const [seconds] = (ran > 0 && samples[ran]) || []
  if (seconds === undefined) return undefined
  return Math.max(0, seen.at - plan.follow.occurrence.outAt - seconds * second)
}

/**
 * How long before the hour a group must go out: as the service's own scale-outs took, with a margin, else as the
 * catalogue says, and AWS's two minutes.
 */
export const leadOf = async (
  desk: Desk,
): Promise<{ readonly lead: Milliseconds; readonly leadFrom: LeadFrom }> => {
  const past = await lastScaleOuts(desk)
  const { boot } = desk.service
  const measured = Math.max(0, ...past) * margin
  const said = past.length < telling ? (boot ?? usualBoot) : 0
  const lead = Math.ceil((Math.max(measured, said) + lateness) / minute) * minute
  return { lead, leadFrom: measured > said ? 'past' : boot === undefined ? 'usual' : 'catalogue' }
}
