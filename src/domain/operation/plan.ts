import type { Capacity, Checks } from '../catalogue/catalogue'
import type { Strategy } from '../catalogue/strategy'
import type { TemplatePin } from '../fleet/fleet'
import type { PlannedColors } from '../blue-green/planned-colors'
import type { WatchedSwap } from '../analysis/watched-swap'
import type { PlannedSchedule } from '../events/event'
import type { PlannedMonitor } from '../events/monitoring'
import type { PlannedProvision } from '../provision/planned'
import type { PlannedTeardown } from '../provision/planned-teardown'
import type { Reason } from '../reasons/reason'
import type { TaskName } from '../steps/tasks'
import type { Instant, Milliseconds } from '../time/time'
import type { OperationId } from './id'

export interface PlannedTask {
  readonly name: TaskName
  readonly expected: Milliseconds
}

/** How the image of a plan comes to be. */
export type PlannedImage =
  | { readonly how: 'use'; readonly id: string; readonly name: string }
  | { readonly how: 'join'; readonly id: string; readonly name: string }
  | {
      readonly how: 'bake'
      readonly name: string
      readonly description: string
      readonly source: string
      readonly reboot: boolean
      /** Tags beside Rollcall's own. */
      readonly tags?: Readonly<Record<string, string>>
    }

/** The template version that the fleet moves to. */
export type PlannedVersion =
  | { readonly how: 'new'; readonly from: number }
  | { readonly how: 'existing'; readonly number: number }

/** What nobody needs any more, to be deleted: template versions first, then images with their snapshots. */
export interface PlannedPrune {
  readonly versions: readonly {
    readonly templateId: string
    readonly templateName: string
    readonly number: number
    readonly imageId?: string
  }[]
  readonly images: readonly {
    readonly id: string
    readonly name: string
    readonly createdAt: Instant
    /** The operation that made it, and its snapshots with it. */
    readonly operation: OperationId
    readonly snapshots: readonly string[]
    readonly sizeGiB?: number
  }[]
  /** Snapshots of images that are gone already. */
  readonly snapshots: readonly {
    readonly id: string
    readonly sizeGiB: number
    readonly operation: OperationId
  }[]
  /** What could go too and is left for the next time. */
  readonly later: number
  /** How many of Rollcall's own stay, and why; shown only. */
  readonly kept: { readonly used: number; readonly newest: number; readonly young: number }
}

/** A closed window that is overridden, for this one operation. */
export interface PlannedOverride {
  readonly window: string
  readonly until?: Instant
  readonly why: string
}

/** What an operation will do, as it is shown, confirmed, approved and carried out. */
export interface Plan {
  readonly service: string
  /** What people call the thing that is moved to: `v2`, or `version 3 of Web`. */
  readonly version: string
  /** What the fleet serves now, where it is known. */
  readonly before?: string
  readonly strategy?: Strategy
  readonly image?: PlannedImage
  readonly template?: {
    readonly id: string
    readonly name: string
    /** The number the group's instances launch from now. */
    readonly current: number
    readonly default: number
    readonly target: PlannedVersion
    /** Security groups that the new version gives by id: ids by name. Empty where they only go elsewhere. */
    readonly groupIds?: Readonly<Record<string, string>>
  }
  readonly group?: {
    readonly name: string
    readonly pin: TemplatePin
    readonly before: Capacity & { readonly cooldown: number }
    /** Most instances that will run at once on the way. */
    readonly peak: number
    readonly after: Capacity & { readonly cooldown: number }
    /** Fewest healthy targets allowed at any moment. */
    readonly minimum: number
    readonly targetGroups: readonly string[]
    readonly suspended: readonly string[]
    readonly terminationPolicies: readonly string[]
    /** Instances that will be replaced. */
    readonly outdated: number
    /** Sizes are units that instances count by their weight. */
    readonly weighted?: true
    /** How long an instance refresh waits for each new instance to warm up. */
    readonly warmup?: Milliseconds
    /** Lifecycle hooks that hold new instances, and for how long where nobody completes them. */
    readonly launchHooks?: readonly { readonly name: string; readonly timeout: Milliseconds }[]
    /** How long a launch takes with them, as the last ones did: counted in the expected time. */
    readonly launchTime?: Milliseconds
    readonly standby: number
    readonly protected: number
  }
  /** What becomes of a group's scheduled actions. */
  readonly schedule?: PlannedSchedule
  /** What is deleted for good. */
  readonly prune?: PlannedPrune
  /** The fleet that is built, or mended. */
  readonly provision?: PlannedProvision
  /** The fleet that is taken away. */
  readonly teardown?: PlannedTeardown
  /** What becomes of the two colors of a service. */
  readonly colors?: PlannedColors
  /** The time of an event that is followed. */
  readonly follow?: PlannedMonitor
  /** The swap whose window is watched. */
  readonly watched?: WatchedSwap
  /** What customers must not notice meanwhile. */
  readonly checks?: Checks
  /** The closed window that it overrides, and why: said by who asked. */
  readonly override?: PlannedOverride
  /** Asked whatever the service's own setting says, because it does what a plan alone shows. */
  readonly confirm?: true
  readonly tasks: readonly PlannedTask[]
  /** AWS actions that change something, in order, for people to read. */
  readonly calls: readonly string[]
  /** Things worth knowing before one says yes. */
  readonly warnings: readonly Reason[]
  /** What a confirmation and an approval are bound to: a hash of all that decides what will be done. */
  readonly fingerprint: string
}
