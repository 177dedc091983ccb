import type { Operation } from '../domain/operation/operation'
import type { ProcedureName } from '../domain/operation/request'
import type { PlanContext } from './plan-context'

/** Succeeded operations of this kind, newest first: what expected durations are measured from. */
export const recentSuccesses = async (
  context: PlanContext,
  procedure: ProcedureName,
): Promise<readonly Operation[]> =>
  (await context.journal.history(context.service.name, 50)).filter(
    (operation) => operation.request.procedure === procedure && operation.ending?.kind === 'succeeded',
  )
