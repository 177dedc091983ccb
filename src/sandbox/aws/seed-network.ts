import type { Simulation } from './engine/simulation'
import type { SecurityGroup, Subnet } from './ec2/state'

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
}

export const vpc = 'vpc-0a1b2c3d4e5f60001'

const zoneA = 'ap-northeast-2a'
const zoneC = 'ap-northeast-2c'

/** VPC-Lab with its public and private subnets in two zones, and the security groups. */
export function seedNetwork(sim: Simulation): void {
  const { world } = sim
  world.vpcs.set(vpc, { id: vpc, cidr: '10.0.0.0/16', isDefault: false, tags: named('VPC-Lab') })
  const subnets: [id: string, name: string, zone: string, cidr: string, open: boolean][] = [
    [ids.publicA, 'Public Subnet A', zoneA, '10.0.0.0/24', true],
    [ids.publicC, 'Public Subnet C', zoneC, '10.0.1.0/24', true],
    [ids.privateA, 'Private Subnet A', zoneA, '10.0.10.0/24', false],
    [ids.privateC, 'Private Subnet C', zoneC, '10.0.11.0/24', false],
  ]
  for (const [id, name, zone, cidr, open] of subnets)
    world.subnets.set(id, { id, vpc, cidr, zone, public: open, tags: named(name) } satisfies Subnet)
  const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }
  const fromAnywhere = { ...http, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  const fromBalancer = { ...http, UserIdGroupPairs: [{ GroupId: ids.albGroup, UserId: world.account }] }
  const groups: [id: string, name: string, description: string, rule: SecurityGroup['ingress'][number]][] = [
    [ids.albGroup, 'Web-ALB-SG', 'web ALB security group', fromAnywhere],
    [ids.webGroup, 'ASG-Web-Inst-SG', 'HTTP Allow', fromBalancer],
    [ids.shopGroup, 'shop-inst-sg', 'Shop instances', fromBalancer],
  ]
  for (const [id, name, description, rule] of groups)
    world.securityGroups.set(id, { id, name, description, vpc, tags: named(name), ingress: [rule] })
}

const named = (name: string) => new Map([['Name', name]])
