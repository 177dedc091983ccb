import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import { stopDryRun } from './common'
import { mayLaunch, ownerOf } from './image-access'

/** Single attributes of images, instances and the account, for clients that look around. */
export const attributeHandlers = {
  DescribeImageAttribute({ world, now }, input) {
    stopDryRun(input)
    const image = world.images.get(input.ImageId)
    if (!image || image.visibleAt > now || !mayLaunch(world, image))
      throw new AwsError('InvalidAMIID.NotFound', `The image id '[${input.ImageId}]' does not exist`)
    if (input.Attribute === 'description')
      return { ImageId: image.id, Description: { Value: image.description } }
    if (input.Attribute === 'launchPermission') {
      // aws: DescribeImageAttribute is the owner's (user guide, "Share an AMI").
      if (ownerOf(world, image) !== world.account)
        throw new AwsError('AuthFailure', `Not authorized for image:${image.id}`)
      const LaunchPermissions = [...image.permissions].map((one) =>
        one === 'all' ? { Group: 'all' as const } : { UserId: one },
      )
      return { ImageId: image.id, LaunchPermissions }
    }
    if (input.Attribute === 'blockDeviceMapping')
      return {
        ImageId: image.id,
        BlockDeviceMappings: image.snapshots.map((SnapshotId) => ({
          DeviceName: '/dev/xvda',
          Ebs: { SnapshotId },
        })),
      }
    throw new AwsError(
      'InvalidParameterValue',
      `The attribute ${input.Attribute} is not known to the simulator`,
    )
  },

  DescribeInstanceAttribute({ world, now }, input) {
    stopDryRun(input)
    const instance = world.instances.get(input.InstanceId)
    if (!instance || instance.visibleAt > now)
      throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${input.InstanceId}' does not exist`)
    const InstanceId = instance.id
    if (input.Attribute === 'disableApiTermination')
      return { InstanceId, DisableApiTermination: { Value: instance.protectedFromTermination } }
    if (input.Attribute === 'instanceType') return { InstanceId, InstanceType: { Value: instance.type } }
    if (input.Attribute === 'groupSet')
      return { InstanceId, Groups: instance.securityGroups.map((GroupId) => ({ GroupId })) }
    throw new AwsError(
      'InvalidParameterValue',
      `The attribute ${input.Attribute} is not known to the simulator`,
    )
  },

  DescribeAccountAttributes(_view, input) {
    stopDryRun(input)
    const all = [
      ['supported-platforms', 'VPC'],
      ['default-vpc', 'none'],
      ['max-instances', '20'],
    ].map(([AttributeName, AttributeValue]) => ({ AttributeName, AttributeValues: [{ AttributeValue }] }))
    const wanted = input.AttributeNames
    return {
      AccountAttributes: all.filter(
        ({ AttributeName }) => !wanted?.length || wanted.some((one) => one === AttributeName),
      ),
    }
  },
} satisfies Ec2Handlers
