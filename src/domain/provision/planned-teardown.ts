import type { ResourceKind } from './planned'

/** What a built fleet is taken apart into: its resources, and what its groups carry beside them. */
export type RemovedKind =
  | Extract<ResourceKind, 'load-balancer' | 'target-group' | 'listener' | 'template' | 'group' | 'policy'>
  | 'security-group'
  | 'scheduled-action'

/** One thing that goes, or stays. */
export interface RemovedResource {
  readonly kind: RemovedKind
  readonly name: string
  /** Its id, its ARN, or its name where that is its id. */
  readonly id: string
  /** The group that a policy or a scheduled action is of; the load balancer's ARN of a listener; a security group's VPC. */
  readonly of?: string
}

/** A fleet that is taken away, by the tags of its service. */
export interface PlannedTeardown {
  /** In the order in which they go. */
  readonly resources: readonly RemovedResource[]
  /** What bears the service's names and not its tag: left alone. */
  readonly foreign: readonly RemovedResource[]
  /** Images that were baked for the service, and stay. */
  readonly kept: readonly { readonly id: string; readonly name: string; readonly snapshots: number }[]
}
