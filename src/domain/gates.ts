import { approvalFor, allowed, isOf, whoIs, type WhoMay } from './permissions'
import { covers, holds, type Lock } from './lock'
import { minute, type Instant, type Milliseconds } from './time'
import { reason, type Reason } from './reasons'
import type { Action, Approval, Catalogue } from './catalogue'
import type { Operation, Signal } from './operation'

/**
 * What may hold an operation back, decided in one place from facts that others gathered: by the gateway at the
 * command (`atCommand`) and at each click (`atClick`), by the worker before its first change (`beforeStart`).
 */
export type Verdict =
  | { readonly verdict: 'pass' }
  | Wait
  | { readonly verdict: 'refuse'; readonly reason: Reason }

/** What is waited for. After `until` silence means no. */
export type Wait =
  | {
      readonly verdict: 'wait'
      readonly for: 'confirmation'
      /** The user who is to say yes. */
      readonly by: string
      readonly until: Instant
    }
  | {
      readonly verdict: 'wait'
      readonly for: 'approval'
      readonly by: WhoMay
      readonly count: number
      /** Users who approved so far. */
      readonly given: readonly string[]
      readonly until: Instant
    }
  | {
      readonly verdict: 'wait'
      readonly for: 'turn'
      /** How many are before it. */
      readonly place: number
    }

/** Somebody who acts, by user id, with the Slack user groups that this user is in. */
export interface Actor {
  readonly user: string
  readonly memberships: readonly string[]
}

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

export interface StartFacts extends Omit<CommandFacts, 'actor' | 'dryRun'> {
  /** The user who asked for the operation. */
  readonly requester: string
  /** The Slack user groups of the requester and of everybody who signalled; unknown users are in none. */
  readonly memberships: ReadonlyMap<string, readonly string[]>
  /** The fingerprint of the plan as it is made now, and when that plan was first shown. */
  readonly fingerprint: string
  readonly shownAt: Instant
  readonly signals: readonly Signal[]
  /** The fleet is already where the plan leads. */
  readonly nothingToDo?: boolean
  /** Whether the plan is to be confirmed, beyond what the service's `confirm` asks. */
  readonly confirm?: boolean
  /** Place in the service's line; absent while it has not joined it. */
  readonly place?: number
}

export interface ClickFacts {
  readonly catalogue: Catalogue
  readonly kind: Signal['kind']
  readonly operation: Pick<Operation, 'id' | 'request' | 'requester' | 'phase' | 'plan' | 'ending'>
  readonly actor: Actor
  /** The plan's fingerprint that was on the screen; a command typed without one brings the newest. */
  readonly fingerprint?: string
}

/** How long a shown plan waits for its requester's word. */
export const confirmWithin: Milliseconds = 30 * minute

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
  unschedule: ['lock'],
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

const pass = { verdict: 'pass' } as const
const refuse = (why: Reason): Verdict => ({ verdict: 'refuse', reason: why })

const permission = (
  facts: Pick<CommandFacts, 'catalogue' | 'action' | 'service'>,
  actor: Actor,
): Reason | undefined => {
  const answer = allowed(facts.catalogue, facts.action, facts.service, actor.user, actor.memberships)
  return answer.ok
    ? undefined
    : reason('not_allowed', { action: facts.action, service: facts.service, ...whoFacts(answer.who) })
}

const whoFacts = (who: WhoMay): Reason['facts'] => ({
  everyone: who.everyone,
  names: who.names,
  users: who.users,
  groups: who.groups,
})

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
  const denied = permission(facts, facts.actor)
  if (denied) return refuse(denied)
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
  const denied = permission({ ...facts, action: 'unlock' }, facts.actor)
  const own = set.length > 0 && set.every((lock) => lock.by.user === facts.actor.user)
  if (denied && !own) return refuse(denied)
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
  const denied = permission(facts, actor) ?? heldReason(facts)
  if (denied) return refuse(denied)
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

/** The instant from which the plan is agreed to by its requester, or what is still in the way. */
const confirmation = (facts: StartFacts): Verdict | { readonly at: Instant } => {
  const wanted = facts.confirm || facts.catalogue.services.get(facts.service)?.confirm
  const said = facts.signals.filter((signal) => signal.by.user === facts.requester)
  const no = said.find((signal) => signal.kind === 'dismiss')
  if (no) return refuse(reason('not_confirmed', { by: no.by.user }))
  if (!wanted) return { at: facts.shownAt }
  const yes = said.filter((signal) => signal.kind === 'confirm')
  const until = facts.shownAt + confirmWithin
  const bound = yes.find((signal) => signal.fingerprint === facts.fingerprint)
  if (bound) return { at: bound.at }
  if (yes.length > 0) return refuse(reason('plan_changed'))
  if (facts.now >= until) return refuse(reason('not_confirmed', { until }))
  return { verdict: 'wait', for: 'confirmation', by: facts.requester, until }
}

const approvals = (facts: StartFacts, wanted: Approval, askedAt: Instant): Verdict => {
  const until = askedAt + wanted.expires
  const said = facts.signals.filter(
    (signal) =>
      signal.fingerprint === facts.fingerprint &&
      isOf(facts.catalogue, wanted.by, signal.by.user, facts.memberships.get(signal.by.user) ?? []),
  )
  const no = said.find((signal) => signal.kind === 'decline')
  if (no) return refuse(reason('approval_declined', { by: no.by.user }))
  const given = new Set(
    said
      .filter(
        (signal) => signal.kind === 'approve' && signal.by.user !== facts.requester && signal.at < until,
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

/** Which phase of an operation each word is for; `cancel` is for all before it goes back or ends. */
const phaseFor = {
  confirm: ['confirming'],
  dismiss: ['confirming'],
  approve: ['approving'],
  decline: ['approving'],
  cancel: ['planning', 'confirming', 'approving', 'queued', 'running', 'held'],
  'go back': ['held'],
  'go on': ['held'],
} as const satisfies Record<Signal['kind'], readonly Operation['phase'][]>

/** Whether a person's word to a running operation counts: the moment, the person, and what was on the screen. */
export function atClick(facts: ClickFacts): Verdict {
  const { operation, kind } = facts
  const phases: readonly Operation['phase'][] = phaseFor[kind]
  if (operation.ending || !phases.includes(operation.phase)) {
    const ending = operation.ending?.kind
    return refuse(reason('stale', { operation: operation.id, phase: operation.phase, ending }))
  }
  const denied = wordDenied(facts)
  if (denied) return refuse(denied)
  const shownMatters = kind === 'confirm' || kind === 'approve' || kind === 'decline'
  if (shownMatters && (!operation.plan || facts.fingerprint !== operation.plan.fingerprint)) {
    return refuse(reason('plan_changed', { operation: operation.id }))
  }
  return pass
}

const wordDenied = ({ catalogue, kind, operation, actor }: ClickFacts): Reason | undefined => {
  const { procedure: action, service } = operation.request
  const own = operation.requester.user === actor.user
  switch (kind) {
    case 'confirm':
      return own
        ? permission({ catalogue, action, service }, actor)
        : reason('not_requester', { operation: operation.id, by: operation.requester.user })
    case 'approve':
    case 'decline': {
      const by = approvalFor(catalogue, action, service)?.by
      if (by === undefined || !isOf(catalogue, by, actor.user, actor.memberships)) {
        const who = whoIs(catalogue, by === undefined ? [] : [by])
        return reason('not_approver', { operation: operation.id, ...whoFacts(who) })
      }
      return own && kind === 'approve' ? reason('own_approval', { operation: operation.id }) : undefined
    }
    case 'dismiss':
    case 'cancel':
    case 'go back':
    case 'go on':
      return own ? undefined : permission({ catalogue, action: 'cancel', service }, actor)
  }
}
