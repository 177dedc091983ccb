import { reason } from '../reasons/reason'
import { failure, ok, type Result } from '../result'
import type { Blueprint } from './blueprint'
import type { Subnet, Vpc } from './resources'

/** Ids of the network that a fleet is built in. */
export interface FleetNetwork {
  readonly vpc: string
  readonly balancerSubnets: readonly string[]
  readonly groupSubnets: readonly string[]
}

/** A load balancer wants eight free addresses in each subnet (ELB user guide, "Subnets for your load balancer"). */
const addressesOfBalancer = 8

/** The one VPC of a name, an id, or by default. */
export const chooseVpc = ({ vpc }: Blueprint, found: readonly Vpc[]): Result<Vpc> => {
  const [only, another] = found
  const name = vpc ?? 'default'
  if (!only) return failure(reason('network_not_found', { what: 'vpc', name }))
  return another
    ? failure(reason('network_ambiguous', { what: 'vpc', name, found: found.map(({ id }) => id) }))
    : ok(only)
}

/** Ids of the subnets that a blueprint means. Pure; a name is taken as it stands, else whatever its letters' case. */
export const chooseNetwork = (
  blueprint: Blueprint,
  vpc: Vpc,
  subnets: readonly Subnet[],
): Result<FleetNetwork> => {
  const { loadBalancer, group } = blueprint
  const balancer = chooseSubnets(loadBalancer.subnets, subnets)
  if (!balancer.ok) return balancer
  const own = chooseSubnets(group.subnets, subnets)
  if (!own.ok) return own
  const problem = balancerProblem(loadBalancer.name, balancer.value)
  if (problem) return failure(problem)
  const ids = (chosen: readonly Subnet[]) => chosen.map(({ id }) => id)
  return ok({ vpc: vpc.id, balancerSubnets: ids(balancer.value), groupSubnets: ids(own.value) })
}

const chooseSubnets = (
  wanted: readonly string[] | undefined,
  subnets: readonly Subnet[],
): Result<readonly Subnet[]> => {
  if (wanted === undefined) return ok(onePerZone(subnets))
  const chosen: Subnet[] = []
  for (const name of wanted) {
    const found = ofName(name, subnets)
    const [only, another] = found
    if (!only) return failure(reason('network_not_found', { what: 'subnet', name }))
    if (another)
      return failure(reason('network_ambiguous', { what: 'subnet', name, found: found.map(({ id }) => id) }))
    chosen.push(only)
  }
  return ok(chosen)
}

const ofName = (wanted: string, subnets: readonly Subnet[]): readonly Subnet[] => {
  const exact = subnets.filter(({ id, name }) => id === wanted || name === wanted)
  const same = (name: string | undefined) => name?.toLowerCase() === wanted.toLowerCase()
  return exact.length > 0 ? exact : subnets.filter(({ name }) => same(name))
}

/** Of each zone the subnet that AWS made there, or else the one with the most room. */
const onePerZone = (subnets: readonly Subnet[]): readonly Subnet[] => {
  const zones = [...new Set(subnets.map(({ zone }) => zone))].toSorted()
  return zones.flatMap((zone) =>
    subnets
      .filter((subnet) => subnet.zone === zone)
      .toSorted(
        (a, b) =>
          Number(b.defaultForZone) - Number(a.defaultForZone) ||
          b.freeAddresses - a.freeAddresses ||
          (a.id < b.id ? -1 : 1),
      )
      .slice(0, 1),
  )
}

/** An application load balancer has subnets of two zones or more, one a zone (ELB API reference, CreateLoadBalancer). */
const balancerProblem = (name: string, subnets: readonly Subnet[]) => {
  const zones = subnets.map(({ zone }) => zone)
  const facts = { name, subnets: subnets.map(({ id }) => id), zones: [...new Set(zones)] }
  if (facts.zones.length < 2 || facts.zones.length < zones.length) return reason('balancer_zones', facts)
  const full = subnets.filter(({ freeAddresses }) => freeAddresses < addressesOfBalancer)
  return full.length > 0
    ? reason('balancer_addresses', { name, subnets: full.map(({ id }) => id), need: addressesOfBalancer })
    : undefined
}
