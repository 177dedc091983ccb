import type { Group, ScalingPolicy } from '../fleet/fleet'
import { second } from '../time/time'
import { type Allowed, type Blueprint, fromLoadBalancer, type SecurityGroupBlueprint } from './blueprint'
import { type Difference, ruleText } from './planned'
import type { IngressRule, Listener, LoadBalancer, SecurityGroup, TargetGroup } from './resources'

/** What differs and AWS cannot change in place, so that nothing is changed. */
export interface Comparison {
  readonly differences: readonly Difference[]
  readonly unfit: readonly Difference[]
}

type Attribute = readonly [attribute: string, is: string | number, wanted: string | number]

const differing = (attributes: readonly Attribute[], fixed: boolean): readonly Difference[] =>
  attributes.flatMap(([attribute, is, wanted]) =>
    String(is) === String(wanted) ? [] : [{ attribute, is: String(is), wanted: String(wanted), fixed }],
  )

const compared = (changeable: readonly Attribute[], fixed: readonly Attribute[] = []): Comparison => ({
  differences: differing(changeable, true),
  unfit: differing(fixed, false),
})

const sorted = (names: readonly string[]): string => names.toSorted().join(', ')

/** The rule that a blueprint means; undefined while the load balancer's security group is still to be made. */
export const ruleOf = (
  { port, from }: Allowed,
  balancerGroup: string | undefined,
): IngressRule | undefined => {
  const ports = { from: port, to: port }
  if (from === fromLoadBalancer)
    return balancerGroup === undefined
      ? undefined
      : { protocol: 'tcp', ports, source: { securityGroup: balancerGroup } }
  const source = from.startsWith('sg-') ? { securityGroup: from } : { cidr: from }
  return { protocol: 'tcp', ports, source }
}

const sourceText = ({ source }: IngressRule): string =>
  'cidr' in source ? source.cidr : 'securityGroup' in source ? source.securityGroup : source.prefixList

const textOf = (rule: IngressRule): string => {
  const { ports, protocol } = rule
  const span = ports ? (ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`) : 'all'
  return ruleText(protocol === 'tcp' ? span : `${protocol} ${span}`, sourceText(rule))
}

export const isSameRule = (a: IngressRule, b: IngressRule): boolean => textOf(a) === textOf(b)

/** Only what is missing is added: what else is let in is shown, and somebody's (reference: drift that is fixed). */
export const compareSecurityGroup = (
  wanted: SecurityGroupBlueprint,
  found: SecurityGroup,
  balancerGroup: string | undefined,
): Comparison => {
  const rules = wanted.allow.map((allowed) => ({ allowed, rule: ruleOf(allowed, balancerGroup) }))
  const missing = rules.filter(({ rule }) => !rule || !found.ingress.some((one) => isSameRule(one, rule)))
  const extra = found.ingress.filter((one) => !rules.some(({ rule }) => rule && isSameRule(one, rule)))
  return {
    differences: [
      ...missing.map(({ allowed }) => ({
        attribute: 'inbound rule',
        is: '',
        wanted: ruleText(allowed.port, allowed.from),
        fixed: true,
      })),
      ...extra.map((rule) => ({ attribute: 'inbound rule', is: textOf(rule), wanted: '', fixed: false })),
      ...differing([['description', found.description, wanted.description]], false),
    ],
    unfit: [],
  }
}

/** `vpc` and `subnets` are ids, `securityGroup` that of its own, where it is there. */
export const compareLoadBalancer = (
  { loadBalancer: wanted }: Blueprint,
  found: LoadBalancer,
  network: { readonly vpc: string; readonly balancerSubnets: readonly string[] },
  securityGroup: string | undefined,
): Comparison =>
  compared(
    [
      ['subnets', sorted(found.subnets), sorted(network.balancerSubnets)],
      ['security group', sorted(found.securityGroups), securityGroup ?? wanted.securityGroup.name],
    ],
    [
      ['type', found.type, 'application'],
      ['scheme', found.scheme, wanted.scheme],
      ['VPC', found.vpc, network.vpc],
    ],
  )

export const compareTargetGroup = (
  { targetGroup: wanted }: Blueprint,
  found: TargetGroup,
  vpc: string,
): Comparison =>
  compared(
    [['path of the health check', found.healthCheck.path, wanted.path]],
    [
      ['target type', found.targetType, 'instance'],
      ['protocol', `${found.protocol} ${found.protocolVersion}`, 'HTTP HTTP1'],
      ['port', found.port, wanted.port],
      ['VPC', found.vpc, vpc],
    ],
  )

export const protocolOf = ({ loadBalancer }: Blueprint): 'HTTP' | 'HTTPS' =>
  loadBalancer.listener.certificate === undefined ? 'HTTP' : 'HTTPS'

export const compareListener = (
  blueprint: Blueprint,
  found: Listener,
  targetGroups: readonly (string | undefined)[],
): Comparison => {
  const [first, second] = targetGroups
  // Between two colors it goes to and fro: with either of them, or both, it is as it should be.
  const isShifted =
    second !== undefined &&
    found.targetGroups.length > 0 &&
    found.targetGroups.every((arn) => targetGroups.includes(arn))
  return compared(
    [],
    [
      ['protocol', found.protocol, protocolOf(blueprint)],
      ['certificate', found.certificate ?? '', blueprint.loadBalancer.listener.certificate ?? ''],
      [
        'target group',
        sorted(found.targetGroups),
        isShifted ? sorted(found.targetGroups) : (first ?? blueprint.targetGroup.name),
      ],
    ],
  )
}

/** What a group that is there has otherwise; its desired capacity is what its traffic asked for, within its bounds. */
export const compareGroup = (
  { group: wanted }: Blueprint,
  found: Group,
  facts: {
    readonly groupSubnets: readonly string[]
    readonly template: string
    readonly targetGroup: string | undefined
    readonly targetGroupName: string
    /** Where the other color serves, or both do. */
    readonly pin?: string | number
    readonly sizes?: { readonly min: number; readonly desired: number; readonly max: number }
  },
): Comparison => {
  const { min, desired: most, max } = facts.sizes ?? wanted
  const attached = facts.targetGroup !== undefined && found.targetGroups.includes(facts.targetGroup)
  const desired = facts.sizes ? most : Math.min(Math.max(found.desired, min), max)
  const types = found.healthCheck.types.length === 0 ? ['EC2'] : found.healthCheck.types
  return compared(
    [
      ['min', found.min, min],
      ['max', found.max, max],
      ['desired', found.desired, desired],
      ['subnets', sorted(found.subnets), sorted(facts.groupSubnets)],
      ['health checks', checksText(types), checksText(wanted.healthCheck.by)],
      ['grace period', `${found.healthCheck.graceSeconds} s`, `${wanted.healthCheck.grace / second} s`],
      ['template version', found.template?.pin ?? '', facts.pin ?? wanted.follows],
      ['target group', attached ? facts.targetGroupName : '', facts.targetGroupName],
      ...Object.entries(wanted.tags).map(
        ([key, value]): Attribute => [
          `tag ${key}`,
          found.propagated?.includes(key) ? (found.tags[key] ?? '') : '',
          value,
        ],
      ),
    ],
    [['template', found.template?.name ?? '', facts.template]],
  )
}

/** EC2's checks are always made: `ELB` alone means both (EC2 Auto Scaling user guide, "Health checks"). */
const checksText = (types: readonly string[]): string => sorted([...new Set([...types, 'EC2'])])

/** How the policy that tracks a group's CPU is called, as the console would. */
const policyName = 'Target Tracking Policy'

/** The policy of a blueprint, as Groups takes it; undefined where none is wanted. */
export const trackingPolicy = ({ scaling }: Blueprint): ScalingPolicy | undefined =>
  scaling && {
    name: policyName,
    type: 'TargetTrackingScaling',
    enabled: true,
    settings: JSON.stringify({
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: scaling.cpu,
        DisableScaleIn: false,
      },
      ...(scaling.warmup !== undefined && { EstimatedInstanceWarmup: scaling.warmup / second }),
    }),
  }

interface Tracking {
  readonly EstimatedInstanceWarmup?: number
  readonly TargetTrackingConfiguration?: {
    readonly PredefinedMetricSpecification?: { readonly PredefinedMetricType?: string }
    readonly TargetValue?: number
    readonly DisableScaleIn?: boolean
  }
}

const trackingText = ({ type, enabled, settings }: ScalingPolicy): string => {
  const { TargetTrackingConfiguration: tracking, EstimatedInstanceWarmup: warmup } = JSON.parse(
    settings,
  ) as Tracking
  const metric = tracking?.PredefinedMetricSpecification?.PredefinedMetricType ?? type
  return [
    metric === 'ASGAverageCPUUtilization' ? `CPU ${tracking?.TargetValue ?? ''} %` : metric,
    ...(warmup === undefined ? [] : [`warm-up ${warmup} s`]),
    ...(tracking?.DisableScaleIn ? ['no scale-in'] : []),
    ...(enabled ? [] : ['disabled']),
  ].join(', ')
}

export const comparePolicy = (wanted: ScalingPolicy, found: ScalingPolicy): Comparison =>
  compared([['tracks', trackingText(found), trackingText(wanted)]])
