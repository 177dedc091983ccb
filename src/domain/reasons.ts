import type { Json } from './json'
import type { ReasonFacts } from './reason-facts'

/**
 * Why something was refused, failed or was held back. Each code has a sentence in every language
 * (`messages/reasons.ts`) that says what happened and what to do; `facts` fill its blanks.
 */
export type ReasonCode = keyof ReasonFacts

export interface Reason {
  readonly code: ReasonCode
  /** Facts for the sentence: names, numbers, AWS's own words under `aws`; `ReasonFacts` lists those that are said. */
  readonly facts: { readonly [name: string]: Json | undefined }
}

/** A reason as a value, with the facts that its sentence knows; `aws` is what AWS itself said. */
export const reason = <Code extends ReasonCode>(
  code: Code,
  facts: { readonly [Name in keyof ReasonFacts[Code]]?: ReasonFacts[Code][Name] | undefined } & {
    readonly aws?: string | undefined
  } = {},
): Reason => ({ code, facts })
