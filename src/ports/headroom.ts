/** vCPUs as EC2 counts On-Demand instances of one kind in an account and region. */
interface Vcpus {
  /** What one instance more takes. */
  readonly each: number
  readonly quota: number
  /** What instances that are pending or running take. */
  readonly used: number
}

/** How many more instances an account has room for. All methods throw AwsFailure. */
export interface Headroom {
  /** Addresses that are free in these subnets, all together. */
  freeAddresses(subnets: readonly string[]): Promise<number>
  /** For one more instance of this type; undefined where AWS counts the type to no quota that can be read. */
  vcpus(type: string): Promise<Vcpus | undefined>
}
