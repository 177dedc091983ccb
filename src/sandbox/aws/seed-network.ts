import type { Simulation } from './engine/simulation'
import type { SecurityGroupRule, Subnet } from './ec2/state'

/** Fixed ids, so that a newcomer's notes stay true from one start to the next. */
export const ids = {
  publicA: 'subnet-0a1b2c3d4e5f600a1',
  publicC: 'subnet-0a1b2c3d4e5f600c1',
  privateA: 'subnet-0a1b2c3d4e5f600a2',
  privateC: 'subnet-0a1b2c3d4e5f600c2',
  albGroup: 'sg-0a1b2c3d4e5f60001',
  webGroup: 'sg-0a1b2c3d4e5f60002',
  shopGroup: 'sg-0a1b2c3d4e5f60003',
  webImage: 'ami-0a1b2c3d4e5f60001',
  shopImage: 'ami-0a1b2c3d4e5f60002',
  payImage: 'ami-0a1b2c3d4e5f60003',
  webTemplate: 'lt-0a1b2c3d4e5f60001',
  shopTemplate: 'lt-0a1b2c3d4e5f60002',
  payTemplate: 'lt-0a1b2c3d4e5f60003',
  /** The default VPC's, in the first zone. */
  defaultA: 'subnet-0a1b2c3d4e5f600d1',
  defaultGroup: 'sg-0a1b2c3d4e5f60005',
  ubuntuImage: 'ami-0a1b2c3d4e5f60009',
  courseServer: 'i-0a1b2c3d4e5f60009',
}

export const vpc = 'vpc-0a1b2c3d4e5f60001'
/** The one that AWS made with the account. */
export const defaultVpc = 'vpc-0a1b2c3d4e5f60002'

const zoneA = 'ap-northeast-2a'
const zoneC = 'ap-northeast-2c'

/** VPC-Lab with its public and private subnets in two zones, and the security groups; and the default VPC. */
export function seedNetwork(sim: Simulation): void {
  const { world } = sim
  world.vpcs.set(vpc, { id: vpc, cidr: '10.0.0.0/16', isDefault: false, tags: named('VPC-Lab') })
  const subnets: [id: string, name: string, zone: string, cidr: string, open: boolean][] = [
    [ids.publicA, 'Public subnet A', zoneA, '10.0.0.0/24', true],
    [ids.publicC, 'Public subnet C', zoneC, '10.0.1.0/24', true],
    [ids.privateA, 'Private subnet A', zoneA, '10.0.10.0/24', false],
    [ids.privateC, 'Private subnet C', zoneC, '10.0.11.0/24', false],
  ]
  for (const [id, name, zone, cidr, open] of subnets)
    world.subnets.set(id, { id, vpc, cidr, zone, public: open, tags: named(name) } satisfies Subnet)
  seedDefaultVpc(sim)
  const http = { egress: false, protocol: 'tcp', from: 80, to: 80 } as const
  const fromAnywhere = { ...http, kind: 'cidr', peer: '0.0.0.0/0' } as const
  const fromBalancer = { ...http, kind: 'group', peer: ids.albGroup } as const
  seedGroup(sim, vpc, ids.albGroup, 'Web-ALB-SG', 'web ALB security group', fromAnywhere)
  seedGroup(sim, vpc, ids.webGroup, 'ASG-Web-Inst-SG', 'HTTP Allow', fromBalancer)
  seedGroup(sim, vpc, ids.shopGroup, 'shop-inst-sg', 'Shop instances', fromBalancer)
}

/** aws: VPC user guide, "Default VPCs": 172.31.0.0/16, a /20 in each zone, all of them public. Each VPC has its own group. */
function seedDefaultVpc(sim: Simulation): void {
  const { world } = sim
  world.vpcs.set(defaultVpc, { id: defaultVpc, cidr: '172.31.0.0/16', isDefault: true, tags: new Map() })
  for (const [at, { name: zone }] of world.zones.entries()) {
    const id = ids.defaultA.replace(/1$/, String(at + 1))
    const cidr = `172.31.${at * 16}.0/20`
    world.subnets.set(id, {
      id,
      vpc: defaultVpc,
      cidr,
      zone,
      public: true,
      defaultForZone: true,
      tags: new Map(),
    })
  }
  const usual = 'default VPC security group'
  const own: [vpc: string, id: string][] = [
    [vpc, 'sg-0a1b2c3d4e5f60004'],
    [defaultVpc, ids.defaultGroup],
  ]
  for (const [network, id] of own)
    seedGroup(sim, network, id, 'default', usual, { egress: false, protocol: '-1', kind: 'group', peer: id })
}

/** A security group that was there before, with one way in and all ways out; the ids of its rules are made of its own. */
function seedGroup(
  { world }: Simulation,
  network: string,
  id: string,
  name: string,
  description: string,
  wayIn: Omit<SecurityGroupRule, 'id'>,
): void {
  const ruleId = (at: number) => `${id.replace(/^sg-/, 'sgr-').slice(0, -1)}${at}`
  const out = { egress: true, protocol: '-1', kind: 'cidr', peer: '0.0.0.0/0' } as const
  world.securityGroups.set(id, {
    id,
    name,
    description,
    vpc: network,
    visibleAt: 0,
    tags: name === 'default' ? new Map() : named(name),
    rules: [
      { id: ruleId(0), ...wayIn },
      { id: ruleId(1), ...out },
    ],
  })
}

const named = (name: string) => new Map([['Name', name]])
