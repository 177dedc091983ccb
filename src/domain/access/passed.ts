import { defined } from '../defined'
import type { Plan } from '../operation/plan'
import { agreedTo } from './approval'
import type { StartFacts } from './gates'
import { isRollcall } from './person'
import { allowed, approvalsWanted, isOf, speaksOf } from './permissions'

/** What let an operation through the gates: for whoever asks later, when the rules are others. */
export type Passed = {
  /** The catalogue that decided, by its SHA-256. */
  readonly catalogue?: string
  /** The first rule that allows it, and by which of its names; absent for what Rollcall starts by itself. */
  readonly rule?: {
    readonly service: string
    readonly actions: readonly string[]
    readonly allow: readonly string[]
  }
  /** The approvals that were asked for, and who gave them. */
  readonly approvals: readonly {
    readonly by: string
    readonly second?: string
    readonly count: number
    readonly given: readonly string[]
  }[]
  /** The closed window that it overrides, and whether by a right of its requester's own. */
  readonly override?: { readonly window: string; readonly alone: boolean }
}

/** To be asked with what passed. */
export const passedBy = (facts: StartFacts, { override }: Pick<Plan, 'override'>): Passed => {
  const { catalogue, action, service, requester } = facts
  const memberships = facts.memberships.get(requester) ?? []
  const lets = (name: string): boolean => isOf(catalogue, name, requester, memberships)
  const rule = catalogue.rules.find((one) => speaksOf(one, action, service) && one.allow.some(lets))
  const overrides = facts.overrides ? { by: requester, memberships } : undefined
  return {
    ...defined({ catalogue: catalogue.sha256 }),
    ...(rule &&
      !isRollcall({ user: requester }) && {
        rule: { service: rule.service, actions: rule.actions, allow: rule.allow.filter(lets) },
      }),
    approvals: approvalsWanted(catalogue, action, service, overrides).map((wanted) => {
      const { by, second, count } = wanted
      return { by, ...defined({ second }), count, given: agreedTo(facts, wanted) }
    }),
    ...(override && {
      override: {
        window: override.window,
        alone: allowed(catalogue, 'override', service, requester, memberships).ok,
      },
    }),
  }
}
