import type { Plan } from '../domain/operation/plan'
import type { Request } from '../domain/operation/request'
import type { Result } from '../domain/result'
import { withRights } from '../facts/fleet/missing-rights'
import type { PlanContext } from '../facts/plan-context'
import { runbookFor } from '../procedures'

/** What a request would do, or why it cannot be done. Throws AwsFailure where AWS refuses or does not answer a read. */
export const planRequest = async (request: Request, context: PlanContext): Promise<Result<Plan>> =>
  withRights(context, await runbookFor(request, context.service).plan(request, context))
