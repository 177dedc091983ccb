import type { Subnet, Vpc } from '../domain/provision/resources'

/** VPCs and their subnets, which are found and never made. All methods throw AwsFailure. */
export interface Networks {
  /** The VPCs of this id or Name tag, in no order; the default VPC where `idOrName` is absent. */
  vpcs(idOrName?: string): Promise<readonly Vpc[]>
  /** All subnets of a VPC, by zone and then by id. */
  subnets(vpc: string): Promise<readonly Subnet[]>
}
