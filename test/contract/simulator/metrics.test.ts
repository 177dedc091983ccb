import { DisableMetricsCollectionCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type MetricDataQuery,
  type Statistic,
} from '@aws-sdk/client-cloudwatch'
import { CreateLaunchTemplateVersionCommand, ModifyLaunchTemplateCommand } from '@aws-sdk/client-ec2'
import { codeOf, group, type Lab, lab, members, minute, start } from './lab'

function busy(requestsPerSecond = 1000): Lab {
  const at = lab()
  at.aws.traffic.setCustomers('Web-ALB', { requestsPerSecond, curve: 'flat' })
  return at
}
const suffix = (arn: string | undefined) => arn?.split(':').at(-1)?.replace('loadbalancer/', '') ?? ''
const loadBalancer = (at: Lab) => ({
  Name: 'LoadBalancer',
  Value: suffix([...at.aws.world.loadBalancers.keys()][0]),
})
const targetGroup = (at: Lab) => ({
  Name: 'TargetGroup',
  Value: suffix([...at.aws.world.targetGroups.keys()][0]),
})
const asg = { Name: 'AutoScalingGroupName', Value: 'Web-ASG' }

type Wanted = { Namespace?: string; Stat?: string; Period?: number }
function query(
  Id: string,
  MetricName: string,
  Dimensions: { Name: string; Value: string }[],
  { Namespace = 'AWS/ApplicationELB', Stat = 'Sum', Period = 60 }: Wanted = {},
): MetricDataQuery {
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Stat, Period } }
}
async function data(
  at: Lab,
  MetricDataQueries: MetricDataQuery[],
  more: Partial<GetMetricDataCommandInput> = {},
) {
  const answer = await at.cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(start),
      EndTime: new Date(at.clock.now()),
      ScanBy: 'TimestampAscending',
      MetricDataQueries,
      ...more,
    }),
  )
  return {
    ...answer,
    values: Object.fromEntries(
      (answer.MetricDataResults ?? []).map(({ Id = '', Values = [] }): [string, number[]] => [Id, Values]),
    ),
  }
}

describe('metrics', () => {
  test('are published once customers are there, and none before: no data is an empty list', async () => {
    const idle = lab()
    idle.clock.advanceBy(30 * minute)
    const nothing = await data(idle, [query('a', 'RequestCount', [loadBalancer(idle)])])
    expect(nothing.MetricDataResults).toEqual([
      expect.objectContaining({ Id: 'a', Values: [], Timestamps: [], StatusCode: 'Complete' }),
    ])
    const at = busy()
    at.clock.advanceBy(5 * minute)
    const { values } = await data(at, [query('a', 'RequestCount', [loadBalancer(at)])])
    expect(values['a']?.length).toBe(3)
    for (const value of values['a'] ?? []) expect(Math.abs(value - 60_000)).toBeLessThan(1500)
  })

  test('a minute is told more than a minute after its end, by its begin', async () => {
    const at = busy()
    at.clock.advanceBy(2 * minute + 14_000)
    expect((await data(at, [query('a', 'RequestCount', [loadBalancer(at)])])).values).toEqual({ a: [] })
    at.clock.advanceBy(2000)
    const { MetricDataResults } = await data(at, [query('a', 'RequestCount', [loadBalancer(at)])])
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([new Date(start)])
  })

  test('a balancer tells of requests, answers, times and hosts; of errors only where there are some', async () => {
    const at = busy()
    at.aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.1 })
    at.clock.advanceBy(4 * minute)
    const both = [loadBalancer(at), targetGroup(at)]
    const { values } = await data(at, [
      query('ok', 'HTTPCode_Target_2XX_Count', both),
      query('bad', 'HTTPCode_Target_5XX_Count', both),
      query('elb', 'HTTPCode_ELB_5XX_Count', [loadBalancer(at)]),
      query('mean', 'TargetResponseTime', both, { Stat: 'Average' }),
      query('p99', 'TargetResponseTime', both, { Stat: 'p99' }),
      query('hosts', 'HealthyHostCount', both, { Stat: 'Average' }),
      query('each', 'RequestCountPerTarget', [targetGroup(at)]),
      query('zone', 'RequestCount', [
        loadBalancer(at),
        { Name: 'AvailabilityZone', Value: 'ap-northeast-2a' },
      ]),
    ])
    expect((values['bad']?.[0] ?? 0) / (values['ok']?.[0] ?? 1)).toBeCloseTo(0.11, 1)
    expect(values['elb']).toEqual([])
    expect(values['mean']?.[0]).toBeCloseTo(0.043, 2)
    expect(values['p99']?.[0]).toBeCloseTo(0.1, 1)
    expect(values['hosts']).toContain(2)
    for (const half of [values['each']?.[0], values['zone']?.[0]])
      expect(Math.abs((half ?? 0) - 30_000)).toBeLessThan(1500)
  })

  test('instances tell of their CPU every five minutes, with detailed monitoring every minute', async () => {
    const at = busy(2000)
    at.clock.advanceBy(12 * minute)
    const cpu = () =>
      data(at, [query('cpu', 'CPUUtilization', [asg], { Namespace: 'AWS/EC2', Stat: 'Average' })])
    const basic = (await cpu()).MetricDataResults?.[0]
    expect(basic?.Timestamps).toEqual([new Date(start), new Date(start + 5 * minute)])
    expect(basic?.Values?.[1]).toBeCloseTo(26.5, 0)

    const LaunchTemplateName = 'Web'
    await at.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateName,
        SourceVersion: '1',
        LaunchTemplateData: { Monitoring: { Enabled: true } },
      }),
    )
    at.clock.advanceBy(5_000)
    await at.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '2' }))
    group(at.aws).desired = 3
    at.aws.simulation.emit('group', group(at.aws))
    at.clock.advanceBy(20 * minute)
    const fresh = members(at.aws).find(({ template }) => template?.version === 2)?.id ?? ''
    const own = await data(at, [
      query('one', 'CPUUtilization', [{ Name: 'InstanceId', Value: fresh }], {
        Namespace: 'AWS/EC2',
        Stat: 'Maximum',
      }),
    ])
    expect(own.values['one']?.length).toBeGreaterThan(10)
  })

  test('a new instance counts in its group’s CPU once its warm-up is over', async () => {
    const at = busy(2000)
    await at.autoscaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'Web-ASG', DefaultInstanceWarmup: 600 }),
    )
    group(at.aws).suspended.set('AlarmNotification', 'three are more than the load needs')
    group(at.aws).desired = 3
    at.aws.simulation.emit('group', group(at.aws))
    at.clock.advanceBy(22 * minute)
    const { values } = await data(at, [
      query('of', 'CPUUtilization', [asg], { Namespace: 'AWS/EC2', Stat: 'SampleCount', Period: 300 }),
    ])
    expect(values['of']).toEqual([2, 2, 3, 3])
  })

  test('a group tells of its sizes, as far as their collection is enabled', async () => {
    const at = busy()
    await at.autoscaling.send(
      new DisableMetricsCollectionCommand({ AutoScalingGroupName: 'Web-ASG', Metrics: ['GroupMaxSize'] }),
    )
    at.clock.advanceBy(3 * minute)
    const of = (Id: string, name: string) =>
      query(Id, name, [asg], { Namespace: 'AWS/AutoScaling', Stat: 'Average' })
    const { values } = await data(at, [
      of('d', 'GroupDesiredCapacity'),
      of('i', 'GroupInServiceInstances'),
      of('m', 'GroupMaxSize'),
    ])
    expect(values).toEqual({ d: [2, 2], i: [2, 2], m: [] })
  })

  test('math combines metrics, and hides what is not to be returned', async () => {
    const at = busy()
    at.aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.2 })
    at.clock.advanceBy(4 * minute)
    const { values } = await data(at, [
      { ...query('bad', 'HTTPCode_Target_5XX_Count', [loadBalancer(at)]), ReturnData: false },
      { ...query('lost', 'HTTPCode_ELB_5XX_Count', [loadBalancer(at)]), ReturnData: false },
      { ...query('all', 'RequestCount', [loadBalancer(at)]), ReturnData: false },
      { Id: 'share', Expression: '100 * (bad + FILL(lost, 0)) / all' },
      { Id: 'sum', Expression: 'SUM(METRICS())', ReturnData: false },
      { Id: 'flag', Expression: 'IF(share > 10, 1, 0)' },
    ])
    expect(Object.keys(values)).toEqual(['share', 'flag'])
    for (const share of values['share'] ?? []) expect(share).toBeCloseTo(20, -1)
    expect(new Set(values['flag'])).toEqual(new Set([1]))
    expect(await codeOf(data(at, [{ Id: 'e', Expression: 'nobody + 1' }]))).toBe('ValidationError')
    expect(await codeOf(data(at, [{ Id: 'e', Expression: 'SEARCH("x")' }]))).toBe('ValidationError')
  })

  test('long answers come in pages, and too many queries are refused', async () => {
    const at = busy()
    at.clock.advanceBy(12 * minute)
    const queries = [
      query('a', 'RequestCount', [loadBalancer(at)]),
      query('b', 'RequestCount', [targetGroup(at), loadBalancer(at)]),
    ]
    const EndTime = new Date(at.clock.now())
    const pages: number[] = []
    let NextToken: string | undefined
    do {
      const answer = await data(at, queries, { MaxDatapoints: 8, EndTime, NextToken })
      pages.push((answer.MetricDataResults ?? []).reduce((sum, one) => sum + (one.Values?.length ?? 0), 0))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    expect(pages).toEqual([8, 8, 4])
    const many = Array.from({ length: 501 }, (_, index) =>
      query(`q${index}`, 'RequestCount', [loadBalancer(at)]),
    )
    expect(await codeOf(data(at, many))).toBe('ValidationError')
    expect(await codeOf(data(at, [query('Bad', 'RequestCount', [])]))).toBe('ValidationError')
  })

  test('GetMetricStatistics gives the statistics that are asked for, percentiles too', async () => {
    const at = busy()
    at.clock.advanceBy(8 * minute)
    const ask = (Statistics: Statistic[], ExtendedStatistics: string[] = [], StartTime = new Date(start)) =>
      at.cloudWatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'TargetResponseTime',
          Dimensions: [loadBalancer(at)],
          StartTime,
          EndTime: new Date(at.clock.now()),
          Period: 300,
          ...(Statistics.length > 0 && { Statistics }),
          ...(ExtendedStatistics.length > 0 && { ExtendedStatistics }),
        }),
      )
    const { Datapoints, Label } = await ask(['Average', 'SampleCount'], ['p50', 'p99.9'])
    expect(Label).toBe('TargetResponseTime')
    const first = Datapoints?.find((one) => one.Timestamp?.getTime() === start)
    expect(first?.SampleCount).toBeCloseTo(300_000, -4)
    expect(first?.Average).toBeCloseTo(0.043, 2)
    expect(first?.ExtendedStatistics?.['p50']).toBeCloseTo(0.04, 2)
    expect(first?.ExtendedStatistics?.['p99.9']).toBeGreaterThan(0.1)
    expect(first?.Unit).toBe('Seconds')
    expect(await codeOf(ask([]))).toBe('MissingParameter')
    const long = new Date(at.clock.now() - 1441 * 5 * minute)
    expect(await codeOf(ask(['Average'], [], long))).toBe('InvalidParameterCombination')
  })
})
