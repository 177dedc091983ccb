import { approvalFor, isOf, whoIs } from './permissions'
import { denied, pass, refuse, whoFacts, type Actor, type Verdict } from './verdict'
import { reason, type Reason } from './reasons'
import type { Catalogue } from './catalogue'
import type { Operation, Signal } from './operation'

export interface ClickFacts {
  readonly catalogue: Catalogue
  readonly kind: Signal['kind']
  readonly operation: Pick<Operation, 'id' | 'request' | 'requester' | 'phase' | 'plan' | 'ending'>
  readonly actor: Actor
  /** The plan's fingerprint that was on the screen; a command typed without one brings the newest. */
  readonly fingerprint?: string
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
    const late = kind === 'cancel' && !ending && operation.phase === 'finishing'
    if (late) return refuse(reason('too_late_to_cancel', { operation: operation.id }))
    return refuse(reason('stale', { operation: operation.id, phase: operation.phase, ending }))
  }
  const no = whyNot(facts)
  if (no) return refuse(no)
  const shownMatters = kind === 'confirm' || kind === 'approve' || kind === 'decline'
  if (shownMatters && (!operation.plan || facts.fingerprint !== operation.plan.fingerprint)) {
    return refuse(reason('plan_changed', { operation: operation.id }))
  }
  return pass
}

const whyNot = ({ catalogue, kind, operation, actor }: ClickFacts): Reason | undefined => {
  const { procedure: action, service } = operation.request
  const own = operation.requester.user === actor.user
  if (kind === 'confirm') {
    return own
      ? denied(catalogue, action, service, actor)
      : reason('not_requester', { operation: operation.id, by: operation.requester.user })
  }
  if (kind === 'approve' || kind === 'decline') {
    const by = approvalFor(catalogue, action, service)?.by
    if (by === undefined || !isOf(catalogue, by, actor.user, actor.memberships)) {
      const who = whoIs(catalogue, by === undefined ? [] : [by])
      return reason('not_approver', { operation: operation.id, ...whoFacts(who) })
    }
    return own && kind === 'approve' ? reason('own_approval', { operation: operation.id }) : undefined
  }
  // To stop one's own work needs no further permission.
  return own ? undefined : denied(catalogue, 'cancel', service, actor)
}
