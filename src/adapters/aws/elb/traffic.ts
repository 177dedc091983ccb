import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Traffic } from '../../../ports/traffic'
import type { SdkClients } from '../client/sdk-clients'
import type { AwsClient } from '../client/client'
import type { CachedReads } from '../reads/cached-reads'
import { createRoutes } from './routes'

/** What AWS takes where `deregistration_delay.timeout_seconds` was never set (Target group attributes). */
const defaultDrainSeconds = 300

/** Target groups: health by the batching reader, the rest read when asked. */
export function createTraffic({ elb }: SdkClients, aws: AwsClient, reads: CachedReads): Traffic {
  const described = async (targetGroups: readonly string[]) => {
    const { TargetGroups: found = [] } = await aws.read('DescribeTargetGroups', () =>
      elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...targetGroups] })),
    )
    return found
  }
  /** A target group names the load balancers whose listeners or rules forward to it. */
  const loadBalancers = async (targetGroup: string): Promise<readonly string[]> =>
    (await described([targetGroup])).flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns)

  const drainSeconds = async (targetGroup: string): Promise<number> => {
    const { Attributes = [] } = await aws.read('DescribeTargetGroupAttributes', () =>
      elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup })),
    )
    const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
    return delay === undefined ? defaultDrainSeconds : Number(delay)
  }
  /** An Application Load Balancer's; others have no such attribute. */
  const idleSeconds = async (loadBalancer: string): Promise<number> => {
    const { Attributes = [] } = await aws.read('DescribeLoadBalancerAttributes', () =>
      elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancer })),
    )
    return Number(Attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value ?? 0)
  }
  return {
    ...createRoutes(elb, aws),

    health: (targetGroup, freshness) => reads.health(targetGroup, freshness),

    inUse: async (targetGroup) => (await loadBalancers(targetGroup)).length > 0,

    loadBalancers,

    drainSeconds,

    shortDrains: async (targetGroups) => {
      if (targetGroups.length === 0) return []
      const found = await Promise.all(
        (await described(targetGroups)).map(
          async ({ TargetGroupArn = '', TargetGroupName = '', ...rest }) => {
            const [drain, ...idle] = await Promise.all([
              drainSeconds(TargetGroupArn),
              ...(rest.LoadBalancerArns ?? []).map(idleSeconds),
            ])
            return { name: TargetGroupName, drain, idle: Math.max(0, ...idle) }
          },
        ),
      )
      return found.filter(({ drain, idle }) => drain < idle)
    },
  }
}
