import type { InstanceRequirements, InstancesDistribution } from '@aws-sdk/client-auto-scaling'

/** A template as a group names it; without `version` it follows `$Default` and says nothing of it. */
export interface TemplateReference {
  readonly id: string
  readonly name: string
  readonly version?: string | undefined
}

/** One override of a mixed instances policy. */
export interface Override {
  readonly type?: string | undefined
  /** Units of the desired capacity that one instance of it counts. */
  readonly weight?: number | undefined
  readonly template?: TemplateReference | undefined
  readonly requirements?: InstanceRequirements | undefined
  readonly image?: string | undefined
}

export interface MixedPolicy {
  readonly overrides: readonly Override[]
  readonly distribution: InstancesDistribution
}

/** What a group launches from: a template, with a mixed instances policy around it, or a launch configuration. */
export interface LaunchSource extends TemplateReference {
  readonly mixed?: MixedPolicy | undefined
  /** The name of a launch configuration; then `id` is empty. */
  readonly configuration?: string | undefined
}
