import { CronExpressionParser } from 'cron-parser'
import type { Group, ScalingPolicy, ScheduledAction } from '../fleet/fleet'
import { isSameZone } from '../time/canonical-zone'
import { type Instant, type Milliseconds, minute } from '../time/time'
import { canonicalJson } from '../json'

/** What scales a group by itself. */
export interface Scaling {
  readonly policies: readonly ScalingPolicy[]
  readonly actions: readonly ScheduledAction[]
}

type Where = Pick<Group, 'name' | 'targetGroups'>

const predictive = 'PredictiveScaling'

/**
 * Whether AWS makes and deletes a policy's alarms along with it. The alarms of the others are people's own and call the
 * policy by its ARN, which a policy made anew would not have (EC2 Auto Scaling user guide, "Step and simple scaling").
 */
export const ownsAlarms = ({ type }: ScalingPolicy): boolean =>
  type === 'TargetTrackingScaling' || type === predictive

/** A policy as a color has it whose alarms do not count yet: predictive scaling has none to hold back, so it forecasts. */
export const disabledPolicy = (policy: ScalingPolicy): ScalingPolicy =>
  policy.type === predictive ? { ...policy, enabled: false } : policy

/** `targetgroup/<name>/<id>` of an ARN: how a policy's ResourceLabel names it. */
const label = (arn: string): string => arn.slice(arn.indexOf('targetgroup/'))

/**
 * A policy of one group as it must read on another: a metric that is told by the group's name or its target group would
 * else go on following the group that it came from.
 */
export const translated = (policy: ScalingPolicy, from: Where, to: Where): ScalingPolicy => {
  const labels = from.targetGroups.flatMap((arn, at) => {
    const other = to.targetGroups[at]
    return other === undefined || other === arn ? [] : [[label(arn), label(other)] as const]
  })
  const settings: unknown = JSON.parse(policy.settings, (_key, value: unknown) => {
    if (typeof value !== 'string') return value
    if (value === from.name) return to.name
    return labels.reduce((text, [was, is]) => text.replace(was, is), value)
  })
  return { ...policy, settings: canonicalJson(settings) }
}

export const samePolicy = (one: ScalingPolicy, other: ScalingPolicy): boolean =>
  one.name === other.name &&
  one.type === other.type &&
  one.enabled === other.enabled &&
  one.settings === other.settings

/** The first run of a cron after an instant; undefined for one that cannot be read. */
const nextRun = (cron: string, timezone: string | undefined, after: Instant): Instant | undefined => {
  try {
    const options = { currentDate: new Date(after), tz: timezone ?? 'UTC' }
    return CronExpressionParser.parse(cron, options).next().getTime()
  } catch {
    return undefined
  }
}

/** An action that starts within this time is not made anew: it would be over before it stood. */
const tooLate: Milliseconds = minute

/**
 * An action as it can be made on another group. AWS computes and tells a start for what only recurs, which must not be
 * sent back (it would run on the old schedule); one later than the next run is a person's, and stays. Undefined where
 * its time has come: it runs where it is.
 */
export const copyOf = (action: ScheduledAction, now: Instant): ScheduledAction | undefined => {
  const { startAt, ...rest } = action
  if (startAt === undefined) return action
  if (action.recurrence === undefined) return startAt > now + tooLate ? action : undefined
  const next = nextRun(action.recurrence, action.timezone, now)
  return next !== undefined && startAt > next ? action : rest
}

/** Whether an action stands as it was asked for; the start that AWS computed for what recurs says nothing. */
export const standsAs = (found: ScheduledAction, wanted: ScheduledAction): boolean =>
  found.name === wanted.name &&
  found.min === wanted.min &&
  found.desired === wanted.desired &&
  found.max === wanted.max &&
  found.endAt === wanted.endAt &&
  found.recurrence === wanted.recurrence &&
  isSameZone(found.timezone, wanted.timezone) &&
  (wanted.startAt === undefined || found.startAt === wanted.startAt)

/** Actions that run between two instants, or should have run and are still told. */
export const dueBy = (actions: readonly ScheduledAction[], until: Instant): readonly ScheduledAction[] =>
  actions.filter(({ startAt }) => startAt !== undefined && startAt <= until)

/** What a group has beyond another one's. */
export const extras = (own: Scaling, other: Scaling): Scaling => ({
  policies: own.policies.filter(({ name }) => !other.policies.some((policy) => policy.name === name)),
  actions: own.actions.filter(({ name }) => !other.actions.some((action) => action.name === name)),
})
