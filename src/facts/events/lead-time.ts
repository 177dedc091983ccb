import { scheduledActionDelay } from '../../domain/events/base'
import type { LeadFrom } from '../../domain/events/event'
import type { Observations } from '../../domain/events/monitoring'
import { taskDuration } from '../../domain/operation/expected-durations'
import type { Operation } from '../../domain/operation/operation'
import { monitorSteps } from '../../domain/steps/events'
import { recordOf } from '../../domain/steps/records'
import { type Instant, type Milliseconds, minute, second } from '../../domain/time/time'
import { recentSuccesses } from '../recent-operations'
import type { PlanContext } from '../plan-context'

/** Boot and the first passing check, for a service that never scaled out yet and whose catalogue says nothing. */
const defaultBoot: Milliseconds = 4 * minute
/** So many of its last scale-outs tell how long the next one may take. */
const maxMeasured = 10
/** Fewer say too little: until then, what is said instead holds where it is longer. */
const minMeasured = 3
/** No two scale-outs take the same time: the next one may take this much of the longest. */
const margin = 1.5

/** How long the service's last scale-outs took at most, by hand and for events; undefined where there were none. */
export const longestScaleOut = async (context: PlanContext): Promise<Milliseconds | undefined> => {
  const durations = await lastScaleOuts(context)
  return durations.length > 0 ? Math.max(...durations) : undefined
}

/** From a desired capacity that was raised to the last healthy instance, without AWS's lateness. */
const lastScaleOuts = async (context: PlanContext): Promise<readonly Milliseconds[]> => {
  const [scaled, followed] = await Promise.all([
    recentSuccesses(context, 'scale'),
    recentSuccesses(context, 'monitor-event'),
  ])
  const scaleOuts = scaled.filter(
    ({ plan }) => plan?.group && plan.group.after.desired > plan.group.before.desired,
  )
  return [
    ...scaleOuts.flatMap((operation) => taskDuration(operation, 'health') ?? []).slice(0, maxMeasured),
    ...followed.flatMap((operation) => scaleOutDuration(operation) ?? []).slice(0, maxMeasured),
  ]
}

/** How long a group took to scale out for an event once its action had run; undefined where nobody saw it. */
const scaleOutDuration = ({ plan, steps }: Operation): Milliseconds | undefined => {
  const seen = recordOf(steps, monitorSteps.scaleOut)?.outcome as
    | { readonly end: string; readonly at: Instant; readonly seen: Observations }
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
 * How long before the start a group must scale out: as the service's own scale-outs took, with a margin, else as the
 * catalogue says, and AWS's two minutes.
 */
export const leadTime = async (
  context: PlanContext,
): Promise<{ readonly lead: Milliseconds; readonly leadFrom: LeadFrom }> => {
  const durations = await lastScaleOuts(context)
  const { boot } = context.service
  const measured = Math.max(0, ...durations) * margin
  const assumed = durations.length < minMeasured ? (boot ?? defaultBoot) : 0
  const lead = Math.ceil((Math.max(measured, assumed) + scheduledActionDelay) / minute) * minute
  return { lead, leadFrom: measured > assumed ? 'past' : boot === undefined ? 'usual' : 'catalogue' }
}
