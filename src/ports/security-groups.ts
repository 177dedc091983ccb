import type {
  IngressRule,
  NetworkInterface,
  NewSecurityGroup,
  SecurityGroup,
} from '../domain/provision/resources'
import type { Answer } from './refusal'

/** Security groups of a network. All methods throw AwsFailure. */
export interface SecurityGroups {
  /** Those of these names in the VPC that the subnets are of. Names are unique within a VPC, letter case aside. */
  named(
    subnets: readonly string[],
    names: readonly string[],
  ): Promise<{
    readonly vpc: string
    readonly found: readonly { readonly id: string; readonly name: string }[]
  }>
  /** Those of these names in a VPC, letter case counting; one that is not there is left out. */
  inVpc(vpc: string, names: readonly string[]): Promise<readonly SecurityGroup[]>
  /** Those that carry this tag, in all VPCs. */
  tagged(key: string, value: string): Promise<readonly SecurityGroup[]>
  /** Those whose inbound rules name this one: a group that another's rule names cannot be deleted. */
  naming(id: string): Promise<readonly SecurityGroup[]>
  /** The network interfaces that a group is on: what its deletion waits for. */
  interfaces(id: string): Promise<readonly NetworkInterface[]>

  /** Whether it could be made, by EC2's dry run: nothing is. */
  mayCreate(group: NewSecurityGroup): Promise<Answer<void, 'unauthorized' | 'exists'>>
  /** CreateSecurityGroup, its tags in the call: gives its id. It has no inbound rule, and one that lets all out. */
  create(group: NewSecurityGroup): Promise<Answer<string, 'exists'>>
  /** AuthorizeSecurityGroupIngress: all these rules or, where one is there already (`exists`), none. */
  allow(id: string, rules: readonly IngressRule[]): Promise<Answer<void, 'exists' | 'unknown'>>
  /** RevokeSecurityGroupIngress; a rule, or a group, that is gone already is taken away. */
  revoke(id: string, rules: readonly IngressRule[]): Promise<void>
  /** DeleteSecurityGroup; gone already is deleted. `in-use`: interfaces carry it, or another group's rule names it. */
  delete(id: string): Promise<Answer<void, 'in-use'>>
}
