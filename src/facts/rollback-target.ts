import type { Operation } from '../domain/operation/operation'
import type { Phase } from '../domain/operation/phase'
import type { Planned } from '../domain/operation/planning'
import { fingerprint } from '../domain/operation/fingerprint'
import { type Reason, reason } from '../domain/reasons/reason'
import { ok } from '../domain/result'
import type { PlanContext } from './plan-context'
import { serviceOf } from '../domain/operation/id'
import { goesForward } from '../domain/procedures'

/** What is in these can be taken back by its own cancel, or is being taken back. */
const undoable = new Set<Phase>(['running', 'held', 'returning'])

/**
 * Why there is nothing to roll back yet: something forward is under way, which its own cancel takes back. A rollback
 * that waited for it would go one version too far, once that has gone back by itself.
 */
export const forwardUnderWay = async ({
  journal,
  service,
}: Pick<PlanContext, 'journal' | 'service'>): Promise<Reason | undefined> => {
  for (const id of await journal.unfinished()) {
    if (serviceOf(id) !== service.name) continue
    const operation = await journal.read(id)
    if (operation?.request.service !== service.name || operation.ending) continue
    const { phase, request, plan } = operation
    if (!goesForward(request) || !undoable.has(phase)) continue
    return reason('rollback_while_running', {
      service: service.name,
      operation: id,
      version: plan?.version,
      phase,
    })
  }
  return undefined
}

/**
 * Whoever says `rollback` after a deploy that failed and went back by itself may mean that one, of which nothing serves:
 * what serves is named, with what it would be taken back to, and waits for a yes.
 */
export const askAfterFailure = async (
  made: Planned,
  undone: Operation,
  { journal, service }: Pick<PlanContext, 'journal' | 'service'>,
): Promise<Planned> => {
  if (!made.ok) return made
  const history = await journal.history(service.name, 50)
  const later = history.slice(
    0,
    Math.max(
      0,
      history.findIndex(({ id }) => id === undone.id),
    ),
  )
  const failed = later.find(
    ({ request, startedAt, ending }) =>
      goesForward(request) && startedAt !== undefined && ending?.kind !== 'succeeded',
  )
  if (!failed) return made
  const warning = reason('rollback_after_failure', {
    operation: failed.id,
    version: failed.plan?.version,
    serves: undone.plan?.version,
    back: made.value.version,
  })
  const asked = { ...made.value, confirm: true as const, warnings: [warning, ...made.value.warnings] }
  return ok({ ...asked, fingerprint: fingerprint(asked) })
}
