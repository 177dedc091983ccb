import type { FleetSnapshot } from '../domain/fleet/fleet'
import type { Json } from '../domain/json'
import type { Reason } from '../domain/reasons/reason'
import type { Effect, EffectChoices } from '../domain/steps/effects'
import type { Step } from '../domain/steps/step'
import type { Instant, Milliseconds } from '../domain/time/time'
import type { Freshness } from '../ports/freshness'
import type { PollResult } from './poll'

/** A change to the outside: intent → observe → act if still needed → record. */
export interface StepSpec<Choice extends Json, Outcome extends Json> {
  /** Fixes names, tokens and values. Recorded before anything else happens; never asked again once recorded. */
  readonly choose: () => Choice | Promise<Choice>
  /** Has it happened already? Asked before each act, so that a lost answer is found and nothing repeated. */
  readonly observe: (choice: Choice) => Promise<Outcome | undefined>
  /**
   * Does it. `waiting` means: asked for, not visible yet; observed again soon. It is called at once after the intent
   * was recorded, and again only when the last try surely did nothing, or could not be observed for so long that it
   * would be visible by now had it happened.
   */
  readonly act: (choice: Choice) => Promise<PollResult<Outcome>>
  /** How long throttling and lost answers are borne before the step fails. Default one hour. */
  readonly timeout?: Milliseconds
}

/** When a wait looks. */
export interface Look {
  /** Observed time: to measure spans by, for time in which nobody looked counts against nobody. */
  readonly now: Instant
  /** Whether nobody looked for so long before that what happened meanwhile is unknown. */
  readonly gap: boolean
}

/** Something that AWS, or time, has to bring about. */
export interface WaitSpec<Outcome extends Json> {
  /**
   * Looks once, with answers as fresh as `freshness` says: while it waits, older ones that others read will do; before
   * anything is concluded, it is asked again for answers made now. `memory` is what the last look left.
   */
  readonly poll: (memory: Json | undefined, freshness: Freshness, look: Look) => Promise<PollResult<Outcome>>
  /** How long it may take, from the first look, in observed time. */
  readonly timeout: Milliseconds
  /** Why it failed when that time is over. */
  readonly onTimeout: () => Reason
  /** How often to look. Looks of all operations fall on the same instants, so that their reads are shared. */
  readonly interval?: Milliseconds
}

/**
 * What a procedure does its work with. Every method is recorded under the key of a declared step, once in an
 * operation; after a crash the procedure runs again from its top, recorded parts answer from the journal,
 * and the first that is not recorded goes on. So a procedure takes its decisions from recorded outcomes only.
 */
export interface Run {
  /** What is chosen is what the journal knows afterwards of the effect that the step may leave in AWS. */
  step<E extends Effect, Choice extends EffectChoices[E] & Json, Outcome extends Json>(
    step: Step<'step', E>,
    spec: StepSpec<Choice, Outcome>,
  ): Promise<Outcome>
  wait<Outcome extends Json>(step: Step<'wait'>, spec: WaitSpec<Outcome>): Promise<Outcome>
  /** As `wait`, but `interrupted` at once when a person asked to cancel: the procedure stops what runs, then holds. */
  interruptibleWait<Outcome extends Json>(
    step: Step<'wait'>,
    spec: WaitSpec<Outcome>,
  ): Promise<Outcome | 'interrupted'>
  /** Reads once and keeps the answer: facts that later steps count on. Asks again while it is undefined. */
  record<Outcome extends Json>(
    step: Step<'record'>,
    read: () => Promise<Outcome | undefined>,
  ): Promise<Outcome>
  /** Fails the procedure at this point; everything registered with `undo` follows. */
  fail(step: Step<'failure'>, why: Reason): Promise<never>
  /** From here on, until `commit`, a failure or a way back runs this. Newest first. */
  undo(what: string, back: (run: Run, why: Reason) => Promise<void>): void
  /** The new state is the right one now: nothing is undone any more, and it is too late to cancel. */
  commit(): void
  /**
   * Observed time: the clock without the time in which nobody looked or a person was waited for. Spans are measured by
   * it; AWS and people know the clock alone.
   */
  now(): Instant
  /** When the clock will show what `instant` is in observed time. */
  clockTime(instant: Instant): Instant
  /**
   * A person asked to stop, or is to decide for the reason given: waits for their word. Returns when they say go on; else
   * the way back begins, for that reason.
   */
  pause(step: Step<'pause'>, why?: Reason): Promise<void>
  /** On the way back: asks a person whether to go back all the way. No answer in time means yes. */
  ask(step: Step<'pause'>): Promise<'go back' | 'go on'>
  /** What the fleet looks like, for the message. Written only when it changed. */
  show(fleet: FleetSnapshot): Promise<void>
  /** Something worth telling that decides nothing. Once per step. */
  note(step: Step<'note'>, fact: Reason): Promise<void>
}

/** A runbook: the shape of what stands in `procedures/`. */
export type Procedure<Context> = (run: Run, context: Context) => Promise<void>
