import type { Phrase } from '../text/phrase'

/** What a step recorded, read for its sentence: a blank that is not there is left out. */
export interface Recorded {
  readonly outcome: Phrase
  /** A field of what was chosen, e.g. `template.pin`. */
  field(path: string): string
  /** What became of a thing that was to be deleted; what stayed says why in the ending. */
  readonly fate: 'deleted' | 'failed' | 'kept'
  /** How many things a field of what was chosen lists. */
  count(name: string): number
  /** The group that the key names, and what of it, where several groups are worked on. */
  readonly of: string
  readonly what: string
}
export type Sentence = (step: Recorded) => Phrase
