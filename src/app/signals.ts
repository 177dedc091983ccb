import { atClick } from '../domain/clicks'
import type { Operation, OperationId, Signal } from '../domain/operation'
import { type Reason, reason } from '../domain/reasons'
import { type Asker, actorOf, type FrontDesk } from './front-desk'
import { wake } from './record'

type Sources = Pick<FrontDesk, 'catalogue' | 'clock' | 'journal' | 'wakeups' | 'people' | 'log'>

export interface Word {
  readonly operation: OperationId
  readonly kind: Signal['kind']
  /** The fingerprint that was on the screen; a typed command speaks of the newest plan. */
  readonly fingerprint?: string
  readonly typed?: true
}

export type Heard =
  | { readonly ok: true; readonly operation: Operation; readonly outcome: 'recorded' | 'already' }
  | { readonly ok: false; readonly reason: Reason }

/**
 * Says something to an operation for a person, once, however often it is clicked. Rejects with StoreUnavailable
 * when it could not be recorded.
 */
export const sayTo = async (desk: Sources, word: Word, asker: Pick<Asker, 'person'>): Promise<Heard> => {
  const [operation, actor] = await Promise.all([
    desk.journal.read(word.operation),
    actorOf(desk, asker.person),
  ])
  if (operation === undefined)
    return { ok: false, reason: reason('unknown_operation', { operation: word.operation }) }
  const fingerprint = word.typed ? operation.plan?.fingerprint : word.fingerprint
  const shown = fingerprint === undefined ? {} : { fingerprint }
  const verdict = atClick({ catalogue: desk.catalogue, kind: word.kind, operation, actor, ...shown })
  if (verdict.verdict === 'refuse') return { ok: false, reason: verdict.reason }

  const signal: Signal = {
    id: signalId(operation, word.kind, asker.person.user, fingerprint),
    kind: word.kind,
    by: asker.person,
    at: desk.clock.now(),
    ...shown,
  }
  const recorded = await desk.journal.signal(operation.id, signal)
  if (recorded === 'unknown' || recorded === 'ended') {
    const stale = reason('stale', { operation: operation.id, phase: 'ended', ending: operation.ending?.kind })
    return { ok: false, reason: stale }
  }
  await wake(desk, operation.id)
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
  if (kind === 'go back' || kind === 'go on') return `answer:${count('cancel')}`
  return `${kind}:${user}:${fingerprint ?? ''}`
}
