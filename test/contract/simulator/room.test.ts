import { DescribeScalingActivitiesCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling'
import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas'
import { codeOf, group, lab } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }
const minute = 60_000
const subnetA = 'subnet-0a1b2c3d4e5f600a2'
const standard = { ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' }

describe('the addresses of a subnet', () => {
  test('are those of its block but AWS’s own five, less what instances have', async () => {
    const { ec2 } = lab()
    const free = async () => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetA] }))
      return Subnets[0]?.AvailableIpAddressCount
    }
    const before = await free()
    const filters = [
      { Name: 'subnet-id', Values: [subnetA] },
      { Name: 'instance-state-name', Values: ['pending', 'running', 'stopped'] },
    ]
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters: filters }))
    expect(before).toBe(256 - 5 - Reservations.length)
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))
    await ec2.send(
      new RunInstancesCommand({ ImageId: Images[0]?.ImageId, MinCount: 2, MaxCount: 2, SubnetId: subnetA }),
    )
    expect(await free()).toBe((before ?? 0) - 2)
  })

  test('keep an instance from being launched where none is free', async () => {
    const { aws, ec2 } = lab()
    aws.setFault({ kind: 'few-addresses', addresses: 0 })
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))
    const launch = new RunInstancesCommand({ ImageId: Images[0]?.ImageId, MinCount: 1, MaxCount: 1 })
    expect(await codeOf(ec2.send(launch))).toBe('InsufficientFreeAddressesInSubnet')
  })

  test('of another zone are taken by a group whose own are gone', async () => {
    const { aws, clock, autoscaling } = lab()
    aws.setFault({ kind: 'few-addresses', addresses: 0, zone: 'a' })
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 4 }))
    clock.advanceBy(10 * minute)
    const zones = [...group(aws).members.values()].map(({ zone }) => zone)
    expect(zones.toSorted()).toEqual([
      'ap-northeast-2a',
      'ap-northeast-2c',
      'ap-northeast-2c',
      'ap-northeast-2c',
    ])
  })
})

describe('the quota of vCPUs', () => {
  test('is told by Service Quotas, and launches are held to it', async () => {
    const { aws, clock, quotas, ec2, autoscaling } = lab()
    const all = await ec2.send(new DescribeInstancesCommand({}))
    const vcpus = all.Reservations?.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name === 'running')
      .reduce((sum, { CpuOptions: c }) => sum + (c?.CoreCount ?? 0) * (c?.ThreadsPerCore ?? 0), 0)
    expect(vcpus).toBeGreaterThan(0)
    aws.setFault({ kind: 'vcpu-quota', vcpus: vcpus ?? 0 })
    const { Quota } = await quotas.send(new GetServiceQuotaCommand(standard))
    expect(Quota).toMatchObject({ QuotaCode: 'L-1216C47A', Value: vcpus, Adjustable: true })
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3 }))
    clock.advanceBy(minute)
    const { Activities } = await autoscaling.send(new DescribeScalingActivitiesCommand(Web))
    expect(Activities?.[0]).toMatchObject({ StatusCode: 'Failed' })
    expect(Activities?.[0]?.StatusMessage).toContain(`your current vCPU limit of ${vcpus} allows`)
  })

  test('that is not known is refused, and one that is not named', async () => {
    const { aws, quotas } = lab()
    const other = quotas.send(new GetServiceQuotaCommand({ ...standard, QuotaCode: 'L-00000000' }))
    expect(await codeOf(other)).toBe('NoSuchResourceException')
    const unnamed = await aws.handle({
      method: 'POST',
      path: '/',
      headers: { 'X-Amz-Target': 'ServiceQuotasV20190624.GetServiceQuota' },
      body: '{"ServiceCode": "ec2"}',
    })
    expect(unnamed).toMatchObject({ status: 400, body: expect.stringContaining("Value null at 'quotaCode'") })
  })

  test('is throttled in its own words', async () => {
    const { aws, quotas } = lab()
    aws.setFault({ kind: 'throttle', action: 'GetServiceQuota' })
    expect(await codeOf(quotas.send(new GetServiceQuotaCommand(standard)))).toBe('TooManyRequestsException')
  })
})
