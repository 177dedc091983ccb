import type { Capacity } from '../catalogue/catalogue'
import type { Milliseconds } from '../time/time'
import type { Color } from './color'

/** A color's group as a plan shows it. */
interface PlannedGroup extends Capacity {
  readonly name: string
  /** How many instances that is, where sizes are units that they count by their weight. */
  readonly instances?: number
}

/** How many instances a color's group is to have. */
export const instancesOf = ({ desired, instances = desired }: PlannedGroup): number => instances

/** The template version that a color's instances are to launch from. */
export interface PlannedColorVersion {
  readonly id: string
  readonly name: string
  readonly default: number
  readonly target:
    | { readonly how: 'new'; readonly from: number }
    | { readonly how: 'existing'; readonly number: number }
}

/** What becomes of one component. */
export interface PlannedComponent {
  readonly name: string
  /** Its groups as they are now: the one that serves, and the one that shall. */
  readonly from: PlannedGroup
  readonly to: PlannedGroup
  /** Fewest healthy instances at any moment. */
  readonly minimum: number
  /** What is taken across, by name. */
  readonly policies: readonly string[]
  readonly actions: readonly string[]
  /** Policies and actions of the idle group's own that give way. */
  readonly gives: readonly string[]
  readonly template?: PlannedColorVersion
  /** Lifecycle hooks that hold new instances of the color that comes up, and for how long where nobody completes them. */
  readonly launchHooks?: readonly { readonly name: string; readonly timeout: Milliseconds }[]
  /** Instances kept in Standby, or at weight 0, that this is about: brought back, or terminated. */
  readonly standby: readonly string[]
  /** Those of them that do not run: they are replaced. */
  readonly dead: readonly string[]
}

/** A listener or rule whose traffic is shifted between two target groups. */
export interface PlannedRoute {
  /** ARN of the listener or the rule. */
  readonly id: string
  readonly kind: 'listener' | 'rule'
  /** The load balancer, the port, and the priority of a rule: `pay-ALB:80 #10`. */
  readonly name: string
  readonly component: string
  /** ARNs of the target groups of the color that serves, and of the other one. */
  readonly from: string
  readonly to: string
  /** Whether it has yet to be told of the other color's target group. */
  readonly joins?: true
  /** Seconds for which clients stay with the target group that they were sent to. */
  readonly sticky?: number
}

/** How traffic is shifted from one color to the other. */
export interface PlannedWeights {
  /** Shares of the color that shall serve, in percent, one after the other; none where no traffic moves. */
  readonly steps: readonly number[]
  readonly routes: readonly PlannedRoute[]
}

/** What an operation does with the two colors of a service. */
export interface PlannedColors {
  /** A color comes up and the other one goes into Standby; it is brought back out of it; or it is given up. */
  readonly how: 'swap' | 'return' | 'finish'
  /** The color that serves now, and the other one: the one that shall, or for `finish` the one that is given up. */
  readonly from: Color
  readonly to: Color
  /** The tag that is set to the version, where the catalogue says so. */
  readonly tag?: string
  /** How long the color that leaves is kept, in Standby or at weight 0. */
  readonly window?: Milliseconds
  /** Where traffic moves by weights: no instance goes into Standby then. */
  readonly weights?: PlannedWeights
  /** The swap that is undone or finished. */
  readonly of?: string
  readonly components: readonly PlannedComponent[]
}
