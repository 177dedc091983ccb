import { accountsElsewhere } from './accounts-elsewhere'
import { eventsQueue, type Service } from '../domain/catalogue/catalogue'
import type { Ending, Operation } from '../domain/operation/operation'
import type { Plan } from '../domain/operation/plan'
import { reason } from '../domain/reasons/reason'
import { isReadOnly } from '../domain/procedures'
import { operationSteps } from '../domain/steps/operation'
import { type Instant, second } from '../domain/time/time'
import { execute } from '../durable/execute'
import { Recorder } from '../durable/recorder'
import { StoreUnavailable, Superseded, UnreadableRecord } from '../ports/failure'
import { readOperations } from '../ports/journal'
import type { Next } from '../ports/wakeups'
import { runbookFor } from '../procedures'
import { rescheduleWindowEnd } from './timers/fire-timer'
import { endingKind, interruptedResources, residualResources } from './residual-resources/residual-resources'
import { admit } from './admission'
import type { WorkerDeps } from './deps'
import type { Passed } from '../domain/access/passed'
import { type OperationId, serviceOf } from '../domain/operation/id'

/** Consecutive unexpected errors tolerated before the operation needs attention. */
const maxConsecutiveErrors = 5

/** Until a record that cannot be read is looked at again. */
const unreadableDelay = 30 * second

const laterIfUnreadable = (error: unknown): 'unreadable' => {
  if (error instanceof UnreadableRecord) return 'unreadable'
  throw error
}

/**
 * One tick of an operation: takes it as far as it goes now and says when to look again. Any number of ticks of one
 * operation may run at once: the newest holds the lease, and the others stop at their next write.
 */
export const createTick =
  (deps: WorkerDeps) =>
  async (id: OperationId): Promise<Next> => {
    const claimed = await deps.journal.acquireLease(id).catch(laterIfUnreadable)
    if (claimed === 'unreadable') return { at: deps.clock.now() + unreadableDelay }
    if (!claimed || claimed.operation.ending) return undefined
    const recorder = new Recorder(deps.journal, claimed.lease, claimed.operation)
    try {
      const next = await advance(deps, recorder)
      await resetErrorCount(deps, recorder)
      return next
    } catch (failure) {
      if (failure instanceof Superseded) return undefined
      if (failure instanceof StoreUnavailable) throw failure
      // Another worker may be of the version that reads it; what stands in AWS stays as it is until then.
      if (failure instanceof UnreadableRecord) return { at: deps.clock.now() + unreadableDelay }
      return await onUnexpectedError(deps, recorder, failure)
    }
  }

const advance = async (deps: WorkerDeps, recorder: Recorder): Promise<Next> => {
  const { operation } = recorder
  const service = deps.catalogue.services.get(operation.request.service)
  const inProgress = operation.startedAt !== undefined
  if (!service) {
    const why = reason('unknown_service', { service: operation.request.service })
    return inProgress
      ? end(deps, recorder, 'needs attention', why, stopWithResidues(recorder))
      : end(deps, recorder, 'refused', why)
  }
  if (inProgress && operation.plan) return executePlan(deps, service, operation.plan, recorder)

  const prepared = await admit(deps, service, recorder)
  switch (prepared.kind) {
    case 'wait':
      return prepared.next
    case 'refuse':
      return end(deps, recorder, 'refused', prepared.reason)
    case 'cancel':
      return end(deps, recorder, 'cancelled', prepared.reason)
    case 'start':
      await start(deps, recorder, prepared.passed)
      return executePlan(deps, service, prepared.plan, recorder)
  }
}

/** From here on the service is its own. What let it through is written down with it: rules change, and the record stays. */
const start = async (
  { clock }: WorkerDeps,
  recorder: Recorder,
  passed: Passed | undefined,
): Promise<void> => {
  const now = clock.now()
  const started = { phase: 'running', startedAt: now } as const
  if (!passed) return void (await recorder.write(started))
  const { key } = operationSteps.passed
  await recorder.put({ key, state: 'done', startedAt: now, endedAt: now, outcome: passed }, started)
}

const executePlan = async (
  deps: WorkerDeps,
  service: Service,
  plan: Plan,
  recorder: Recorder,
): Promise<Next> => {
  const { operation } = recorder
  const { journal, clock, locks, timers, calendar, accounts } = deps
  const account = accounts(service.where)
  const elsewhere = accountsElsewhere(deps, service)
  const context = { operation, service, plan, account, elsewhere, journal, locks, timers, calendar, clock }
  const queue = eventsQueue(deps.catalogue, service.where)
  const hints = queue === undefined ? undefined : deps.hints?.of(operation.id, service.where.region)
  const executed = await execute(
    recorder,
    clock,
    (run) => runbookFor(operation.request, service, plan).run(run, context),
    { ...(hints && { hints }), ...(deps.hearChanges && { hearChanges: deps.hearChanges }) },
  )
  if (executed.kind === 'suspended') return { at: executed.until }
  if (executed.kind === 'succeeded') return end(deps, recorder, 'succeeded')
  const residues = residualResources(recorder, executed)
  return end(deps, recorder, endingKind(operation, executed, residues), executed.reason, residues)
}

const end = async (
  deps: WorkerDeps,
  recorder: Recorder,
  kind: Ending['kind'],
  why?: Ending['reason'],
  residues: Ending['left'] = [],
): Promise<Next> => {
  const at = deps.clock.now()
  const ending: Ending = { kind, at, left: residues, ...(why && { reason: why }) }
  await rescheduleWindowEnd(deps, recorder.operation, ending)
  const { next } = await recorder.write({ phase: 'ended', ending })
  deps.log.info({ operation: recorder.operation.id, ending: kind, reason: why?.code }, 'operation ended')
  deps.onEnded?.({ ...recorder.operation, ending })
  if (next) await deps.wakeups.wake(next)
  await wakeQueued(deps, recorder.operation)
  return undefined
}

/** What is left where an operation stops in its middle; nothing where it had not begun. */
const stopWithResidues = (recorder: Recorder): Ending['left'] =>
  recorder.operation.startedAt === undefined ? [] : interruptedResources(recorder)

/** Whoever only looks at the service sees at once what has changed. That it fails harms nothing: they look by themselves. */
const wakeQueued = async (
  { journal, wakeups, log }: WorkerDeps,
  { id, request }: Operation,
): Promise<void> => {
  if (isReadOnly(request)) return
  try {
    const others = (await journal.unfinished()).filter(
      (other) => other !== id && serviceOf(other) === request.service,
    )
    for (const operation of await readOperations(journal, others))
      if (isReadOnly(operation.request)) await wakeups.wake(operation.id)
  } catch (failure) {
    if (!(failure instanceof StoreUnavailable)) throw failure
    log.warn({ operation: id, error: failure.message }, 'who follows the service was not woken')
  }
}

/** Something happened that nobody thought of: tried again a few times, then left to a person as it stands. */
const onUnexpectedError = async (deps: WorkerDeps, recorder: Recorder, failure: unknown): Promise<Next> => {
  const error = failure instanceof Error ? failure.message : String(failure)
  const known = recorder.find(operationSteps.unexpectedErrors)
  const count = Number(known?.outcome ?? 0) + 1
  deps.log.error(
    { operation: recorder.operation.id, err: failure, count },
    'a tick failed by an unexpected error',
  )
  if (count > maxConsecutiveErrors) {
    return end(
      deps,
      recorder,
      'needs attention',
      reason('worker_surprise', { error }),
      stopWithResidues(recorder),
    )
  }
  const now = deps.clock.now()
  await writeErrorCount(recorder, now, count)
  return { at: now + count * 2 * second }
}

/** A tick that went well ends the row. */
const resetErrorCount = async ({ clock }: WorkerDeps, recorder: Recorder): Promise<void> => {
  const known = recorder.find(operationSteps.unexpectedErrors)
  if (Number(known?.outcome ?? 0) > 0 && recorder.phase !== 'ended')
    await writeErrorCount(recorder, clock.now(), 0)
}

const writeErrorCount = async (recorder: Recorder, now: Instant, count: number): Promise<void> => {
  const known = recorder.find(operationSteps.unexpectedErrors)
  const startedAt = known?.startedAt ?? now
  const { key } = operationSteps.unexpectedErrors
  await recorder.put({ key, state: 'done', startedAt, endedAt: now, outcome: count })
}
