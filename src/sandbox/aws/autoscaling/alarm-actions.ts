import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import { newestValue } from '../cloudwatch/alarm-values'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import { adjustedCapacity } from './adjustments'
import { capacityOf, isSuspended, stamp, unitsOf } from './common'
import { setDesired } from './desired'
import type { Group } from './state'
import { scaleInTo, scaleOutTo } from './tracking'
import { warmupOfPolicy } from './warmup'

/** From a change of desired capacity until it shows in the metrics at the earliest: the group's own reaction. */
const reaction = 60_000

/** What a policy wants of its group on account of an alarm. */
interface Decision {
  readonly policy: ScalingPolicy
  readonly alarm: MetricAlarm
  readonly wanted: number
}

/**
 * Lets the scaling policies of alarms act. Of several the one with the largest capacity wins, out and in; target tracking
 * scales in only where all such policies of the group are ready for it.
 * aws: EC2 Auto Scaling user guide, "Multiple dynamic scaling policies".
 */
export function actOnAlarms(sim: Simulation, alarms: readonly MetricAlarm[]): void {
  for (const group of sim.world.groups.values()) {
    if (group.deleting || isSuspended(group, 'AlarmNotification')) continue
    const decisions = alarms.flatMap((alarm) => decide(sim, group, alarm))
    const inward = decisions.filter(({ wanted }) => wanted < group.desired)
    const held = new Set(inward.filter(({ policy }) => isHeld(group, policy, inward)))
    const [largest] = decisions.filter((one) => !held.has(one)).sort((a, b) => b.wanted - a.wanted)
    if (!largest) continue
    const bounded = Math.min(group.max, Math.max(group.min, largest.wanted))
    if (bounded === group.desired) continue
    setDesired(
      sim,
      group,
      bounded,
      `At ${stamp(sim.now)} a monitor alarm ${largest.alarm.AlarmName ?? ''} in state ${largest.alarm.StateValue ?? ''} ` +
        `triggered policy ${largest.policy.PolicyName ?? ''} changing the desired capacity from ${group.desired} to ${bounded}.`,
    )
  }
}

/** Whether a target tracking policy must not scale in, as another one of the group is not ready to. */
const isHeld = (group: Group, policy: ScalingPolicy, inward: readonly Decision[]) =>
  isTracking(policy) &&
  [...group.policies.values()].some(
    (other) =>
      isTracking(other) &&
      other.Enabled !== false &&
      !other.TargetTrackingConfiguration?.DisableScaleIn &&
      !inward.some((one) => one.policy === other),
  )

const isTracking = ({ PolicyType }: ScalingPolicy) => PolicyType === 'TargetTrackingScaling'

function decide(sim: Simulation, group: Group, alarm: MetricAlarm): Decision[] {
  if (alarm.ActionsEnabled === false) return []
  const actions = {
    ALARM: alarm.AlarmActions,
    OK: alarm.OKActions,
    INSUFFICIENT_DATA: alarm.InsufficientDataActions,
  }[alarm.StateValue ?? 'INSUFFICIENT_DATA']
  return [...group.policies.values()].flatMap((policy) => {
    if (policy.Enabled === false || !actions?.includes(policy.PolicyARN ?? '')) return []
    const wanted = isTracking(policy) ? track(sim, group, policy, alarm) : adjust(sim, group, policy, alarm)
    return wanted === undefined ? [] : [{ policy, alarm, wanted }]
  })
}

/** Units of members that were in service and warm for a policy at an instant. */
function warmUnits(group: Group, policy: ScalingPolicy, at: number): number {
  const warmup = warmupOfPolicy(group, policy)
  const warm = capacityOf(group).filter(
    ({ lifecycle, inServiceAt }) => lifecycle === 'InService' && (inServiceAt ?? at) + warmup <= at,
  )
  return unitsOf(warm)
}

/** "While the scale-out activity is in progress, all scale-in activities initiated by scaling policies are blocked." */
const isWarming = (sim: Simulation, group: Group, policy: ScalingPolicy) =>
  warmUnits(group, policy, sim.now) < unitsOf(capacityOf(group)) || unitsOf(capacityOf(group)) < group.desired

function track(sim: Simulation, group: Group, policy: ScalingPolicy, alarm: MetricAlarm): number | undefined {
  const newest = newestValue(sim, alarm)
  const target = policy.TargetTrackingConfiguration?.TargetValue
  if (!newest || target === undefined) return undefined
  const { value, from, to } = newest
  const measured = warmUnits(group, policy, to)
  const tracked = { target, value, measured, desired: group.desired }
  if (alarm.ComparisonOperator === 'GreaterThanThreshold') return scaleOutTo(tracked)
  // A value from before the last change would take away as many again.
  const isOld = from < (group.desiredAt ?? 0) + reaction
  return isOld || isWarming(sim, group, policy) ? undefined : scaleInTo(tracked)
}

/** A simple policy waits for activities and the cooldown; a step policy for neither, but counts no warming instances. */
function adjust(
  sim: Simulation,
  group: Group,
  policy: ScalingPolicy,
  alarm: MetricAlarm,
): number | undefined {
  if (policy.PolicyType === 'SimpleScaling') {
    const busy = group.activities.some(({ endedAt }) => endedAt === undefined)
    const cooldown = (policy.Cooldown ?? group.cooldown) * 1000
    if (busy || sim.now < group.scaledAt + cooldown) return undefined
    return adjustedCapacity(policy, group.desired, undefined, undefined)
  }
  const value = newestValue(sim, alarm)?.value
  if (value === undefined || alarm.Threshold === undefined) return undefined
  try {
    const out = adjustedCapacity(policy, warmUnits(group, policy, sim.now), value, alarm.Threshold)
    if (out > group.desired) return out
    const inward = adjustedCapacity(policy, group.desired, value, alarm.Threshold)
    return inward < group.desired && !isWarming(sim, group, policy) ? inward : undefined
  } catch (error) {
    // No step for such a value: nothing is to be done.
    if (error instanceof AwsError) return undefined
    throw error
  }
}
