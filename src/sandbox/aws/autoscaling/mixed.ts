import type {
  InstanceRequirements,
  LaunchTemplateOverrides,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling'
import { instanceTypes, memoryOf } from '../ec2/instance-types'
import { vcpusOf } from '../ec2/room'
import { validationError } from '../wire/error'
import type { World } from '../world'
import { capacityOf, unitsOf } from './common'
import type { Group } from './state'
import { referenceOf, specification } from './template'
import type { LaunchSource, MixedPolicy, Override } from './launch-source'

/** API reference, InstancesDistribution: what holds where nothing is said. */
const usualDistribution = {
  OnDemandAllocationStrategy: 'prioritized',
  OnDemandBaseCapacity: 0,
  OnDemandPercentageAboveBaseCapacity: 100,
  SpotAllocationStrategy: 'lowest-price',
  SpotInstancePools: 2,
}

/**
 * A mixed instances policy, checked. Of an update that names only a part, the rest stays as it was before.
 * aws: LaunchTemplateOverrides ("if you specify a value for WeightedCapacity for one instance type, you must specify a
 * value for all of them"; 1 to 999).
 */
export function mixedSource(
  world: World,
  policy: MixedInstancesPolicy,
  now: number,
  before?: LaunchSource,
): LaunchSource {
  const { LaunchTemplateSpecification: wanted, Overrides } = policy.LaunchTemplate ?? {}
  if (!wanted && !before) throw validationError('The mixed instances policy must contain a launch template.')
  const overrides = Overrides?.map((one) => overrideOf(world, one, now)) ?? before?.mixed?.overrides ?? []
  const base = wanted ? referenceOf(world, wanted, now) : (before ?? { id: '', name: '' })
  const weighted = overrides.filter(({ weight }) => weight !== undefined)
  if (weighted.length > 0 && weighted.length < overrides.length)
    throw validationError('WeightedCapacity must be specified for all instance types or for none of them.')
  return {
    id: base.id,
    name: base.name,
    version: base.version,
    mixed: {
      overrides,
      distribution: {
        ...usualDistribution,
        ...before?.mixed?.distribution,
        ...policy.InstancesDistribution,
      },
    },
  }
}

function overrideOf(world: World, wanted: LaunchTemplateOverrides, now: number): Override {
  const { InstanceType, WeightedCapacity, LaunchTemplateSpecification, InstanceRequirements, ImageId } =
    wanted
  if (InstanceType !== undefined && InstanceRequirements)
    throw validationError('InstanceType and InstanceRequirements cannot both be specified in an override.')
  const weight = WeightedCapacity === undefined ? undefined : Number(WeightedCapacity)
  if (weight !== undefined && !(Number.isInteger(weight) && weight >= 1 && weight <= 999))
    throw validationError(`WeightedCapacity ${WeightedCapacity} must be a whole number from 1 to 999.`)
  return {
    type: InstanceType,
    weight,
    template: LaunchTemplateSpecification && referenceOf(world, LaunchTemplateSpecification, now),
    requirements: InstanceRequirements,
    image: ImageId,
  }
}

/** The policy as DescribeAutoScalingGroups tells it. */
export const describeMixed = (source: LaunchSource, mixed: MixedPolicy): MixedInstancesPolicy => ({
  LaunchTemplate: {
    LaunchTemplateSpecification: specification(source),
    Overrides: mixed.overrides.map(({ type, weight, template, requirements, image }) => ({
      InstanceType: type,
      WeightedCapacity: weight === undefined ? undefined : String(weight),
      LaunchTemplateSpecification: template && specification(template),
      InstanceRequirements: requirements,
      ImageId: image,
    })),
  },
  InstancesDistribution: mixed.distribution,
})

/** One way to launch: an override with its type settled. */
export interface Choice {
  readonly override: Override
  readonly type: string | undefined
}

/** The ways in which a group would launch its next instance, best first: priority is the order of the list. */
export function choicesOf(source: LaunchSource): readonly Choice[] {
  if (!source.mixed || source.mixed.overrides.length === 0) return [{ override: {}, type: undefined }]
  return source.mixed.overrides.flatMap((override) =>
    override.requirements
      ? matching(override.requirements).map((type) => ({ override, type }))
      : [{ override, type: override.type }],
  )
}

/** The instance types that fit requirements, cheapest first as far as vCPUs are a price. */
function matching(requirements: InstanceRequirements): string[] {
  const within = (value: number, range: { Min?: number | undefined; Max?: number | undefined } | undefined) =>
    value >= (range?.Min ?? 0) && value <= (range?.Max ?? Number.POSITIVE_INFINITY)
  const fits = (name: string, pattern: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name)
  const { AllowedInstanceTypes: allowed, ExcludedInstanceTypes: excluded } = requirements
  return Object.keys(instanceTypes)
    .filter(
      (name) =>
        within(vcpusOf(name), requirements.VCpuCount) &&
        within(memoryOf(name), requirements.MemoryMiB) &&
        (!allowed?.length || allowed.some((pattern) => fits(name, pattern))) &&
        !excluded?.some((pattern) => fits(name, pattern)),
    )
    .sort((a, b) => vcpusOf(a) - vcpusOf(b))
}

/** The units that an instance of a type counts (user guide, "Configure an Auto Scaling group to use instance weights"). */
export function weightFor(group: Group, override: Override, type: string): number {
  if (group.capacityType === 'vcpu') return vcpusOf(type)
  if (group.capacityType === 'memory-mib') return memoryOf(type)
  return override.weight ?? 1
}

/**
 * "These weights apply to current and future instances"; one whose type is no longer named keeps its last weight (user
 * guide, "Configure an Auto Scaling group to use instance weights").
 */
export function reweigh(group: Group): void {
  const choices = choicesOf(group.template)
  for (const member of group.members.values()) {
    const choice = choices.find(({ type }) => type === member.type)
    if (choice) member.weight = weightFor(group, choice.override, member.type)
    else if (!group.template.mixed) member.weight = 1
  }
}

/** Whether the next instance is a Spot Instance, by the base and the percentage of On-Demand capacity. */
export function nextIsSpot(group: Group, { mixed }: LaunchSource): boolean {
  if (!mixed) return false
  const { OnDemandBaseCapacity: base = 0, OnDemandPercentageAboveBaseCapacity: share = 100 } =
    mixed.distribution
  const capacity = capacityOf(group)
  const onDemand = unitsOf(capacity.filter(({ spot }) => !spot))
  if (onDemand < base) return false
  const above = unitsOf(capacity) + 1 - base
  return onDemand - base >= Math.ceil((above * share) / 100)
}
