import type { Group, TemplateVersion } from '../fleet/fleet'
import type {
  LaunchTemplate,
  Listener,
  LoadBalancer,
  NetworkInterface,
  SecurityGroup,
  TargetGroup,
} from './resources'

/** A security group with what holds on to it. */
export interface WornSecurityGroup {
  readonly group: SecurityGroup
  readonly interfaces: readonly NetworkInterface[]
  /** Security groups whose inbound rules name it. */
  readonly namedBy: readonly SecurityGroup[]
}

/** What carries a service's tag in AWS, and all that might need some of it. */
export interface OwnedFleet {
  readonly groups: readonly Group[]
  readonly loadBalancers: readonly LoadBalancer[]
  readonly listeners: readonly Listener[]
  readonly targetGroups: readonly TargetGroup[]
  readonly templates: readonly LaunchTemplate[]
  readonly securityGroups: readonly WornSecurityGroup[]
}

export interface Others {
  readonly groups: readonly Group[]
  readonly loadBalancers: readonly LoadBalancer[]
  readonly targetGroups: readonly TargetGroup[]
  /** Listeners of the owned load balancers that are not owned. */
  readonly listeners: readonly Listener[]
  /** What `$Default` and `$Latest` mean in all other templates. */
  readonly versions: readonly TemplateVersion[]
}

/** Something that goes, and what still needs it. */
export interface Need {
  readonly name: string
  readonly by: string
}

/** A load balancer's interfaces tell it by the end of its ARN: `ELB app/Lab-ALB/50dc6c495c0c9188`. */
const interfaceOf = ({ arn }: LoadBalancer): string => `ELB ${arn.replace(/^.*:loadbalancer\//, '')}`

/** What somebody else would lose with a fleet: nothing of it goes then. Pure. */
export const needsOf = (owned: OwnedFleet, others: Others): readonly Need[] => [
  ...owned.targetGroups.flatMap(({ arn, name, loadBalancers }) => [
    ...others.groups
      .filter(({ targetGroups }) => targetGroups.includes(arn))
      .map((group) => ({ name, by: group.name })),
    ...loadBalancers
      .filter((balancer) => !owned.loadBalancers.some((one) => one.arn === balancer))
      .map((balancer) => ({
        name,
        by: balancer.replace(/^.*:loadbalancer\/app\//, '').replace(/\/.*$/, ''),
      })),
  ]),
  ...owned.loadBalancers.flatMap(({ arn, name }) => [
    ...others.targetGroups
      .filter(({ loadBalancers }) => loadBalancers.includes(arn))
      .map((target) => ({ name, by: target.name })),
    ...others.listeners
      .filter(({ loadBalancer }) => loadBalancer === arn)
      .map(({ port }) => ({ name, by: `${name}:${port}` })),
  ]),
  ...owned.templates.flatMap(({ id, name }) =>
    others.groups
      .filter(({ template, alternatives = [] }) => [template, ...alternatives].some((one) => one?.id === id))
      .map((group) => ({ name, by: group.name })),
  ),
  ...owned.securityGroups.flatMap((worn) => needsOfSecurityGroup(worn, owned, others)),
]

const needsOfSecurityGroup = (
  { group: { id, name }, interfaces, namedBy }: WornSecurityGroup,
  { groups, securityGroups, templates }: OwnedFleet,
  { versions, loadBalancers }: Others,
): readonly Need[] => {
  const others = new Set(loadBalancers.map(interfaceOf))
  const instances = new Set(groups.flatMap((group) => group.instances.map((one) => one.id)))
  // Those of a load balancer that is deleted go by themselves.
  const isOwn = ({ description, instance }: NetworkInterface) =>
    instance === undefined
      ? description.startsWith('ELB ') && !others.has(description)
      : instances.has(instance)
  const launching = versions.filter(
    ({ templateId, data }) => !templates.some((one) => one.id === templateId) && data.includes(`"${id}"`),
  )
  return [
    ...namedBy
      .filter((one) => !securityGroups.some(({ group }) => group.id === one.id))
      .map((one) => ({ name, by: one.name })),
    ...interfaces
      .filter((one) => !isOwn(one))
      .map(({ instance, description, id: own }) => ({ name, by: instance ?? (description || own) })),
    ...[...new Set(launching.map(({ templateName }) => templateName))].map((by) => ({ name, by })),
  ]
}
