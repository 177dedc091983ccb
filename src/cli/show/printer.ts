import { fit, plain } from './plain'
import type { Surroundings } from '../surroundings'

/** Where results, progress and notes go. */
export interface Printer {
  /** What was asked for, line by line. */
  line(text: string): void
  /** Where it stands: a line of its own in a log, one line that moves on a terminal. The same again is not said. */
  progress(text: string, elapsed: string): void
  /** An object for programs. */
  object(value: unknown): void
  /** A line for people beside the result: what is tried again, what went wrong. */
  note(text: string): void
}

/** Prints lines for people, or with `json` one object a line and nothing else on the standard output. */
export const printerOf = ({ print, warn, columns, saw }: Surroundings, json: boolean): Printer => {
  let moving = false
  let last = ''
  const settle = () => {
    if (moving) print('\n')
    moving = false
  }
  return {
    line(text) {
      if (json) return
      settle()
      for (const line of text.split('\n')) print(`${plain(line)}\n`)
    },
    progress(text, elapsed) {
      if (json) return
      const shown = plain(text)
      if (columns) {
        // Back to the begin of the line and erase it (ECMA-48: CR, EL).
        print(`\r\u001B[2K${fit(`${elapsed}  ${shown}`, columns())}`)
        moving = true
        return
      }
      if (shown !== last) print(`${elapsed}  ${shown}\n`)
      last = shown
    },
    object(value) {
      saw?.(value)
      if (json) print(`${JSON.stringify(value)}\n`)
    },
    note(text) {
      settle()
      warn(`${plain(text)}\n`)
    },
  }
}
