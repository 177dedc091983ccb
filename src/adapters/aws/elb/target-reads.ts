import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Target } from '../../../domain/fleet/fleet'
import type { AwsClient } from '../client/client'
import { type Load, loadOne } from '../reads/batching-reader'
import { defined } from '../../../domain/defined'

/** DescribeTargetHealth takes one target group and gives all its targets at once. */
export const loadHealth = (client: ElasticLoadBalancingV2Client, aws: AwsClient): Load<readonly Target[]> =>
  loadOne(async (arn) => {
    const answer = await aws.read('DescribeTargetHealth', () =>
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
