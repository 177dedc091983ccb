import { vcpuQuota } from './ec2/room'
import type { QuotaHandlers } from './handlers'
import { AwsError } from './wire/error'

const missing = (what: string) =>
  new AwsError('NoSuchResourceException', `The request failed because the specified ${what} does not exist.`)

/** Service Quotas, with the one quota that the simulator holds launches to. */
export const quotaHandlers = {
  GetServiceQuota({ world, faults }, { ServiceCode, QuotaCode }) {
    if (ServiceCode !== 'ec2') throw missing('service')
    if (QuotaCode !== 'L-1216C47A') throw missing('quota')
    return {
      Quota: {
        ServiceCode,
        ServiceName: 'Amazon Elastic Compute Cloud (Amazon EC2)',
        QuotaArn: `arn:aws:servicequotas:${world.region}:${world.account}:ec2/${QuotaCode}`,
        QuotaCode,
        QuotaName: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
        Value: vcpuQuota(faults),
        Unit: 'None',
        Adjustable: true,
        GlobalQuota: false,
      },
    }
  },
} satisfies QuotaHandlers
