import { approvalsWanted, everyone, groupsOf, isOf, whoIs } from '../access/permissions'
import { isMachine } from '../access/person'
import { denied, pass, refuse, whoFacts, type Actor, type Verdict } from '../access/verdict'
import { isConfirmedByName } from '../procedures'
import { reason, type Reason } from '../reasons/reason'
import type { Catalogue } from '../catalogue/catalogue'
import type { Operation, Signal } from '../operation/operation'

export interface ClickFacts {
  readonly catalogue: Catalogue
  readonly kind: Signal['kind']
  readonly operation: Pick<
    Operation,
    'id' | 'request' | 'requester' | 'phase' | 'plan' | 'ending' | 'signals'
  >
  readonly actor: Actor
  /** The plan's fingerprint that was on the screen; a command typed without one brings the newest. */
  readonly fingerprint?: string
  /** The service's name as the person typed it, where a form asked for it. */
  readonly typedName?: string
  /** How often somebody had asked to cancel by what was on the screen: the question that is answered. */
  readonly asked?: number
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
export function checkClick(facts: ClickFacts): Verdict {
  const { operation, kind } = facts
  const phases: readonly Operation['phase'][] = phaseFor[kind]
  if (operation.ending || !phases.includes(operation.phase)) {
    const ending = operation.ending?.kind
    const tooLate = kind === 'cancel' && !ending && operation.phase === 'finishing'
    if (tooLate) return refuse(reason('too_late_to_cancel', { operation: operation.id }))
    return refuse(reason('stale', { operation: operation.id, phase: operation.phase, ending }))
  }
  const cancels = operation.signals.filter((signal) => signal.kind === 'cancel').length
  if (facts.asked !== undefined && facts.asked !== cancels)
    return refuse(reason('stale', { operation: operation.id, phase: operation.phase }))
  const refused = clickRefusal(facts)
  if (refused) return refuse(refused)
  if (kind === 'confirm' && isConfirmedByName(operation.request)) {
    const { service } = operation.request
    if (facts.typedName !== service) return refuse(reason('name_not_typed', { service }))
  }
  const needsFingerprint = kind === 'confirm' || kind === 'approve' || kind === 'decline'
  if (needsFingerprint && (!operation.plan || facts.fingerprint !== operation.plan.fingerprint)) {
    return refuse(reason('plan_changed', { operation: operation.id }))
  }
  return pass
}

const clickRefusal = ({ catalogue, kind, operation, actor }: ClickFacts): Reason | undefined => {
  const { procedure: action, service } = operation.request
  const own = operation.requester.user === actor.user
  if (kind === 'confirm') {
    // A machine reads no plan: a person who may ask for the same says yes in its place.
    const inItsPlace = isMachine(operation.requester) && !isMachine(actor)
    return own || inItsPlace
      ? denied(catalogue, action, service, actor)
      : reason('not_requester', { operation: operation.id, by: operation.requester.user })
  }
  if (kind === 'approve' || kind === 'decline') {
    // Whether the requester has the right to override alone is not known here: who is asked for nothing harms nothing.
    const overrides = operation.plan?.override && { by: '', memberships: [] }
    const by = approvalsWanted(catalogue, action, service, overrides).flatMap(groupsOf)
    if (!by.some((name) => isOf(catalogue, name, actor.user, actor.memberships))) {
      const who = whoIs(catalogue, by)
      return reason('not_approver', { operation: operation.id, ...whoFacts(who) })
    }
    if (!actor.memberships.includes(everyone))
      return reason('approver_not_member', { operation: operation.id })
    const stands = own || operation.requester.caller?.behind === actor.user
    return stands && kind === 'approve' ? reason('own_approval', { operation: operation.id }) : undefined
  }
  // To stop one's own work needs no further permission.
  return own ? undefined : denied(catalogue, 'cancel', service, actor)
}
