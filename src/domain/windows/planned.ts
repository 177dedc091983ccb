import { isRollcall } from '../access/person'
import type { Catalogue } from '../catalogue/catalogue'
import { fingerprint } from '../operation/fingerprint'
import type { NewOperation } from '../operation/operation'
import type { Plan } from '../operation/plan'
import { reason } from '../reasons/reason'
import type { Instant } from '../time/time'
import type { Closure } from './closures'
import { closureAhead, closureHolding } from './held'

interface AtWindows {
  readonly plan: Plan
  /** The closed window that holds it. */
  readonly closure?: Closure
}

/**
 * A plan as the calendar has it now: what it overrides is part of what people agree to, and one that would run into a
 * window says so and is asked for once more.
 */
export const atWindows = (
  catalogue: Pick<Catalogue, 'windows'>,
  { request, requester, atWindow }: Pick<NewOperation, 'request' | 'requester' | 'atWindow'>,
  plan: Plan,
  now: Instant,
): AtWindows => {
  const closure = closureHolding(catalogue, request, now, plan)
  if (closure) {
    const why = atWindow?.override
    if (why === undefined) return { plan, closure }
    const until = closure.until === undefined ? {} : { until: closure.until }
    const overriding = { ...plan, override: { window: closure.window, ...until, why } }
    return { plan: { ...overriding, fingerprint: fingerprint(overriding) }, closure }
  }
  const ahead = closureAhead(catalogue, request, plan, now)
  if (!ahead) return { plan }
  const warning = reason('runs_into_window', {
    service: request.service,
    window: ahead.closure.window,
    at: ahead.closure.from,
    ends: ahead.ends,
  })
  return {
    plan: {
      ...plan,
      warnings: [...plan.warnings, warning],
      ...(!isRollcall(requester) && { confirm: true }),
    },
  }
}
