import { isRollcall } from './person'
import { isOf, whoIs } from './permissions'
import { minute, type Instant, type Milliseconds } from './time'
import { reason } from './reasons'
import { pass, refuse, whoFacts, type Verdict } from './verdict'
import type { Approval, Catalogue } from './catalogue'
import type { Signal } from './operation'

export interface ConsentFacts {
  readonly catalogue: Catalogue
  readonly service: string
  readonly now: Instant
  /** The user who asked for the operation. */
  readonly requester: string
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
export const confirmWithin: Milliseconds = 30 * minute

/** The instant from which the plan is agreed to by its requester, or what is still in the way. */
export const confirmation = (facts: ConsentFacts): Verdict | { readonly at: Instant } => {
  const wanted = facts.confirm || facts.catalogue.services.get(facts.service)?.confirm
  const no = facts.signals.find((signal) => signal.kind === 'dismiss')
  if (no) return refuse(reason('not_confirmed', { by: no.by.user }))
  // Nobody is there to say yes to what starts by itself.
  if (!wanted || isRollcall({ user: facts.requester })) return { at: facts.shownAt }
  const yes = facts.signals.filter(
    (signal) => signal.kind === 'confirm' && signal.by.user === facts.requester,
  )
  const until = facts.shownAt + confirmWithin
  const bound = yes.find((signal) => signal.fingerprint === facts.fingerprint)
  if (bound) return { at: bound.at }
  if (yes.length > 0) return refuse(reason('plan_changed'))
  if (facts.now >= until) return refuse(reason('not_confirmed', { until }))
  return { verdict: 'wait', for: 'confirmation', by: facts.requester, until }
}

/** Whether enough different people agreed to this plan in time; never its requester. */
export const approvals = (facts: ConsentFacts, wanted: Approval, askedAt: Instant): Verdict => {
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
