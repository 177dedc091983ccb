import type { Capacity, Strategy } from './catalogue'
import type { TemplatePin } from './fleet'
import type { PlannedSchedule } from './events/event'
import type { PlannedFollow } from './events/following'
import type { Reason } from './reasons'
import type { Milliseconds } from './time'

/** The big parts of a runbook, in order: what the message shows as tasks. Step keys begin with them. */
export type TaskName = 'image' | 'template' | 'schedule' | 'fleet' | 'health' | 'finish' | 'return'

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
    }

/** The template version that the fleet moves to. */
export type PlannedVersion =
  | { readonly how: 'new'; readonly from: number }
  | { readonly how: 'existing'; readonly number: number }

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
    readonly standby: number
    readonly protected: number
  }
  /** What becomes of a group's scheduled actions. */
  readonly schedule?: PlannedSchedule
  /** The time of an event that is followed. */
  readonly follow?: PlannedFollow
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
