import type { SecurityGroup as SecurityGroupShape } from '@aws-sdk/client-ec2'
import type { Ec2Handlers } from '../handlers'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import type { SecurityGroup } from './state'
import type { World } from '../world'
import { byIds, ec2Page, stopDryRun, tagList, tagsFor } from './common'
import { select } from './filters'
import { interfacesOf } from './interfaces'
import { permissionsOf } from './rules'
import { securityGroupOf } from './security-group-lookup'

const bounds = [5, 1000] as const

/** aws: API reference, CreateSecurityGroup: the characters of a name and a description in a VPC. */
const words = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/

export const securityGroupHandlers = {
  DescribeSecurityGroups({ world, now }, input) {
    stopDryRun(input)
    const known = byIds(
      world.securityGroups,
      input.GroupIds,
      now,
      (ids) => new AwsError('InvalidGroup.NotFound', `The security group '${ids}' does not exist`),
    )
    const byName = input.GroupNames?.length ? inDefaultVpc(world, known, input.GroupNames) : known
    const found = select(byName, input.Filters, {
      'group-id': (group) => [group.id],
      'group-name': (group) => [group.name],
      'vpc-id': (group) => [group.vpc],
      description: (group) => [group.description],
      'owner-id': () => [world.account],
      'ip-permission.group-id': (group) => group.rules.filter(isIngress).map(({ peer }) => peer),
      'ip-permission.cidr': (group) => group.rules.filter(isIngress).map(({ peer }) => peer),
      'egress.ip-permission.group-id': (group) =>
        group.rules.filter(({ egress }) => egress).map(({ peer }) => peer),
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { SecurityGroups: items.map((group) => describeGroup(world, group)), NextToken: next }
  },

  CreateSecurityGroup(sim, input) {
    const { GroupName, Description, VpcId } = input
    for (const [what, value] of Object.entries({ groupName: GroupName, groupDescription: Description }))
      if (!words.test(value) || value === '' || (what === 'groupName' && value.startsWith('sg-')))
        throw new AwsError('InvalidParameterValue', `Invalid value '${value}' for ${what}.`)
    if (GroupName.toLowerCase() === 'default')
      throw new AwsError('InvalidGroup.Reserved', `The security group '${GroupName}' is reserved`)
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
    const tags = tagsFor(input.TagSpecifications, 'security-group', ['security-group'])
    stopDryRun(input)
    const group = createSecurityGroup(sim, { name: GroupName, description: Description, vpc: vpc.id, tags })
    return {
      GroupId: group.id,
      SecurityGroupArn: arnOf(sim.world, group),
      Tags: tagList(tags),
    }
  },

  /** aws: VPC user guide, "Delete a security group": not while an interface carries it or a rule of another one names it. */
  DeleteSecurityGroup(sim, input) {
    const { world } = sim
    const byName =
      input.GroupName && inDefaultVpc(world, [...world.securityGroups.values()], [input.GroupName])[0]?.id
    const id = input.GroupId ?? byName
    if (!id)
      throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId')
    const group = securityGroupOf(world, id, sim.now)
    if (group.name === 'default')
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${id}" name: "default" cannot be deleted by a user`,
      )
    const named = [...world.securityGroups.values()].some(
      (other) => other.id !== id && other.rules.some(({ peer }) => peer === id),
    )
    if (named || interfacesOf(world).some(({ securityGroups }) => securityGroups.includes(id)))
      throw new AwsError('DependencyViolation', `resource ${id} has a dependent object`)
    stopDryRun(input)
    world.securityGroups.delete(id)
    return { Return: true, GroupId: id }
  },
} satisfies Ec2Handlers

const isIngress = ({ egress }: { readonly egress: boolean }) => !egress

/** Puts a security group into the world: no way in, and every way out. */
function createSecurityGroup(
  sim: Simulation,
  wanted: Pick<SecurityGroup, 'name' | 'description' | 'vpc' | 'tags'>,
): SecurityGroup {
  const id = sim.newId('sg')
  const out = { egress: true, protocol: '-1', kind: 'cidr', peer: '0.0.0.0/0' } as const
  const group: SecurityGroup = {
    id,
    ...wanted,
    visibleAt: sim.now + sim.draw('visibility'),
    rules: [{ id: sim.newId('sgr'), ...out }],
  }
  sim.world.securityGroups.set(id, group)
  return group
}

/** aws: API reference, DescribeSecurityGroups: GroupNames are for the default VPC; others are found by the filter. */
function inDefaultVpc(
  world: World,
  known: readonly SecurityGroup[],
  names: readonly string[],
): SecurityGroup[] {
  return names.map((name) => {
    const found = known.find((group) => group.name === name && world.vpcs.get(group.vpc)?.isDefault === true)
    if (!found) throw new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist`)
    return found
  })
}

const arnOf = (world: World, { id }: SecurityGroup) =>
  `arn:aws:ec2:${world.region}:${world.account}:security-group/${id}`

const describeGroup = (world: World, group: SecurityGroup): SecurityGroupShape => ({
  GroupId: group.id,
  GroupName: group.name,
  Description: group.description,
  VpcId: group.vpc,
  OwnerId: world.account,
  SecurityGroupArn: arnOf(world, group),
  IpPermissions: permissionsOf(world, group.rules.filter(isIngress)),
  IpPermissionsEgress: permissionsOf(
    world,
    group.rules.filter(({ egress }) => egress),
  ),
  Tags: tagList(group.tags),
})
