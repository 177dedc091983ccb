import { defined } from '../defined'
import type { LiveEvent } from '../events/event'
import type { Json } from '../json'
import type { Operation, StepRecord } from '../operation/operation'
import { monitorSteps } from '../steps/events'
import { minute } from '../time/time'
import type { WebhookEventType } from './webhook'

type Told = {
  readonly type: WebhookEventType
  readonly data: { readonly [field: string]: Json | undefined }
}

/** What a step of an operation that monitors an event may tell; of no other step anything is told. */
export const monitorTypes = ({ key, state }: StepRecord): readonly WebhookEventType[] =>
  state !== 'done'
    ? []
    : key === monitorSteps.scaleOut.key
      ? ['event.started']
      : key === monitorSteps.scaleIn.key
        ? ['event.ended']
        : []

/** What becomes of the calendar once a schedule has succeeded: the name that people gave is not told. */
export const scheduledEvent = ({ id, request, plan }: Pick<Operation, 'id' | 'request' | 'plan'>): Told[] => {
  const { event, id: known = id } = plan?.schedule ?? {}
  switch (request.procedure) {
    case 'schedule':
    case 'reschedule':
      return event
        ? [{ type: 'event.scheduled', data: { event: known, ...sizesOf(event), ...timesOf(event) } }]
        : []
    case 'unschedule':
      return [{ type: 'event.unscheduled', data: { event: known } }]
    default:
      return []
  }
}

/** How far a live event is, by what the operation that monitors it has written down. */
export const monitoredEvent = ({ request, plan, steps }: Operation, step: StepRecord): Told[] => {
  const follow = plan?.follow
  const [type] = monitorTypes(step)
  if (!follow || type === undefined) return []
  const { id, event, occurrence } = follow
  const data = {
    event: id,
    service: request.service,
    ...sizesOf(event),
    from: iso(occurrence.from),
    to: iso(occurrence.to),
  }
  const end = endOf(step)
  if (type === 'event.started')
    // Taken away before it began, or over before anybody could look.
    return end === 'on' || end === 'late' ? [{ type, data: { ...data, ready: end === 'on' } }] : []
  const out = steps.find(({ key }) => key === monitorSteps.scaleOut.key)
  return out && endOf(out) !== 'gone' ? [{ type, data: { ...data, scaledIn: end === 'back' } }] : []
}

const endOf = ({ outcome }: StepRecord): unknown =>
  typeof outcome === 'object' && outcome !== null && 'end' in outcome ? outcome['end'] : undefined

const sizesOf = ({ desired, min, max }: LiveEvent) => defined({ desired, min, max })

const timesOf = ({ times }: LiveEvent) =>
  times.kind === 'once'
    ? { from: iso(times.from), to: iso(times.to), timezone: times.zone }
    : {
        days: [...times.days],
        time: `${two(times.hour)}:${two(times.minute)}`,
        minutes: times.lasts / minute,
        timezone: times.zone,
      }

const two = (number: number): string => String(number).padStart(2, '0')
const iso = (at: number): string => new Date(at).toISOString()
