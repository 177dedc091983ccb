import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch'
import { codeOf, lab } from './lab'

const shop = { AlarmNames: ['shop-errors'] }
const made = {
  MetricName: 'CPUUtilization',
  Namespace: 'AWS/EC2',
  Statistic: 'Average',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 80,
  ComparisonOperator: 'GreaterThanThreshold',
} as const
const setTo = (AlarmName: string, state: string) =>
  new SetAlarmStateCommand({ AlarmName, StateValue: state as StateValue, StateReason: 'by hand' })

describe('an alarm in CloudWatch', () => {
  test('is what it was set to, since when', async () => {
    const { cloudWatch, clock } = lab()
    await cloudWatch.send(setTo('shop-errors', 'ALARM'))
    const { MetricAlarms = [], CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand(shop))
    expect(MetricAlarms).toMatchObject([
      {
        AlarmName: 'shop-errors',
        StateValue: 'ALARM',
        StateReason: 'by hand',
        StateUpdatedTimestamp: new Date(clock.now()),
      },
    ])
    expect(CompositeAlarms).toEqual([])
  })

  test('has not enough data when it is new, and keeps its state when it is made again', async () => {
    const { cloudWatch } = lab()
    const states = async () => {
      const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['cpu'] }))
      return MetricAlarms.map(({ StateValue: state, Threshold }) => [state, Threshold])
    }
    await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: 'cpu', ...made }))
    expect(await states()).toEqual([['INSUFFICIENT_DATA', 80]])
    await cloudWatch.send(setTo('cpu', 'OK'))
    await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: 'cpu', ...made, Threshold: 90 }))
    expect(await states()).toEqual([['OK', 90]])
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['cpu'] }))
    expect(await states()).toEqual([])
  })

  test('is found by prefix and state, a page at a time', async () => {
    const { cloudWatch } = lab()
    for (const AlarmName of ['cpu-1', 'cpu-2', 'cpu-3', 'disk'])
      await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...made }))
    await cloudWatch.send(setTo('cpu-2', 'OK'))
    const ask = async (input: object) => {
      const { MetricAlarms = [], NextToken } = await cloudWatch.send(new DescribeAlarmsCommand(input))
      return { names: MetricAlarms.map(({ AlarmName }) => AlarmName), NextToken }
    }
    const first = await ask({ AlarmNamePrefix: 'cpu', StateValue: 'INSUFFICIENT_DATA', MaxRecords: 1 })
    expect(first.names).toEqual(['cpu-1'])
    const rest = await ask({
      AlarmNamePrefix: 'cpu',
      StateValue: 'INSUFFICIENT_DATA',
      MaxRecords: 1,
      NextToken: first.NextToken,
    })
    expect(rest).toEqual({ names: ['cpu-3'], NextToken: undefined })
    expect((await ask({ AlarmTypes: ['CompositeAlarm'] })).names).toEqual([])
  })

  test.each<[string, string, (cloudWatch: ReturnType<typeof lab>['cloudWatch']) => Promise<unknown>]>([
    ['of an unknown name', 'ResourceNotFound', (aws) => aws.send(setTo('nobody', 'OK'))],
    ['in an unknown state', 'ValidationError', (aws) => aws.send(setTo('shop-errors', 'RINGING'))],
    [
      'by its name and a prefix at once',
      'ValidationError',
      (aws) => aws.send(new DescribeAlarmsCommand({ ...shop, AlarmNamePrefix: 'shop' })),
    ],
    [
      'without a comparison',
      'MissingParameter',
      (aws) =>
        aws.send(new PutMetricAlarmCommand({ AlarmName: 'cpu', ...made, ComparisonOperator: undefined })),
    ],
    [
      'that is deleted and never was',
      'ResourceNotFound',
      (aws) => aws.send(new DeleteAlarmsCommand({ AlarmNames: ['nobody'] })),
    ],
  ])('%s is refused', async (_what, code, asked) => {
    expect(await codeOf(asked(lab().cloudWatch))).toBe(code)
  })
})
