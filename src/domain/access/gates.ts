import { allowed, approvalsWanted, reasonWanted, whoMayOverride } from './permissions'
import { approvals, confirmation, type ApprovalFacts } from './approval'
import { covers, isActive, type Lock } from './lock'
import { denied, pass, refuse, whoFacts, type Actor, type Verdict } from './verdict'
import { isRollcall } from './person'
import { isProcedure, locksHolding } from '../procedures'
import { reason, type Reason } from '../reasons/reason'
import type { Action } from '../access/action'
import type { AtWindow } from '../windows/at-window'
import { closureAt, type Closure } from '../windows/closures'
import { isHeld } from '../windows/held'
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
  /** What was said of a window that may be closed. */
  readonly atWindow?: AtWindow
  /** The reason that was given. */
  readonly why?: string | undefined
}

export type StartFacts = ApprovalFacts &
  Pick<CommandFacts, 'action' | 'locks' | 'atWindow'> & {
    /** The closed window that holds it, where one does. */
    readonly closure?: Closure
    /** Whether the plan overrides a closed window. */
    readonly overrides?: boolean
  }

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

/** The refusal of a closed window: what it is, until when, and who may override it. */
export const windowClosed = (catalogue: Catalogue, service: string, closure: Closure): Reason =>
  reason('window_closed', {
    service,
    window: closure.window,
    why: closure.why,
    until: closure.until,
    ...whoFacts(whoMayOverride(catalogue, service)),
  })

/** Whether somebody may ask for an override at all: alone by the right to, or with the approval that `override` names. */
const mayOverride = (catalogue: Catalogue, service: string, { user, memberships }: Actor): boolean =>
  catalogue.override !== undefined || allowed(catalogue, 'override', service, user, memberships).ok

/** What a closed window says to somebody, as far as it holds what they ask for. */
const atClosure = (
  catalogue: Catalogue,
  service: string,
  closure: Closure,
  actor: Actor,
  { override, waits }: AtWindow,
): Verdict => {
  if (override !== undefined)
    return mayOverride(catalogue, service, actor)
      ? pass
      : refuse(
          reason('override_not_allowed', {
            service,
            window: closure.window,
            ...whoFacts(whoMayOverride(catalogue, service)),
          }),
        )
  if (!waits) return refuse(windowClosed(catalogue, service, closure))
  const until = closure.until === undefined ? {} : { until: closure.until }
  return { verdict: 'wait', for: 'window', closure, ...until }
}

/**
 * Whether a command may begin at all: permission, locks, then windows. Consent and turn come once there is a plan, and
 * with it what a window says of a change of sizes.
 */
export function checkCommand(facts: CommandFacts): Verdict {
  const refused = denied(facts.catalogue, facts.action, facts.service, facts.actor)
  if (refused) return refuse(refused)
  if (facts.dryRun) return pass
  const blocked = blockedReason(facts) ?? lockOfAnother(facts)
  if (blocked) return refuse(blocked)
  const { catalogue, action, service, actor, now, atWindow = {} } = facts
  const held = isProcedure(action) && isHeld(action) === true
  const closure = held ? closureAt(catalogue.windows ?? [], service, now) : undefined
  const verdict = closure ? atClosure(catalogue, service, closure, actor, atWindow) : pass
  if (verdict.verdict === 'refuse') return verdict
  const unreasoned = reasonMissing(facts)
  // To wait for a window, an operation is recorded.
  return unreasoned ? refuse(unreasoned) : pass
}

/** What goes back, or ends what went forward, is asked for by a button, in a hurry: it needs no reason. */
const withoutReason: ReadonlySet<Action> = new Set(['rollback', 'finish'])

/** Why a command is refused for the reason that it lacks. */
const reasonMissing = ({ catalogue, action, service, actor, why = '' }: CommandFacts): Reason | undefined => {
  if (!isProcedure(action) || withoutReason.has(action) || isRollcall(actor)) return undefined
  const { required, tickets } = reasonWanted(catalogue, action, service)
  if (!required) return undefined
  const said = why.split(/[\s,;:()[\]]+/).filter((word) => word !== '')
  const lacks = tickets.find((form) => !said.some((word) => new RegExp(form, 'u').test(word)))
  if (lacks !== undefined) return reason('ticket_missing', { action, service, form: lacks })
  return said.length === 0 ? reason('reason_missing', { action, service }) : undefined
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
 * a word given to another plan does not count. In order: permission, locks, windows, confirmation, approvals.
 */
export function checkStart(facts: StartFacts): Verdict {
  const { catalogue, action, service, requester, memberships, closure, atWindow = {} } = facts
  const actor = { user: requester, memberships: memberships.get(requester) ?? [] }
  const refused = denied(catalogue, action, service, actor) ?? blockedReason(facts)
  if (refused) return refuse(refused)
  const atWindowNow = closure ? atClosure(catalogue, service, closure, actor, atWindow) : pass
  if (atWindowNow.verdict !== 'pass') return atWindowNow

  const confirmed = confirmation(facts)
  if ('verdict' in confirmed) return confirmed
  const overrides = facts.overrides ? { by: requester, memberships: actor.memberships } : undefined
  const askedAt = Math.max(confirmed.at, facts.askedAt ?? 0)
  for (const wanted of approvalsWanted(catalogue, action, service, overrides)) {
    const verdict = approvals(facts, wanted, askedAt)
    if (verdict.verdict !== 'pass') return verdict
  }
  return pass
}
