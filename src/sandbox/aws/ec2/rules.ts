import type {
  IpPermission,
  SecurityGroupRule as RuleShape,
  AuthorizeSecurityGroupIngressRequest as RuleRequest,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../wire/error'
import type { World } from '../world'
import { tagList } from './common'
import type { SecurityGroup, SecurityGroupRule } from './state'
import { securityGroupOf } from './security-group-lookup'

type Rule = Omit<SecurityGroupRule, 'id' | 'egress' | 'tags'>

/** What a call names beside `IpPermissions`: one rule by single parameters. */
type Named = Pick<RuleRequest, 'IpPermissions' | 'IpProtocol' | 'FromPort' | 'ToPort' | 'CidrIp'>

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' }

/**
 * The rules that a call names, one for each source. aws: API reference, IpPermission: a range whose host bits are set
 * loses them; `-1` takes no ports, and neither does any protocol that is none of tcp, udp, icmp and icmpv6.
 */
export function rulesOf(world: World, now: number, group: SecurityGroup, input: Named): Rule[] {
  const { IpProtocol, FromPort, ToPort, CidrIp } = input
  const single: IpPermission = {
    IpProtocol,
    FromPort,
    ToPort,
    IpRanges: CidrIp === undefined ? [] : [{ CidrIp }],
  }
  const permissions = input.IpPermissions?.length ? input.IpPermissions : [single]
  const rules = permissions.flatMap((permission) => rulesOfOne(world, now, group, permission))
  if (rules.length === 0)
    throw new AwsError('MissingParameter', "Either 'ipPermissions' or a source must be specified")
  const keys = rules.map(keyOf)
  if (new Set(keys).size < keys.length)
    throw new AwsError('InvalidParameterValue', 'The same permission must not appear multiple times')
  return rules
}

function rulesOfOne(world: World, now: number, group: SecurityGroup, permission: IpPermission): Rule[] {
  if (permission.IpProtocol === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol')
  const name = permission.IpProtocol.toLowerCase()
  const protocol = protocols[name] ?? name
  const base = { protocol, ...portsOf(protocol, permission) }
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '', Description }) => ({
      ...base,
      kind: 'cidr' as const,
      peer: networkOf(CidrIp),
      description: Description,
    })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 = '', Description }) => ({
      ...base,
      kind: 'cidr6' as const,
      peer: CidrIpv6,
      description: Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, GroupName, Description }) => ({
      ...base,
      kind: 'group' as const,
      peer: peerOf(world, now, group, GroupId, GroupName),
      description: Description,
    })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId = '', Description }) => ({
      ...base,
      kind: 'prefix' as const,
      peer: PrefixListId,
      description: Description,
    })),
  ]
}

function portsOf(protocol: string, { FromPort, ToPort }: IpPermission): Pick<Rule, 'from' | 'to'> {
  if (protocol === 'icmp' || protocol === 'icmpv6') return { from: FromPort ?? -1, to: ToPort ?? -1 }
  if (protocol !== 'tcp' && protocol !== 'udp') return {}
  if (FromPort === undefined || ToPort === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value '${protocol}' for IP protocol: ports are missing.`,
    )
  if (FromPort < 0 || ToPort > 65_535 || FromPort > ToPort)
    throw new AwsError('InvalidParameterValue', `Invalid value for portRange. ${FromPort}-${ToPort}`)
  return { from: FromPort, to: ToPort }
}

/** A group that a rule names must be one of the same VPC: nothing here is peered. */
function peerOf(
  world: World,
  now: number,
  group: SecurityGroup,
  id: string | undefined,
  name: string | undefined,
) {
  const byName = [...world.securityGroups.values()].find((one) => one.vpc === group.vpc && one.name === name)
  const peer = securityGroupOf(world, id ?? byName?.id ?? name ?? '', now)
  if (peer.vpc !== group.vpc)
    throw new AwsError(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    )
  return peer.id
}

/** aws: API reference, IpRange: "100.68.0.18/18" becomes "100.68.0.0/18". */
function networkOf(cidr: string): string {
  const [address = '', bits = ''] = cidr.split('/')
  const octets = address.split('.').map(Number)
  const size = Number(bits)
  const sound = octets.length === 4 && octets.every((one) => Number.isInteger(one) && one >= 0 && one <= 255)
  if (!sound || bits === '' || !(size >= 0 && size <= 32))
    throw new AwsError('InvalidParameterValue', `CIDR block ${cidr} is malformed`)
  const whole = octets.reduce((sum, one) => sum * 256 + one, 0)
  const network = Math.floor(whole / 2 ** (32 - size)) * 2 ** (32 - size)
  return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.')}/${size}`
}

/** Two rules of the same key are the same rule, whatever their descriptions say. */
export const keyOf = ({ protocol, from, to, kind, peer }: Rule): string =>
  [protocol, from ?? '', to ?? '', kind, peer].join(' ')

/** aws: InvalidPermission.Duplicate, in the words of hashicorp/terraform-provider-aws#9005. */
export const duplicateRule = ({ protocol, from, to, peer }: Rule): AwsError =>
  new AwsError(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peer}, ${protocol === '-1' ? 'ALL' : protocol.toUpperCase()}, ` +
      `from port: ${from ?? -1}, to port: ${to ?? -1}, ALLOW" already exists`,
  )

/** DescribeSecurityGroups joins the rules of one protocol and the same ports. */
export function permissionsOf(world: World, rules: readonly SecurityGroupRule[]): IpPermission[] {
  const joined: Record<string, SecurityGroupRule[]> = {}
  for (const rule of rules) (joined[`${rule.protocol} ${rule.from} ${rule.to}`] ??= []).push(rule)
  return Object.values(joined).map((same) => {
    const [first] = same
    const of = (kind: Rule['kind']) => same.filter((rule) => rule.kind === kind)
    return {
      IpProtocol: first?.protocol,
      FromPort: first?.from,
      ToPort: first?.to,
      IpRanges: of('cidr').map(({ peer, description }) => ({ CidrIp: peer, Description: description })),
      Ipv6Ranges: of('cidr6').map(({ peer, description }) => ({ CidrIpv6: peer, Description: description })),
      UserIdGroupPairs: of('group').map(({ peer, description }) => ({
        GroupId: peer,
        UserId: world.account,
        Description: description,
      })),
      PrefixListIds: of('prefix').map(({ peer, description }) => ({
        PrefixListId: peer,
        Description: description,
      })),
    }
  })
}

export const ruleShape = (world: World, group: SecurityGroup, rule: SecurityGroupRule): RuleShape => ({
  SecurityGroupRuleId: rule.id,
  GroupId: group.id,
  GroupOwnerId: world.account,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.from ?? -1,
  ToPort: rule.to ?? -1,
  ...(rule.kind === 'cidr' && { CidrIpv4: rule.peer }),
  ...(rule.kind === 'cidr6' && { CidrIpv6: rule.peer }),
  ...(rule.kind === 'prefix' && { PrefixListId: rule.peer }),
  ...(rule.kind === 'group' && { ReferencedGroupInfo: { GroupId: rule.peer, UserId: world.account } }),
  Description: rule.description,
  Tags: tagList(rule.tags ?? new Map()),
})
