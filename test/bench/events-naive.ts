import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { createAws } from '../../src/sandbox/aws'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../src/sandbox/clock'
import { inProcess } from '../support/in-process-aws'
import { criticalTime, type Evening, type Gone, group, most, watchHealth } from './evening'

/** Simulated milliseconds between two looks, as scripts have it. */
const pollEvery = 15_000
const hour = 3_600_000
const day = 24 * hour
/** Midnight in Seoul before the first event. */
const first = Date.parse('2026-03-02T00:00:00+09:00')

/** The way without Rollcall: an action at the start of each event and one at its end, and a loop that looks. */
export const byHand = async (seed: number, all: readonly Evening[]): Promise<readonly Gone[]> => {
  const clock = createJumpingClock(first)
  const aws = createAws({ clock, seed })
  seedFleet(aws)
  const config = { region: 'ap-northeast-2', ...inProcess(aws) }
  const autoscaling = new AutoScalingClient(config)
  const elb = new ElasticLoadBalancingV2Client(config)
  const watch = watchHealth(aws, () => clock.now())
  const put = (name: string, at: number, sizes: { MaxSize: number; DesiredCapacity: number }) =>
    autoscaling.send(
      new PutScheduledUpdateGroupActionCommand({
        AutoScalingGroupName: group,
        ScheduledActionName: name,
        StartTime: new Date(at),
        ...sizes,
      }),
    )
  const healthy = async (): Promise<number> => {
    const { AutoScalingGroups: [found] = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] }),
    )
    const [TargetGroupArn] = found?.TargetGroupARNs ?? []
    const { TargetHealthDescriptions = [] } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn }),
    )
    return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length
  }
  const gone: Gone[] = []
  for (const { day: days, hour: hours, minute, hours: lasts, desired } of all) {
    const start = first + days * day + hours * hour + minute * 60_000
    const end = start + lasts * hour
    await put('out', start, { MaxSize: most, DesiredCapacity: desired })
    await put('in', end, { MaxSize: 4, DesiredCapacity: 2 })
    watch.expect(desired)
    clock.advanceTo(start)
    while ((await healthy()) < desired) clock.advanceBy(pollEvery)
    const [healthyAt, knownAt] = [watch.healthyAt(), clock.now()]
    gone.push({
      start,
      dueAt: start,
      healthyAt,
      knownAt,
      critical: criticalTime(aws, start, healthyAt),
      leadFrom: 'none',
    })
    clock.advanceTo(end + hour)
  }
  return gone
}
