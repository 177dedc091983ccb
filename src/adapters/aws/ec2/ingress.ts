import type { IpPermission } from '@aws-sdk/client-ec2'
import type { IngressRule } from '../../../domain/provision/resources'
import { defined } from '../../../domain/defined'

/** A rule as AuthorizeSecurityGroupIngress takes it. A source that is a group is named by id: names are for default VPCs. */
export const toPermission = ({ protocol, ports, source }: IngressRule): IpPermission => ({
  IpProtocol: protocol,
  ...(ports && { FromPort: ports.from, ToPort: ports.to }),
  ...sourceOf(source),
})

const sourceOf = (source: IngressRule['source']): IpPermission => {
  if ('securityGroup' in source) return { UserIdGroupPairs: [{ GroupId: source.securityGroup }] }
  if ('prefixList' in source) return { PrefixListIds: [{ PrefixListId: source.prefixList }] }
  return source.cidr.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: source.cidr }] }
    : { IpRanges: [{ CidrIp: source.cidr }] }
}

/** The rules that a permission of DescribeSecurityGroups stands for: it joins those of one protocol and ports. */
export const fromPermission = (permission: IpPermission): readonly IngressRule[] => {
  const { IpProtocol = '-1', FromPort, ToPort } = permission
  const sources: readonly IngressRule['source'][] = [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '' }) => ({ cidr: CidrIp })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 = '' }) => ({ cidr: CidrIpv6 })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId = '' }) => ({ securityGroup: GroupId })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId = '' }) => ({ prefixList: PrefixListId })),
  ]
  const ports = FromPort === undefined ? undefined : { from: FromPort, to: ToPort ?? FromPort }
  return sources.map((source) => defined({ protocol: IpProtocol, ports, source }))
}
