import { approvalFor } from './permissions'
import { approvals, confirmation, type ApprovalFacts } from './approval'
import { covers, isActive, type Lock } from './lock'
import { denied, pass, refuse, type Actor, type Verdict } from './verdict'
import { isProcedure, locksHolding } from '../procedures'
import { reason, type Reason } from '../reasons/reason'
import type { Action } from '../access/action'
import type { Catalogue } from '../catalogue/catalogue'
import type { Instant } from '../time/time'

export interface CommandFacts {
  readonly catalogue: Catalogue
  readonly action: Action
  /** A service's name, or `*` for a command that touches all of them. */
  readonly service: string
  readonly actor: Actor
  /** Locks on the service, those on `*` too, as the store gives them. */
  readonly locks: readonly Lock[]
  readonly now: Instant
  /** A plan that is only shown passes every lock. */
  readonly dryRun?: boolean
}

export type StartFacts = ApprovalFacts & Pick<CommandFacts, 'action' | 'locks'>

/** What holds each action: a cancel reduces harm and passes, as does all that only looks. */
const locksOn = (action: Action): readonly Lock['kind'][] => (isProcedure(action) ? locksHolding(action) : [])

/** What a refusal because of a lock tells of it. */
export const lockFacts = (lock: Lock) => ({
  service: lock.service,
  why: lock.why,
  by: lock.by.user,
  since: lock.since,
  until: lock.until,
  operation: lock.operation,
})

const blockedReason = (
  facts: Pick<CommandFacts, 'action' | 'service' | 'locks' | 'now'>,
): Reason | undefined => {
  const active = facts.locks.filter((lock) => covers(lock, facts.service) && isActive(lock, facts.now))
  const blocking = active.find((lock) => locksOn(facts.action).includes(lock.kind))
  if (!blocking) return undefined
  return reason(blocking.kind === 'lock' ? 'locked' : 'frozen_after_rollback', lockFacts(blocking))
}

/** Whether a command may begin at all: permission, then locks. Consent and turn come once there is a plan. */
export function checkCommand(facts: CommandFacts): Verdict {
  const refused = denied(facts.catalogue, facts.action, facts.service, facts.actor)
  if (refused) return refuse(refused)
  if (facts.dryRun) return pass
  const blocked = blockedReason(facts) ?? lockOfAnother(facts)
  return blocked ? refuse(blocked) : pass
}

/** A lock is not to be overwritten by somebody else's: its reason would be lost. */
const lockOfAnother = (facts: CommandFacts): Reason | undefined => {
  if (facts.action !== 'lock') return undefined
  const theirs = facts.locks.find(
    (lock) =>
      lock.kind === 'lock' &&
      lock.service === facts.service &&
      isActive(lock, facts.now) &&
      lock.by.user !== facts.actor.user,
  )
  return theirs && reason('locked', lockFacts(theirs))
}

/**
 * Whether locks on a service may be cleared: by who may `unlock` it, and by the person who set them all.
 * Refuses with `not_locked` where there is nothing to clear (a lock on `*` is cleared by its own name only).
 */
export function checkUnlock(facts: Omit<CommandFacts, 'action' | 'dryRun'>): Verdict {
  const set = facts.locks.filter((lock) => lock.service === facts.service && isActive(lock, facts.now))
  const refused = denied(facts.catalogue, 'unlock', facts.service, facts.actor)
  const own = set.length > 0 && set.every((lock) => lock.by.user === facts.actor.user)
  if (refused && !own) return refuse(refused)
  return set.length > 0 ? pass : refuse(reason('not_locked', { service: facts.service }))
}

/**
 * Whether an operation may make its first change, or what it waits for. To be asked with a plan made afresh:
 * a word given to another plan does not count. In order: permission, locks, confirmation,
 * approval.
 */
export function checkStart(facts: StartFacts): Verdict {
  const { requester, memberships } = facts
  const actor = { user: requester, memberships: memberships.get(requester) ?? [] }
  const refused = denied(facts.catalogue, facts.action, facts.service, actor) ?? blockedReason(facts)
  if (refused) return refuse(refused)

  const confirmed = confirmation(facts)
  if ('verdict' in confirmed) return confirmed
  const approval = approvalFor(facts.catalogue, facts.action, facts.service)
  return approval ? approvals(facts, approval, confirmed.at) : pass
}
