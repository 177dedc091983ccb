import type { Milliseconds } from '../time/time'

/** Who may reach a port: the blueprint's own load balancer, an IPv4 range, or a security group by its id. */
export interface Allowed {
  readonly port: number
  readonly from: string
}

/** What stands for the blueprint's own load balancer in `Allowed.from`. */
export const fromLoadBalancer = 'load_balancer'

export interface SecurityGroupBlueprint {
  readonly name: string
  readonly description: string
  readonly allow: readonly Allowed[]
}

/** What new instances start from: something that is there, or an image that is baked first where it is not. */
export type BlueprintImage =
  /** The name or the id of an image, or `resolve:ssm:<parameter>`. */
  | { readonly use: string }
  | {
      readonly bake: string
      readonly from: { readonly tag: Readonly<Record<string, string>> } | { readonly instance: string }
      readonly tags: Readonly<Record<string, string>>
    }

/** The fleet of a service as its catalogue wants it built. VPC and subnets are found, all else is made. */
export interface Blueprint {
  /** Name tag or id; the default VPC when absent. */
  readonly vpc?: string
  readonly instances: {
    readonly image: BlueprintImage
    readonly type: string
    readonly securityGroup: SecurityGroupBlueprint
    /** Of instances and volumes. */
    readonly tags: Readonly<Record<string, string>>
    /** Of the first version of the launch template. */
    readonly description?: string
    readonly keyPair?: string
    /** Name of an instance profile. */
    readonly profile?: string
    /** A script, as it is given to the instance. */
    readonly userData?: string
    readonly volume?: { readonly sizeGiB: number; readonly type?: string }
    /** Whether instances ask for metadata with a token (IMDSv2) only. */
    readonly metadata: 'required' | 'optional'
  }
  readonly targetGroup: {
    /** That of both colors, or of blue where green has one of its own. */
    readonly name: string
    readonly green?: string
    readonly port: number
    /** Path of the health check. */
    readonly path: string
    /** Whether the instance that the image is made of is a target, too. */
    readonly registerSource: boolean
  }
  readonly loadBalancer: {
    readonly name: string
    readonly scheme: 'internet-facing' | 'internal'
    /** Names or ids; one a zone of the VPC when absent. */
    readonly subnets?: readonly string[]
    readonly securityGroup: SecurityGroupBlueprint
    /** HTTP; HTTPS with a certificate's ARN. */
    readonly listener: { readonly port: number; readonly certificate?: string }
  }
  readonly group: {
    readonly subnets?: readonly string[]
    readonly min: number
    readonly desired: number
    readonly max: number
    readonly healthCheck: { readonly by: readonly ('EC2' | 'ELB')[]; readonly grace: Milliseconds }
    readonly metrics: boolean
    readonly follows: '$Default' | '$Latest' | number
    /** Handed on at launch. */
    readonly tags: Readonly<Record<string, string>>
  }
  /** Target tracking on the average CPU of the group, in percent. */
  readonly scaling?: { readonly cpu: number; readonly warmup?: Milliseconds }
}
