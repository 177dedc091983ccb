import { nearest } from '../domain/interaction/nearest'
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

/** As many names as a sentence can hold. */
const shown = 40

/** A name that stands for nothing in the file, with the nearest that does. */
export const unknown = (
  what: string,
  name: string,
  known: readonly string[],
): Pick<Fault, 'wrong' | 'allowed'> => {
  const suggestion = nearest(name, known)
  return {
    wrong: `there is no ${what} "${name}"${suggestion ? ` (did you mean "${suggestion}"?)` : ''}`,
    allowed:
      known.length > shown
        ? `${known.slice(0, shown).join(', ')} and ${known.length - shown} more`
        : known.join(', ') || 'none is named in this file',
  }
}
