import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Vpc } from './state'
import type { World } from '../world'
import { ec2Page, named, stopDryRun, tagList } from './common'
import { select } from './filters'

const bounds = [5, 1000] as const

const vpcMissing = 'InvalidVpcID.NotFound'

export const vpcHandlers = {
  DescribeVpcs({ world }, input) {
    stopDryRun(input)
    const known = named(world.vpcs, input.VpcIds, 'InvalidVpcID.NotFound', 'vpc ID')
    const found = select(known, input.Filters, {
      'vpc-id': (vpc) => [vpc.id],
      cidr: (vpc) => [vpc.cidr],
      'is-default': (vpc) => [String(vpc.isDefault)],
      isDefault: (vpc) => [String(vpc.isDefault)],
      state: () => ['available'],
      'owner-id': () => [world.account],
      'dhcp-options-id': () => ['default'],
      'cidr-block-association.cidr-block': (vpc) => [vpc.cidr],
    })
    const { items, next } = ec2Page(found, input, bounds)
    return { Vpcs: items.map((vpc) => describeVpc(world, vpc)), NextToken: next }
  },

  /** aws: API reference, DescribeVpcAttribute: one attribute a call; host names are on in a default VPC from the start. */
  DescribeVpcAttribute({ world }, input) {
    const [vpc] = named(world.vpcs, [input.VpcId], vpcMissing, 'vpc ID')
    stopDryRun(input)
    switch (input.Attribute) {
      case 'enableDnsSupport':
        return { VpcId: input.VpcId, EnableDnsSupport: { Value: true } }
      case 'enableDnsHostnames':
        return { VpcId: input.VpcId, EnableDnsHostnames: { Value: vpc?.isDefault === true } }
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId: input.VpcId, EnableNetworkAddressUsageMetrics: { Value: false } }
      default:
        throw new AwsError('InvalidParameterValue', `The attribute '${String(input.Attribute)}' is not known`)
    }
  },

  /** Each VPC's main table, with its local route: nothing here is routed by others. */
  DescribeRouteTables({ world }, input) {
    stopDryRun(input)
    const tables = new Map(
      [...world.vpcs.values()].map((vpc) => [tableOf(vpc), { ...vpc, id: tableOf(vpc), vpc }]),
    )
    const known = named(tables, input.RouteTableIds, 'InvalidRouteTableID.NotFound', 'routeTable ID')
    const found = select(known, input.Filters, {
      'route-table-id': ({ id }) => [id],
      'vpc-id': ({ vpc }) => [vpc.id],
      'association.main': () => ['true'],
    })
    const { items, next } = ec2Page(found, input, [5, 100])
    return {
      RouteTables: items.map(({ id, vpc }) => ({
        RouteTableId: id,
        VpcId: vpc.id,
        OwnerId: world.account,
        Associations: [
          {
            Main: true,
            RouteTableId: id,
            RouteTableAssociationId: id.replace(/^rtb-/, 'rtbassoc-'),
            AssociationState: { State: 'associated' as const },
          },
        ],
        Routes: [
          {
            DestinationCidrBlock: vpc.cidr,
            GatewayId: 'local',
            Origin: 'CreateRouteTable' as const,
            State: 'active' as const,
          },
        ],
        PropagatingVgws: [],
        Tags: [],
      })),
      NextToken: next,
    }
  },
} satisfies Ec2Handlers

const tableOf = ({ id }: Vpc) => id.replace(/^vpc-/, 'rtb-')

function describeVpc(world: World, vpc: Vpc) {
  return {
    VpcId: vpc.id,
    CidrBlock: vpc.cidr,
    IsDefault: vpc.isDefault,
    State: 'available' as const,
    OwnerId: world.account,
    InstanceTenancy: 'default' as const,
    DhcpOptionsId: 'default',
    CidrBlockAssociationSet: [
      {
        AssociationId: vpc.id.replace(/^vpc-/, 'vpc-cidr-assoc-'),
        CidrBlock: vpc.cidr,
        CidrBlockState: { State: 'associated' as const },
      },
    ],
    Ipv6CidrBlockAssociationSet: [],
    Tags: tagList(vpc.tags),
  }
}
