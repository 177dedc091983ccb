import { createHash } from 'node:crypto'
import type { Entry } from './entry'

/** Where the record ends: the last line's number, and the hash of its bytes. */
export interface Head {
  readonly sequence: number
  readonly hash: string
}

const schema = 'rollcall.audit/1'

/** Before the first line. */
export const beginning: Head = { sequence: 0, hash: '' }

export const hashOf = (line: string): string => createHash('sha256').update(line, 'utf8').digest('hex')

/** The next line of the record, which holds the hash of the one before it, and where the record ends then. */
export const nextLine = (head: Head, entry: Entry): { readonly line: string; readonly head: Head } => {
  const sequence = head.sequence + 1
  const { at, ...rest } = entry
  const line = JSON.stringify({
    schema,
    sequence,
    previous: head.hash,
    at: new Date(at).toISOString(),
    ...rest,
  })
  return { line, head: { sequence, hash: hashOf(line) } }
}

/** What a file of the record comes to. */
export type Verified =
  | {
      readonly ok: true
      readonly lines: number
      /** The number of its first line: 1 where the file begins where the record does. */
      readonly first: number
      readonly head: Head
    }
  | {
      readonly ok: false
      /** Of the file, counted from 1. */
      readonly line: number
      readonly problem: 'not a line' | 'other schema' | 'out of order' | 'altered before'
    }

/**
 * Recomputes the chain over the exact bytes of the lines. A line that was altered is found by the one behind it, which
 * holds its hash: so the last one proves itself only against a head that was kept elsewhere.
 */
export const verify = (lines: readonly string[]): Verified => {
  let head: Head | undefined
  let first = 0
  for (const [at, line] of lines.entries()) {
    const read = readLine(line)
    const wrong = (problem: Extract<Verified, { ok: false }>['problem']): Verified => ({
      ok: false,
      line: at + 1,
      problem,
    })
    if (!read) return wrong('not a line')
    if (read.schema !== schema) return wrong('other schema')
    if (head ? read.sequence !== head.sequence + 1 : read.sequence < 1) return wrong('out of order')
    if (head ? read.previous !== head.hash : read.sequence === 1 && read.previous !== '')
      return wrong('altered before')
    first ||= read.sequence
    head = { sequence: read.sequence, hash: hashOf(line) }
  }
  return { ok: true, lines: lines.length, first, head: head ?? beginning }
}

/** The number of a line that was read from the record; 0 where it is none. */
export const sequenceOf = (line: string): number => readLine(line)?.sequence ?? 0

/** The service that a line is about; undefined where it is about all of them, or none. */
export const serviceIn = (line: string): string | undefined => readLine(line)?.service

const readLine = (line: string) => {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { schema, sequence, previous, service } = value as Readonly<Record<string, unknown>>
    return Number.isInteger(sequence) && typeof previous === 'string'
      ? {
          schema,
          sequence: sequence as number,
          previous,
          ...(typeof service === 'string' && { service }),
        }
      : undefined
  } catch {
    return undefined
  }
}
