import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  EnableMetricsCollectionCommand,
  PutScalingPolicyCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ModifyLoadBalancerAttributesCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { defaultVpc, ids, vpc } from '../../../src/sandbox/aws/seed-network'
import { customerOf } from './customer'
import { codeOf, type Lab, lab, members, minute, passUntil, settled } from './lab'

const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }
const anywhere = { ...http, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
const from = (GroupId: string) => ({ ...http, UserIdGroupPairs: [{ GroupId }] })

const newGroup = async (at: Lab, GroupName: string, VpcId = vpc) => {
  const made = await at.ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: 'HTTP Allow', VpcId }),
  )
  at.clock.advanceBy(10_000)
  return made.GroupId ?? ''
}
const allow = (at: Lab, GroupId: string, ...IpPermissions: object[]) =>
  at.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
const remove = (at: Lab, GroupId: string) => at.ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
const described = async (at: Lab, id: string) => {
  const { SecurityGroups } = await at.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))
  return SecurityGroups?.[0]
}

describe('security groups that are made', () => {
  test('let nothing in and everything out, and are known some seconds later only', async () => {
    const at = lab()
    const GroupName = 'Lab-ALB-SG'
    const make = new CreateSecurityGroupCommand({ GroupName, Description: 'HTTP Allow', VpcId: vpc })
    const { GroupId = '' } = await at.ec2.send(make)
    expect(await codeOf(described(at, GroupId))).toBe('InvalidGroup.NotFound')
    expect(await codeOf(allow(at, GroupId, anywhere))).toBe('InvalidGroup.NotFound')
    at.clock.advanceBy(10_000)
    expect(await described(at, GroupId)).toMatchObject({
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    })
    expect(await codeOf(at.ec2.send(make))).toBe('InvalidGroup.Duplicate')
    expect(await codeOf(at.ec2.send(new CreateSecurityGroupCommand({ ...make.input, DryRun: true })))).toBe(
      'InvalidGroup.Duplicate',
    )
    const other = { ...make.input, GroupName: 'other', DryRun: true }
    expect(await codeOf(at.ec2.send(new CreateSecurityGroupCommand(other)))).toBe('DryRunOperation')
  })

  test('take each rule once, ranges by their network, and all rules of a call or none', async () => {
    const at = lab()
    const id = await newGroup(at, 'rules')
    await allow(at, id, { ...http, IpRanges: [{ CidrIp: '100.68.0.18/18' }] })
    expect((await described(at, id))?.IpPermissions?.[0]?.IpRanges).toMatchObject([
      { CidrIp: '100.68.0.0/18' },
    ])
    const again = allow(at, id, anywhere, { ...http, IpRanges: [{ CidrIp: '100.68.0.0/18' }] })
    expect(await codeOf(again)).toBe('InvalidPermission.Duplicate')
    await allow(at, id, from(ids.albGroup), anywhere)
    expect((await described(at, id))?.IpPermissions).toMatchObject([
      {
        ...http,
        IpRanges: [{ CidrIp: '100.68.0.0/18' }, { CidrIp: '0.0.0.0/0' }],
        UserIdGroupPairs: [{ GroupId: ids.albGroup, UserId: '123456789012' }],
      },
    ])
    expect(await codeOf(allow(at, id, from(ids.albGroup)))).toBe('InvalidPermission.Duplicate')
    expect(await codeOf(allow(at, id, from('sg-0123456789abcdef0')))).toBe('InvalidGroup.NotFound')
    expect(await codeOf(allow(at, id, from(ids.defaultGroup)))).toBe('InvalidGroup.NotFound')
  })

  test('lose rules of either way by what they say or by their ids', async () => {
    const at = lab()
    const id = await newGroup(at, 'rules')
    await allow(at, id, anywhere, from(ids.albGroup))
    const revoke = { GroupId: id, IpPermissions: [anywhere] }
    await at.ec2.send(new RevokeSecurityGroupIngressCommand(revoke))
    expect(await codeOf(at.ec2.send(new RevokeSecurityGroupIngressCommand(revoke)))).toBe(
      'InvalidPermission.NotFound',
    )
    const filter = { Filters: [{ Name: 'group-id', Values: [id] }] }
    const { SecurityGroupRules = [] } = await at.ec2.send(new DescribeSecurityGroupRulesCommand(filter))
    expect(SecurityGroupRules.map((rule) => [rule.IsEgress, rule.ReferencedGroupInfo?.GroupId])).toEqual([
      [true, undefined],
      [false, ids.albGroup],
    ])
    const byId = { GroupId: id, SecurityGroupRuleIds: [SecurityGroupRules[0]?.SecurityGroupRuleId ?? ''] }
    await at.ec2.send(new RevokeSecurityGroupEgressCommand(byId))
    expect((await described(at, id))?.IpPermissionsEgress).toEqual([])
  })

  test('stay while another one’s rule names them, and a VPC’s own always', async () => {
    const at = lab()
    const balancer = await newGroup(at, 'balancer')
    const instances = await newGroup(at, 'instances')
    await allow(at, instances, from(balancer))
    expect(await codeOf(remove(at, balancer))).toBe('DependencyViolation')
    await remove(at, instances)
    await remove(at, balancer)
    expect(await codeOf(remove(at, balancer))).toBe('InvalidGroup.NotFound')
    expect(await codeOf(remove(at, ids.defaultGroup))).toBe('CannotDelete')
    const tags = new CreateTagsCommand({
      Resources: [balancer],
      Tags: [{ Key: 'rollcall', Value: 'managed' }],
    })
    expect(await codeOf(at.ec2.send(tags))).toBe('InvalidGroup.NotFound')
  })
})

test('the default VPC has a subnet in each zone, its own security group, host names and a main route table', async () => {
  const at = lab()
  const { Vpcs } = await at.ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  )
  expect(Vpcs?.map(({ VpcId }) => VpcId)).toEqual([defaultVpc])
  const { Subnets } = await at.ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
  )
  expect(Subnets?.map((one) => [one.AvailabilityZone?.at(-1), one.VpcId, one.MapPublicIpOnLaunch])).toEqual(
    ['a', 'b', 'c', 'd'].map((zone) => [zone, defaultVpc, true]),
  )
  const attribute = async (VpcId: string, Attribute: 'enableDnsHostnames' | 'enableDnsSupport') => {
    const told = await at.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }))
    return [told.EnableDnsHostnames?.Value, told.EnableDnsSupport?.Value]
  }
  expect(await attribute(defaultVpc, 'enableDnsHostnames')).toEqual([true, undefined])
  expect(await attribute(vpc, 'enableDnsHostnames')).toEqual([false, undefined])
  expect(await attribute(vpc, 'enableDnsSupport')).toEqual([undefined, true])
  const main = [
    { Name: 'association.main', Values: ['true'] },
    { Name: 'vpc-id', Values: [vpc] },
  ]
  const { RouteTables } = await at.ec2.send(new DescribeRouteTablesCommand({ Filters: main }))
  expect(RouteTables).toHaveLength(1)
})

/** S2's load balancer with its target group and listener, provisioning. */
const balancerOf = async (at: Lab, group: string) => {
  const created = await at.elb.send(new CreateLoadBalancerCommand(balancerInput(group)))
  const arn = created.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
  const made = await at.elb.send(new CreateTargetGroupCommand(targetGroupInput))
  const targetGroup = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  const listener = await at.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: arn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    }),
  )
  return { arn, targetGroup, listener: listener.Listeners?.[0]?.ListenerArn ?? '' }
}
const balancerInput = (group: string) => ({
  Name: 'Lab-ALB',
  Subnets: [ids.publicA, ids.publicC],
  SecurityGroups: [group],
})
const targetGroupInput = { Name: 'Lab-TG', Protocol: 'HTTP' as const, Port: 80, VpcId: vpc }

const stateOf = async (at: Lab, name = 'Lab-ALB') => {
  const { LoadBalancers } = await at.elb.send(new DescribeLoadBalancersCommand({ Names: [name] }))
  return LoadBalancers?.[0]?.State?.Code
}
const interfaces = async (at: Lab, group: string) => {
  const filter = { Filters: [{ Name: 'group-id', Values: [group] }] }
  const { NetworkInterfaces = [] } = await at.ec2.send(new DescribeNetworkInterfacesCommand(filter))
  return NetworkInterfaces
}

describe('load balancers and target groups that are made', () => {
  test('are the same again with the same settings, and refused with others', async () => {
    const at = lab()
    const group = await newGroup(at, 'Lab-ALB-SG')
    const { arn, targetGroup } = await balancerOf(at, group)
    const again = await at.elb.send(new CreateLoadBalancerCommand(balancerInput(group)))
    expect(again.LoadBalancers?.[0]?.LoadBalancerArn).toBe(arn)
    const inside = { ...balancerInput(group), Scheme: 'internal' as const }
    expect(await codeOf(at.elb.send(new CreateLoadBalancerCommand(inside)))).toBe('DuplicateLoadBalancerName')
    expect(await codeOf(at.elb.send(new CreateLoadBalancerCommand(balancerInput(ids.albGroup))))).toBe(
      'DuplicateLoadBalancerName',
    )
    const same = await at.elb.send(
      new CreateTargetGroupCommand({ ...targetGroupInput, HealthCheckIntervalSeconds: 30 }),
    )
    expect(same.TargetGroups?.[0]?.TargetGroupArn).toBe(targetGroup)
    const slower = new CreateTargetGroupCommand({ ...targetGroupInput, HealthCheckIntervalSeconds: 10 })
    expect(await codeOf(at.elb.send(slower))).toBe('DuplicateTargetGroupName')
  })

  test('want a known group of their VPC and one subnet a zone', async () => {
    const at = lab()
    const make = (change: object) =>
      codeOf(at.elb.send(new CreateLoadBalancerCommand({ ...balancerInput(ids.albGroup), ...change })))
    const fresh = await at.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'fresh', Description: 'fresh', VpcId: vpc }),
    )
    expect(await make({ SecurityGroups: [fresh.GroupId] })).toBe('InvalidSecurityGroup')
    expect(await make({ SecurityGroups: [ids.defaultGroup] })).toBe('InvalidSecurityGroup')
    expect(await make({ Subnets: [ids.publicA] })).toBe('ValidationError')
    expect(await make({ Subnets: [ids.publicA, ids.privateA, ids.publicC] })).toBe(
      'InvalidConfigurationRequest',
    )
    expect(await make({ Subnets: [ids.publicC, ids.defaultA] })).toBe('InvalidConfigurationRequest')
    at.aws.setFault({ kind: 'few-addresses', addresses: 7 })
    expect(await make({})).toBe('InvalidSubnet')
  })

  test('are provisioned for two to three minutes, then hold their group beyond their own end', async () => {
    const at = lab()
    const group = await newGroup(at, 'Lab-ALB-SG')
    const { arn, targetGroup, listener } = await balancerOf(at, group)
    at.clock.advanceBy(1.9 * minute)
    expect(await stateOf(at)).toBe('provisioning')
    at.clock.advanceBy(1.2 * minute)
    expect(await stateOf(at)).toBe('active')
    expect((await interfaces(at, group)).map((one) => [one.SubnetId, one.Status, one.Description])).toEqual(
      [ids.publicA, ids.publicC].map((subnet) => [
        subnet,
        'in-use',
        expect.stringContaining('ELB app/Lab-ALB/'),
      ]),
    )
    await at.elb.send(new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: [ids.privateA, ids.publicC] }))
    expect(new Set((await interfaces(at, group)).map((one) => one.SubnetId))).toEqual(
      new Set([ids.privateA, ids.publicC]),
    )

    expect(await codeOf(at.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroup })))).toBe(
      'ResourceInUse',
    )
    await at.elb.send(new DeleteListenerCommand({ ListenerArn: listener }))
    await at.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroup }))
    const protection = (Value: string) =>
      at.elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn: arn,
          Attributes: [{ Key: 'deletion_protection.enabled', Value }],
        }),
      )
    const end = new DeleteLoadBalancerCommand({ LoadBalancerArn: arn })
    await protection('true')
    expect(await codeOf(at.elb.send(end))).toBe('OperationNotPermitted')
    await protection('false')
    await at.elb.send(end)
    await at.elb.send(end)
    expect(await codeOf(stateOf(at))).toBe('LoadBalancerNotFound')
    expect(await codeOf(remove(at, group))).toBe('DependencyViolation')
    expect((await interfaces(at, group)).map((one) => [one.Status, one.Attachment])).toEqual([
      ['available', undefined],
      ['available', undefined],
    ])
    at.clock.advanceBy(5 * minute)
    await remove(at, group)
  })
})

describe('a group that is made', () => {
  const world = async () => {
    const at = lab()
    const instances = await newGroup(at, 'Lab-Inst-SG')
    const { LaunchTemplate } = await at.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'Lab',
        LaunchTemplateData: {
          ImageId: ids.webImage,
          InstanceType: 't2.micro',
          SecurityGroupIds: [instances],
        },
      }),
    )
    at.clock.advanceBy(10_000)
    const input = {
      AutoScalingGroupName: 'Lab-ASG',
      LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '$Default' },
      MinSize: 2,
      DesiredCapacity: 2,
      MaxSize: 4,
      VPCZoneIdentifier: [ids.privateA, ids.privateC].join(','),
      HealthCheckType: 'EC2,ELB',
      HealthCheckGracePeriod: 300,
    }
    return { at, instances, template: LaunchTemplate?.LaunchTemplateId, input }
  }

  test('serves behind its load balancer, and goes when it is empty and at rest', async () => {
    const { at, instances, template, input } = await world()
    const { targetGroup } = await balancerOf(at, ids.albGroup)
    const group = { AutoScalingGroupName: 'Lab-ASG' }
    const make = new CreateAutoScalingGroupCommand({ ...input, TargetGroupARNs: [targetGroup] })
    await at.autoscaling.send(make)
    expect(await codeOf(at.autoscaling.send(make))).toBe('AlreadyExists')
    await at.autoscaling.send(new EnableMetricsCollectionCommand({ ...group, Granularity: '1Minute' }))
    await at.autoscaling.send(
      new PutScalingPolicyCommand({
        ...group,
        PolicyName: 'cpu-30',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue: 30,
        },
      }),
    )
    const alarms = async () =>
      (await at.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'TargetTracking-Lab-ASG-' })))
        .MetricAlarms?.length
    expect(await alarms()).toBe(2)
    passUntil(at.clock, () => settled(at.aws, 'Lab-ASG') && at.aws.healthyTargets('Lab-TG') === 2)
    const customer = await customerOf(at, 'Lab-ALB')
    const [unresolved] = await customer.served(1)
    at.clock.advanceBy(3 * minute)
    const served = new Set(await customer.served(4))
    await customer.close()
    expect(unresolved).toBe(404)
    expect(served).toEqual(new Set(members(at.aws, 'Lab-ASG').map(({ id }) => id)))
    const told = await at.autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['Lab-ASG'] }),
    )
    expect(told.AutoScalingGroups?.[0]?.EnabledMetrics).toContainEqual({
      Metric: 'GroupInServiceInstances',
      Granularity: '1Minute',
    })

    const end = new DeleteAutoScalingGroupCommand(group)
    expect(await codeOf(remove(at, instances))).toBe('DependencyViolation')
    expect(await codeOf(at.autoscaling.send(end))).toBe('ResourceInUse')
    await at.autoscaling.send(
      new UpdateAutoScalingGroupCommand({ ...group, MinSize: 0, DesiredCapacity: 0, MaxSize: 0 }),
    )
    passUntil(at.clock, () => members(at.aws, 'Lab-ASG').some(({ lifecycle }) => lifecycle === 'Terminating'))
    expect(await codeOf(at.autoscaling.send(end))).toBe('ScalingActivityInProgress')
    passUntil(at.clock, () => members(at.aws, 'Lab-ASG').length === 0)
    await at.autoscaling.send(end)
    expect(await alarms()).toBe(0)
    expect(await codeOf(at.autoscaling.send(end))).toBe('ValidationError')
    const health = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup })
    expect((await at.elb.send(health)).TargetHealthDescriptions).toEqual([])
    await at.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: template }))
    await remove(at, instances)
  })

  test('is refused for a template whose groups are unknown or of another network', async () => {
    const { at, instances, input } = await world()
    const elsewhere = { ...input, VPCZoneIdentifier: ids.defaultA }
    await expect(at.autoscaling.send(new CreateAutoScalingGroupCommand(elsewhere))).rejects.toThrow(
      'not linked to the VPCs configured in the Auto Scaling group',
    )
    await remove(at, instances)
    await expect(at.autoscaling.send(new CreateAutoScalingGroupCommand(input))).rejects.toThrow(
      `The security group '${instances}' does not exist`,
    )
  })

  test('may be refused on the first use of an account, until its role is there', async () => {
    const { at, input } = await world()
    const code = 'ServiceLinkedRoleFailure'
    const action = 'CreateAutoScalingGroup'
    at.aws.setFault({ kind: 'error-before', action, code, status: 500, times: 1 })
    expect(await codeOf(at.autoscaling.send(new CreateAutoScalingGroupCommand(input)))).toBe(code)
    await at.autoscaling.send(new CreateAutoScalingGroupCommand(input))
  })
})
