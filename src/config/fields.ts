import { z } from 'zod'
import { nearest } from '../domain/interaction/nearest'
import type { Price } from '../domain/catalogue/catalogue'
import { canonicalZone } from '../domain/time/canonical-zone'
import { parseDuration } from '../domain/time/duration'
import type { Milliseconds } from '../domain/time/time'
import {
  cronProblem,
  longest,
  readLength,
  readLocal,
  shortest,
  type Length,
  type LocalTime,
} from '../domain/windows/change-window'

/** A zod message that carries both halves of a Mistake, parted by a line end. */
const says = (wrong: string, allowed: string): string => `${wrong}\n${allowed}`

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}

/** A value that `read` understands; anything else, undefined from `read` too, is a mistake. */
const field = <T>(
  allowed: string,
  read: (value: unknown) => T | undefined,
  hint?: (value: unknown) => string,
) =>
  z.unknown().transform((value, context): T => {
    const understood = value === undefined ? undefined : read(value)
    if (understood !== undefined) return understood
    const wrong = value === undefined ? 'is missing' : `${shown(value)} will not do${hint?.(value) ?? ''}`
    context.addIssue({ code: 'custom', message: says(wrong, allowed) })
    return z.NEVER
  })

/** Text of a form; numbers are taken as they were written. */
export const text = (allowed: string, form: RegExp = /\S/) =>
  field(allowed, (value) => {
    const written = typeof value === 'number' ? String(value) : value
    return typeof written === 'string' && form.test(written) ? written : undefined
  })

/** Text, a number or yes and no, as the text that a claim is compared by. */
export const scalar = () =>
  field('text, a number, true or false', (value) =>
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined,
  )

/** The end of a day in UTC, or an instant with its zone. */
export const expiry = () =>
  field<number>('a day like 2027-06-01, or a time with its zone like 2027-06-01T09:00:00Z', (value) => {
    if (typeof value !== 'string') return undefined
    const day = /^\d{4}-\d{2}-\d{2}$/.test(value)
    if (!day && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/.test(value))
      return undefined
    const at = Date.parse(day ? `${value}T23:59:59.999Z` : value)
    // Date.parse takes the 31st of a shorter month for the 1st of the next.
    return Number.isNaN(at) || (day && new Date(at).toISOString().slice(0, 10) !== value) ? undefined : at
  })

/** One of some words, or a former one of theirs; a mistyped one is answered with the nearest. */
export const word = <T extends string>(known: readonly T[], former: Readonly<Record<string, T>> = {}) =>
  field(
    known.join(', '),
    (value) =>
      known.find((candidate) => candidate === value) ??
      (typeof value === 'string' && Object.hasOwn(former, value) ? former[value] : undefined),
    (value) => {
      const suggestion = typeof value === 'string' ? nearest(value, known) : undefined
      return suggestion ? ` (did you mean "${suggestion}"?)` : ''
    },
  )

/** A span of time with its unit, from `least` on. */
export const span = (least: Milliseconds = 0) =>
  field<Milliseconds>('a time with its unit: 60s, 20m, 2h, 1h30m, 1d', (value) => {
    const read = typeof value === 'string' ? parseDuration(value) : undefined
    return read !== undefined && read >= least ? read : undefined
  })

/** A window's length: days by the clocks, the rest as time passes. */
export const windowLength = () =>
  field<Length>('a time from 1m to 60d with its unit: 15h, 64h, 2d, 2d16h', (value) => {
    const read = typeof value === 'string' ? parseDuration(value) : undefined
    return typeof value === 'string' && read !== undefined && read >= shortest && read <= longest
      ? readLength(read, value)
      : undefined
  })

/** A local date, or a date with a time. */
export const localTime = () =>
  field<LocalTime>('a date, with a time or without, like 2026-12-21 or "2026-12-21 18:00"', (value) =>
    typeof value === 'string' ? readLocal(value) : undefined,
  )

const cronProblems = {
  form: '',
  'date and weekday':
    ' (it names a day of the month and one of the week, of which cron takes either; write two windows)',
}

/** When a window begins, as five fields of cron. */
export const windowCron = () =>
  field<string>(
    'five fields of cron in quotes, like "0 18 * * 1-5"',
    (value) =>
      typeof value === 'string' && cronProblem(value.trim()) === undefined ? value.trim() : undefined,
    (value) => cronProblems[(typeof value === 'string' ? cronProblem(value.trim()) : undefined) ?? 'form'],
  )

/** A whole number within bounds. */
export const count = (least: number, most: number) =>
  field(`a whole number from ${least} to ${most}`, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined,
  )

/** A share above the whole: `150` or `150%`. */
export const percent = (least: number, most: number) =>
  field(`${least} to ${most}, in percent`, (value) => {
    const read = typeof value === 'string' && /^\d+%$/.test(value) ? Number(value.slice(0, -1)) : value
    return typeof read === 'number' && Number.isInteger(read) && read >= least && read <= most
      ? read
      : undefined
  })

/** How many times as much: `2x`, `1.5x`, above 1. */
export const factor = () =>
  field('how many times as much, above 1, like 2x or 1.5x', (value) => {
    const [, number] = /^(\d{1,3}(?:\.\d{1,3})?)x$/.exec(String(value)) ?? []
    return number !== undefined && Number(number) > 1 ? Number(number) : undefined
  })

/** How long an answer takes: `300ms`, `1.5s`. Gives milliseconds. */
export const answerTime = () =>
  field<Milliseconds>('a time with its unit: 300ms, 2s, 1.5s', (value) => {
    const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s)$/.exec(String(value)) ?? []
    const read = Number(number) * (unit === 's' ? 1_000 : 1)
    return read > 0 ? read : undefined
  })

/** A part of the whole: `1%`, `0.5%`. Gives 0 to 1. */
export const share = () =>
  field('a share with its sign, above 0% and up to 100%, like 1% or 0.5%', (value) => {
    const [, number] = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(String(value)) ?? []
    const read = number === undefined ? undefined : Number(number) / 100
    return read !== undefined && read > 0 && read <= 1 ? read : undefined
  })

/** A percentile: 50 to 99.9. */
export const percentile = () =>
  field('a percentile from 50 to 99.9, like 99', (value) =>
    typeof value === 'number' && value >= 50 && value <= 99.9 && Number.isInteger(value * 10)
      ? value
      : undefined,
  )

/** An amount of money with its currency, US dollars where none is named: `0.0144`, `0.0144 USD`, `19.2 KRW`. */
export const money = () =>
  field<Price>('an amount and a currency, like 0.0144 USD', (value) => {
    const [, amount, currency = 'USD'] =
      /^(\d{1,9}(?:\.\d{1,9})?)(?: ?([A-Z]{3}))?$/.exec(String(value)) ?? []
    return amount === undefined ? undefined : { amount: Number(amount), currency }
  })

export const yesNo = () => field('true or false', (value) => (typeof value === 'boolean' ? value : undefined))

/** What can only be said so, so that its contrary stays free to mean something. */
export const alwaysTrue = () =>
  field<true>('true: a window holds changes, and all other time is open', (value) =>
    value === true ? value : undefined,
  )

/** A regular expression, for one word. */
export const pattern = () =>
  field('a regular expression for one word in quotes, like "^[A-Z]+-\\d+$"', (value) => {
    if (typeof value !== 'string' || value === '' || value.length > 200) return undefined
    try {
      return new RegExp(value, 'u').source === '' ? undefined : value
    } catch {
      return undefined
    }
  })

/** An IANA time zone, as this machine's own table knows it; what it is called in AWS, its adapter sees to. */
export const zone = () =>
  field(
    'a time zone of the IANA table, like Asia/Seoul, Europe/Berlin or UTC',
    (value) => {
      if (typeof value !== 'string' || !/^(UTC$|[A-Z][A-Za-z_]+\/)/.test(value)) return undefined
      try {
        new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions()
        return value
      } catch {
        return undefined
      }
    },
    nearestZone,
  )

const nearestZone = (value: unknown): string => {
  const meant = typeof value === 'string' && nearest(value, Intl.supportedValuesOf('timeZone'))
  return meant ? ` (did you mean "${canonicalZone(meant)}"?)` : ''
}

/** A map with these keys and no others. */
export const keys = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' || issue.code === 'invalid_type'
        ? says(issue.input === undefined ? 'is missing' : 'is not a map', Object.keys(shape).join(', '))
        : undefined,
  })

/** A map from names people choose. */
export const named = <T extends z.ZodType>(allowed: string, form: RegExp, value: T) =>
  z.record(z.string().regex(form, { error: says('is not a name', allowed) }), value, {
    error: (issue) =>
      issue.code === 'invalid_type'
        ? says(issue.input === undefined ? 'is missing' : 'is not a map', allowed)
        : undefined,
  })

/** A map of a form, or something that is no map. */
export const mapOr = <M extends z.ZodType, S extends z.ZodType>(map: M, other: S) =>
  z.unknown().transform((value, context): z.output<M> | z.output<S> => {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    const read = (isMap ? map : other).safeParse(value)
    if (read.success) return read.data
    for (const { path, message, ...issue } of read.error.issues) {
      const [inKey] = issue.code === 'invalid_key' ? issue.issues : []
      context.issues.push(
        issue.code === 'unrecognized_keys'
          ? { code: issue.code, keys: issue.keys, path, message, input: undefined }
          : { code: 'custom', path, message: inKey?.message ?? message, input: value },
      )
    }
    return z.NEVER
  })

/** One of a thing or a list of it. */
export const some = <T extends z.ZodType>(item: T) => z.preprocess((value) => [value].flat(), z.array(item))

/** A list; absent it is empty. */
export const list = <T extends z.ZodType>(item: T, allowed: string) =>
  z.array(item, { error: () => says('is not a list', allowed) }).default([])
