import type { Obj } from '../json'
import { parseJson } from '../json'
import { invalidArguments } from './error'

/** A call's arguments, whether they came as a form (all strings) or as JSON. */
export interface Args {
  /** Whether the argument was given at all; an empty string counts as not given. */
  has(name: string): boolean
  /** A required string; `invalid_arguments` where it is missing. */
  text(name: string): string
  optional(name: string): string | undefined
  flag(name: string): boolean
  count(name: string, fallback: number, max: number): number
  /** A structured value, which forms carry as JSON text; undefined where the text is no JSON. */
  json(name: string): unknown
}

/** Looks at the arguments that were sent. */
export function createArgs(raw: Obj): Args {
  const has = (name: string): boolean => raw[name] !== undefined && raw[name] !== null && raw[name] !== ''
  const optional = (name: string): string | undefined => {
    const value = raw[name]
    if (!has(name)) return undefined
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  return {
    has,
    optional,
    text(name) {
      const value = optional(name)
      if (value === undefined) throw invalidArguments(`missing required field: ${name}`)
      return value
    },
    flag: (name) => raw[name] === true || raw[name] === 'true' || raw[name] === '1',
    count(name, fallback, max) {
      if (!has(name)) return fallback
      const value = Number(raw[name])
      if (!Number.isInteger(value) || value < 1) throw invalidArguments(`invalid \`${name}\``)
      return Math.min(value, max)
    },
    json(name) {
      const value = raw[name]
      return typeof value === 'string' ? parseJson(value) : value
    },
  }
}
