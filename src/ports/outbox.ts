import type { QueuedEvent } from '../domain/webhooks/message'
import type { Person } from '../domain/access/person'
import type { Instant } from '../domain/time/time'

/** Why an event was not taken: an HTTP status, or what went wrong before there was one. */
export interface Attempt {
  readonly at: Instant
  /** How often it was tried. */
  readonly tries: number
  readonly status?: number
  readonly why?: string
}

/** How a webhook's lane stands: what it is to be told of, and whether it takes it. */
export interface Lane {
  /** The first that waits in line. */
  readonly first?: QueuedEvent
  /** One that was refused and is to be tried again now. */
  readonly again?: QueuedEvent
  /** The attempts of these two so far, by their numbers. */
  readonly attempts: ReadonlyMap<number, Attempt>
  /** When the next of those that were refused is to be tried again. */
  readonly againAt?: Instant
  readonly state: LaneState
}

export interface LaneState {
  /** Attempts in vain, one after the other. */
  readonly failures: number
  /** Since when, and until when nothing is sent. */
  readonly since?: Instant
  readonly until?: Instant
  /** It said that it wants no more: what stood for its address then. */
  readonly off?: string
}

/** What came of an attempt, or of a look. Everything in it is recorded, or nothing. */
export interface Settled {
  readonly state: LaneState
  /** Was taken. */
  readonly delivered?: number
  /** Is tried again by itself at this time, and holds the others up no longer. */
  readonly aside?: { readonly sequence: number; readonly until: Instant }
  readonly attempt?: { readonly sequence: number } & Attempt
  /** Is not tried any more, but kept for people: these, all of older events, or all. */
  readonly dead?: { readonly sequence: number } | { readonly before: Instant } | 'all'
  readonly at: Instant
  /** For the list of what was sent of late. */
  readonly delivery?: Delivery
}

/** One attempt, as people look at it. */
export interface Delivery {
  readonly at: Instant
  readonly sequence: number
  readonly type: string
  readonly service: string
  readonly operation?: string
  readonly outcome: 'delivered' | 'failed' | 'refused' | 'gone'
  readonly status?: number
  readonly why?: string
  readonly tries: number
  /** Real milliseconds. */
  readonly took: number
}

/** Something that people are to be told of a webhook. */
export interface WebhookNotice {
  readonly webhook: string
  readonly kind: 'off' | 'dead'
  readonly at: Instant
  /** How many events are kept for them. */
  readonly events: number
  readonly status?: number
  readonly why?: string
}

/** How much is in a lane. */
export interface LaneSize {
  readonly waiting: number
  readonly dead: number
  /** Of the oldest that waits. */
  readonly oldest?: Instant
  /** Those that were thrown away, for there were too many. */
  readonly dropped: number
}

/**
 * What webhooks are to be told of. Events come into it in the write that they tell of; see Journal and Locks. All methods
 * reject with StoreUnavailable.
 */
export interface Outbox {
  /** Takes the right to send to a webhook, or prolongs it for who has it, for real milliseconds; false where another has it. */
  acquire(webhook: string, holder: string, ms: number): Promise<boolean>
  /** Gives it back. `until`: when it is to be looked at next, where anything is left; `seen`: the newest number seen. */
  release(webhook: string, holder: string, next: { readonly until?: Instant }): Promise<void>
  read(webhook: string, now: Instant): Promise<Lane>
  /** Records it while the right to send is still the holder's. Gives how many are dead of it, or false where it is not. */
  settle(webhook: string, holder: string, settled: Settled): Promise<{ readonly dead: number } | false>
  size(webhook: string): Promise<LaneSize>
  state(webhook: string): Promise<LaneState>
  /** The newest attempts, the last one first. */
  deliveries(webhook: string, most: number): Promise<readonly Delivery[]>
  /** What is kept for people, the oldest first. */
  dead(webhook: string, most: number): Promise<readonly (QueuedEvent & { readonly attempt?: Attempt })[]>
  /**
   * Puts it back in line, and tries it at once, also where the webhook had said that it wants no more; the record tells who
   * wanted it so. Gives how many.
   */
  replay(webhook: string, by: Person, at: Instant): Promise<number>
  /** Tells people something; `shown` gives the oldest that was not told yet, and `told` takes it away. */
  tell(notice: WebhookNotice): Promise<void>
  notice(): Promise<WebhookNotice | undefined>
  told(notice: WebhookNotice): Promise<void>
}

/** Wakes whoever sends. */
export interface OutboxWakes {
  /** Runs `send` for lanes, one at a time each among all workers; it gives when to come again. Gives what stops it. */
  work(send: (webhook: string) => Promise<{ readonly at: Instant } | undefined>): Promise<() => Promise<void>>
}
