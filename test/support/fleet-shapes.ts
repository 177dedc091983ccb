import type {
  LifecycleHookSpecification,
  LaunchTemplateOverrides,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling'
import type { LaunchTemplateBlockDeviceMappingRequest, RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Aws } from '../../src/sandbox/aws'
import { groupHandlers } from '../../src/sandbox/aws/autoscaling/groups'
import { putHook } from '../../src/sandbox/aws/autoscaling/hooks'
import { warmPoolHandlers } from '../../src/sandbox/aws/autoscaling/warm-pool'
import { addVersion } from '../../src/sandbox/aws/ec2/template-store'
import { ids } from '../../src/sandbox/aws/seed-network'

/** The seed's group of `web`: what these give another shape, as its owner would by AWS's own calls. */
const webGroup = 'Web-ASG'
const template = { LaunchTemplateId: ids.webTemplate, Version: '$Default' }

const groupOf = (aws: Aws, name = webGroup) => {
  const group = aws.world.groups.get(name)
  if (!group) throw new Error(`the seed has no group ${name}`)
  return group
}

/** Changes fields of a group. */
export const update = (
  aws: Aws,
  change: Omit<UpdateAutoScalingGroupType, 'AutoScalingGroupName'>,
  name = webGroup,
): void => {
  groupHandlers.UpdateAutoScalingGroup(aws.simulation, { ...change, AutoScalingGroupName: name })
}

/** A mixed instances policy of these overrides around the group's template. */
export const mixed = (aws: Aws, Overrides: LaunchTemplateOverrides[], sizes = {}): void =>
  update(aws, {
    MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: template, Overrides } },
    ...sizes,
  })

/** Two instances of four units each fill a desired capacity of eight. */
export const weighted = (aws: Aws): void =>
  mixed(aws, [{ InstanceType: 't2.micro', WeightedCapacity: '4' }], {
    MinSize: 8,
    DesiredCapacity: 8,
    MaxSize: 16,
  })

/** The same for a color's group: each of its instances counts four, so that its sizes are four times what they were. */
export const weightedColor = (aws: Aws, name: string, weight = 4): void => {
  const { template, min, desired, max } = groupOf(aws, name)
  const LaunchTemplateSpecification = { LaunchTemplateId: template.id, Version: '$Default' }
  const Overrides = [{ InstanceType: 't2.micro', WeightedCapacity: String(weight) }]
  update(
    aws,
    {
      MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification, Overrides } },
      MinSize: min * weight,
      DesiredCapacity: desired * weight,
      MaxSize: max * weight,
    },
    name,
  )
}

/** Another template, of the same image, for one more instance type. */
export const otherTemplate = (aws: Aws): void => {
  const web = aws.world.templates.get(ids.webTemplate)
  const version = web?.versions.get(1)
  if (!web || !version) throw new Error('the seed has no template of web')
  const id = 'lt-0a1b2c3d4e5f60009'
  aws.world.templates.set(id, { ...web, id, name: 'Web-large', versions: new Map([[1, version]]) })
  mixed(aws, [
    { InstanceType: 't2.micro' },
    { InstanceType: 'c5.large', LaunchTemplateSpecification: { LaunchTemplateId: id, Version: '1' } },
  ])
}

/** A hook on launches or terminations; nobody completes it. */
export const hook = (aws: Aws, facts: Partial<LifecycleHookSpecification> = {}, name = webGroup): void =>
  putHook(groupOf(aws, name), {
    LifecycleHookName: 'bootstrap',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    ...facts,
  })

/** A pool of as many stopped instances as the group has. */
export const warmPool = (aws: Aws, name = webGroup): void => {
  warmPoolHandlers.PutWarmPool(aws.simulation, { AutoScalingGroupName: name, MinSize: 2 })
}

/** All that is in the group is protected from scale-in, and what comes will be. */
export const protectAll = (aws: Aws): void => {
  const group = groupOf(aws)
  group.protectNew = true
  for (const member of group.members.values()) member.protected = true
}

/** The template's default is a new version with these members changed, and the group's instances run it already. */
const templateData = (aws: Aws, change: Partial<RequestLaunchTemplateData>): void => {
  const web = aws.world.templates.get(ids.webTemplate)
  const version = web?.versions.get(1)
  if (!web || !version) throw new Error('the seed has no template of web')
  web.versions.set(1, { ...version, data: { ...version.data, ...change } })
}

/** A data volume of a snapshot in the template. */
export const dataVolume = (aws: Aws): LaunchTemplateBlockDeviceMappingRequest => {
  const SnapshotId = aws.world.images.get(ids.shopImage)?.snapshots[0] ?? ''
  const mapping: LaunchTemplateBlockDeviceMappingRequest = {
    DeviceName: '/dev/sdf',
    Ebs: { SnapshotId, VolumeType: 'gp3', DeleteOnTermination: true },
  }
  templateData(aws, { BlockDeviceMappings: [mapping] })
  return mapping
}

/** The template names its image by a parameter. */
export const parameter = (aws: Aws): void => {
  aws.world.parameters.set('/golden/web', {
    name: '/golden/web',
    type: 'String',
    dataType: 'aws:ec2:image',
    versions: [{ version: 1, value: ids.webImage, labels: [], at: aws.simulation.now }],
  })
  templateData(aws, { ImageId: 'resolve:ssm:/golden/web' })
}

/** One more version of the template. */
export const anotherVersion = (aws: Aws, change: Partial<RequestLaunchTemplateData>): number => {
  const web = aws.world.templates.get(ids.webTemplate)
  const version = web?.versions.get(1)
  if (!web || !version) throw new Error('the seed has no template of web')
  return addVersion(aws.simulation, web, { ...version.data, ...change }, undefined).number
}
