import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { SecurityGroup } from './state'
import type { World } from '../world'
import { ec2Page, named, stopDryRun, tagList, tagsFor } from './common'
import { select } from './filters'

const bounds = [5, 1000] as const

export const securityGroupHandlers = {
  DescribeSecurityGroups({ world }, input) {
    stopDryRun(input)
    const known = named(world.securityGroups, input.GroupIds, 'InvalidGroup.NotFound', 'security group')
    const byName = input.GroupNames?.length
      ? known.filter((group) => input.GroupNames?.includes(group.name))
      : known
    const found = select(byName, input.Filters, {
      'group-id': (group) => [group.id],
      'group-name': (group) => [group.name],
      'vpc-id': (group) => [group.vpc],
      description: (group) => [group.description],
      'owner-id': () => [world.account],
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { SecurityGroups: items.map((group) => describeGroup(world, group)), NextToken: next }
  },

  CreateSecurityGroup(sim, input) {
    const { GroupName, Description, VpcId } = input
    if (GroupName.startsWith('sg-') || GroupName.length > 255)
      throw new AwsError('InvalidParameterValue', `Invalid value '${GroupName}' for groupName.`)
    const vpc = [...sim.world.vpcs.values()].find((one) =>
      VpcId === undefined ? one.isDefault : one.id === VpcId,
    )
    if (!vpc)
      throw VpcId === undefined
        ? new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
        : new AwsError('InvalidVpcID.NotFound', `The vpc ID '${VpcId}' does not exist`)
    for (const group of sim.world.securityGroups.values())
      if (group.vpc === vpc.id && group.name.toLowerCase() === GroupName.toLowerCase())
        throw new AwsError(
          'InvalidGroup.Duplicate',
          `The security group '${GroupName}' already exists for VPC '${vpc.id}'`,
        )
    stopDryRun(input)
    const tags = tagsFor(input.TagSpecifications, 'security-group', ['security-group'])
    const id = sim.newId('sg')
    sim.world.securityGroups.set(id, {
      id,
      name: GroupName,
      description: Description,
      vpc: vpc.id,
      tags,
      ingress: [],
    })
    return { GroupId: id, Tags: tagList(tags) }
  },

  AuthorizeSecurityGroupIngress(sim, input) {
    const group = input.GroupId === undefined ? undefined : sim.world.securityGroups.get(input.GroupId)
    if (!group)
      throw new AwsError(
        'InvalidGroup.NotFound',
        `The security group '${input.GroupId ?? ''}' does not exist`,
      )
    const wanted = input.IpPermissions ?? [
      {
        IpProtocol: input.IpProtocol,
        FromPort: input.FromPort,
        ToPort: input.ToPort,
        IpRanges: input.CidrIp === undefined ? [] : [{ CidrIp: input.CidrIp }],
      },
    ]
    const known = new Set(group.ingress.map((permission) => JSON.stringify(permission)))
    for (const permission of wanted)
      if (known.has(JSON.stringify(permission)))
        throw new AwsError(
          'InvalidPermission.Duplicate',
          `the specified rule "peer: ${permission.IpRanges?.[0]?.CidrIp ?? permission.UserIdGroupPairs?.[0]?.GroupId ?? ''}, ` +
            `${(permission.IpProtocol ?? '').toUpperCase()}, from port: ${permission.FromPort ?? -1}, ` +
            `to port: ${permission.ToPort ?? -1}, ALLOW" already exists`,
        )
    stopDryRun(input)
    group.ingress.push(...wanted)
    return { Return: true, SecurityGroupRules: [] }
  },
} satisfies Ec2Handlers

function describeGroup(world: World, group: SecurityGroup) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpc,
    OwnerId: world.account,
    IpPermissions: group.ingress,
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: tagList(group.tags),
  }
}
