import type { Path } from './places'

/** Something wrong at a place of the file. */
export interface Fault {
  readonly path: Path
  /** Whether it is the last key of the path that is wrong, and not its value. */
  readonly ofKey?: boolean
  /** Where it stands in the text, where no path leads there. */
  readonly offset?: number
  readonly wrong: string
  readonly allowed: string
}
