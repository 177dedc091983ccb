import {
  nothingSeen,
  type PlannedFollow,
  type Report,
  type Seen,
  type Stretch,
} from '../../domain/events/following'
import type { Json } from '../../domain/json'
import type { Operation } from '../../domain/operation'
import type { Reason } from '../../domain/reasons'
import { monitorSteps } from '../../domain/steps/events'
import { recordOf, recordsOf } from '../../domain/steps/records'
import { type Instant, second } from '../../domain/time'

/** Where an event is that is followed. */
export type Stage = 'ready' | 'out' | 'on' | 'in' | 'over' | 'gone'

/** What an event's follower has found out so far. */
export interface FollowProgress {
  readonly follow: PlannedFollow
  readonly stage: Stage
  readonly report?: Report
  /** How it went out: the stretch until all were healthy, or until it was late. */
  readonly out?: Stretch
  /** Whether it was late, and why. */
  readonly late?: Reason
  /** How it came to be that all were healthy after all, where it was late. */
  readonly after?: Stretch
  readonly on: readonly Stretch[]
  readonly back?: Stretch
  /** All that was seen, in the order of time. */
  readonly seen: Seen
  readonly moved: boolean
  readonly failures?: { readonly count: number; readonly aws?: string }
}

const stretchOf = (value: Json | undefined): Stretch | undefined => {
  const found = value as Partial<Stretch> | null | undefined
  return found && typeof found === 'object' && typeof found.at === 'number' && found.seen
    ? (found as Stretch)
    : undefined
}

const seenOf = (value: Json | undefined): Seen => {
  const found = value as { readonly seen?: Seen } | null | undefined
  return found && typeof found === 'object' && found.seen ? found.seen : nothingSeen
}

const isReport = (value: unknown): value is Report => {
  const { good, bad, unknown } = (value ?? {}) as Partial<Report>
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
export function progressOf({ plan, steps, ending }: Operation): FollowProgress | undefined {
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
  const looks = watched.map((one) => seenOf(one?.outcome ?? one?.choice))
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
    | Partial<NonNullable<FollowProgress['failures']>>
    | undefined
  const failed =
    typeof failures?.count === 'number'
      ? { count: failures.count, ...(typeof failures.aws === 'string' && { aws: failures.aws }) }
      : undefined
  return {
    follow,
    stage,
    ...(isReport(report) && { report }),
    ...(out && { out }),
    ...(isReason(late) && { late }),
    ...(after && { after }),
    on: onEnds,
    ...(back && { back }),
    seen: {
      samples: looks.flatMap(({ samples }) => samples),
      gaps: looks.flatMap(({ gaps }) => gaps),
    },
    moved: readyEnd?.moved === true || gone?.moved === true,
    ...(failed && { failures: failed }),
  }
}

/** The stretch at whose end every instance was healthy; undefined where that never was. */
export const healthyOf = ({ out, after }: FollowProgress): Stretch | undefined =>
  [out, after].find((stretch) => stretch?.end === 'on')

/** Since when the group has the sizes that were seen last, by what was seen or AWS tells. */
export const settledAt = ({ seen, follow: { occurrence } }: FollowProgress): Instant | undefined => {
  const last = seen.samples.at(-1)
  if (!last) return undefined
  const before = seen.samples.findLastIndex(
    ([, desired, inService]) => desired !== last[1] || inService !== last[2],
  )
  const [seconds] = seen.samples[before + 1] ?? last
  return occurrence.outAt + seconds * second
}
