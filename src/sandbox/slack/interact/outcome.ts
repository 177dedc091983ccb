import type { Message } from '../workspace/model'

/** What became of something that a person did: a reason code and a sentence where it did not work. */
export type Outcome<T = object> = ({ ok: true } & T) | Failure
export interface Failure {
  ok: false
  error: string
  message: string
  /** What else helps to do it right: a dialog to confirm, the actions there are. */
  details?: unknown
}
export type Replies = { replies: Message[] }

/** A refusal with its reason. */
export function failure(error: string, message: string, details?: unknown): Failure {
  return { ok: false, error, message, ...(details === undefined ? {} : { details }) }
}
