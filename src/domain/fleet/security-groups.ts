import type { Group, TemplateVersion } from './fleet'
import { type Reason, reason } from '../reasons/reason'
import { canonicalJson } from '../json'

/** The parts of LaunchTemplateData that say which security groups an instance gets. */
interface SecurityGroupData {
  readonly SecurityGroups?: readonly string[]
  readonly SecurityGroupIds?: readonly string[]
  readonly NetworkInterfaces?: readonly Interface[]
  readonly [member: string]: unknown
}
interface Interface {
  readonly DeviceIndex?: number
  readonly Groups?: readonly string[]
}

const isId = (group: string): boolean => /^sg-[0-9a-f]+$/.test(group)
const read = (version: Pick<TemplateVersion, 'data'>): SecurityGroupData =>
  JSON.parse(version.data) as SecurityGroupData

/** Security groups that a version gives by name: at its top, or within its network interfaces. */
export const groupNames = (version: Pick<TemplateVersion, 'data'>): readonly string[] => {
  const { SecurityGroups = [], NetworkInterfaces = [] } = read(version)
  const within = NetworkInterfaces.flatMap(({ Groups = [] }) => Groups).filter((group) => !isId(group))
  return [...new Set([...SecurityGroups, ...within])]
}

/**
 * Why a group with subnets cannot launch a version for its security groups: it wants them by id (EC2 API reference,
 * RequestLaunchTemplateData, SecurityGroups), and with network interfaces within them (EC2 Auto Scaling user guide,
 * "Create a launch template", network interfaces).
 */
export const securityGroupsProblem = (
  version: TemplateVersion,
  group: Pick<Group, 'subnets'>,
): Reason | undefined => {
  if (group.subnets.length === 0) return undefined
  const facts = { template: version.templateName, version: version.number }
  const names = groupNames(version)
  if (names.length > 0) return reason('security_groups_by_name', { ...facts, names })
  const { SecurityGroupIds = [], NetworkInterfaces = [] } = read(version)
  return SecurityGroupIds.length > 0 && NetworkInterfaces.length > 0
    ? reason('security_groups_beside_interfaces', facts)
    : undefined
}

/**
 * The data of a version with its security groups by id, in the place where its launches want them, all else as it was:
 * canonical JSON. `ids` gives the id of each name; a name without one is an Error. What AWS tells and does not take
 * (the state of the metadata options) is left out.
 */
export const groupsById = (
  version: Pick<TemplateVersion, 'data'>,
  ids: Readonly<Record<string, string>>,
): string => {
  const { SecurityGroups = [], SecurityGroupIds = [], NetworkInterfaces = [], ...rest } = read(version)
  const idOf = (group: string): string => {
    const id = isId(group) ? group : ids[group]
    if (id === undefined) throw new Error(`no id for the security group ${group}`)
    return id
  }
  const outer = [...new Set([...SecurityGroupIds, ...SecurityGroups].map(idOf))]
  const interfaces = NetworkInterfaces.map((one) => ({
    ...one,
    ...(one.Groups && { Groups: one.Groups.map(idOf) }),
  }))
  const securityGroupData =
    interfaces.length > 0
      ? { NetworkInterfaces: moveInto(interfaces, outer) }
      : outer.length > 0
        ? { SecurityGroupIds: outer }
        : {}
  return canonicalJson({ ...withoutState(rest), ...securityGroupData })
}

/**
 * Whether volumes of a version are made of snapshots that it names. Those of one image do not fit another, and only what
 * is sent whole keeps them.
 */
export const namesSnapshots = (version: Pick<TemplateVersion, 'data'>): boolean => {
  const { BlockDeviceMappings: volumes = [] } = JSON.parse(version.data) as {
    readonly BlockDeviceMappings?: readonly { readonly Ebs?: { readonly SnapshotId?: string } }[]
  }
  return volumes.some(({ Ebs }) => Ebs?.SnapshotId !== undefined)
}

/** Groups of the instance go to the interfaces that have none, or else to the first one beside its own. */
const moveInto = (interfaces: readonly Interface[], groups: readonly string[]): readonly Interface[] => {
  if (groups.length === 0) return interfaces
  const bare = interfaces.some(({ Groups = [] }) => Groups.length === 0)
  const first = interfaces.find(({ DeviceIndex = 0 }) => DeviceIndex === 0) ?? interfaces[0]
  return interfaces.map((one) => {
    const { Groups = [] } = one
    const gets = bare ? Groups.length === 0 : one === first
    return gets ? { ...one, Groups: [...new Set([...Groups, ...groups])] } : one
  })
}

/** MetadataOptions tell their state, which no request takes (EC2 API reference, LaunchTemplateInstanceMetadataOptions). */
const withoutState = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { MetadataOptions: options, ...rest } = data
  if (typeof options !== 'object' || options === null) return data
  const { State: _, ...accepted } = options as Record<string, unknown>
  return { ...rest, MetadataOptions: accepted }
}

/** A version's data as it can be compared with what was sent. */
export const comparable = (version: Pick<TemplateVersion, 'data'>): string =>
  canonicalJson(withoutState(JSON.parse(version.data) as Record<string, unknown>))
