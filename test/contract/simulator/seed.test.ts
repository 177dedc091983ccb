import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling'
import { DescribeImagesCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../src/sandbox/clock'
import { clientsOn } from './clients'

const start = Date.parse('2026-03-02T09:00:00Z')

function seeded() {
  const clock = createJumpingClock(start)
  const aws = createAws({ clock })
  seedFleet(aws)
  return { clock, aws, ...clientsOn(aws) }
}

describe('the seed fleet, seen through the SDK', () => {
  test('Web-ASG has the figures of the workshop and two healthy instances in two zones', async () => {
    const { autoscaling, elb } = seeded()
    const { AutoScalingGroups = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['Web-ASG'] }),
    )
    const [group] = AutoScalingGroups
    expect(group).toMatchObject({ MinSize: 2, DesiredCapacity: 2, MaxSize: 4, DefaultCooldown: 300 })
    expect(group?.LaunchTemplate).toMatchObject({ LaunchTemplateName: 'Web', Version: '$Default' })
    expect(group?.Instances?.map((one) => [one.LifecycleState, one.LaunchTemplate?.Version])).toEqual([
      ['InService', '1'],
      ['InService', '1'],
    ])
    expect(new Set(group?.Instances?.map((one) => one.AvailabilityZone)).size).toBe(2)
    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: ['Web-TG'] }))
    const { TargetHealthDescriptions } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn }),
    )
    expect(TargetHealthDescriptions?.map((one) => one.TargetHealth?.State)).toEqual(['healthy', 'healthy'])
  })

  test('the source instance is found by its Name, and its image by name', async () => {
    const { ec2 } = seeded()
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['ASG-Web-*'] }] }),
    )
    expect(Reservations).toHaveLength(2)
    const { Images } = await ec2.send(
      new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['Web Server v1'] }] }),
    )
    expect(Images).toHaveLength(1)
    expect(Images?.[0]).toMatchObject({
      State: 'available',
      ImageId: Reservations[0]?.Instances?.[0]?.ImageId,
    })
  })

  test('one of the two shop groups is live and the other at zero', async () => {
    const { autoscaling } = seeded()
    const { AutoScalingGroups = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({
        Filters: [{ Name: 'tag:docker:image:name', Values: ['shop'] }],
      }),
    )
    expect(AutoScalingGroups.map((one) => [one.AutoScalingGroupName, one.DesiredCapacity])).toEqual([
      ['shop-blue', 4],
      ['shop-green', 0],
    ])
  })

  test('an action that the simulator does not know answers as AWS would', async () => {
    const { aws } = seeded()
    const answer = await aws.handle({
      method: 'POST',
      path: '/',
      headers: {},
      body: 'Action=DescribeMoonPhases&Version=2011-01-01',
    })
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('<Code>InvalidAction</Code>')
  })
})
