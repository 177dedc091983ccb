import type { PlannedWeights } from '../../domain/blue-green/planned-colors'
import type { Colors } from '../../domain/blue-green/live-color'
import { routesToShift, targetGroupsOf } from '../../domain/blue-green/weights'
import { type Result, ok } from '../../domain/result'
import type { PlanContext } from '../plan-context'

/** The routes that a shift from the live color moves, or why none can be. Throws AwsFailure. */
export const gatherWeights = async (
  { account, service }: Pick<PlanContext, 'account' | 'service'>,
  colors: Colors,
  steps: readonly number[],
): Promise<Result<PlannedWeights>> => {
  const found = await account.traffic.routes(targetGroupsOf(colors.components))
  const routes = routesToShift(colors, found, service.name)
  return routes.ok ? ok({ steps, routes: routes.value }) : routes
}
