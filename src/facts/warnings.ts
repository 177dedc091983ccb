import type { Planned } from '../domain/operation/planning'
import { withOverlapWarnings } from './events/overlap-warnings'
import { withLossWarnings } from './analysis/loss-warnings'
import type { PlanContext } from './plan-context'

/** A plan of something new with all that is worth knowing before one says yes. */
export const warned = async (context: PlanContext, planned: Planned): Promise<Planned> =>
  withOverlapWarnings(context, await withLossWarnings(context, planned))
