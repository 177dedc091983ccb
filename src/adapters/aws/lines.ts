import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import { type AwsCall, Line } from './line'
import { type Limit, Pace } from './pace'

/** The lines of one place, one to each service. */
export interface Lines {
  readonly ec2: Line
  readonly autoScaling: Line
  readonly elb: Line
  readonly quotas: Line
  readonly cloudWatch: Line
}

export type ReadBudget = { readonly [service in keyof Lines]: Limit }

/**
 * Well inside what AWS grants an account and region, for others use it too. EC2: describing actions refill at 20 a
 * second (Amazon EC2 Developer Guide, Request throttling). Elastic Load Balancing: 10 a second, all actions together
 * (Elastic Load Balancing API reference, Throttling). CloudWatch: DescribeAlarms at 9 a second (CloudWatch user guide,
 * service quotas). Auto Scaling and Service Quotas: unpublished; what they grant is found by slowing down when they say so.
 */
const usualBudget: ReadBudget = {
  ec2: { rate: 10, burst: 20 },
  autoScaling: { rate: 10, burst: 20 },
  elb: { rate: 6, burst: 20 },
  quotas: { rate: 2, burst: 5 },
  cloudWatch: { rate: 2, burst: 5 },
}

/** Lines to the services in one region, each with its own pace. */
export function createLines(
  region: string,
  clock: Clock,
  time: RealTime,
  tell: (call: AwsCall) => void,
  budget: Partial<ReadBudget> = {},
): Lines {
  const limits = { ...usualBudget, ...budget }
  const line = (service: AwsCall['service'], limit: Limit) =>
    new Line({ region, service }, clock, time, new Pace(clock, time, limit), tell)
  return {
    ec2: line('ec2', limits.ec2),
    autoScaling: line('autoscaling', limits.autoScaling),
    elb: line('elasticloadbalancing', limits.elb),
    quotas: line('servicequotas', limits.quotas),
    cloudWatch: line('cloudwatch', limits.cloudWatch),
  }
}
