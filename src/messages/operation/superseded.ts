import type { Operation, Signal } from '../../domain/operation/operation'

/** Words that are bound to the plan that was on the screen; `dismiss` ends an operation whatever its plan is. */
const bound = new Set<Signal['kind']>(['approve', 'decline', 'confirm'])

/** Whether a word was said to a plan that has changed since: it does not count for the one that is shown. */
export const isOfEarlierPlan = ({ plan }: Pick<Operation, 'plan'>, { kind, fingerprint }: Signal): boolean =>
  bound.has(kind) && plan !== undefined && fingerprint !== undefined && fingerprint !== plan.fingerprint

/** Who confirmed a plan that has changed since. */
export const confirmedBefore = (operation: Pick<Operation, 'plan' | 'signals'>): Signal['by'] | undefined =>
  operation.signals.findLast((signal) => signal.kind === 'confirm' && isOfEarlierPlan(operation, signal))?.by
