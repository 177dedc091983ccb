import { isMachine, isRollcall, type Person } from '../access/person'
import type { Lock } from '../access/lock'
import { defined } from '../defined'
import type { Json } from '../json'
import type { Ending, Operation, StepRecord } from '../operation/operation'
import type { Phase } from '../operation/phase'
import type { Plan } from '../operation/plan'
import { isReadOnly } from '../procedures'
import { traceIdOf } from '../telemetry/trace'
import type { Instant } from '../time/time'
import type { WindowTurn } from '../windows/turn'
import { monitoredEvent, monitorTypes, scheduledEvent } from './live-event'
import { wants, type Webhook, type WebhookEventType } from './webhook'

/** Something that happened, as other systems are told of it: ids and words of ours, and nothing that people wrote. */
export interface WebhookEvent {
  readonly type: WebhookEventType
  readonly at: Instant
  /** A service's name, or `*`. */
  readonly service: string
  readonly data: { readonly [field: string]: Json | undefined }
}

/** An event with the webhooks that are to be told of it, by name. */
export interface Addressed {
  readonly event: WebhookEvent
  readonly to: readonly string[]
}

/** Who wants to be told of which of these events; what nobody wants is left out. */
export const addressed = (
  webhooks: readonly Webhook[],
  events: readonly WebhookEvent[],
): readonly Addressed[] =>
  events.flatMap((event) => {
    const to = webhooks.flatMap((webhook) => (wants(webhook, event.type, event.service) ? webhook.name : []))
    return to.length > 0 ? [{ event, to }] : []
  })

/** The parts of a change of an operation of which others may be told. */
interface Transition {
  readonly phase?: Phase
  readonly startedAt?: Instant
  readonly plan?: Plan
  readonly step?: StepRecord
  readonly ending?: Ending
}

/** The types of events that a change of an operation may come to: what it was before need not be known. */
export const typesOf = ({ phase, startedAt, step, ending }: Transition): readonly WebhookEventType[] => [
  ...(phase === 'approving' ? (['operation.awaiting_approval'] as const) : []),
  ...(startedAt === undefined ? [] : (['operation.started', 'window.overridden'] as const)),
  ...(step?.state === 'done' || step?.state === 'failed' ? (['operation.step'] as const) : []),
  ...(step ? monitorTypes(step) : []),
  ...(ending ? (['operation.ended', 'event.scheduled', 'event.unscheduled'] as const) : []),
]

/**
 * What a change of an operation tells others. Operations that only look tell nothing, but those that monitor a live event,
 * which tell of that.
 */
export const eventsOf = (before: Operation, change: Transition, now: Instant): readonly WebhookEvent[] => {
  const { phase, startedAt, step, ending } = change
  const { service } = before.request
  if (isReadOnly(before.request))
    return step && isOver(step) && !wasOver(before, step)
      ? monitoredEvent(before, step).map((told) => ({ ...told, at: step.endedAt ?? now, service }))
      : []
  const operation = { ...before, ...defined({ startedAt, plan: change.plan }) }
  const events: WebhookEvent[] = []
  const tell = (type: WebhookEventType, at: Instant, more: WebhookEvent['data'] = {}) =>
    events.push({
      type,
      at,
      service: before.request.service,
      data: defined({ ...operationData(operation), ...more }),
    })
  if (phase === 'approving' && before.phase !== 'approving')
    tell('operation.awaiting_approval', now, { state: 'awaiting_approval' })
  if (startedAt !== undefined && before.startedAt === undefined) {
    const { override } = operation.plan ?? {}
    if (override) tell('window.overridden', startedAt, { state: 'running', window: override.window })
    tell('operation.started', startedAt, { state: 'running' })
  }
  if (step && isOver(step) && !wasOver(before, step))
    tell('operation.step', step.endedAt ?? now, {
      step: step.key,
      outcome: step.state,
      code: step.failure?.code,
    })
  if (ending)
    tell('operation.ended', ending.at, {
      state: 'ended',
      ending: ending.kind.replaceAll(' ', '_'),
      code: ending.reason?.code,
      left: ending.left.length,
      endedAt: iso(ending.at),
    })
  if (ending?.kind === 'succeeded')
    for (const { type, data } of scheduledEvent(operation))
      events.push({ type, at: ending.at, service, data: { operation: before.id, ...data } })
  return events
}

const isOver = ({ state }: StepRecord): boolean => state === 'done' || state === 'failed'

const wasOver = ({ steps }: Operation, { key }: StepRecord): boolean =>
  steps.some((known) => known.key === key && isOver(known))

/** That an operation was asked for. */
export const recordedEvents = (
  operation: Pick<Operation, 'id' | 'request' | 'requester' | 'createdAt'>,
): readonly WebhookEvent[] =>
  isReadOnly(operation.request)
    ? []
    : [
        {
          type: 'operation.recorded',
          at: operation.createdAt,
          service: operation.request.service,
          data: { ...operationData(operation), state: 'planning' },
        },
      ]

/** That a window of the calendar closed, or opened again, for the services that it covers. */
export const windowEvents = (
  window: string,
  services: readonly string[],
  { closed, at, until }: WindowTurn,
): readonly WebhookEvent[] =>
  services.map((service) => ({
    type: closed ? ('window.closed' as const) : ('window.opened' as const),
    at,
    service,
    data: defined({
      window,
      service,
      at: iso(at),
      until: until === undefined ? undefined : iso(until),
    }),
  }))

/** That a service is held back from now on, or is no more. */
export const lockEvents = (
  type: 'service.locked' | 'service.unlocked',
  { kind, service, by, since, until, operation }: Lock,
  now: Instant,
  who: Person | undefined = by,
): readonly WebhookEvent[] => [
  {
    type,
    at: now,
    service,
    data: defined({
      service,
      kind,
      by: who && requestedBy(who),
      since: iso(since),
      until: until === undefined ? undefined : iso(until),
      operation,
    }),
  },
]

/** An operation in the words of the door, without its sentences. */
const operationData = ({
  id,
  request,
  requester,
  createdAt,
  startedAt,
  plan,
}: Pick<Operation, 'id' | 'request' | 'requester' | 'createdAt'> &
  Partial<Pick<Operation, 'startedAt' | 'plan'>>): WebhookEvent['data'] =>
  defined({
    operation: id,
    service: request.service,
    action: request.procedure,
    version: 'version' in request ? request.version : plan?.version,
    requestedBy: requestedBy(requester),
    createdAt: iso(createdAt),
    startedAt: startedAt === undefined ? undefined : iso(startedAt),
    trace: traceIdOf(id),
  })

const requestedBy = (person: Person) => ({
  kind: isMachine(person) ? 'machine' : isRollcall(person) ? 'rollcall' : 'person',
  id: person.user,
})

const iso = (at: Instant): string => new Date(at).toISOString()
