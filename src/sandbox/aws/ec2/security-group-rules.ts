import type {
  AuthorizeSecurityGroupIngressRequest,
  IpPermission,
  RevokeSecurityGroupIngressRequest,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import { ec2Page, stopDryRun, tagsFor } from './common'
import { select } from './filters'
import { duplicateRule, keyOf, ruleShape, rulesOf } from './rules'
import { securityGroupOf } from './security-group-lookup'

/** aws: VPC quotas, "Inbound or outbound rules per security group". */
const mostRules = 60

export const securityGroupRuleHandlers = {
  AuthorizeSecurityGroupIngress: (sim, input) => authorize(sim, input, false),
  AuthorizeSecurityGroupEgress: (sim, input) => authorize(sim, input, true),
  RevokeSecurityGroupIngress: (sim, input) => revoke(sim, input, false),
  RevokeSecurityGroupEgress: (sim, input) => revoke(sim, input, true),

  DescribeSecurityGroupRules({ world, now }, input) {
    stopDryRun(input)
    const all = [...world.securityGroups.values()]
      .filter(({ visibleAt }) => visibleAt <= now)
      .flatMap((group) =>
        group.rules.map((rule) => ({ group, rule, tags: rule.tags ?? new Map<string, string>() })),
      )
    for (const id of input.SecurityGroupRuleIds ?? [])
      if (!all.some(({ rule }) => rule.id === id))
        throw new AwsError(
          'InvalidSecurityGroupRuleId.NotFound',
          `The security group rule ID '${id}' does not exist`,
        )
    const named = all.filter(
      ({ rule }) => !input.SecurityGroupRuleIds?.length || input.SecurityGroupRuleIds.includes(rule.id),
    )
    const found = select(named, input.Filters, {
      'group-id': ({ group }) => [group.id],
      'security-group-rule-id': ({ rule }) => [rule.id],
    })
    const { items, next } = ec2Page(found, input, [5, 1000])
    return {
      SecurityGroupRules: items.map(({ group, rule }) => ruleShape(world, group, rule)),
      NextToken: next,
    }
  },

  /** aws: API reference, ModifySecurityGroupRules: what a rule's request names is all of it; its id and tags stay. */
  ModifySecurityGroupRules(sim, input) {
    const { world, now } = sim
    const group = securityGroupOf(world, input.GroupId, now)
    const next = new Map(group.rules.map((rule) => [rule.id, rule]))
    for (const { SecurityGroupRuleId = '', SecurityGroupRule: wanted } of input.SecurityGroupRules) {
      const before = next.get(SecurityGroupRuleId)
      if (!before)
        throw new AwsError(
          'InvalidSecurityGroupRuleId.NotFound',
          `The security group rule ID '${SecurityGroupRuleId}' does not exist`,
        )
      const [rule] = wanted ? rulesOf(world, now, group, { IpPermissions: [permissionOf(wanted)] }) : [before]
      if (rule) next.set(before.id, { ...rule, id: before.id, egress: before.egress, tags: before.tags })
    }
    const keys = [...next.values()].map((rule) => `${rule.egress} ${keyOf(rule)}`)
    const twice = [...next.values()].find((_, at) => keys.indexOf(keys[at] ?? '') !== at)
    if (twice) throw duplicateRule(twice)
    stopDryRun(input)
    group.rules = [...next.values()]
    return { Return: true }
  },
} satisfies Ec2Handlers

/** One rule as a request describes it, as the permission that says the same. */
const permissionOf = ({
  IpProtocol,
  FromPort,
  ToPort,
  CidrIpv4,
  CidrIpv6,
  PrefixListId,
  ReferencedGroupId,
  Description,
}: SecurityGroupRuleRequest): IpPermission => ({
  IpProtocol,
  FromPort,
  ToPort,
  ...(CidrIpv4 !== undefined && { IpRanges: [{ CidrIp: CidrIpv4, Description }] }),
  ...(CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
  ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId, Description }] }),
  ...(ReferencedGroupId !== undefined && { UserIdGroupPairs: [{ GroupId: ReferencedGroupId, Description }] }),
})

type Authorize = {
  readonly [K in keyof AuthorizeSecurityGroupIngressRequest]:
    | AuthorizeSecurityGroupIngressRequest[K]
    | undefined
}

/** All of the rules that a call names come in, or none. */
function authorize(sim: Simulation, input: Authorize, egress: boolean) {
  const { world, now } = sim
  const group = securityGroupOf(world, groupIdOf(sim, input), now)
  const wanted = rulesOf(world, now, group, input)
  const own = group.rules.filter((rule) => rule.egress === egress)
  const known = new Set(own.map(keyOf))
  for (const rule of wanted) if (known.has(keyOf(rule))) throw duplicateRule(rule)
  if (own.length + wanted.length > mostRules)
    throw new AwsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    )
  const tags = tagsFor(input.TagSpecifications, 'security-group-rule', ['security-group-rule'])
  stopDryRun(input)
  const made = wanted.map((rule) => ({ id: sim.newId('sgr'), egress, ...rule, tags: new Map(tags) }))
  group.rules.push(...made)
  return { Return: true, SecurityGroupRules: made.map((rule) => ruleShape(world, group, rule)) }
}

type Revoke = Authorize & Pick<RevokeSecurityGroupIngressRequest, 'SecurityGroupRuleIds'>

/** aws: API reference, RevokeSecurityGroupIngress: outside a default VPC a rule that does not match is an error. */
function revoke(sim: Simulation, input: Revoke, egress: boolean) {
  const { world, now } = sim
  const group = securityGroupOf(world, groupIdOf(sim, input), now)
  const ids = input.SecurityGroupRuleIds ?? []
  const keys = ids.length > 0 ? [] : rulesOf(world, now, group, input).map(keyOf)
  const doomed = group.rules.filter(
    (rule) => rule.egress === egress && (ids.includes(rule.id) || keys.includes(keyOf(rule))),
  )
  if (doomed.length < ids.length)
    throw new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule IDs '${ids.join(', ')}' do not exist`,
    )
  if (doomed.length < keys.length)
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    )
  stopDryRun(input)
  group.rules = group.rules.filter((rule) => !doomed.includes(rule))
  return { Return: true }
}

/** By name only in the default VPC. */
function groupIdOf({ world }: Simulation, input: Pick<Authorize, 'GroupId' | 'GroupName'>): string {
  if (input.GroupId !== undefined) return input.GroupId
  for (const group of world.securityGroups.values())
    if (group.name === input.GroupName && world.vpcs.get(group.vpc)?.isDefault === true) return group.id
  throw new AwsError('InvalidGroup.NotFound', `The security group '${input.GroupName ?? ''}' does not exist`)
}
