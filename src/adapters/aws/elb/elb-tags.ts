import {
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Tags } from '../../../domain/provision/resources'
import type { AwsClient } from '../client/client'
import { inBatches } from '../client/pages'
import { tagsOf } from '../convert'

/** DescribeTags takes 20 resources (Elastic Load Balancing API reference). */
const arnsPerCall = 20

/** The tags of these things of Elastic Load Balancing, by ARN: their own descriptions do not tell them. */
export const elbTags = async (
  elb: ElasticLoadBalancingV2Client,
  aws: AwsClient,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Tags>> => {
  const found = await inBatches(arns, arnsPerCall, async (some) => {
    const { TagDescriptions = [] } = await aws.read('DescribeTags', () =>
      elb.send(new DescribeTagsCommand({ ResourceArns: [...some] })),
    )
    return TagDescriptions
  })
  return new Map(found.map(({ ResourceArn = '', Tags }) => [ResourceArn, tagsOf(Tags)]))
}
