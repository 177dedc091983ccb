import type { EventSubject } from '../domain/fleet/event-subject'
import type { Json } from '../domain/json'
import type { Progress } from '../domain/operation/operation'
import type { Reason } from '../domain/reasons/reason'
import type { Instant, Milliseconds } from '../domain/time/time'

/** What one look at the world, or one act upon it, came to. */
export type PollResult<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | {
      readonly kind: 'waiting'
      readonly progress?: Progress
      /** What the next look wants to know of this one; recorded, so given back after a crash too. */
      readonly memory?: Json
      /** An instant at which time alone settles it: looked at then, even between two shared instants. */
      readonly at?: Instant
      /** AWS sends an event that names one of these when it may be over: while events are heard, it is looked at rarely. */
      readonly announced?: readonly EventSubject[]
      /** So much observed time counts for nothing, since a time in which nobody looked came after it: the deadline moves. */
      readonly lost?: Milliseconds
      /** Something is watched beside that, of which no event tells: it is looked as often as without. */
      readonly watched?: true
    }
  /** `memory`: what was seen, for people; recorded with the failure in place of what the looks before remembered. */
  | { readonly kind: 'failed'; readonly reason: Reason; readonly memory?: Json }
  /** An act surely did nothing, and shall be tried again soon. */
  | { readonly kind: 'again' }

export const done = <Outcome>(outcome: Outcome): PollResult<Outcome> => ({ kind: 'done', outcome })
export const waiting = (progress?: Progress, memory?: Json, at?: Instant): PollResult<never> => ({
  kind: 'waiting',
  ...(progress && { progress }),
  ...(memory !== undefined && { memory }),
  ...(at !== undefined && { at }),
})
/** The same, where an event of AWS will name one of these when it may be over. */
export const announced = <Outcome>(
  result: PollResult<Outcome>,
  subjects: readonly EventSubject[],
  beside: { readonly watched?: true } = {},
): PollResult<Outcome> => (result.kind === 'waiting' ? { ...result, announced: subjects, ...beside } : result)
/** The same, after observed time that has to be spent again. */
export const afterLoss = <Outcome>(
  result: PollResult<Outcome>,
  lost: Milliseconds | undefined,
): PollResult<Outcome> => (result.kind === 'waiting' && lost ? { ...result, lost } : result)
export const again: PollResult<never> = { kind: 'again' }
export const failed = (reason: Reason, memory?: Json): PollResult<never> => ({
  kind: 'failed',
  reason,
  ...(memory !== undefined && { memory }),
})
