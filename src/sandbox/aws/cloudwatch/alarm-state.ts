import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import { actOnAlarms } from '../autoscaling/alarm-actions'
import type { Simulation } from '../engine/simulation'
import { evaluationRange, ruleOf } from './alarm-values'
import { type AlarmState, evaluateAlarm } from './evaluation'

/** Puts an alarm into a state; the time changes with the state only. */
export function changeState(
  { world, now }: Simulation,
  alarm: MetricAlarm,
  state: AlarmState,
  reason: string,
): MetricAlarm {
  const changed = alarm.StateValue !== state
  const next = {
    ...alarm,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(now),
    ...(changed && { StateTransitionedTimestamp: new Date(now) }),
  }
  world.alarms.set(alarm.AlarmName ?? '', next)
  return next
}

/**
 * Evaluates all alarms, as CloudWatch does each minute, and has scaling policies act: on every minute that their alarm
 * stays in its state, and not on its change only. aws: CloudWatch user guide, "Alarm actions".
 */
export function evaluateAlarms(sim: Simulation): void {
  const evaluated: MetricAlarm[] = []
  for (const alarm of sim.world.alarms.values()) {
    const current = alarm.StateValue ?? 'INSUFFICIENT_DATA'
    const range = evaluationRange(sim, alarm)
    const state = evaluateAlarm(range, ruleOf(alarm), current)
    evaluated.push(
      state === current && alarm.StateReason !== unchecked
        ? alarm
        : changeState(sim, alarm, state, reasonOf(alarm, range, state)),
    )
  }
  actOnAlarms(sim, evaluated)
}

export const unchecked = 'Unchecked: Initial alarm creation'

function reasonOf(alarm: MetricAlarm, range: readonly (number | undefined)[], state: AlarmState): string {
  if (state === 'INSUFFICIENT_DATA') return 'Insufficient Data: no datapoints were received.'
  const rule = ruleOf(alarm)
  const values = range.filter((value) => value !== undefined).slice(-rule.evaluationPeriods)
  const count = values.filter((value) => rule.breaches(value) === (state === 'ALARM')).length
  return (
    `Threshold Crossed: ${count} out of the last ${rule.evaluationPeriods} datapoints ` +
    `[${values.map((value) => value.toFixed(2)).join(', ')}] ${state === 'ALARM' ? 'breached' : 'did not breach'} ` +
    `the threshold (${alarm.Threshold ?? 0}).`
  )
}
