import type { Json } from '../json'
import type { ReasonCode, ReasonFacts } from './reason-facts'

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

const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'facts' in value &&
  typeof value.facts === 'object' &&
  value.facts !== null

/** A reason as a journal's outcome holds it: JSON has no `undefined`, which facts may have. */
export const serializeReason = (why: Reason): string => JSON.stringify(why)

/** The reason that `serializeReason` wrote. Throws where the text is something else, which no journal of ours holds. */
export const parseReason = (text: string | undefined): Reason => {
  const value: unknown = JSON.parse(text ?? 'null')
  if (!isReason(value)) throw new Error(`not a reason: ${text ?? ''}`)
  return value
}
