import { approvalFor } from './permissions'
import { approvals, confirmation, type ConsentFacts } from './consent'
import { covers, holds, type Lock } from './lock'
import { denied, pass, refuse, type Actor, type Verdict } from './verdict'
import { reason, type Reason } from './reasons'
import type { Action, Catalogue } from './catalogue'
import type { Instant } from './time'

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

export interface StartFacts extends ConsentFacts, Pick<CommandFacts, 'action' | 'locks'> {
  /** The fleet is already where the plan leads. */
  readonly nothingToDo?: boolean
  /** Place in the service's line; absent while it has not joined it. */
  readonly place?: number
}

/**
 * What holds each action. A rollback and a cancel are ways out of trouble and pass both; the freeze after a
 * rollback holds only what goes forward again. All that only looks passes.
 */
const heldBy: Readonly<Record<Action, readonly Lock['kind'][]>> = {
  deploy: ['lock', 'freeze'],
  roll: ['lock', 'freeze'],
  swap: ['lock', 'freeze'],
  refresh: ['lock', 'freeze'],
  bake: ['lock'],
  finish: ['lock'],
  scale: ['lock'],
  schedule: ['lock'],
  reschedule: ['lock'],
  unschedule: ['lock'],
  follow: [],
  audit: [],
  prune: ['lock'],
  provision: ['lock'],
  teardown: ['lock'],
  rollback: [],
  cancel: [],
  approve: [],
  lock: [],
  unlock: [],
  status: [],
  history: [],
  show: [],
  schedules: [],
  images: [],
  help: [],
}

const lockFacts = (lock: Lock): Reason['facts'] => ({
  service: lock.service,
  why: lock.why,
  by: lock.by.user,
  since: lock.since,
  until: lock.until,
  operation: lock.operation,
})

const heldReason = (
  facts: Pick<CommandFacts, 'action' | 'service' | 'locks' | 'now'>,
): Reason | undefined => {
  const active = facts.locks.filter((lock) => covers(lock, facts.service) && holds(lock, facts.now))
  const holding = active.find((lock) => heldBy[facts.action].includes(lock.kind))
  if (!holding) return undefined
  return reason(holding.kind === 'lock' ? 'locked' : 'frozen_after_rollback', lockFacts(holding))
}

/** Whether a command may begin at all: permission, then locks. Consent and turn come once there is a plan. */
export function atCommand(facts: CommandFacts): Verdict {
  const no = denied(facts.catalogue, facts.action, facts.service, facts.actor)
  if (no) return refuse(no)
  if (facts.dryRun) return pass
  const held = heldReason(facts) ?? othersLock(facts)
  return held ? refuse(held) : pass
}

/** A lock is not to be overwritten by somebody else's: its reason would be lost. */
const othersLock = (facts: CommandFacts): Reason | undefined => {
  if (facts.action !== 'lock') return undefined
  const theirs = facts.locks.find(
    (lock) =>
      lock.kind === 'lock' &&
      lock.service === facts.service &&
      holds(lock, facts.now) &&
      lock.by.user !== facts.actor.user,
  )
  return theirs && reason('locked', lockFacts(theirs))
}

/**
 * Whether locks on a service may be cleared: by who may `unlock` it, and by the person who set them all.
 * Refuses with `not_locked` where there is nothing to clear (a lock on `*` is cleared by its own name only).
 */
export function atUnlock(facts: Omit<CommandFacts, 'action' | 'dryRun'>): Verdict {
  const set = facts.locks.filter((lock) => lock.service === facts.service && holds(lock, facts.now))
  const no = denied(facts.catalogue, 'unlock', facts.service, facts.actor)
  const own = set.length > 0 && set.every((lock) => lock.by.user === facts.actor.user)
  if (no && !own) return refuse(no)
  return set.length > 0 ? pass : refuse(reason('not_locked', { service: facts.service }))
}

/**
 * Whether an operation may make its first change, or what it waits for. To be asked with a plan made afresh:
 * a word given to another plan does not count. In order: permission, locks, nothing to do, confirmation,
 * approval, turn.
 */
export function beforeStart(facts: StartFacts): Verdict {
  const { requester, memberships } = facts
  const actor = { user: requester, memberships: memberships.get(requester) ?? [] }
  const no = denied(facts.catalogue, facts.action, facts.service, actor) ?? heldReason(facts)
  if (no) return refuse(no)
  if (facts.nothingToDo) return refuse(reason('nothing_to_do', { service: facts.service }))

  const confirmed = confirmation(facts)
  if ('verdict' in confirmed) return confirmed
  const approval = approvalFor(facts.catalogue, facts.action, facts.service)
  const approved = approval ? approvals(facts, approval, confirmed.at) : pass
  if (approved.verdict !== 'pass') return approved

  return facts.place === undefined || facts.place === 0
    ? pass
    : { verdict: 'wait', for: 'turn', place: facts.place }
}
