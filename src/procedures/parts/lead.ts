import { lateness } from '../../domain/events/base'
import { taskDuration } from '../../domain/durations'
import { type Milliseconds, minute } from '../../domain/time'
import type { Desk } from '../context'
import { pastOf } from './past'

/** Boot and the first passing check, for a service that never scaled out yet and whose catalogue says nothing. */
const usualBoot: Milliseconds = 4 * minute
/** So many of its last scale-outs tell how long the next one may take. */
const lately = 10

/** How long before the hour a group must go out: as the service's own scale-outs took, and AWS's two minutes. */
export const leadOf = async (desk: Desk): Promise<Milliseconds> => {
  const past = await pastOf(desk, 'scale')
  const outs = past.filter(({ plan }) => plan?.group && plan.group.after.desired > plan.group.before.desired)
  const took = outs.flatMap((operation) => taskDuration(operation, 'health') ?? [])
  const boot = took.length > 0 ? Math.max(...took.slice(0, lately)) : usualBoot
  return Math.ceil((boot + lateness) / minute) * minute
}
