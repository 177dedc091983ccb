import {
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
  /** A target group names the load balancers whose listeners or rules forward to it. */
  const loadBalancers = async (targetGroup: string): Promise<readonly string[]> => {
    const { TargetGroups: found = [] } = await aws.read('DescribeTargetGroups', () =>
      elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroup] })),
    )
    return found.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns)
  }
  return {
    ...createRoutes(elb, aws),

    health: (targetGroup, freshness) => reads.health(targetGroup, freshness),

    inUse: async (targetGroup) => (await loadBalancers(targetGroup)).length > 0,

    loadBalancers,

    drainSeconds: async (targetGroup) => {
      const { Attributes = [] } = await aws.read('DescribeTargetGroupAttributes', () =>
        elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup })),
      )
      const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
      return delay === undefined ? defaultDrainSeconds : Number(delay)
    },
  }
}
