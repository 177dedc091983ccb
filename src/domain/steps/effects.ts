import type { TemplatePin } from '../fleet/fleet'
import type { Json } from '../json'

/**
 * What a step may leave in AWS when its operation stops before its end, with what the step chooses for it: that is what
 * the journal knows of it afterwards. A template that is not named here is in the step's scope or in the plan; so is a
 * group in journals of before it was named.
 */
export interface EffectChoices {
  /** It reads, waits, or writes to Rollcall's own store. */
  readonly none: Json
  /** An image; the outcome is its id. */
  readonly image: { readonly name: string }
  /** A launch template version; the outcome is its number. */
  readonly 'template version': Json
  /** The default version of a launch template. */
  readonly 'template default': { readonly version: number }
  /** Settings of a group: its sizes, how it follows its template, and the like. */
  readonly group: {
    readonly group: string
    readonly min?: number | undefined
    readonly desired?: number | undefined
    readonly max?: number | undefined
    readonly template?: { readonly pin: TemplatePin } | undefined
  }
  /** An instance refresh that runs by itself; the outcome of its start is its id. */
  readonly refresh: Json
  /** Scale-in protection of instances. */
  readonly protection: { readonly group: string; readonly instances: readonly string[] }
  /** Instances in Standby. */
  readonly standby: { readonly group: string; readonly instances: readonly string[] }
  /** Suspended processes of a group. */
  readonly suspension: { readonly group: string; readonly processes: readonly string[] }
  /** The weights of a route, in percent, of the color that served and of the other one. */
  readonly traffic: { readonly route: string; readonly from: number; readonly to: number }
  /** A scaling policy of a group. */
  readonly policy: { readonly group: string; readonly name: string }
  /** Policies of a group that take nothing away meanwhile. */
  readonly 'scale-in': { readonly group: string; readonly policies: readonly string[] }
  /** A scheduled action of a group. */
  readonly action: { readonly group: string; readonly name: string }
  /** A tag of a group. */
  readonly tag: { readonly group: string; readonly tag: string }
  /** Instances that are ended: the group replaces them by itself. */
  readonly termination: Json
  /** A resource of a fleet that is built: its kind and its name; the outcome is its id. */
  readonly resource: { readonly kind: string; readonly name: string }
  /** A resource that is deleted for good. */
  readonly deletion: Json
}

export type Effect = keyof EffectChoices
