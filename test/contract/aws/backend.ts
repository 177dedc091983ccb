import type { Account } from '../../../src/ports/account'

/** An AWS that was seeded for the suite: one group, 2 of 2 to 4, on a template by `$Default`, version 1. */
export interface Seeded {
  readonly account: Account
  readonly group: string
  /** Another group on the same template, at zero and in no target group. */
  readonly otherGroup: string
  readonly template: { readonly id: string; readonly name: string }
  /** The image that the template's version 1 launches. */
  readonly image: string
  /** A running instance with the tag Name=`Source`, in no group. */
  readonly source: string
  readonly targetGroup: string
  /** A target group that no listener forwards to. */
  readonly idleTargetGroup: string
  /** A rule for `/api/*` that forwards to `targetGroup` alone, clients sticking to it for ten minutes. */
  readonly rule: string
  /** Lets AWS work until this holds; throws where it never does. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>
  /** Two minutes of customers of the load balancer, some of whom get errors, until CloudWatch tells of them. */
  customers(): Promise<void>
  /** An available image of this name, with these tags, made without Rollcall. */
  imageByHand(name: string, tags?: Readonly<Record<string, string>>): Promise<string>
  stop(): Promise<void>
}

export interface Backend<Deviation extends string> {
  readonly name: string
  start(): Promise<Seeded>
  /** Known ways in which this backend is not AWS. */
  readonly deviations: Readonly<Partial<Record<Deviation, string>>>
}

/**
 * Judges by AWS's rule, save where the backend is known to deviate: there the rule must really be broken, so that the
 * table of deviations holds nothing that is over.
 */
export async function judge<D extends string>(
  backend: Backend<D>,
  deviation: D,
  rule: () => Promise<void>,
): Promise<void> {
  const known = backend.deviations[deviation]
  if (known === undefined) return rule()
  const held = await rule().then(
    () => true,
    () => false,
  )
  if (held) throw new Error(`${backend.name} no longer deviates here, take it from the table: ${known}`)
}
