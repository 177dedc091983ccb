import { isObj, wordAt } from '../json'

/** Collects what is wrong, in Slack's own words, with the JSON pointer of the place. */
export interface Report {
  error(at: string, message: string): void
}
/** Looks at a value and reports what Slack would refuse. */
export type Check = (value: unknown, at: string, report: Report) => void
interface Field {
  check: Check
  required: boolean
}
export type Fields = { [name: string]: Field }

export const required = (check: Check): Field => ({ check, required: true })
export const optional = (check: Check): Field => ({ check, required: false })

/** A string of `min` to `max` characters. */
export function text(max: number, min = 0): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report.error(at, 'must provide a string')
    const { length } = value
    if (length < min) report.error(at, `must be more than ${min - 1} characters`)
    if (length > max) report.error(at, `must be less than ${max + 1} characters`)
  }
}

/** A string that matches a form, e.g. a date. */
export function pattern(form: RegExp, message: string): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report.error(at, 'must provide a string')
    if (!form.test(value)) report.error(at, message)
  }
}

export const boolean: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report.error(at, 'must provide a boolean')
}

/** A whole number within bounds. */
export function integer(min: number, max: number): Check {
  return (value, at, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return report.error(at, 'must provide an integer')
    if (value < min) report.error(at, `must be greater than or equal to ${min}`)
    if (value > max) report.error(at, `must be less than or equal to ${max}`)
  }
}

export const number: Check = (value, at, report) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) report.error(at, 'must provide a number')
}

/** One of a few words. */
export function oneOf(...allowed: string[]): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      report.error(at, `must be one of: ${allowed.join(', ')}`)
    }
  }
}

/** A list of `min` to `max` items, each checked. */
export function list(item: Check, max: number, min = 1): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report.error(at, 'must provide an array')
    if (value.length < min) report.error(at, `no fewer than ${min} items allowed`)
    if (value.length > max) report.error(at, `no more than ${max} items allowed`)
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, report)
  }
}

/** An object with exactly these fields; `also` looks at what spans several of them. */
export function object(fields: Fields, also?: Check): Check {
  return (value, at, report) => {
    if (!isObj(value)) return report.error(at, 'must provide an object')
    for (const [name, field] of Object.entries(fields)) {
      const present = value[name] !== undefined && value[name] !== null
      if (present) field.check(value[name], `${at}/${name}`, report)
      else if (field.required) report.error(at, `missing required field: ${name}`)
    }
    for (const name of Object.keys(value)) {
      if (!(name in fields)) report.error(at, `invalid additional property: ${name}`)
    }
    also?.(value, at, report)
  }
}

/** An object whose `type` says which check it must pass. */
export function byType(table: { [type: string]: Check }): Check {
  return (value, at, report) => {
    if (!isObj(value)) return report.error(at, 'must provide an object')
    if (value['type'] === undefined) return report.error(at, 'missing required field: type')
    const type = wordAt(value, 'type')
    const check = Object.hasOwn(table, type) ? table[type] : undefined
    if (check) check(value, at, report)
    else report.error(`${at}/type`, `unsupported type: ${type}`)
  }
}

/** The rows of a table of checks that a place allows. */
export function only(table: { [type: string]: Check }, types: readonly string[]): { [type: string]: Check } {
  return Object.fromEntries(Object.entries(table).filter(([type]) => types.includes(type)))
}

export const anything: Check = () => {}
