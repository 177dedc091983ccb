import type { Clock } from '../../../ports/clock'
import type { RealTime } from '../../../ports/real-time'
import { type AwsCall, AwsClient } from './client'
import { type RateLimit, RateLimiter } from './rate-limiter'

/** The lines of one place, one to each service. */
export interface ServiceClients {
  readonly ec2: AwsClient
  readonly autoScaling: AwsClient
  readonly elb: AwsClient
  readonly quotas: AwsClient
  readonly cloudWatch: AwsClient
}

export type ReadRateLimits = { readonly [service in keyof ServiceClients]: RateLimit }

/**
 * Well inside what AWS grants an account and region, for others use it too. EC2: describing actions refill at 20 a
 * second (Amazon EC2 Developer Guide, Request throttling). Elastic Load Balancing: 10 a second, all actions together
 * (Elastic Load Balancing API reference, Throttling). CloudWatch: DescribeAlarms at 9 a second (CloudWatch user guide,
 * service quotas). Auto Scaling and Service Quotas: unpublished; what they grant is found by slowing down when they say so.
 */
const defaultRateLimits: ReadRateLimits = {
  ec2: { rate: 10, burst: 20 },
  autoScaling: { rate: 10, burst: 20 },
  elb: { rate: 6, burst: 20 },
  quotas: { rate: 2, burst: 5 },
  cloudWatch: { rate: 2, burst: 5 },
}

/** Lines to the services in one region, each with its own pace. */
export function createServiceClients(
  region: string,
  clock: Clock,
  time: RealTime,
  onCall: (call: AwsCall) => void,
  overrides: Partial<ReadRateLimits> = {},
): ServiceClients {
  const limits = { ...defaultRateLimits, ...overrides }
  const client = (service: AwsCall['service'], limit: RateLimit) =>
    new AwsClient({ region, service }, clock, time, new RateLimiter(clock, time, limit), onCall)
  return {
    ec2: client('ec2', limits.ec2),
    autoScaling: client('autoscaling', limits.autoScaling),
    elb: client('elasticloadbalancing', limits.elb),
    quotas: client('servicequotas', limits.quotas),
    cloudWatch: client('cloudwatch', limits.cloudWatch),
  }
}
