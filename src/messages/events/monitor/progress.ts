import {
  noObservations,
  type PlannedMonitor,
  type ReadinessReport,
  type Observations,
  type MonitorPeriod,
} from '../../../domain/events/monitoring'
import type { Json } from '../../../domain/json'
import type { Operation } from '../../../domain/operation/operation'
import type { Reason } from '../../../domain/reasons/reason'
import { monitorSteps } from '../../../domain/steps/events'
import { recordOf, recordsOf } from '../../../domain/steps/records'
import { type Instant, second } from '../../../domain/time/time'

/** Where an event is that is followed. */
export type Stage = 'ready' | 'out' | 'on' | 'in' | 'over' | 'gone'

/** What an event's follower has found out so far. */
export interface MonitorProgress {
  readonly monitor: PlannedMonitor
  readonly stage: Stage
  readonly report?: ReadinessReport
  /** How it went out: the stretch until all were healthy, or until it was late. */
  readonly scaleOut?: MonitorPeriod
  /** Whether it was late, and why. */
  readonly late?: Reason
  /** How it came to be that all were healthy after all, where it was late. */
  readonly after?: MonitorPeriod
  readonly on: readonly MonitorPeriod[]
  readonly scaleIn?: MonitorPeriod
  /** All that was seen, in the order of time. */
  readonly seen: Observations
  readonly moved: boolean
  readonly failures?: { readonly count: number; readonly aws?: string }
}

const stretchOf = (value: Json | undefined): MonitorPeriod | undefined => {
  const found = value as Partial<MonitorPeriod> | null | undefined
  return found && typeof found === 'object' && typeof found.at === 'number' && found.seen
    ? (found as MonitorPeriod)
    : undefined
}

const seenOf = (value: Json | undefined): Observations => {
  const found = value as { readonly seen?: Observations } | null | undefined
  return found && typeof found === 'object' && found.seen ? found.seen : noObservations
}

const isReport = (value: unknown): value is ReadinessReport => {
  const { good, bad, unknown } = (value ?? {}) as Partial<ReadinessReport>
  return typeof good === 'object' && Array.isArray(bad) && Array.isArray(unknown)
}

const isReason = (value: unknown): value is Reason => {
  const { code, facts } = (value ?? {}) as Partial<Reason>
  return typeof code === 'string' && typeof facts === 'object'
}

const parsed = (text: Json | undefined): unknown => {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a follower's progress from its journal; undefined before it has a plan. */
export function progressOf({ plan, steps, ending }: Operation): MonitorProgress | undefined {
  const follow = plan?.follow
  if (!follow) return undefined
  const ready = recordOf(steps, monitorSteps.report)
  const readyEnd = ready?.outcome as
    | { readonly end?: string; readonly report?: string; readonly moved?: boolean }
    | undefined
  const report = parsed(readyEnd?.report ?? ready?.choice)
  const outRecord = recordOf(steps, monitorSteps.scaleOut)
  const afterRecord = recordOf(steps, monitorSteps.scaleOutAfterAll)
  const backRecord = recordOf(steps, monitorSteps.scaleIn)
  const out = stretchOf(outRecord?.outcome)
  const late = out?.end === 'late' ? parsed(out.why) : undefined
  const after = stretchOf(afterRecord?.outcome)
  const on = recordsOf(steps, monitorSteps.whileOn).map(({ record }) => record)
  const back = stretchOf(backRecord?.outcome)
  const watched = [outRecord, afterRecord, ...on, backRecord]
  const polls = watched.map((one) => seenOf(one?.outcome ?? one?.choice))
  const onEnds = on.flatMap(({ outcome }) => stretchOf(outcome) ?? [])
  const gone = [out, after, ...onEnds].find((stretch) => stretch?.end === 'gone')
  const stage = ((): Stage => {
    if (readyEnd?.end === 'gone') return 'gone'
    if (ending) return 'over'
    if (backRecord) return 'in'
    if (on.length > 0) return 'on'
    return outRecord ? 'out' : 'ready'
  })()
  const failures = recordOf(steps, monitorSteps.failures)?.outcome as
    | Partial<NonNullable<MonitorProgress['failures']>>
    | undefined
  const failed =
    typeof failures?.count === 'number'
      ? { count: failures.count, ...(typeof failures.aws === 'string' && { aws: failures.aws }) }
      : undefined
  return {
    monitor: follow,
    stage,
    ...(isReport(report) && { report }),
    ...(out && { scaleOut: out }),
    ...(isReason(late) && { late }),
    ...(after && { after }),
    on: onEnds,
    ...(back && { scaleIn: back }),
    seen: {
      samples: polls.flatMap(({ samples }) => samples),
      gaps: polls.flatMap(({ gaps }) => gaps),
    },
    moved: readyEnd?.moved === true || gone?.moved === true,
    ...(failed && { failures: failed }),
  }
}

/** The stretch at whose end every instance was healthy; undefined where that never was. */
export const healthyOf = ({ scaleOut: out, after }: MonitorProgress): MonitorPeriod | undefined =>
  [out, after].find((stretch) => stretch?.end === 'on')

/** Since when the group has the sizes that were seen last, by what was seen or AWS tells. */
export const settledAt = ({ seen, monitor: { occurrence } }: MonitorProgress): Instant | undefined => {
  const last = seen.samples.at(-1)
  if (!last) return undefined
  const before = seen.samples.findLastIndex(
    ([, desired, inService]) => desired !== last[1] || inService !== last[2],
  )
  const [seconds] = seen.samples[before + 1] ?? last
  return occurrence.outAt + seconds * second
}
