import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  EnableMetricsCollectionCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  waitUntilImageAvailable,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  waitUntilLoadBalancerAvailable,
  waitUntilTargetInService,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { defaultVpc, ids, vpc } from '../../src/sandbox/aws/seed-network'
import { gateBake } from './fleet'
import { token } from './stage'
import { pause } from './until'

/** What a fleet of the script's is built of: S2's or S3's figures. */
export interface Wanted {
  readonly vpc: string
  readonly balancer: { readonly name: string; readonly group: string; readonly subnets: readonly string[] }
  readonly instances: {
    readonly group: string
    readonly description: string
    readonly type: 't2.micro' | 't2.nano'
  }
  /** An image that is there, or the name of one that is baked of a server, which is a target then. */
  readonly image: { readonly id: string } | { readonly name: string; readonly server: string }
  readonly targetGroup: string
  readonly template: string
  readonly group: {
    readonly name: string
    readonly subnets: readonly string[]
    readonly sizes: readonly [min: number, desired: number, max: number]
  }
  readonly cpu: number
}

const defaultSubnets = ['1', '2', '3', '4'].map((digit) => ids.defaultA.replace(/1$/, digit))

/** S2's and S3's fleets, by the names of the blueprints. */
export const wantedFleets: Readonly<Record<'lab' | 'course', Wanted>> = {
  lab: {
    vpc,
    balancer: { name: 'Lab-ALB', group: 'Lab-ALB-SG', subnets: [ids.publicA, ids.publicC] },
    instances: { group: 'Lab-Inst-SG', description: 'HTTP Allow', type: 't2.micro' },
    image: { id: ids.webImage },
    targetGroup: 'Lab-TG',
    template: 'Lab',
    group: { name: 'Lab-ASG', subnets: [ids.privateA, ids.privateC], sizes: [2, 2, 4] },
    cpu: 30,
  },
  course: {
    vpc: defaultVpc,
    balancer: { name: 'fastcampus-alb', group: 'fastcampus-alb-sg', subnets: defaultSubnets },
    instances: { group: 'fastcampus-sg', description: 'fastcampus-sg', type: 't2.nano' },
    image: { name: 'fastcampus-nginx v1', server: ids.courseServer },
    targetGroup: 'fastcampus-tg',
    template: 'fastcampus-nginx',
    group: { name: 'fastcampus-asg', subnets: defaultSubnets, sizes: [1, 1, 10] },
    cpu: 50,
  },
}

/** Seconds between two looks, as scripts have it; and after which what was just made is surely known. */
const pollEvery = 15
const visibleAfter = 5
/** The SDK's own defaults of these waiters, in seconds. */
const waiterDelays = { minDelay: 15, maxDelay: 120, maxWaitTime: 3_600 }

/** The way without Rollcall: a script that makes one thing after the other and waits for each (docs/bench.md). */
export async function buildNaively(endpoint: string, wanted: Wanted): Promise<void> {
  const credentials = { accessKeyId: token, secretAccessKey: 'bench' }
  const config = { endpoint, region: 'ap-northeast-2', credentials }
  const [ec2, autoScaling, elb] = [
    new EC2Client(config),
    new AutoScalingClient(config),
    new ElasticLoadBalancingV2Client(config),
  ]
  const sleep = (seconds: number) => pause(seconds * 1000)

  const securityGroup = async (
    GroupName: string,
    Description: string,
    from: { readonly CidrIp: string } | { readonly GroupId: string },
  ): Promise<string> => {
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description, VpcId: wanted.vpc }),
    )
    await sleep(visibleAfter)
    const source = 'CidrIp' in from ? { IpRanges: [from] } : { UserIdGroupPairs: [from] }
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...source }],
      }),
    )
    return GroupId
  }

  const { balancer, instances, image, group } = wanted
  const balancerGroup = await securityGroup(balancer.group, balancer.group, { CidrIp: '0.0.0.0/0' })
  const instanceGroup = await securityGroup(instances.group, instances.description, {
    GroupId: balancerGroup,
  })
  const bake = async (InstanceId: string, Name: string): Promise<string> => {
    const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId, Name, NoReboot: true }))
    await waitUntilImageAvailable({ client: ec2, ...waiterDelays }, { ImageIds: [ImageId] })
    return ImageId
  }
  const ImageId = 'id' in image ? image.id : await bake(image.server, image.name)
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: wanted.template,
      LaunchTemplateData: { ImageId, InstanceType: instances.type, SecurityGroupIds: [instanceGroup] },
    }),
  )
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: wanted.targetGroup,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: wanted.vpc,
    }),
  )
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? ''
  if ('server' in image)
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: image.server }] }))
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: balancer.name,
      Subnets: [...balancer.subnets],
      SecurityGroups: [balancerGroup],
    }),
  )
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? ''
  await waitUntilLoadBalancerAvailable(
    { client: elb, ...waiterDelays },
    { LoadBalancerArns: [LoadBalancerArn] },
  )
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  )
  const [MinSize, DesiredCapacity, MaxSize] = group.sizes
  const AutoScalingGroupName = group.name
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '$Default' },
      MinSize,
      DesiredCapacity,
      MaxSize,
      VPCZoneIdentifier: group.subnets.join(','),
      TargetGroupARNs: [TargetGroupArn],
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 300,
    }),
  )
  await autoScaling.send(new EnableMetricsCollectionCommand({ AutoScalingGroupName, Granularity: '1Minute' }))
  await autoScaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName,
      PolicyName: 'Target Tracking Policy',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: wanted.cpu,
      },
    }),
  )
  const inService = async (): Promise<readonly string[]> => {
    const { AutoScalingGroups = [] } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
    )
    return (AutoScalingGroups[0]?.Instances ?? []).flatMap(({ InstanceId, LifecycleState }) =>
      InstanceId !== undefined && LifecycleState === 'InService' ? [InstanceId] : [],
    )
  }
  while ((await inService()).length < DesiredCapacity) await sleep(pollEvery)
  const Targets = (await inService()).map((Id) => ({ Id }))
  const healthy = () =>
    waitUntilTargetInService({ client: elb, ...waiterDelays }, { TargetGroupArn, Targets })
  await healthy()
  await sleep(gateBake)
  await healthy()
}
