import type { Ending, Operation } from '../domain/operation/operation'

/** What became of telling somebody: it was taken (or is none of theirs), shall be tried again, or will never be taken. */
export type Told = 'told' | 'again' | 'refused'

/** Another system that is told of endings. */
export interface Receiver {
  readonly name: 'otlp' | 'pagerduty' | 'eventbridge'
  /** Tells it once. Never throws: what went wrong is in the answer. */
  tell(operation: Operation, ending: Ending): Promise<Told>
}
