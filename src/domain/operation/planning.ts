import type { Capacity, Service } from '../catalogue/catalogue'
import type { HeadroomLeft } from '../events/headroom'
import type { Group, Image, Instance, LifecycleHook, TemplateVersion } from '../fleet/fleet'
import type { Operation } from './operation'
import type { Plan } from './plan'
import type { Result } from '../result'
import type { Milliseconds } from '../time/time'

/** What a plan is made of: a plan, or why there is none. */
export type Planned = Result<Plan>

/** What AWS says of a service's fleet before anything is decided. */
export interface FleetFacts {
  readonly group: Group
  /** The group's sizes while no event is on. */
  readonly base: Capacity
  /** The version that the group's pin resolves to. */
  readonly current: TemplateVersion
  readonly defaultVersion: number
  readonly latestVersion: number
  /** The image that `current` launches, where it still exists. */
  readonly currentImage?: Image
  /** Attached target groups that no listener or rule forwards to: nothing in them ever gets healthy. */
  readonly unusedTargetGroups: readonly string[]
  /** Lifecycle hooks that hold new instances. */
  readonly launchHooks: readonly LifecycleHook[]
  /** How long launches took of late, what hooks held them included; read where there are hooks. */
  readonly launchTime?: Milliseconds
  /** Whether a scaling policy of the group takes instances away, which a roll holds for its time. */
  readonly scalesIn?: boolean
  /** What room there is for more instances, where it was asked. */
  readonly headroom?: HeadroomLeft
  /** An instance refresh that runs now. */
  readonly refreshRunning?: string
}

export interface ImageFacts {
  /** Own images of exactly the wanted name. */
  readonly named: readonly Image[]
  /** Of exactly that name, of other accounts. */
  readonly foreign?: readonly Image[]
  /** Instances that the image may be made of. */
  readonly sources: readonly Instance[]
  /** The image that the fleet launches now, where there is a fleet. */
  readonly serving?: string | undefined
}

/** What every planner is given. */
export interface PlannerInput {
  readonly service: Service
  /** Succeeded operations of the service, newest first. */
  readonly history: readonly Operation[]
}
