import { accountsElsewhere } from './accounts-elsewhere'
import { createAwaitedWord } from './awaited-word'
import { defined } from '../domain/defined'
import type { Service } from '../domain/catalogue/catalogue'
import { checkStart, type StartFacts } from '../domain/access/gates'
import type { Operation } from '../domain/operation/operation'
import type { Plan } from '../domain/operation/plan'
import type { Planned } from '../domain/operation/planning'
import { passedBy, type Passed } from '../domain/access/passed'
import { approvalFor } from '../domain/access/permissions'
import { type Reason, reason } from '../domain/reasons/reason'
import { failure } from '../domain/result'
import { hearingOf } from '../domain/steps/awaited'
import { atWindows } from '../domain/windows/planned'
import { isReadOnly } from '../domain/procedures'
import { operationSteps } from '../domain/steps/operation'
import { hour, type Instant, second } from '../domain/time/time'
import type { Closure } from '../domain/windows/closures'
import { openedAtOf } from '../domain/steps/opened-at'
import type { Recorder } from '../durable/recorder'
import { createObservedTime } from '../durable/observed-time'
import { failedCallReason, unansweredReason } from '../ports/failed-call'
import { AwsFailure, UnreadableRecord } from '../ports/failure'
import type { Next } from '../ports/wakeups'
import { planRequest } from './plan-request'
import { membershipsOf } from '../ports/memberships'
import type { WorkerDeps } from './deps'

/** What preparing an operation came to. */
export type Admission =
  /** `passed` is what let it through; absent for what asks nobody. */
  | { readonly kind: 'start'; readonly plan: Plan; readonly passed?: Passed }
  | { readonly kind: 'wait'; readonly next: Next }
  | { readonly kind: 'refuse'; readonly reason: Reason }
  | { readonly kind: 'cancel'; readonly reason: Reason }

/**
 * Plans an operation, asks the gates, and takes its turn. The plan is made afresh at each look, so that what is
 * started is what is true now; consent given to another plan does not count (a confirmation binds to what was shown).
 */
export const admit = async (deps: WorkerDeps, service: Service, recorder: Recorder): Promise<Admission> => {
  const { operation } = recorder
  const cancel = operation.signals.find((signal) => signal.kind === 'cancel')
  if (cancel) return { kind: 'cancel', reason: reason('cancelled_by_person', { by: cancel.by.user }) }

  if (isReadOnly(operation.request)) return admitReadOnly(deps, service, recorder)

  const word = createAwaitedWord(deps, recorder)
  const silentUntil = await word.listen()
  if (silentUntil !== undefined) return { kind: 'wait', next: { at: silentUntil } }

  // Consent comes before the turn: an operation that waits for a person's word holds up nobody.
  const consent =
    service.confirm ||
    operation.plan?.confirm ||
    operation.atWindow ||
    approvalFor(deps.catalogue, operation.request.procedure, service.name)
  const place = consent ? await queuePosition(deps, operation) : (await recorder.write({ join: true })).place
  if (place > 0 && operation.plan) return wait(recorder, 'queued', undefined)

  const from = deps.clock.now()
  const planned = await planOperation(deps, service, operation)
  if ('unanswered' in planned) return retryPlan(deps, recorder, planned.unanswered, from)
  await clearPlanRetry(deps, recorder)
  if (!planned.ok) {
    const isTransient =
      transientReasons.has(planned.reason.code) && (await isQueuedBehind(deps, operation, recorder))
    return isTransient ? wait(recorder, 'queued', undefined) : { kind: 'refuse', reason: planned.reason }
  }
  const now = deps.clock.now()
  const { plan, closure } = atWindows(deps.catalogue, operation, planned.value, now)
  const shownAt = await recordPlan(deps, recorder, plan)
  const openedAt = await recordOpening(recorder, closure, now)

  const facts: StartFacts = {
    catalogue: deps.catalogue,
    action: operation.request.procedure,
    service: service.name,
    locks: await deps.locks.of(service.name),
    now,
    requester: operation.requester.user,
    ...defined({ behind: operation.requester.caller?.behind }),
    memberships: await membershipsOf(operation, deps.catalogue, deps.people),
    fingerprint: plan.fingerprint,
    shownAt: Math.max(shownAt, openedAt),
    askedAt: now,
    ...hearingOf(recorder.all(), plan.fingerprint),
    signals: operation.signals,
    overrides: plan.override !== undefined,
    ...(closure && { closure }),
    ...(operation.atWindow && { atWindow: operation.atWindow }),
    ...(plan.confirm && { confirm: true }),
  }
  const verdict = checkStart(facts)
  if (verdict.verdict === 'refuse') return { kind: 'refuse', reason: verdict.reason }
  if (verdict.verdict === 'wait') {
    // A plan that changed while it queued needs its consent anew; others go first meanwhile.
    if (place >= 0) await recorder.write({ leave: true })
    if (verdict.for === 'window') {
      await word.settle()
      await recordClosure(recorder, verdict.until, now)
      return wait(recorder, 'queued', { at: verdict.until ?? now + calendarLook })
    }
    return wait(recorder, phaseOf[verdict.for], { at: await word.expect(verdict, plan) })
  }
  await word.settle()
  if (place === 0) return { kind: 'start', plan, passed: passedBy(facts, plan) }
  const joined = place > 0 ? place : (await recorder.write({ join: true })).place
  // With the turn comes a fresh plan: what was planned before it may have been changed by the one before.
  return wait(recorder, 'queued', joined === 0 ? { at: deps.clock.now() } : undefined)
}

/** Where an operation stands that waits for a word. */
const phaseOf = { confirmation: 'confirming', approval: 'approving' } as const

/** How often the calendar is looked at while a window is closed of which no end is in sight. */
const calendarLook = 6 * hour

const closedKey = operationSteps.windowClosed

/** That it waits for a window, and until when. */
const recordClosure = async (recorder: Recorder, until: Instant | undefined, now: Instant): Promise<void> => {
  const known = recorder.find(closedKey)
  if (known?.state === 'waiting' && known.deadline === until) return
  const deadline = until === undefined ? {} : { deadline: until }
  await recorder.put({
    key: closedKey.key,
    state: 'waiting',
    startedAt: known?.startedAt ?? now,
    ...deadline,
  })
}

/** When the window that it waited for opened; until then nobody could answer its plan. 0 where it waited for none. */
const recordOpening = async (
  recorder: Recorder,
  closure: Closure | undefined,
  now: Instant,
): Promise<Instant> => {
  const known = recorder.find(closedKey)
  if (known?.state === 'waiting' && !closure)
    await recorder.put({ ...known, state: 'done', outcome: true, endedAt: now })
  return openedAtOf(recorder.all())
}

/** What only looks asks nobody and stands in no line. */
const admitReadOnly = async (deps: WorkerDeps, service: Service, recorder: Recorder): Promise<Admission> => {
  const from = deps.clock.now()
  const planned = await planOperation(deps, service, recorder.operation)
  if ('unanswered' in planned) return retryPlan(deps, recorder, planned.unanswered, from)
  await clearPlanRetry(deps, recorder)
  if (!planned.ok) return { kind: 'refuse', reason: planned.reason }
  await recordPlan(deps, recorder, planned.value)
  return { kind: 'start', plan: planned.value }
}

const wait = async (
  recorder: Recorder,
  phase: 'queued' | 'confirming' | 'approving',
  next: Next,
): Promise<Admission> => {
  await recorder.enter(phase)
  return { kind: 'wait', next }
}

/** Reasons that speak of the fleet as the operation in front has it now: they may be gone when it is done. */
const transientReasons = new Set<Reason['code']>([
  'refresh_already_running',
  'standby_instances',
  'processes_suspended',
  'nothing_to_do',
  'both_colors_live',
  'both_colors_idle',
  'colors_crossed',
  'standby_left',
  'warm_left',
  'weights_unclear',
])

/** Whether another operation is at work on the service; then this one is queued behind it. */
const isQueuedBehind = async (
  deps: WorkerDeps,
  operation: Operation,
  recorder: Recorder,
): Promise<boolean> => {
  const queue = await deps.journal.queue(operation.request.service)
  if (queue.length === 0 || queue[0] === operation.id) return false
  return (await recorder.write({ join: true })).place > 0
}

const planRetryKey = operationSteps.planUnanswered
/** So long AWS may be silent or throttling before a plan is given up; nothing has been changed yet. */
const planTimeout = hour
/** How often it is written down that a plan was tried. */
const planLookInterval = 25 * second

/**
 * AWS does not answer the plan, which was begun at `from`: tried again, ever more slowly, and refused in the end, so that
 * others get their turn. Time in which nobody tried counts against nobody.
 */
const retryPlan = async (
  { clock }: WorkerDeps,
  recorder: Recorder,
  failure: AwsFailure,
  from: Instant,
): Promise<Admission> => {
  const observed = createObservedTime({ recorder, clock })
  const known = recorder.find(planRetryKey)
  const begun =
    known?.state === 'waiting'
      ? await observed.resume(known)
      : await recorder.put({
          key: planRetryKey.key,
          state: 'waiting',
          startedAt: from,
          lookedAt: clock.now(),
        })
  const noted = await observed.unanswered(begun, failure, begun.startedAt)
  const now = clock.now()
  const lasted = now - noted.startedAt - (noted.unobserved ?? 0)
  if (lasted >= planTimeout) return { kind: 'refuse', reason: unansweredReason(failure, planTimeout) }
  if (now - (noted.lookedAt ?? noted.startedAt) >= planLookInterval)
    await recorder.put({ ...noted, lookedAt: now })
  const delay = Math.min(Math.max(lasted / 4, 2 * second), 30 * second)
  return { kind: 'wait', next: { at: now + delay } }
}

/** AWS has answered again: the next silence has its own hour. */
const clearPlanRetry = async (deps: WorkerDeps, recorder: Recorder): Promise<void> => {
  const known = recorder.find(planRetryKey)
  if (known?.state !== 'waiting') return
  const { unanswered: _, unansweredSince: __, ...rest } = known
  await recorder.put({ ...rest, state: 'done', outcome: true, endedAt: deps.clock.now() })
}

const queuePosition = async (deps: WorkerDeps, operation: Operation): Promise<number> =>
  (await deps.journal.queue(operation.request.service)).indexOf(operation.id)

/** A look at AWS to which it gave no answer. */
export interface NotPlanned {
  readonly unanswered: AwsFailure
}

/**
 * Whether to wait for AWS's answer before saying no: credentials that ran out are renewed by whoever gave them, and clocks
 * are set; who is unknown, or where the region is off, that is said at once.
 */
const mayPass = ({ kind, code, words }: AwsFailure): boolean =>
  kind === 'unauthenticated'
    ? /^(Expired|Request)/.test(code) || /signature (expired|not yet current)/i.test(words)
    : kind !== 'refused'

/** The plan as it is now, or why there is none; `unanswered` when AWS gives no answer to plan by. */
export const planOperation = async (
  deps: WorkerDeps,
  service: Service,
  operation: Pick<Operation, 'request' | 'createdAt'>,
): Promise<Planned | NotPlanned> => {
  try {
    return await planRequest(operation.request, {
      service,
      account: deps.accounts(service.where),
      elsewhere: accountsElsewhere(deps, service),
      journal: deps.journal,
      timers: deps.timers,
      calendar: deps.calendar,
      askedAt: operation.createdAt,
      now: deps.clock.now(),
    })
  } catch (error) {
    if (error instanceof UnreadableRecord)
      return failure(reason('record_unreadable', { record: error.record }))
    if (!(error instanceof AwsFailure)) throw error
    return mayPass(error) ? { unanswered: error } : failure(failedCallReason(error))
  }
}

/** Writes a plan down when it is another than before. Gives the instant since when this plan can be seen. */
const recordPlan = async (deps: WorkerDeps, recorder: Recorder, plan: Plan): Promise<number> => {
  const shown = operationSteps.planShown.at({ fingerprint: plan.fingerprint })
  const known = recorder.find(shown)
  if (known && recorder.operation.plan?.fingerprint === plan.fingerprint) return known.startedAt
  const now = deps.clock.now()
  await recorder.put(
    { key: shown.key, state: 'done', startedAt: known?.startedAt ?? now, endedAt: now, outcome: true },
    { plan },
  )
  return known?.startedAt ?? now
}
