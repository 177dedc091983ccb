import type { ScalingPolicy, ScheduledAction, TemplatePin } from '../fleet/fleet'

/** As plain data: what is written into the journal. */
type PlainData<T> = { readonly [K in keyof T]: T[K] }

/** A color's group as it was before an operation touched it: what a way back restores. */
export type GroupSnapshot = {
  readonly name: string
  readonly min: number
  readonly desired: number
  readonly max: number
  readonly suspended: readonly string[]
  readonly policies: readonly PlainData<ScalingPolicy>[]
  readonly actions: readonly PlainData<ScheduledAction>[]
  readonly targetGroups: readonly string[]
  /** Instances that somebody else had put into Standby before. */
  readonly standby: readonly string[]
  /** What those in Standby count together, where instances have weights. */
  readonly standbyUnits?: number
  /** Set where sizes are units that instances count by their weight. */
  readonly weighted?: true
  /** The value of the service's version tag, where it has one. */
  readonly tag?: string
  readonly template?: {
    readonly id: string
    readonly name: string
    readonly pin: TemplatePin
    /** What the pin resolved to. */
    readonly version: number
    readonly default: number
    readonly imageId?: string
  }
}

/** One component of both colors: the group that served, and the one that was idle. */
export type ComponentSnapshot = {
  readonly name: string
  readonly from: GroupSnapshot
  readonly to: GroupSnapshot
}

/** Both colors, whole. */
export type ColorsSnapshot = { readonly components: readonly ComponentSnapshot[] }
