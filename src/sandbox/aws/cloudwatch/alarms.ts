import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { View } from '../engine/simulation'
import type { CloudWatchHandlers } from '../handlers'
import { actOnAlarms } from '../autoscaling/alarm-actions'
import { page } from '../paging'
import { AwsError, validationError } from '../wire/error'
import { tagsFrom } from './tags'
import { changeState, unchecked } from './alarm-state'

const states = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const
type State = (typeof states)[number]
const isState = (value: string): value is State => states.some((state) => state === value)

/** Makes an alarm, or another of one: a new one has not enough data at first (CloudWatch user guide, "Alarm states"). */
export function putAlarm({ world, now }: View, name: string, given: MetricAlarm): void {
  const before = world.alarms.get(name)
  world.alarms.set(name, {
    ActionsEnabled: true,
    StateValue: before?.StateValue ?? 'INSUFFICIENT_DATA',
    StateReason: before?.StateReason ?? unchecked,
    StateUpdatedTimestamp: before?.StateUpdatedTimestamp ?? new Date(now),
    ...given,
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${world.region}:${world.account}:alarm:${name}`,
    AlarmConfigurationUpdatedTimestamp: new Date(now),
  })
}

/** CloudWatch's alarms. A state is of the last evaluation, or what SetAlarmState has made it since. */
export const alarmHandlers = {
  DescribeAlarms({ world }, input) {
    const { AlarmNames, AlarmNamePrefix, StateValue, AlarmTypes, MaxRecords, NextToken } = input
    if (AlarmNames && AlarmNamePrefix !== undefined)
      throw validationError('AlarmNamePrefix and AlarmNames cannot both be specified')
    if (AlarmNames && AlarmNames.length > 100)
      throw validationError(
        "1 validation error detected: Value at 'alarmNames' failed to satisfy constraint: Member must have length less than or equal to 100",
      )
    if (StateValue !== undefined && !isState(StateValue)) throw unknownState(StateValue)
    const metric = AlarmTypes === undefined || AlarmTypes.includes('MetricAlarm')
    const found = [...world.alarms.values()].filter(
      ({ AlarmName = '', StateValue: state }) =>
        metric &&
        (!AlarmNames || AlarmNames.includes(AlarmName)) &&
        AlarmName.startsWith(AlarmNamePrefix ?? '') &&
        (StateValue === undefined || state === StateValue),
    )
    const size = MaxRecords ?? 50
    if (size < 1 || size > 100) throw validationError(`Value '${size}' at 'maxRecords' must be from 1 to 100`)
    const badToken = () => new AwsError('InvalidNextToken', 'The next token specified is invalid.')
    const { items, next } = page(found, { size, token: NextToken, badToken })
    return { MetricAlarms: items, CompositeAlarms: [], NextToken: next }
  },

  PutMetricAlarm(sim, input) {
    const { AlarmName, ComparisonOperator, EvaluationPeriods, MetricName, Metrics } = input
    if (!/^.{1,255}$/.test(AlarmName)) throw validationError('The alarm name must have 1 to 255 characters')
    if (ComparisonOperator === undefined) throw missing('ComparisonOperator')
    if (EvaluationPeriods === undefined) throw missing('EvaluationPeriods')
    if (MetricName === undefined && Metrics === undefined) throw missing('MetricName')
    const { Tags, ...rest } = input
    // aws: API reference, PutMetricAlarm: tags are of a new alarm; of an update they are ignored.
    if (!sim.world.alarms.has(AlarmName)) sim.world.alarmTags.set(AlarmName, tagsFrom(Tags ?? []))
    putAlarm(sim, AlarmName, rest)
    return {}
  },

  /** "This temporary state change lasts only until the next alarm comparison occurs"; its actions happen. */
  SetAlarmState(sim, { AlarmName, StateValue, StateReason }) {
    const alarm = sim.world.alarms.get(AlarmName)
    if (!isState(StateValue)) throw unknownState(StateValue)
    if (!alarm) throw new AwsError('ResourceNotFound', '', 404)
    actOnAlarms(sim, [changeState(sim, alarm, StateValue, StateReason)])
    return {}
  },

  DeleteAlarms({ world }, { AlarmNames }) {
    const unknown = AlarmNames.filter((name) => !world.alarms.has(name))
    if (unknown.length > 0) throw new AwsError('ResourceNotFound', '', 404)
    for (const name of AlarmNames) {
      world.alarms.delete(name)
      world.alarmTags.delete(name)
    }
    return {}
  },
} satisfies CloudWatchHandlers

const unknownState = (value: string) =>
  validationError(
    `1 validation error detected: Value '${value}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`,
  )
const missing = (member: string) => new AwsError('MissingParameter', `The parameter ${member} is required`)
