import type { PlannedWeights } from '../../../domain/colors/plan'
import type { Colors } from '../../../domain/colors/state'
import { routesToShift, targetGroupsOf } from '../../../domain/colors/weights'
import type { Reason } from '../../../domain/reasons'
import type { Desk } from '../../context'

/** The routes that a shift from the live color moves, or why none can be. Throws AwsFailure. */
export const gatherWeights = async (
  { account, service }: Pick<Desk, 'account' | 'service'>,
  colors: Colors,
  steps: readonly number[],
): Promise<PlannedWeights | Reason> => {
  const found = await account.traffic.routes(targetGroupsOf(colors.components))
  const routes = routesToShift(colors, found, service.name)
  return 'code' in routes ? routes : { steps, routes }
}
