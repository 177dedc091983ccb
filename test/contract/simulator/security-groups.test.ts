import {
  CreateAutoScalingGroupCommand,
  DescribeScalingActivitiesCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateLaunchTemplateVersionCommand,
  EnableImageDeprecationCommand,
  DescribeImagesCommand,
  ModifyLaunchTemplateCommand,
  type RequestLaunchTemplateData,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { ids } from '../../../src/sandbox/aws/seed-network'
import { codeOf, lab, type Lab, members, minute } from './lab'

/** Makes the default of template Web wear its security groups otherwise, and scales the group out by one. */
const scaleOutWith = async (at: Lab, data: RequestLaunchTemplateData) => {
  const whole = { ImageId: ids.webImage, InstanceType: 't2.micro' as const, ...data }
  const made = { LaunchTemplateName: 'Web', LaunchTemplateData: whole }
  await at.ec2.send(new CreateLaunchTemplateVersionCommand(made))
  at.clock.advanceBy(minute)
  await at.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName: 'Web', DefaultVersion: '2' }))
  const AutoScalingGroupName = 'Web-ASG'
  await at.autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 3 }))
  at.clock.advanceBy(5 * minute)
  const { Activities } = await at.autoscaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName }),
  )
  return { instances: members(at.aws).length, last: Activities?.[0] }
}

const byName = { SecurityGroups: ['ASG-Web-Inst-SG'] }
const inInterface = (Groups: string[]) => ({ NetworkInterfaces: [{ DeviceIndex: 0, Groups }] })
const together = { ...inInterface([ids.webGroup]), SecurityGroupIds: [ids.webGroup] }

describe('security groups in a template whose group has subnets', () => {
  test.each<[string, RequestLaunchTemplateData, string]>([
    ['by name', byName, 'The parameter groupName cannot be used with the parameter subnet'],
    ['beside network interfaces', together, 'Network interfaces and an instance-level security groups'],
    ['by name in a network interface', inInterface(['ASG-Web-Inst-SG']), 'expecting "sg-..."'],
  ])('given %s fail every launch, which shows in the activities alone', async (_how, data, words) => {
    const { instances, last } = await scaleOutWith(lab(), data)
    expect(instances).toBe(2)
    expect(last).toMatchObject({ StatusCode: 'Failed' })
    expect(last?.StatusMessage).toContain(words)
  })

  test.each<[string, RequestLaunchTemplateData]>([
    ['by id', { SecurityGroupIds: [ids.webGroup] }],
    ['by id in a network interface', inInterface([ids.webGroup])],
  ])('given %s are fine', async (_how, data) => {
    expect((await scaleOutWith(lab(), data)).instances).toBe(3)
  })

  test('are refused when a group is made of it, and when an instance is launched directly', async () => {
    const at = lab()
    await scaleOutWith(at, byName)
    const group = {
      AutoScalingGroupName: 'another',
      LaunchTemplate: { LaunchTemplateName: 'Web', Version: '2' },
      MinSize: 0,
      MaxSize: 1,
      VPCZoneIdentifier: ids.privateA,
    }
    const made = at.autoscaling.send(new CreateAutoScalingGroupCommand(group))
    await expect(made).rejects.toThrow('You must use a valid fully-formed launch template')
    const run = { ImageId: ids.webImage, MinCount: 1, MaxCount: 1, SubnetId: ids.privateA, ...byName }
    expect(await codeOf(at.ec2.send(new RunInstancesCommand(run)))).toBe('InvalidParameterCombination')
  })
})

test('an image of another architecture is launched by nobody, a deprecated one by all who know it', async () => {
  const at = lab()
  const image = at.aws.world.images.get(ids.shopImage)
  const arm = { ...image, id: 'ami-0a1b2c3d4e5f600ff', name: 'arm', architecture: 'arm64' as const }
  at.aws.world.images.set(arm.id, arm as NonNullable<typeof image>)
  const DeprecateAt = new Date(at.clock.now() + minute)
  await at.ec2.send(new EnableImageDeprecationCommand({ ImageId: ids.shopImage, DeprecateAt }))
  at.clock.advanceBy(2 * minute)
  const { Images } = await at.ec2.send(new DescribeImagesCommand({ ImageIds: [ids.shopImage, arm.id] }))
  expect(Images).toMatchObject([
    { DeprecationTime: DeprecateAt.toISOString(), Architecture: 'x86_64' },
    { Architecture: 'arm64' },
  ])
  const run = (ImageId: string) =>
    at.ec2.send(new RunInstancesCommand({ ImageId, InstanceType: 't2.micro', MinCount: 1, MaxCount: 1 }))
  expect(await codeOf(run(arm.id))).toBe('InvalidParameterValue')
  await run(ids.shopImage)
})
