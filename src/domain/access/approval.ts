import { isMachine, isRollcall } from './person'
import { allowed, everyone, isOf, whoIs } from './permissions'
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
  /** For how long nobody was there to hear its requester's word on it. */
  readonly unheard?: Milliseconds
  /** Since when approvers can be heard who were asked about it; since its requester's word when absent. */
  readonly askedAt?: Instant
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
  const until = facts.shownAt + confirmTimeout + (facts.unheard ?? 0)
  // A word to an earlier plan does not count: what came of the operation before it is shown, and asked, anew.
  const bound = facts.signals.find(
    ({ kind, by, fingerprint }) =>
      kind === 'confirm' && fingerprint === facts.fingerprint && mayConfirm(facts, by.user),
  )
  if (bound) return { at: bound.at }
  if (facts.now >= until) return refuse(reason('not_confirmed', { until }))
  return { verdict: 'wait', for: 'confirmation', by: facts.requester, until }
}

/** Whose word runs a plan: its requester's; for a machine, which reads no plan, that of a person who may ask for the same. */
const mayConfirm = (facts: ApprovalFacts & { readonly action: Action }, user: string): boolean => {
  const { catalogue, action, service, requester, memberships } = facts
  if (!isMachine({ user: requester })) return user === requester
  return !isMachine({ user }) && allowed(catalogue, action, service, user, memberships.get(user) ?? []).ok
}

const inGroup =
  ({ catalogue, memberships }: ApprovalFacts) =>
  (name: string | undefined, user: string): boolean =>
    name !== undefined && isOf(catalogue, name, user, memberships.get(user) ?? [])

/** What those who are asked said to this plan. */
const answersTo = (facts: ApprovalFacts, { by, second }: Approval): readonly Signal[] =>
  facts.signals.filter(
    ({ fingerprint, by: { user } }) =>
      fingerprint === facts.fingerprint &&
      (facts.memberships.get(user) ?? []).includes(everyone) &&
      [by, second].some((name) => inGroup(facts)(name, user)),
  )

/** Who of them agreed before `until` and counts, each once, in their order. */
export const agreedTo = (
  facts: ApprovalFacts,
  wanted: Approval,
  until: Instant = Infinity,
): readonly string[] => [
  ...new Set(
    answersTo(facts, wanted)
      .filter(
        ({ kind, by, at }) =>
          kind === 'approve' &&
          by.user !== facts.requester &&
          by.user !== facts.behind &&
          !isMachine(by) &&
          at < until,
      )
      .map(({ by }) => by.user),
  ),
]

/**
 * Whether enough different people agreed to this plan in time; never its requester, nor who
 * stands behind a machine. Guests, apps, people of other
 * workspaces and whoever has left do not count, though the catalogue names them: they are no full members now.
 */
export const approvals = (facts: ApprovalFacts, wanted: Approval, askedAt: Instant): Verdict => {
  const until = askedAt + wanted.expires
  const { by: first, second, count } = wanted
  const isIn = inGroup(facts)
  const declined = answersTo(facts, wanted).find((signal) => signal.kind === 'decline')
  if (declined) return refuse(reason('approval_declined', { by: declined.by.user }))
  const agreed = agreedTo(facts, wanted, until)
  const ofFirst = agreed.filter((user) => isIn(first, user))
  const ofSecond = agreed.filter((user) => isIn(second, user))
  // Whoever is in both groups counts for one of them.
  const all = count + (second === undefined ? 0 : 1)
  const enough =
    ofFirst.length >= count && (second === undefined || (ofSecond.length > 0 && agreed.length >= all))
  if (enough) return pass
  const missing = [
    ...(ofFirst.length < count ? [first] : []),
    ...(second !== undefined && ofSecond.length === 0 ? [second] : []),
  ]
  const named = [first, ...(second === undefined ? [] : [second])]
  const by = whoIs(facts.catalogue, missing.length > 0 ? missing : named)
  const given = agreed.slice(0, all - 1)
  if (facts.now >= until) {
    return refuse(reason('approval_expired', { ...whoFacts(by), count: all, given: given.length, until }))
  }
  const remindAt = askedAt + wanted.expires / 2
  return { verdict: 'wait', for: 'approval', by, count: all, given, until, remindAt }
}
