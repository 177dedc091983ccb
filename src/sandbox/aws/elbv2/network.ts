import { defaultGroupOf } from '../ec2/security-group-lookup'
import type { Subnet } from '../ec2/state'
import type { Simulation } from '../engine/simulation'
import { freeAddresses } from '../ec2/room'
import { AwsError, validationError } from '../wire/error'

/** aws: Application Load Balancers user guide, "Subnets for your load balancer": each with eight free addresses. */
const leastFree = 8

/** The subnets that an Application Load Balancer is put into, or ELB's error: of two zones, one a zone, of one VPC. */
export function balancerSubnets(sim: Simulation, ids: readonly string[]): readonly Subnet[] {
  const subnets = ids.map((id) => {
    const subnet = sim.world.subnets.get(id)
    if (!subnet) throw new AwsError('SubnetNotFound', `The subnet ID '${id}' does not exist`)
    return subnet
  })
  const zones = new Set(subnets.map(({ zone }) => zone))
  if (zones.size < 2)
    throw validationError('At least two subnets in two different Availability Zones must be specified')
  if (zones.size < subnets.length)
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    )
  if (new Set(subnets.map(({ vpc }) => vpc)).size > 1)
    throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC')
  for (const subnet of subnets)
    if (freeAddresses(sim.world, sim.faults, subnet) < leastFree)
      throw new AwsError(
        'InvalidSubnet',
        `Not enough IP space available in ${subnet.id}. ELB requires at least ${leastFree} free IP addresses in each subnet.`,
      )
  return subnets
}

/** Its security groups, of its VPC and known; the VPC's own where none is named (API reference, CreateLoadBalancer). */
export function balancerGroups(sim: Simulation, vpc: string, ids: readonly string[]): readonly string[] {
  const usual = defaultGroupOf(sim.world, vpc)
  if (ids.length === 0) return usual ? [usual.id] : []
  for (const id of ids) {
    const group = sim.world.securityGroups.get(id)
    if (!group || group.visibleAt > sim.now || group.vpc !== vpc)
      throw new AwsError('InvalidSecurityGroup', `Invalid security group '${id}'`)
  }
  return ids
}
