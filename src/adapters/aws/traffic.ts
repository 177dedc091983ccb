import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Traffic } from '../../ports/traffic'
import type { Clients } from './clients'
import type { Line } from './line'
import type { Observer } from './observer'
import { createRoutes } from './routes'

/** What AWS takes where `deregistration_delay.timeout_seconds` was never set (Target group attributes). */
const usualDrainSeconds = 300

/** Target groups: health by the observer, the rest read when asked. */
export function createTraffic({ elb }: Clients, line: Line, observer: Observer): Traffic {
  return {
    ...createRoutes(elb, line),

    health: (targetGroup, freshness) => observer.health(targetGroup, freshness),

    /** A target group names the load balancers whose listeners or rules forward to it. */
    inUse: async (targetGroup) => {
      const { TargetGroups: found = [] } = await line.read('DescribeTargetGroups', () =>
        elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroup] })),
      )
      return found.some(({ LoadBalancerArns = [] }) => LoadBalancerArns.length > 0)
    },

    drainSeconds: async (targetGroup) => {
      const { Attributes = [] } = await line.read('DescribeTargetGroupAttributes', () =>
        elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup })),
      )
      const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
      return delay === undefined ? usualDrainSeconds : Number(delay)
    },
  }
}
