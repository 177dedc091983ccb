import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2'
import type { SecurityGroups } from '../../../ports/security-groups'
import type { SdkClients } from '../client/sdk-clients'
import { literal } from '../convert'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'

/** Security groups, found by name within a VPC: GroupNames are for the default VPC alone (EC2 API reference). */
export function createSecurityGroups({ ec2 }: SdkClients, aws: AwsClient): SecurityGroups {
  const vpcOf = async (subnet: string): Promise<string> => {
    const { Subnets = [] } = await aws.read('DescribeSubnets', () =>
      ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] })),
    )
    return Subnets[0]?.VpcId ?? ''
  }

  return {
    named: async ([subnet = ''], names) => {
      // An empty list would describe everything: nothing to ask for, no call.
      if (subnet === '' || names.length === 0) return { vpc: '', found: [] }
      const vpc = await vpcOf(subnet)
      const found = await pages(async (NextToken) => {
        const page = await aws.read('DescribeSecurityGroups', () =>
          ec2.send(
            new DescribeSecurityGroupsCommand({
              Filters: [
                { Name: 'vpc-id', Values: [vpc] },
                { Name: 'group-name', Values: names.map(literal) },
              ],
              MaxResults: 1000,
              NextToken,
            }),
          ),
        )
        return { items: page.SecurityGroups, next: page.NextToken }
      })
      return {
        vpc,
        found: found.map(({ GroupId = '', GroupName = '' }) => ({ id: GroupId, name: GroupName })),
      }
    },
  }
}
