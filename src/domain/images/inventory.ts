import type { Reason } from '../reasons/reason'
import type { Instant } from '../time/time'
import type { Retention } from '../catalogue/catalogue'
import type { Use } from './uses'

/** An image of a service, and what needs it. */
export interface ImageEntry {
  readonly id: string
  readonly name: string
  /** What people call it, where it has the service's own name. */
  readonly version?: string
  readonly createdAt: Instant
  readonly state: string
  readonly deprecated: boolean
  readonly sizeGiB?: number
  /** Whether Rollcall made it, or AWS Backup. */
  readonly own: boolean
  readonly backup: boolean
  /** Whether a prune would delete it now. */
  readonly prunable: boolean
  /** Of one that can be pruned none: what needs it goes with it. */
  readonly uses: readonly Use[]
}
export interface ImageInventory {
  readonly service: string
  /** Newest first. */
  readonly images: readonly ImageEntry[]
  /** Versions of the template, and how many of them a prune would delete. */
  readonly versions: { readonly count: number; readonly prunable: number }
  readonly keep: Retention
  /** Name of the image that a refresh would move the template to. */
  readonly newer?: string
  readonly error?: Reason
}
