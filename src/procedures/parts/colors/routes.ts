import type { PlannedWeights } from '../../../domain/colors/plan'
import type { Colors } from '../../../domain/colors/state'
import { routesToShift, targetGroupsOf } from '../../../domain/colors/weights'
import type { Desk } from '../../context'
import { type Result, ok } from '../../../domain/result'

/** The routes that a shift from the live color moves, or why none can be. Throws AwsFailure. */
export const gatherWeights = async (
  { account, service }: Pick<Desk, 'account' | 'service'>,
  colors: Colors,
  steps: readonly number[],
): Promise<Result<PlannedWeights>> => {
  const found = await account.traffic.routes(targetGroupsOf(colors.components))
  const routes = routesToShift(colors, found, service.name)
  return routes.ok ? ok({ steps, routes: routes.value }) : routes
}
