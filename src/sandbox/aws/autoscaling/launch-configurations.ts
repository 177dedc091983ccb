import type { CreateLaunchConfigurationType } from '@aws-sdk/client-auto-scaling'
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { World } from '../world'
import { asgPage } from './common'
import type { LaunchSource } from './launch-source'

/**
 * Launch configurations, as accounts have them that are old enough: new ones cannot make any, yet groups live on with
 * theirs (EC2 Auto Scaling user guide, "Auto Scaling launch configurations").
 */
export const configurationHandlers = {
  CreateLaunchConfiguration(sim, input) {
    const name = input.LaunchConfigurationName
    if (sim.world.launchConfigurations.has(name))
      throw new AwsError(
        'AlreadyExists',
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
      )
    if (!input.ImageId)
      throw validationError(
        'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.',
      )
    sim.world.launchConfigurations.set(name, {
      number: 0,
      createdAt: sim.now,
      visibleAt: sim.now,
      data: dataOf(input),
    })
    return {}
  },

  DescribeLaunchConfigurations({ world }, input) {
    const names = input.LaunchConfigurationNames
    const found = [...world.launchConfigurations].filter(([name]) => !names?.length || names.includes(name))
    const { items, next } = asgPage(found, input)
    return {
      LaunchConfigurations: items.map(([name, { data, createdAt }]) => ({
        LaunchConfigurationName: name,
        LaunchConfigurationARN: `arn:aws:autoscaling:${world.region}:${world.account}:launchConfiguration::launchConfigurationName/${name}`,
        ImageId: data.ImageId,
        InstanceType: data.InstanceType,
        KeyName: data.KeyName ?? '',
        SecurityGroups: data.SecurityGroupIds ?? [],
        UserData: data.UserData ?? '',
        CreatedTime: new Date(createdAt),
        BlockDeviceMappings: [],
        EbsOptimized: false,
        InstanceMonitoring: { Enabled: data.Monitoring?.Enabled !== false },
      })),
      NextToken: next,
    }
  },

  DeleteLaunchConfiguration(sim, input) {
    const name = input.LaunchConfigurationName
    for (const group of sim.world.groups.values())
      if (group.template.configuration === name)
        throw new AwsError(
          'ResourceInUse',
          `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${group.name}`,
        )
    if (!sim.world.launchConfigurations.delete(name))
      throw validationError(`Launch configuration name not found - Launch configuration ${name} not found`)
    return {}
  },
} satisfies AutoScalingHandlers

const dataOf = (input: CreateLaunchConfigurationType): RequestLaunchTemplateData => ({
  ...(input.ImageId !== undefined && { ImageId: input.ImageId }),
  ...(input.InstanceType !== undefined && {
    InstanceType: input.InstanceType as NonNullable<RequestLaunchTemplateData['InstanceType']>,
  }),
  // aws: API reference, CreateLaunchConfiguration: detailed monitoring unless it is turned off.
  Monitoring: { Enabled: input.InstanceMonitoring?.Enabled ?? true },
  ...(input.KeyName !== undefined && { KeyName: input.KeyName }),
  ...(input.UserData !== undefined && { UserData: input.UserData }),
  ...(input.SecurityGroups && { SecurityGroupIds: input.SecurityGroups }),
})

export function configurationSource(world: World, name: string): LaunchSource {
  if (!world.launchConfigurations.has(name))
    throw validationError(`Launch configuration name not found - Launch configuration ${name} not found`)
  return { id: '', name, configuration: name }
}
