import type { Price } from '../catalogue/catalogue'
import type { Blueprint } from './blueprint'

/** What a fleet is built of, in the order in which it is built. */
export type ResourceKind =
  | 'image'
  | 'balancer-security-group'
  | 'load-balancer'
  | 'target-group'
  | 'green-target-group'
  | 'listener'
  | 'target'
  | 'instance-security-group'
  | 'template'
  | 'group'
  | 'green-group'
  | 'metrics'
  | 'green-metrics'
  | 'policy'

/** An attribute that is another than the blueprint's: fixed in place, or left as it is and only shown. */
export interface Difference {
  readonly attribute: string
  readonly is: string
  readonly wanted: string
  readonly fixed: boolean
}

/** A resource of a blueprint, and what is done about it. */
export interface PlannedResource {
  readonly kind: ResourceKind
  readonly name: string
  /** Its id, or its ARN, where it is there. */
  readonly id?: string
  /** `adopt`: somebody else's that fits, and is taken over. */
  readonly state: 'make' | 'there' | 'fix' | 'adopt'
  readonly differences: readonly Difference[]
}

/** A fleet that is to be as its blueprint says. */
export interface PlannedProvision {
  readonly resources: readonly PlannedResource[]
  readonly blueprint: Blueprint
  readonly template: string
  /** The only group, or blue's. */
  readonly group: string
  readonly green?: string
  /** The one of them that serves, where there are two. */
  readonly serving?: string
  /** The tag of a color's group that says its version. */
  readonly versionTag?: string
  /** Ids of what was found for it. */
  readonly vpc: string
  readonly balancerSubnets: readonly string[]
  readonly groupSubnets: readonly string[]
  /** The instance that the image is made of, where that is to be a target. */
  readonly source?: string
  /** What its instances cost in a month, where the catalogue has their price. */
  readonly monthly?: Price
}

/** A resource of a plan. */
export const resourceOf = (
  { resources }: Pick<PlannedProvision, 'resources'>,
  kind: ResourceKind,
): PlannedResource | undefined => resources.find((resource) => resource.kind === kind)

/** Ports of one source, as one line: `80 from 0.0.0.0/0`. */
export const ruleText = (port: string | number, from: string): string => `${port} from ${from}`
