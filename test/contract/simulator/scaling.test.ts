import {
  DeletePolicyCommand,
  DescribePoliciesCommand,
  DescribeScalingActivitiesCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { codeOf, group, hour, type Lab, lab, members, minute } from './lab'

const AutoScalingGroupName = 'Web-ASG'

/** The seed with so many requests a second; web's target is 30 % of CPU, which is 1,143 of them an instance. */
function busy(requestsPerSecond: number): Lab {
  const at = lab()
  come(at, requestsPerSecond)
  return at
}
const come = (at: Lab, requestsPerSecond: number, loadBalancer = 'Web-ALB') =>
  at.aws.traffic.setCustomers(loadBalancer, { requestsPerSecond, curve: 'flat' })
const put = (at: Lab, PolicyName: string, more: Partial<PutScalingPolicyCommandInput>) =>
  at.autoscaling.send(new PutScalingPolicyCommand({ AutoScalingGroupName, PolicyName, ...more }))
const drop = (at: Lab, PolicyName: string) =>
  at.autoscaling.send(new DeletePolicyCommand({ AutoScalingGroupName, PolicyName }))
const alarm = (at: Lab, AlarmName: string, more: Partial<PutMetricAlarmCommandInput> = {}) =>
  at.cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: AutoScalingGroupName }],
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 40,
      ComparisonOperator: 'GreaterThanThreshold',
      ...more,
    }),
  )
const alarms = async (at: Lab, AlarmNamePrefix: string) =>
  (await at.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }))).MetricAlarms ?? []
const causes = async (at: Lab) =>
  (await at.autoscaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName }))).Activities?.map(
    ({ Cause = '' }) => Cause,
  ) ?? []
/** Every size that a group has had meanwhile. */
function sizes(at: Lab, milliseconds: number, name = AutoScalingGroupName): number[] {
  const seen: number[] = []
  const end = at.clock.now() + milliseconds
  while (at.clock.now() < end) {
    at.clock.advanceBy(10_000)
    if (seen.at(-1) !== group(at.aws, name).desired) seen.push(group(at.aws, name).desired)
  }
  return seen
}

describe('target tracking', () => {
  test('a load of four instances brings four, and no more', async () => {
    const at = busy(4500)
    group(at.aws).max = 10
    expect(sizes(at, 2 * hour)).toEqual([2, 4])
    expect((await causes(at)).at(-1)).toMatch(
      /a monitor alarm TargetTracking-Web-ASG-AlarmHigh-\S+ in state ALARM triggered policy Target Tracking Policy changing the desired capacity from 2 to 4\./,
    )
    const [web] = at.aws.traffic.view().loadBalancers
    expect(web).toMatchObject({ lost: 0 })
    expect(web?.recent.instances).toHaveLength(4)
  })

  test('a load that is gone takes them away, later than they came and bit by bit', () => {
    const at = busy(4500)
    const began = at.clock.now()
    while (group(at.aws).desired === 2) at.clock.advanceBy(10_000)
    const out = at.clock.now() - began
    at.clock.advanceBy(hour)
    come(at, 500)
    const fell = at.clock.now()
    while (group(at.aws).desired === 4) at.clock.advanceBy(10_000)
    const inward = at.clock.now() - fell
    expect(out).toBeLessThan(12 * minute)
    expect(inward).toBeGreaterThanOrEqual(15 * minute)
    expect(group(at.aws).desired).toBe(3)
    expect(sizes(at, 2 * hour)).toEqual([3, 2])
    expect(members(at.aws)).toHaveLength(2)
    expect(at.aws.traffic.view().loadBalancers[0]).toMatchObject({ lost: 0 })
  })

  test('shop holds its 50 %: six instances’ worth brings six', () => {
    const at = lab()
    come(at, 11_500, 'shop-ALB')
    expect(sizes(at, 2 * hour, 'shop-blue')).toEqual([4, 6])
  })

  test('a load between the thresholds changes nothing, nor does no data', () => {
    const at = busy(800)
    come(at, 6200, 'shop-ALB')
    expect(sizes(at, hour)).toEqual([2])
    expect(sizes(at, hour, 'shop-blue')).toEqual([4])
    const silent = lab()
    expect(sizes(silent, hour, 'shop-blue')).toEqual([4])
  })

  test('is held by a suspended AlarmNotification, and by the maximum', async () => {
    const at = busy(4500)
    group(at.aws).max = 3
    await at.autoscaling.send(
      new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses: ['AlarmNotification'] }),
    )
    expect(sizes(at, hour)).toEqual([2])
    group(at.aws).suspended.clear()
    expect(sizes(at, hour)).toEqual([2, 3])
  })

  test('without scale-in there is one alarm, and nobody goes', async () => {
    const at = busy(4500)
    const TargetTrackingConfiguration = {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
      TargetValue: 30,
    }
    const policy = { PolicyType: 'TargetTrackingScaling', TargetTrackingConfiguration }
    const before = await alarms(at, 'TargetTracking-Web-ASG-')
    expect(before.map(({ Threshold, EvaluationPeriods }) => [Threshold, EvaluationPeriods])).toEqual([
      [30, 3],
      [27, 15],
    ])
    await put(at, 'Target Tracking Policy', {
      ...policy,
      TargetTrackingConfiguration: { ...TargetTrackingConfiguration, DisableScaleIn: true },
    })
    const [high, ...others] = await alarms(at, 'TargetTracking-Web-ASG-')
    expect(high?.AlarmName).toBe(before[0]?.AlarmName)
    expect(others).toEqual([])
    sizes(at, hour)
    come(at, 0)
    expect(sizes(at, 2 * hour)).toEqual([4])
    await drop(at, 'Target Tracking Policy')
    expect(await alarms(at, 'TargetTracking-Web-ASG-')).toEqual([])
  })

  test('goes by requests per target, and of two policies the larger wins while both must agree to scale in', async () => {
    const at = busy(4500)
    group(at.aws).max = 10
    const [[, balancer = ''] = [], [, target = ''] = []] = [
      [...at.aws.world.loadBalancers.keys()],
      [...at.aws.world.targetGroups.keys()],
    ].map(([arn = '']) => /:(?:loadbalancer\/)?([^:]+)$/.exec(arn) ?? [])
    await put(at, 'requests', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: `${balancer}/${target}`,
        },
        // 750 requests a second: six instances for 4,500.
        TargetValue: 46_000,
      },
      EstimatedInstanceWarmup: 60,
    })
    sizes(at, hour)
    expect(group(at.aws).desired).toBe(6)
    // 23 % of CPU would let one go, but the requests would not.
    expect(sizes(at, 2 * hour)).toEqual([6])
  })
})

describe('policies with an alarm of one’s own', () => {
  const step = {
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    EstimatedInstanceWarmup: 600,
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
    ],
  }

  test('a step policy acts by how far the metric is over, and not again while its instances warm up', async () => {
    const at = busy(5000)
    group(at.aws).max = 10
    await drop(at, 'Target Tracking Policy')
    const { PolicyARN = '' } = await put(at, 'out', step)
    await alarm(at, 'cpu-high', { AlarmActions: [PolicyARN] })
    // 63 % of two: three more, of which each warms up for ten minutes. Then 26 %.
    expect(sizes(at, 2 * hour)).toEqual([2, 5])
  })

  test('a simple policy waits for its cooldown between two steps', async () => {
    const at = busy(7600)
    group(at.aws).max = 10
    await drop(at, 'Target Tracking Policy')
    const { PolicyARN = '' } = await put(at, 'one-more', {
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 1,
      Cooldown: 900,
    })
    await alarm(at, 'cpu-high', { AlarmActions: [PolicyARN] })
    const times: number[] = []
    for (let last = 2; times.length < 3; at.clock.advanceBy(10_000))
      if (group(at.aws).desired !== last) {
        last = group(at.aws).desired
        times.push(at.clock.now())
      }
    const [one = 0, two = 0, three = 0] = times
    expect(Math.min(two - one, three - two)).toBeGreaterThan(15 * minute)
    expect(Math.max(two - one, three - two)).toBeLessThan(20 * minute)
  })

  test('setting an alarm by hand makes its policy act, until the next evaluation', async () => {
    const at = busy(500)
    const { PolicyARN = '' } = await put(at, 'one-more', {
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 1,
    })
    await alarm(at, 'by-hand', { AlarmActions: [PolicyARN] })
    at.clock.advanceBy(20 * minute)
    expect((await alarms(at, 'by-hand'))[0]?.StateValue).toBe('OK')
    await at.cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: 'by-hand', StateValue: 'ALARM', StateReason: 'trying it' }),
    )
    expect(group(at.aws).desired).toBe(3)
    at.clock.advanceBy(minute)
    expect((await alarms(at, 'by-hand'))[0]?.StateValue).toBe('OK')
  })

  test('prediction is refused by name', async () => {
    const at = lab()
    const asked = put(at, 'tomorrow', {
      PolicyType: 'PredictiveScaling',
      PredictiveScalingConfiguration: {
        MetricSpecifications: [
          {
            TargetValue: 40,
            PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' },
          },
        ],
      },
    })
    await expect(asked).rejects.toThrow(/PredictiveScaling/)
    expect(await codeOf(asked)).toBe('ValidationError')
    const { ScalingPolicies = [] } = await at.autoscaling.send(
      new DescribePoliciesCommand({ AutoScalingGroupName }),
    )
    expect(ScalingPolicies.map(({ PolicyName }) => PolicyName)).toEqual(['Target Tracking Policy'])
  })
})

describe('an alarm', () => {
  test('rings for errors of a bad version within minutes, and ends when they do', async () => {
    const at = busy(1000)
    const [arn = ''] = at.aws.world.loadBalancers.keys()
    await alarm(at, 'web-5xx', {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: arn.replace(/^.*:loadbalancer\//, '') }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 10,
      TreatMissingData: 'notBreaching',
    })
    const state = async () => (await alarms(at, 'web-5xx'))[0]?.StateValue
    at.clock.advanceBy(10 * minute)
    expect(await state()).toBe('OK')
    at.aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.05 })
    at.clock.advanceBy(2 * minute)
    expect(await state()).toBe('OK')
    at.clock.advanceBy(3 * minute)
    expect(await state()).toBe('ALARM')
    expect((await alarms(at, 'web-5xx'))[0]?.StateReason).toMatch(
      /^Threshold Crossed: [23] out of the last 3/,
    )
    at.aws.clearFaults()
    at.clock.advanceBy(8 * minute)
    expect(await state()).toBe('OK')
  })

  test('has not enough data where its metric is not published, and may be of an expression', async () => {
    const at = busy(1000)
    await alarm(at, 'nothing', { MetricName: 'NoSuchMetric' })
    const [arn = ''] = at.aws.world.loadBalancers.keys()
    const Dimensions = [{ Name: 'LoadBalancer', Value: arn.replace(/^.*:loadbalancer\//, '') }]
    await at.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'rate',
        EvaluationPeriods: 1,
        Threshold: 900,
        ComparisonOperator: 'GreaterThanThreshold',
        Metrics: [
          {
            Id: 'requests',
            ReturnData: false,
            MetricStat: {
              Metric: { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount', Dimensions },
              Period: 60,
              Stat: 'Sum',
            },
          },
          { Id: 'rate', Expression: 'requests / 60' },
        ],
      }),
    )
    at.clock.advanceBy(10 * minute)
    expect((await alarms(at, 'nothing'))[0]?.StateValue).toBe('INSUFFICIENT_DATA')
    expect((await alarms(at, 'rate'))[0]?.StateValue).toBe('ALARM')
  })
})
