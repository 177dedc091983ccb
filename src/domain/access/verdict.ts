import { allowed, type WhoMay } from './permissions'
import { reason, type Reason } from '../reasons/reason'
import type { Action } from '../access/action'
import type { Catalogue } from '../catalogue/catalogue'
import type { Instant } from '../time/time'
import type { Closure } from '../windows/closures'

/**
 * What a gate says. All gates are pure decisions on facts that others gathered: by the gateway at the command
 * (`atCommand` in gates.ts) and at each click (`atClick` in clicks.ts), by the worker before the first change
 * (`beforeStart` in gates.ts).
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
      /** When whoever has not answered is called once more. */
      readonly remindAt?: Instant
    }
  /** A window is closed, and the operation was asked to wait until it opens. */
  | {
      readonly verdict: 'wait'
      readonly for: 'window'
      readonly closure: Closure
      /** Absent where no end is in sight. */
      readonly until?: Instant
    }

/** Somebody who acts, by user id, with the Slack user groups that this user is in. */
export interface Actor {
  readonly user: string
  readonly memberships: readonly string[]
}

export const pass = { verdict: 'pass' } as const
export const refuse = (why: Reason): Extract<Verdict, { verdict: 'refuse' }> => ({
  verdict: 'refuse',
  reason: why,
})

/** Why this person may not do this, saying who may; undefined for who may. */
export function denied(
  catalogue: Catalogue,
  action: Action,
  service: string,
  actor: Actor,
): Reason | undefined {
  const answer = allowed(catalogue, action, service, actor.user, actor.memberships)
  return answer.ok ? undefined : reason('not_allowed', { action, service, ...whoFacts(answer.who) })
}

/** The people who may, as facts of a reason. */
export const whoFacts = (who: WhoMay): Reason['facts'] => ({
  everyone: who.everyone,
  names: who.names,
  users: who.users,
  groups: who.groups,
})
