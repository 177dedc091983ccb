import type { Service } from '../domain/catalogue'
import { beforeStart } from '../domain/gates'
import type { Operation } from '../domain/operation'
import type { Plan } from '../domain/plan'
import type { Planned } from '../domain/planning/facts'
import { approvalFor } from '../domain/permissions'
import { type Reason, reason } from '../domain/reasons'
import { failure } from '../domain/result'
import { onlyLooks } from '../domain/request'
import { operationSteps } from '../domain/steps/operation'
import { hour, second } from '../domain/time'
import type { Recorder } from '../durable/recorder'
import { AwsFailure } from '../ports/failure'
import type { Next } from '../ports/wakeups'
import { runbookFor } from '../procedures'
import { membershipsOf } from './memberships'
import type { Workshop } from './worker'

/** What preparing an operation came to. */
export type Prepared =
  | { readonly kind: 'start'; readonly plan: Plan }
  | { readonly kind: 'wait'; readonly next: Next }
  | { readonly kind: 'refuse'; readonly reason: Reason }
  | { readonly kind: 'cancel'; readonly reason: Reason }

/**
 * Plans an operation, asks the gates, and takes its turn. The plan is made afresh at each look, so that what is
 * started is what is true now; consent given to another plan does not count (a confirmation binds to what was shown).
 */
export const prepare = async (
  workshop: Workshop,
  service: Service,
  recorder: Recorder,
): Promise<Prepared> => {
  const { operation } = recorder
  const cancel = operation.signals.find((signal) => signal.kind === 'cancel')
  if (cancel) return { kind: 'cancel', reason: reason('cancelled_by_person', { by: cancel.by.user }) }

  if (onlyLooks(operation.request)) return prepareLook(workshop, service, recorder)

  // Consent comes before the turn: an operation that waits for a person's word holds up nobody.
  const consent =
    service.confirm ||
    operation.plan?.confirm ||
    approvalFor(workshop.catalogue, operation.request.procedure, service.name)
  const place = consent ? await placeOf(workshop, operation) : (await recorder.write({ join: true })).place
  if (place > 0 && operation.plan) return wait(recorder, 'queued', undefined)

  const planned = await planAfresh(workshop, service, operation)
  if (planned === 'later') return tryAgain(workshop, recorder)
  await answered(workshop, recorder)
  if (!planned.ok) {
    const busy = passing.has(planned.reason.code) && (await isBehind(workshop, operation, recorder))
    return busy ? wait(recorder, 'queued', undefined) : { kind: 'refuse', reason: planned.reason }
  }
  const shownAt = await show(workshop, recorder, planned.value)

  const verdict = beforeStart({
    catalogue: workshop.catalogue,
    action: operation.request.procedure,
    service: service.name,
    locks: await workshop.locks.of(service.name),
    now: workshop.clock.now(),
    requester: operation.requester.user,
    memberships: await membershipsOf(operation, workshop.catalogue, workshop.people),
    fingerprint: planned.value.fingerprint,
    shownAt,
    signals: operation.signals,
    ...(planned.value.confirm && { confirm: true }),
  })
  if (verdict.verdict === 'refuse') return { kind: 'refuse', reason: verdict.reason }
  if (verdict.verdict === 'wait' && verdict.for !== 'turn') {
    // A plan that changed while it queued needs its consent anew; others go first meanwhile.
    if (place >= 0) await recorder.write({ leave: true })
    const phase = verdict.for === 'confirmation' ? 'confirming' : 'approving'
    return wait(recorder, phase, { at: verdict.until })
  }
  if (place === 0) return { kind: 'start', plan: planned.value }
  const joined = place > 0 ? place : (await recorder.write({ join: true })).place
  // With the turn comes a fresh plan: what was planned before it may have been changed by the one before.
  return wait(recorder, 'queued', joined === 0 ? { at: workshop.clock.now() } : undefined)
}

/** What only looks asks nobody and stands in no line. */
const prepareLook = async (workshop: Workshop, service: Service, recorder: Recorder): Promise<Prepared> => {
  const planned = await planAfresh(workshop, service, recorder.operation)
  if (planned === 'later') return tryAgain(workshop, recorder)
  await answered(workshop, recorder)
  if (!planned.ok) return { kind: 'refuse', reason: planned.reason }
  await show(workshop, recorder, planned.value)
  return { kind: 'start', plan: planned.value }
}

const wait = async (
  recorder: Recorder,
  phase: 'queued' | 'confirming' | 'approving',
  next: Next,
): Promise<Prepared> => {
  await recorder.enter(phase)
  return { kind: 'wait', next }
}

/** Reasons that speak of the fleet as the operation in front has it now: they may be gone when it is done. */
const passing = new Set<Reason['code']>([
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

/** Whether another operation is at work on the service; then this one stands in line behind it. */
const isBehind = async (workshop: Workshop, operation: Operation, recorder: Recorder): Promise<boolean> => {
  const line = await workshop.journal.line(operation.request.service)
  if (line.length === 0 || line[0] === operation.id) return false
  return (await recorder.write({ join: true })).place > 0
}

const unanswered = operationSteps.planUnanswered
/** So long AWS may be silent or throttling before a plan is given up; nothing has been changed yet. */
const planningPatience = hour

/** AWS does not answer the plan: tried again, ever more slowly, and refused in the end, so that others get their turn. */
const tryAgain = async (workshop: Workshop, recorder: Recorder): Promise<Prepared> => {
  const now = workshop.clock.now()
  const known = recorder.find(unanswered)
  const since = known?.state === 'waiting' ? known.startedAt : now
  if (known?.state !== 'waiting')
    await recorder.put({ key: unanswered.key, state: 'waiting', startedAt: now })
  if (now - since >= planningPatience) {
    return {
      kind: 'refuse',
      reason: reason('timed_out', { step: unanswered.label, after: planningPatience }),
    }
  }
  const pause = Math.min(Math.max((now - since) / 4, 2 * second), 30 * second)
  return { kind: 'wait', next: { at: now + pause } }
}

/** AWS has answered again: the next silence has its own hour. */
const answered = async (workshop: Workshop, recorder: Recorder): Promise<void> => {
  const known = recorder.find(unanswered)
  if (known?.state !== 'waiting') return
  await recorder.put({ ...known, state: 'done', outcome: true, endedAt: workshop.clock.now() })
}

const placeOf = async (workshop: Workshop, operation: Operation): Promise<number> =>
  (await workshop.journal.line(operation.request.service)).indexOf(operation.id)

/** The plan as it is now, or why there is none; `later` when AWS gives no answer to plan by. */
export const planAfresh = async (
  workshop: Workshop,
  service: Service,
  operation: Pick<Operation, 'request' | 'createdAt'>,
): Promise<Planned | 'later'> => {
  try {
    return await runbookFor(operation.request).plan(operation.request, {
      service,
      account: workshop.accounts(service.where),
      journal: workshop.journal,
      appointments: workshop.appointments,
      calendar: workshop.calendar,
      askedAt: operation.createdAt,
      now: workshop.clock.now(),
    })
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error
    if (error.kind !== 'refused') return 'later'
    return failure(reason('aws_refused', { action: error.action, awsCode: error.code, aws: error.words }))
  }
}

/** Writes a plan down when it is another than before. Gives the instant since when this plan can be seen. */
const show = async (workshop: Workshop, recorder: Recorder, plan: Plan): Promise<number> => {
  const shown = operationSteps.planShown.at({ fingerprint: plan.fingerprint })
  const known = recorder.find(shown)
  if (known && recorder.operation.plan?.fingerprint === plan.fingerprint) return known.startedAt
  const now = workshop.clock.now()
  await recorder.put(
    { key: shown.key, state: 'done', startedAt: known?.startedAt ?? now, endedAt: now, outcome: true },
    { plan },
  )
  return known?.startedAt ?? now
}
