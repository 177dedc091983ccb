import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Faults } from '../engine/faults'
import type { Subnet } from './state'
import type { World } from '../world'
import { ec2Page, named, stopDryRun, tagList } from './common'
import { select } from './filters'
import { freeAddresses } from './room'

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

  DescribeSubnets({ world, faults }, input) {
    stopDryRun(input)
    const known = named(world.subnets, input.SubnetIds, 'InvalidSubnetID.NotFound', 'subnet ID')
    const found = select(known, input.Filters, {
      'subnet-id': (subnet) => [subnet.id],
      'vpc-id': (subnet) => [subnet.vpc],
      'availability-zone': (subnet) => [subnet.zone],
      availabilityZone: (subnet) => [subnet.zone],
      'cidr-block': (subnet) => [subnet.cidr],
      'map-public-ip-on-launch': (subnet) => [String(subnet.public)],
      'default-for-az': (subnet) => [String(subnet.defaultForZone === true)],
      defaultForAz: (subnet) => [String(subnet.defaultForZone === true)],
      'availability-zone-id': (subnet) => [zoneId(world, subnet)],
      state: () => ['available'],
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { Subnets: items.map((subnet) => describeSubnet(world, faults, subnet)), NextToken: next }
  },
} satisfies Ec2Handlers

const zoneId = (world: World, subnet: Subnet) => world.zones.find((zone) => zone.name === subnet.zone)?.id

function describeSubnet(world: World, faults: Faults, subnet: Subnet) {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:aws:ec2:${world.region}:${world.account}:subnet/${subnet.id}`,
    VpcId: subnet.vpc,
    CidrBlock: subnet.cidr,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: zoneId(world, subnet),
    AvailableIpAddressCount: freeAddresses(world, faults, subnet),
    MapPublicIpOnLaunch: subnet.public,
    DefaultForAz: subnet.defaultForZone === true,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    Ipv6CidrBlockAssociationSet: [],
    State: 'available' as const,
    OwnerId: world.account,
    Tags: tagList(subnet.tags),
  }
}
