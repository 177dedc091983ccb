import { checkClick } from '../domain/interaction/clicks'
import type { Operation, Signal } from '../domain/operation/operation'
import { isQuestionOnWayBack } from '../domain/steps/key'
import { type Reason, reason } from '../domain/reasons/reason'
import { type Asker, actorOf, type GatewayDeps } from './deps'
import { membershipsOf } from '../ports/memberships'
import { wake } from '../durable/create-operation'
import type { OperationId } from '../domain/operation/id'

type SignalDeps = Pick<GatewayDeps, 'catalogue' | 'clock' | 'journal' | 'wakeups' | 'people' | 'log'>

export interface SignalRequest {
  readonly operation: OperationId
  readonly kind: Signal['kind']
  /** The fingerprint that was on the screen; a typed command speaks of the newest plan. */
  readonly fingerprint?: string
  readonly typed?: true
  /** The service's name, where a form asked for it. */
  readonly typedName?: string
  /** Which question an answer is for: how often somebody had asked to cancel. */
  readonly asked?: number
}

export type SignalResult =
  | { readonly ok: true; readonly operation: Operation; readonly outcome: 'recorded' | 'already' }
  | { readonly ok: false; readonly reason: Reason }

/**
 * Says something to an operation for a person, once, however often it is clicked. Rejects with StoreUnavailable
 * when it could not be recorded.
 */
export const sendSignal = async (
  deps: SignalDeps,
  request: SignalRequest,
  asker: Pick<Asker, 'person'>,
): Promise<SignalResult> => {
  const [operation, actor] = await Promise.all([
    deps.journal.read(request.operation),
    actorOf(deps, asker.person),
  ])
  if (operation === undefined)
    return { ok: false, reason: reason('unknown_operation', { operation: request.operation }) }
  const fingerprint = request.typed ? operation.plan?.fingerprint : request.fingerprint
  const shown = fingerprint === undefined ? {} : { fingerprint }
  const { asked, typedName } = request
  const verdict = checkClick({
    catalogue: deps.catalogue,
    kind: request.kind,
    operation,
    actor,
    ...shown,
    ...(asked !== undefined && { asked }),
    ...(typedName !== undefined && { typedName }),
  })
  if (verdict.verdict === 'refuse') return { ok: false, reason: verdict.reason }

  // Of whoever agreed before, Slack is asked again, so that the worker knows who has left since.
  if (request.kind === 'approve') await membershipsOf(operation, deps.catalogue, deps.people)
  const signal: Signal = {
    id: signalId(operation, request.kind, asker.person.user, fingerprint),
    kind: request.kind,
    by: asker.person,
    at: deps.clock.now(),
    ...shown,
  }
  const recorded = await deps.journal.signal(operation.id, signal)
  if (recorded === 'unknown' || recorded === 'ended') {
    const stale = reason('stale', { operation: operation.id, phase: 'ended', ending: operation.ending?.kind })
    return { ok: false, reason: stale }
  }
  await wake(deps, operation.id)
  // Two answers to one question: the first one counts, and the other is told so.
  const now = recorded === 'already' ? await deps.journal.read(operation.id) : undefined
  if (now?.signals.some(({ id, kind }) => id === signal.id && kind !== signal.kind)) {
    const stale = reason('stale', { operation: operation.id, phase: now.phase, ending: now.ending?.kind })
    return { ok: false, reason: stale }
  }
  return { ok: true, operation, outcome: recorded }
}

/**
 * One word, once. Consent is one for each person and plan; a cancel and what answers it may come several times
 * in an operation's life, once for each time that it was held.
 */
const signalId = (
  operation: Operation,
  kind: Signal['kind'],
  user: string,
  fingerprint: string | undefined,
): string => {
  const count = (of: Signal['kind']) => operation.signals.filter((signal) => signal.kind === of).length
  if (kind === 'cancel') return `cancel:${count('go on')}`
  if (kind === 'go back' || kind === 'go on') {
    const asked = operation.steps.find(({ key, state }) => isQuestionOnWayBack(key) && state === 'waiting')
    return `answer:${asked?.key ?? count('cancel')}`
  }
  return `${kind}:${user}:${fingerprint ?? ''}`
}
