import {
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Filter,
  type Vpc as AwsVpc,
} from '@aws-sdk/client-ec2'
import type { Vpc } from '../../../domain/provision/resources'
import type { Networks } from '../../../ports/networks'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import type { SdkClients } from '../client/sdk-clients'
import { literal, tagsOf } from '../convert'
import { defined } from '../../../domain/defined'

/** DescribeVpcs and DescribeSubnets give at most 1,000 a page (Amazon EC2 API reference). */
const perPage = 1000

/** VPCs and subnets, read when asked: they are asked for when a fleet is built or planned. */
export function createNetworks({ ec2 }: SdkClients, aws: AwsClient): Networks {
  // By filters, never by ids: an unknown id would fail the call, a filter that matches nothing does not.
  const vpcsBy = (filter: Filter): Promise<AwsVpc[]> =>
    pages(async (NextToken) => {
      const page = await aws.read('DescribeVpcs', () =>
        ec2.send(new DescribeVpcsCommand({ Filters: [filter], MaxResults: perPage, NextToken })),
      )
      return { items: page.Vpcs, next: page.NextToken }
    })

  const found = async (idOrName: string | undefined): Promise<AwsVpc[]> => {
    if (idOrName === undefined) return vpcsBy({ Name: 'is-default', Values: ['true'] })
    if (idOrName.startsWith('vpc-')) {
      const byId = await vpcsBy({ Name: 'vpc-id', Values: [idOrName] })
      if (byId.length > 0) return byId
    }
    return vpcsBy({ Name: 'tag:Name', Values: [literal(idOrName)] })
  }

  return {
    vpcs: async (idOrName) => (await found(idOrName)).map(toVpc),

    subnets: async (vpc) => {
      const subnets = await pages(async (NextToken) => {
        const page = await aws.read('DescribeSubnets', () =>
          ec2.send(
            new DescribeSubnetsCommand({
              Filters: [{ Name: 'vpc-id', Values: [vpc] }],
              MaxResults: perPage,
              NextToken,
            }),
          ),
        )
        return { items: page.Subnets, next: page.NextToken }
      })
      return subnets
        .map((subnet) =>
          defined({
            id: subnet.SubnetId ?? '',
            name: tagsOf(subnet.Tags)['Name'],
            vpc: subnet.VpcId ?? '',
            zone: subnet.AvailabilityZone ?? '',
            freeAddresses: subnet.AvailableIpAddressCount ?? 0,
            defaultForZone: subnet.DefaultForAz ?? false,
          }),
        )
        .sort((a, b) => (`${a.zone} ${a.id}` < `${b.zone} ${b.id}` ? -1 : 1))
    },
  }
}

const toVpc = (vpc: AwsVpc): Vpc =>
  defined({ id: vpc.VpcId ?? '', name: tagsOf(vpc.Tags)['Name'], isDefault: vpc.IsDefault ?? false })
