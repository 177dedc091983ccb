/** A security group as DescribeSecurityGroups tells it. */
interface SecurityGroup {
  readonly id: string
  readonly name: string
}

/** Security groups of a network. All methods throw AwsFailure. */
export interface SecurityGroups {
  /** Those of these names in the VPC that the subnets are of. Names are unique within a VPC, letter case aside. */
  named(
    subnets: readonly string[],
    names: readonly string[],
  ): Promise<{ readonly vpc: string; readonly found: readonly SecurityGroup[] }>
}
