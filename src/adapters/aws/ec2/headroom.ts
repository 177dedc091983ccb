import {
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeSubnetsCommand,
  type Instance,
  type _InstanceType as InstanceType,
} from '@aws-sdk/client-ec2'
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas'
import type { Headroom } from '../../../ports/headroom'
import type { SdkClients } from '../client/sdk-clients'
import type { ServiceClients } from '../client/service-clients'
import { pages } from '../client/pages'
import { quotaCodeOf } from './quota-codes'

/** Read when asked and never kept: it is asked for a few times a day, before a group grows. */
export function createHeadroom({ ec2, quotas }: SdkClients, services: ServiceClients): Headroom {
  const running = () =>
    pages(async (NextToken) => {
      const page = await services.ec2.read('DescribeInstances', () =>
        ec2.send(
          new DescribeInstancesCommand({
            Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }],
            MaxResults: 1000,
            NextToken,
          }),
        ),
      )
      return { items: page.Reservations?.flatMap(({ Instances = [] }) => Instances), next: page.NextToken }
    })

  return {
    freeAddresses: async (subnets) => {
      // Without ids every subnet would be meant.
      if (subnets.length === 0) return 0
      const { Subnets: found = [] } = await services.ec2.read('DescribeSubnets', () =>
        ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] })),
      )
      return found.reduce((sum, { AvailableIpAddressCount: free = 0 }) => sum + free, 0)
    },

    vcpus: async (type) => {
      const code = quotaCodeOf(type)
      if (code === undefined) return undefined
      const [{ InstanceTypes: types = [] }, { Quota }, instances] = await Promise.all([
        services.ec2.read('DescribeInstanceTypes', () =>
          ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: [type as InstanceType] })),
        ),
        services.quotas.read('GetServiceQuota', () =>
          quotas.send(new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: code })),
        ),
        running(),
      ])
      const each = types[0]?.VCpuInfo?.DefaultVCpus
      if (each === undefined || Quota?.Value === undefined) return undefined
      const counted = instances.filter(
        (one) => isOnDemand(one) && quotaCodeOf(one.InstanceType ?? '') === code,
      )
      return { each, quota: Quota.Value, used: counted.reduce((sum, one) => sum + vcpusOf(one), 0) }
    },
  }
}

/** EC2 names the lifecycle only of those that were not launched On-Demand. */
const isOnDemand = ({ InstanceLifecycle }: Instance): boolean => InstanceLifecycle === undefined

/** As they were launched; one that was given fewer cores than its type has counts for those. */
const vcpusOf = ({ CpuOptions }: Instance): number =>
  (CpuOptions?.CoreCount ?? 0) * (CpuOptions?.ThreadsPerCore ?? 1)
