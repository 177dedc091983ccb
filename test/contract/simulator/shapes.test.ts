import {
  AttachLoadBalancersCommand,
  AttachTrafficSourcesCommand,
  CompleteLifecycleActionCommand,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeScalingActivitiesCommand,
  DescribeWarmPoolCommand,
  PutLifecycleHookCommand,
  PutWarmPoolCommand,
  SetDesiredCapacityCommand,
  StartInstanceRefreshCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateLaunchTemplateVersionCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DisableImageCommand,
  EnableImageDeregistrationProtectionCommand,
  ModifyImageAttributeCommand,
} from '@aws-sdk/client-ec2'
import type { Fault } from '../../../src/sandbox/protocol'
import { plantImage } from '../../../src/sandbox/aws/seed-image'
import { ids } from '../../../src/sandbox/aws/seed-network'
import { group, hour, type Lab, lab, members, minute, passUntil } from './lab'

const name = 'Web-ASG'
const inService = ({ aws }: Lab) => members(aws).filter(({ lifecycle }) => lifecycle === 'InService')
const described = async ({ autoscaling }: Lab) => {
  const { AutoScalingGroups = [] } = await autoscaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  )
  return AutoScalingGroups[0]
}
const activities = async ({ autoscaling }: Lab) => {
  const { Activities = [] } = await autoscaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name }),
  )
  return Activities
}

/** The seed's group in life's form: two instances of four units each. */
async function weighted(world: Lab): Promise<void> {
  const overrides = [
    { InstanceType: 't2.micro' as const, WeightedCapacity: '4' },
    { InstanceType: 'c5.large' as const, WeightedCapacity: '8' },
  ]
  await world.autoscaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: ids.webTemplate, Version: '$Default' },
          Overrides: overrides,
        },
      },
      MinSize: 8,
      DesiredCapacity: 8,
      MaxSize: 16,
    }),
  )
}

describe('a mixed instances policy', () => {
  test('weighs the instances that there are, so that two of four units fill a desired capacity of eight', async () => {
    const world = lab()
    await weighted(world)
    world.clock.advanceBy(10 * minute)
    expect(inService(world)).toHaveLength(2)
    expect(await described(world)).not.toHaveProperty('LaunchTemplate')
    expect(await described(world)).toMatchObject({
      DesiredCapacity: 8,
      Instances: [{ WeightedCapacity: '4' }, { WeightedCapacity: '4' }],
      MixedInstancesPolicy: {
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 100 },
        LaunchTemplate: { Overrides: [{ WeightedCapacity: '4' }, { WeightedCapacity: '8' }] },
      },
    })
  })

  test('launches over the desired capacity where no instance fits it, and keeps what counts more than is too much', async () => {
    const world = lab()
    await weighted(world)
    const desired = (DesiredCapacity: number) =>
      world.autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }))
    await desired(10)
    passUntil(world.clock, () => inService(world).length === 3)
    await desired(9)
    world.clock.advanceBy(hour)
    expect(inService(world)).toHaveLength(3)
    await desired(8)
    passUntil(world.clock, () => members(world.aws).length === 2)
  })

  test('is refreshed in units: two instances are replaced, one ahead of the other', async () => {
    const world = lab()
    await weighted(world)
    const old = inService(world).map(({ id }) => id)
    await world.autoscaling.send(
      new StartInstanceRefreshCommand({
        AutoScalingGroupName: name,
        Preferences: { MinHealthyPercentage: 100 },
      }),
    )
    const refresh = () => group(world.aws).refreshes.at(-1)?.status
    let least = Number.POSITIVE_INFINITY
    passUntil(world.clock, () => {
      least = Math.min(least, world.aws.healthyTargets('Web-TG'))
      return refresh() === 'Successful'
    })
    expect(least).toBeGreaterThanOrEqual(2)
    expect(inService(world)).toHaveLength(2)
    expect(inService(world).filter(({ id }) => old.includes(id))).toEqual([])
  })

  test('wants a weight of all types or of none', async () => {
    const { autoscaling } = lab()
    const update = new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: ids.webTemplate },
          Overrides: [{ InstanceType: 't2.micro', WeightedCapacity: '1' }, { InstanceType: 'c5.large' }],
        },
      },
    })
    await expect(autoscaling.send(update)).rejects.toMatchObject({ Code: 'ValidationError' })
  })

  test('launches the next override where one type is of another architecture only if told so: the failure is told', async () => {
    const world = lab()
    await world.autoscaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        DesiredCapacity: 3,
        DesiredCapacityType: 'vcpu',
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: ids.webTemplate },
            Overrides: [{ InstanceType: 't4g.micro' }],
          },
        },
      }),
    )
    passUntil(world.clock, () => group(world.aws).launchFailures > 0)
    const [failed] = await activities(world)
    expect(failed).toMatchObject({
      StatusCode: 'Failed',
      StatusMessage: expect.stringContaining('architecture'),
    })
  })
})

describe('a warm pool', () => {
  test('rests stopped beside the group, and comes up first, with the version that it was launched from', async () => {
    const world = lab()
    await world.autoscaling.send(new PutWarmPoolCommand({ AutoScalingGroupName: name, MinSize: 1 }))
    const rested = () => members(world.aws).filter(({ lifecycle }) => lifecycle === 'Warmed:Stopped')
    passUntil(world.clock, () => rested().length === 2)
    expect(await described(world)).toMatchObject({ WarmPoolSize: 2, Instances: [{}, {}] })
    const warm = rested().map(({ id }) => id)
    const pool = await world.autoscaling.send(new DescribeWarmPoolCommand({ AutoScalingGroupName: name }))
    expect(pool.Instances?.map(({ InstanceId }) => InstanceId)).toEqual(warm)
    await world.autoscaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 3 }),
    )
    passUntil(world.clock, () => inService(world).length === 3)
    expect(inService(world).some(({ id }) => warm.includes(id))).toBe(true)
    expect((await activities(world)).map(({ Description }) => Description)).toContainEqual(
      expect.stringMatching(/from warm pool: i-/),
    )
    const { AutoScalingInstances = [] } = await world.autoscaling.send(
      new DescribeAutoScalingInstancesCommand({}),
    )
    expect(AutoScalingInstances.map((one) => one.LifecycleState)).toContain('Warmed:Stopped')
  })
})

describe('a launch that does not come to be', () => {
  const scaleTo = (world: Lab, DesiredCapacity: number) =>
    world.autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }))

  test('waits for its hook, and is cancelled in AWS’s words when that times out', async () => {
    const world = lab()
    await world.autoscaling.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName: name,
        LifecycleHookName: 'bootstrap',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        HeartbeatTimeout: 600,
      }),
    )
    await scaleTo(world, 3)
    passUntil(world.clock, () => members(world.aws).some(({ lifecycle }) => lifecycle === 'Pending:Wait'))
    const cancelled = async () =>
      (await activities(world)).find(({ StatusCode }) => StatusCode === 'Cancelled')
    expect(await cancelled()).toBeUndefined()
    world.clock.advanceBy(11 * minute)
    expect((await cancelled())?.StatusMessage).toMatch(
      /^Instance failed to complete user's Lifecycle Action: .* was abandoned: Heartbeat Timeout$/,
    )
    passUntil(world.clock, () => members(world.aws).some(({ lifecycle }) => lifecycle === 'Pending:Wait'))
    const waiting = members(world.aws).find(({ lifecycle }) => lifecycle === 'Pending:Wait')
    await world.autoscaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: name,
        LifecycleHookName: 'bootstrap',
        LifecycleActionResult: 'CONTINUE',
        InstanceId: waiting?.id,
      }),
    )
    passUntil(world.clock, () => inService(world).length === 3)
  })

  test('is cancelled where the instance ends while it is pending, and tried again and again', async () => {
    const world = lab()
    world.aws.setFault({ kind: 'dies-pending', group: name })
    await scaleTo(world, 3)
    const cancelled = () => group(world.aws).activities.filter(({ status }) => status === 'Cancelled')
    passUntil(world.clock, () => cancelled().length >= 3)
    expect(cancelled()[0]?.message).toBe(
      'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: Client.InternalError: Client error on launch',
    )
  })
})

describe('images', () => {
  test('of another account are launched and listed where it shares them', async () => {
    const { aws, ec2 } = lab()
    const owner = '210987654321'
    const secret = plantImage(aws.simulation, { name: 'Web Server v2', owner })
    const shared = plantImage(aws.simulation, { name: 'Web Server v3', owner, permissions: ['123456789012'] })
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: [owner] }))
    expect(Images).toMatchObject([{ ImageId: shared, OwnerId: owner, Public: false }])
    await expect(ec2.send(new DescribeImagesCommand({ ImageIds: [secret] }))).rejects.toMatchObject({
      Code: 'InvalidAMIID.NotFound',
    })
    await expect(ec2.send(new DeregisterImageCommand({ ImageId: shared }))).rejects.toMatchObject({
      Code: 'AuthFailure',
    })
  })

  test('tell their owner who else may launch them', async () => {
    const { ec2 } = lab()
    const ImageId = ids.webImage
    await ec2.send(
      new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ UserId: '210987654321' }] } }),
    )
    const asked = new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' })
    expect((await ec2.send(asked)).LaunchPermissions).toEqual([{ UserId: '210987654321' }])
  })

  test('that are disabled are listed where asked for, and launch nothing', async () => {
    const world = lab()
    const { aws, ec2, clock, autoscaling } = world
    await ec2.send(new DisableImageCommand({ ImageId: ids.webImage }))
    const listed = async (IncludeDisabled: boolean) =>
      (await ec2.send(new DescribeImagesCommand({ Owners: ['self'], IncludeDisabled }))).Images?.map(
        ({ ImageId }) => ImageId,
      )
    expect(await listed(false)).not.toContain(ids.webImage)
    expect(await listed(true)).toContain(ids.webImage)
    await autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 3 }))
    passUntil(clock, () => group(aws).launchFailures > 0)
    expect((await activities(world))[0]?.StatusMessage).toMatch(/is disabled, and cannot be run/)
  })

  test('under protection are not deregistered', async () => {
    const { ec2 } = lab()
    await ec2.send(new EnableImageDeregistrationProtectionCommand({ ImageId: ids.webImage }))
    await expect(ec2.send(new DeregisterImageCommand({ ImageId: ids.webImage }))).rejects.toMatchObject({
      Code: 'OperationNotPermitted',
    })
  })
})

describe('templates', () => {
  const version = (world: Lab, LaunchTemplateData: object) =>
    world.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: ids.webTemplate,
        SourceVersion: '1',
        LaunchTemplateData,
      }),
    )

  test('may name their image by a parameter, which AWS resolves at each launch', async () => {
    const world = lab()
    const { aws, ec2, clock } = world
    aws.world.parameters.set('/golden/web', {
      name: '/golden/web',
      type: 'String',
      dataType: 'aws:ec2:image',
      versions: [{ version: 1, value: ids.webImage, labels: [], at: 0 }],
    })
    await version(world, { ImageId: 'resolve:ssm:/golden/web' })
    world.clock.advanceBy(minute)
    const shown = async (ResolveAlias: boolean) => {
      const asked = { LaunchTemplateId: ids.webTemplate, Versions: ['2'], ResolveAlias }
      const answer = await ec2.send(new DescribeLaunchTemplateVersionsCommand(asked))
      return answer.LaunchTemplateVersions?.[0]?.LaunchTemplateData?.ImageId
    }
    expect(await shown(false)).toBe('resolve:ssm:/golden/web')
    expect(await shown(true)).toBe(ids.webImage)
    await world.autoscaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateId: ids.webTemplate, Version: '2' },
        DesiredCapacity: 3,
      }),
    )
    passUntil(clock, () => inService(world).length === 3)
    const newest = inService(world).at(-1)
    expect(aws.world.instances.get(newest?.id ?? '')?.imageId).toBe(ids.webImage)
  })

  test('may bring volumes of snapshots, which images of their instances hold too', async () => {
    const world = lab()
    const { aws, ec2, clock, autoscaling } = world
    const snapshot = aws.world.images.get(ids.shopImage)?.snapshots[0] ?? ''
    const mapping = { DeviceName: '/dev/sdf', Ebs: { SnapshotId: snapshot, VolumeType: 'gp3' as const } }
    await version(world, { BlockDeviceMappings: [mapping] })
    world.clock.advanceBy(minute)
    await autoscaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateId: ids.webTemplate, Version: '2' },
        DesiredCapacity: 3,
      }),
    )
    passUntil(clock, () => inService(world).length === 3)
    const InstanceId = inService(world).at(-1)?.id ?? ''
    const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'with data' }))
    world.clock.advanceBy(20 * minute)
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }))
    expect(Images[0]?.BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/xvda' },
      { DeviceName: '/dev/sdf' },
    ])
  })
})

describe('other members of a group', () => {
  test('launch configurations, Classic Load Balancers and VPC Lattice are told', async () => {
    const world = lab()
    const { autoscaling } = world
    await autoscaling.send(
      new CreateLaunchConfigurationCommand({
        LaunchConfigurationName: 'old',
        ImageId: ids.webImage,
        InstanceType: 't2.micro',
      }),
    )
    await autoscaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: 'Old-ASG',
        LaunchConfigurationName: 'old',
        MinSize: 1,
        MaxSize: 1,
        VPCZoneIdentifier: ids.privateA,
        LoadBalancerNames: ['old-elb'],
        PlacementGroup: 'spread',
      }),
    )
    await autoscaling.send(
      new AttachLoadBalancersCommand({ AutoScalingGroupName: name, LoadBalancerNames: ['classic'] }),
    )
    const lattice = 'arn:aws:vpc-lattice:ap-northeast-2:123456789012:targetgroup/tg-0123456789abcdef0'
    await autoscaling.send(
      new AttachTrafficSourcesCommand({
        AutoScalingGroupName: name,
        TrafficSources: [{ Identifier: lattice }],
      }),
    )
    passUntil(world.clock, () => group(world.aws, 'Old-ASG').members.size === 1)
    const { AutoScalingGroups = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['Old-ASG'] }),
    )
    expect(AutoScalingGroups[0]).toMatchObject({
      LaunchConfigurationName: 'old',
      LoadBalancerNames: ['old-elb'],
      PlacementGroup: 'spread',
      Instances: [{ LaunchConfigurationName: 'old' }],
    })
    expect(await described(world)).toMatchObject({
      LoadBalancerNames: ['classic'],
      TargetGroupARNs: [expect.stringContaining('Web-TG')],
      TrafficSources: [{ Type: 'elbv2' }, { Type: 'elb' }, { Identifier: lattice, Type: 'vpc-lattice' }],
    })
  })
})

test.each([
  ['Throttling', 'Rate exceeded', 400],
  ['RequestLimitExceeded', 'Request limit exceeded.', 503],
  ['ValidationError', 'Request limit exceeded. (Service: AmazonEC2; Status Code: 503)', 400],
])('a throttle answers as %s where the fault says so', async (code, message, status) => {
  const { aws, autoscaling } = lab()
  const fault: Fault = { kind: 'throttle', code, message, status }
  aws.setFault(fault)
  await expect(autoscaling.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toMatchObject({
    Code: code,
    message,
    $metadata: { httpStatusCode: status },
  })
})
