import { isMachine, isRollcall } from './person'
import { allowed, isOf, whoIs } from './permissions'
import { minute, type Instant, type Milliseconds } from '../time/time'
import { reason } from '../reasons/reason'
import { pass, refuse, whoFacts, type Verdict } from './verdict'
import type { Action } from './action'
import type { Approval, Catalogue } from '../catalogue/catalogue'
import type { Signal } from '../operation/operation'

export interface ApprovalFacts {
  readonly catalogue: Catalogue
  readonly service: string
  readonly now: Instant
  /** The user who asked for the operation. */
  readonly requester: string
  /** The user who stands behind the machine that asked: no more an approver than the machine. */
  readonly behind?: string
  /** The Slack user groups of the requester and of everybody who signalled; unknown users are in none. */
  readonly memberships: ReadonlyMap<string, readonly string[]>
  /** The fingerprint of the plan as it is made now, and when that plan was first shown. */
  readonly fingerprint: string
  readonly shownAt: Instant
  readonly signals: readonly Signal[]
  /** Whether the plan is to be confirmed, beyond what the service's `confirm` asks. */
  readonly confirm?: boolean
}

/** How long a shown plan waits for its requester's word. */
export const confirmTimeout: Milliseconds = 30 * minute

/** The instant from which the plan is agreed to by its requester, or what is still in the way. */
export const confirmation = (
  facts: ApprovalFacts & { readonly action: Action },
): Verdict | { readonly at: Instant } => {
  const wanted = facts.confirm || facts.catalogue.services.get(facts.service)?.confirm
  const dismissed = facts.signals.find((signal) => signal.kind === 'dismiss')
  if (dismissed) return refuse(reason('not_confirmed', { by: dismissed.by.user }))
  // Nobody is there to say yes to what starts by itself.
  if (!wanted || isRollcall({ user: facts.requester })) return { at: facts.shownAt }
  const confirmations = facts.signals.filter(
    (signal) => signal.kind === 'confirm' && mayConfirm(facts, signal.by.user),
  )
  const until = facts.shownAt + confirmTimeout
  const bound = confirmations.find((signal) => signal.fingerprint === facts.fingerprint)
  if (bound) return { at: bound.at }
  if (confirmations.length > 0) return refuse(reason('plan_changed'))
  if (facts.now >= until) return refuse(reason('not_confirmed', { until }))
  return { verdict: 'wait', for: 'confirmation', by: facts.requester, until }
}

/** Whose word runs a plan: its requester's; for a machine, which reads no plan, that of a person who may ask for the same. */
const mayConfirm = (facts: ApprovalFacts & { readonly action: Action }, user: string): boolean => {
  const { catalogue, action, service, requester, memberships } = facts
  if (!isMachine({ user: requester })) return user === requester
  return !isMachine({ user }) && allowed(catalogue, action, service, user, memberships.get(user) ?? []).ok
}

/** Whether enough different people agreed to this plan in time; never its requester, nor who stands behind a machine. */
export const approvals = (facts: ApprovalFacts, wanted: Approval, askedAt: Instant): Verdict => {
  const until = askedAt + wanted.expires
  const answers = facts.signals.filter(
    (signal) =>
      signal.fingerprint === facts.fingerprint &&
      isOf(facts.catalogue, wanted.by, signal.by.user, facts.memberships.get(signal.by.user) ?? []),
  )
  const declined = answers.find((signal) => signal.kind === 'decline')
  if (declined) return refuse(reason('approval_declined', { by: declined.by.user }))
  const given = new Set(
    answers
      .filter(
        (signal) =>
          signal.kind === 'approve' &&
          signal.by.user !== facts.requester &&
          signal.by.user !== facts.behind &&
          !isMachine(signal.by) &&
          signal.at < until,
      )
      .map((signal) => signal.by.user),
  )
  if (given.size >= wanted.count) return pass
  const by = whoIs(facts.catalogue, [wanted.by])
  if (facts.now >= until) {
    return refuse(
      reason('approval_expired', { ...whoFacts(by), count: wanted.count, given: given.size, until }),
    )
  }
  return { verdict: 'wait', for: 'approval', by, count: wanted.count, given: [...given], until }
}
