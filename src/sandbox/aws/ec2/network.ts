import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { SecurityGroup, Subnet, Vpc, World } from '../world'
import { ec2Page, stopDryRun, tagList, tagsFor } from './common'
import { select } from './filters'

const bounds = [5, 1000] as const

export const networkHandlers = {
  DescribeAvailabilityZones({ world }, input) {
    stopDryRun(input)
    const wanted = input.ZoneNames
    for (const name of wanted ?? [])
      if (!world.zones.some((zone) => zone.name === name))
        throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${name}]`)
    const zones = world.zones
      .filter((zone) => !wanted?.length || wanted.includes(zone.name))
      .map((zone) => ({ ...zone, tags: new Map<string, string>() }))
    const found = select(zones, input.Filters, {
      'zone-name': (zone) => [zone.name],
      'zone-id': (zone) => [zone.id],
      'region-name': () => [world.region],
      state: () => ['available'],
      'zone-type': () => ['availability-zone'],
      'opt-in-status': () => ['opt-in-not-required'],
    })
    return {
      AvailabilityZones: found.map((zone) => ({
        ZoneName: zone.name,
        ZoneId: zone.id,
        RegionName: world.region,
        GroupName: world.region,
        NetworkBorderGroup: world.region,
        State: 'available' as const,
        OptInStatus: 'opt-in-not-required' as const,
        ZoneType: 'availability-zone',
        Messages: [],
      })),
    }
  },

  DescribeRegions({ world }, input) {
    stopDryRun(input)
    return {
      Regions: [
        {
          RegionName: world.region,
          Endpoint: `ec2.${world.region}.amazonaws.com`,
          OptInStatus: 'opt-in-not-required',
        },
      ],
    }
  },

  DescribeVpcs({ world }, input) {
    stopDryRun(input)
    const known = named(world.vpcs, input.VpcIds, 'InvalidVpcID.NotFound', 'vpc ID')
    const found = select(known, input.Filters, {
      'vpc-id': (vpc) => [vpc.id],
      cidr: (vpc) => [vpc.cidr],
      'is-default': (vpc) => [String(vpc.isDefault)],
      isDefault: (vpc) => [String(vpc.isDefault)],
      state: () => ['available'],
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { Vpcs: items.map((vpc) => describeVpc(world, vpc)), NextToken: next }
  },

  DescribeSubnets({ world }, input) {
    stopDryRun(input)
    const known = named(world.subnets, input.SubnetIds, 'InvalidSubnetID.NotFound', 'subnet ID')
    const found = select(known, input.Filters, {
      'subnet-id': (subnet) => [subnet.id],
      'vpc-id': (subnet) => [subnet.vpc],
      'availability-zone': (subnet) => [subnet.zone],
      availabilityZone: (subnet) => [subnet.zone],
      'cidr-block': (subnet) => [subnet.cidr],
      'map-public-ip-on-launch': (subnet) => [String(subnet.public)],
      'default-for-az': () => ['false'],
      state: () => ['available'],
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { Subnets: items.map((subnet) => describeSubnet(world, subnet)), NextToken: next }
  },

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

  DescribeInstanceTypes(_view, input) {
    stopDryRun(input)
    const known = Object.entries(instanceTypes)
    const wanted = known.filter(
      ([name]) => !input.InstanceTypes?.length || input.InstanceTypes.some((one) => one === name),
    )
    for (const name of input.InstanceTypes ?? [])
      if (!Object.hasOwn(instanceTypes, name))
        throw new AwsError(
          'InvalidInstanceType',
          `The following supplied instance types do not exist: [${name}]`,
        )
    return {
      InstanceTypes: wanted.map(([name, [cpus, gib]]) => ({
        InstanceType: name as NonNullable<typeof input.InstanceTypes>[number],
        CurrentGeneration: true,
        VCpuInfo: { DefaultVCpus: cpus },
        MemoryInfo: { SizeInMiB: gib * 1024 },
        ProcessorInfo: { SupportedArchitectures: ['x86_64' as const] },
      })),
    }
  },
} satisfies Ec2Handlers

/** Virtual CPUs and GiB of memory. */
const instanceTypes: Readonly<Record<string, readonly [number, number]>> = {
  't2.nano': [1, 0.5],
  't2.micro': [1, 1],
  't2.small': [1, 2],
  't2.medium': [2, 4],
  't3.nano': [2, 0.5],
  't3.micro': [2, 1],
  't3.small': [2, 2],
  't3.medium': [2, 4],
  't3.large': [2, 8],
  'm5.large': [2, 8],
  'm5.xlarge': [4, 16],
  'c5.large': [2, 4],
}

function named<T>(
  known: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
  code: string,
  what: string,
): T[] {
  if (!ids?.length) return [...known.values()]
  return ids.map((id) => {
    const item = known.get(id)
    if (!item) throw new AwsError(code, `The ${what} '${id}' does not exist`)
    return item
  })
}

function describeVpc(world: World, vpc: Vpc) {
  return {
    VpcId: vpc.id,
    CidrBlock: vpc.cidr,
    IsDefault: vpc.isDefault,
    State: 'available' as const,
    OwnerId: world.account,
    InstanceTenancy: 'default' as const,
    DhcpOptionsId: 'default',
    Tags: tagList(vpc.tags),
  }
}

function describeSubnet(world: World, subnet: Subnet) {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:aws:ec2:${world.region}:${world.account}:subnet/${subnet.id}`,
    VpcId: subnet.vpc,
    CidrBlock: subnet.cidr,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: world.zones.find((zone) => zone.name === subnet.zone)?.id,
    AvailableIpAddressCount: 251,
    MapPublicIpOnLaunch: subnet.public,
    DefaultForAz: false,
    State: 'available' as const,
    OwnerId: world.account,
    Tags: tagList(subnet.tags),
  }
}

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
