import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Target } from '../../domain/fleet'
import { defined } from './convert'
import type { Line } from './line'
import { type Load, loadOne } from './readings'

/** DescribeTargetHealth takes one target group and gives all its targets at once. */
export const loadHealth = (client: ElasticLoadBalancingV2Client, line: Line): Load<readonly Target[]> =>
  loadOne(async (arn) => {
    const answer = await line.read('DescribeTargetHealth', () =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn() })),
    )
    return (answer.TargetHealthDescriptions ?? []).map(toTarget)
  })

const toTarget = ({ Target: target, TargetHealth: health }: TargetHealthDescription): Target =>
  defined({
    instance: target?.Id ?? '',
    port: target?.Port,
    state: health?.State ?? '',
    reason: health?.Reason,
    description: health?.Description,
  })
