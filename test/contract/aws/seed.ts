import { CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { SdkClients } from '../../../src/adapters/aws/client/sdk-clients'
import type { Seeded } from './backend'

const there = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the backend gave no ${what}`)
  return value
}

type Ground = Omit<Seeded, 'account' | 'until' | 'customers' | 'stop'>

/**
 * Builds the suite's fleet by calls alone, in an account that has two subnets of one VPC and this image. `settle` lets
 * pass the time that AWS takes before what was made can be used.
 */
export async function seed(
  { ec2, autoScaling, elb }: SdkClients,
  image: string,
  settle: () => void = () => {},
): Promise<Ground> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  const subnets = Subnets.slice(0, 2).map(({ SubnetId }) => there(SubnetId, 'subnet'))
  const vpc = there(Subnets[0]?.VpcId, 'VPC')
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'Suite-SG', Description: 'HTTP Allow', VpcId: vpc }),
  )

  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image,
      InstanceType: 't2.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: there(subnets[0], 'subnet'),
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'Source' }] }],
    }),
  )
  settle()
  const source = there(Instances[0]?.InstanceId, 'instance')

  const { LaunchTemplate: template } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'Suite',
      VersionDescription: 'Immersion Day Web Instances Template',
      LaunchTemplateData: {
        ImageId: image,
        InstanceType: 't2.micro',
        SecurityGroupIds: [there(GroupId, 'security group')],
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'Web Instance' }] }],
      },
    }),
  )
  settle()
  const templateId = there(template?.LaunchTemplateId, 'template')

  const newTargetGroup = async (Name: string) => {
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId: vpc, TargetType: 'instance' }),
    )
    return there(TargetGroups?.[0]?.TargetGroupArn, 'target group')
  }
  const targetGroup = await newTargetGroup('Suite-TG')
  const idleTargetGroup = await newTargetGroup('Suite-Idle-TG')
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroup,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    }),
  )
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'Suite-ALB', Subnets: subnets }),
  )
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: there(LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer'),
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    }),
  )

  const { Rules } = await elb.send(
    new CreateRuleCommand({
      ListenerArn: there(Listeners?.[0]?.ListenerArn, 'listener'),
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: targetGroup, Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 600 },
          },
        },
      ],
    }),
  )

  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'Suite-ASG',
      LaunchTemplate: { LaunchTemplateId: templateId, Version: '$Default' },
      MinSize: 2,
      MaxSize: 4,
      VPCZoneIdentifier: subnets.join(','),
      TargetGroupARNs: [targetGroup],
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 300,
      Tags: [{ Key: 'Team', Value: 'web', PropagateAtLaunch: true }],
    }),
  )

  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'Suite-Other-ASG',
      LaunchTemplate: { LaunchTemplateId: templateId, Version: '$Default' },
      MinSize: 0,
      MaxSize: 4,
      VPCZoneIdentifier: subnets.join(','),
      Tags: [
        { Key: 'Team', Value: 'web', PropagateAtLaunch: true },
        { Key: 'Use', Value: 'spare', PropagateAtLaunch: false },
      ],
    }),
  )

  settle()

  return {
    group: 'Suite-ASG',
    otherGroup: 'Suite-Other-ASG',
    template: { id: templateId, name: 'Suite' },
    image,
    source,
    targetGroup,
    idleTargetGroup,
    rule: there(Rules?.[0]?.RuleArn, 'rule'),
    imageByHand: async (Name, tags = {}) => {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
      const TagSpecifications = Tags.length === 0 ? [] : [{ ResourceType: 'image' as const, Tags }]
      const made = await ec2.send(
        new CreateImageCommand({ InstanceId: source, Name, NoReboot: true, TagSpecifications }),
      )
      return there(made.ImageId, 'image')
    },
  }
}
