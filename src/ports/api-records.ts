import type { OperationId } from '../domain/operation/id'

/** How a call with an idempotency key begins. */
type Begun =
  /** For the first time, or after a first try whose process died. */
  | { readonly kind: 'begun' }
  /** The same call is being answered now. */
  | { readonly kind: 'busy' }
  /** Something else was asked under this key. */
  | { readonly kind: 'other' }
  /** Its machine has begun too many others of late; real milliseconds until one more may be. */
  | { readonly kind: 'over'; readonly wait: number }
  /** It was carried out before. */
  | { readonly kind: 'done'; readonly outcome: string }

/** How many changes a machine may begin within so many real milliseconds. */
export interface ChangeLimit {
  readonly who: string
  readonly most: number
  readonly within: number
}

/** What the door remembers between calls, known to all gateways. All methods reject with StoreUnavailable. */
export interface ApiRecords {
  /** Begins a call; `asked` is a hash of what it asks for. It counts as a change where there is a limit of them. */
  begin(key: string, asked: string, limit?: ChangeLimit): Promise<Begun>
  /** Remembers what it came to, for a real week. */
  finish(key: string, asked: string, outcome: string): Promise<void>
  /** It came to nothing, counts no more, and may be asked again. */
  abandon(key: string, limit?: ChangeLimit): Promise<void>
  /** Binds what is good once (`jti`) to the call that used it; false where another call has. */
  bind(once: string, call: string, ms: number): Promise<boolean>
  /** Remembers which operation may be read with a token, by the token's hash, for `ms` real milliseconds. */
  keepReader(hash: string, operation: OperationId, ms: number): Promise<void>
  readableWith(hash: string): Promise<OperationId | undefined>
  /** Counts a call; gives 0, or the real milliseconds to wait where there were too many. */
  count(who: string, most: number, windowMs: number): Promise<number>
}
