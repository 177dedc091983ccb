import type { Capacity } from '../../domain/catalogue/catalogue'

/** What was filled in, by block_id: as the port `inbox` gives it. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

/** A filled form, understood as a line of chat; or what to correct, by block_id. */
export type FormResult =
  | { readonly commandText: string }
  | { readonly errors: Readonly<Record<string, string>> }

export const wrong = (field: string, sentence: string): FormResult => ({ errors: { [field]: sentence } })

/** A single filled value, without the space around it; empty where nothing was filled in. */
export const filled = (values: FormValues, id: string): string => {
  const value = values[id]
  return typeof value === 'string' ? value.trim() : ''
}

export const isTicked = (values: FormValues, id: string, value: string): boolean => {
  const ticked = values[id]
  return typeof ticked === 'string' ? ticked === value : (ticked?.includes(value) ?? false)
}

/** Signs that a line of chat is read as if they were `"` or `\\`: they must be so before they are escaped. */
const doubles = /[\uff02“”„‟″«»「」『』]/g
const backslash = /\uff3c/g

/** Text as one word of a line of chat, to be read as it stands here. */
export const quoted = (text: string): string =>
  `"${text.replace(doubles, '"').replace(backslash, '\\').replace(/[\\"]/g, '\\$&')}"`

/** A command with its words and options as it would be typed; words and options that are empty or false are left out. */
export const writeCommandText = (
  command: string,
  words: readonly string[],
  options: Readonly<Record<string, string | boolean>>,
): string => {
  const written = Object.entries(options).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`]
    return typeof value === 'string' && value !== '' ? [`--${name} ${quoted(value)}`] : []
  })
  return [command, ...words, ...written].filter((word) => word !== '').join(' ')
}

/** Sizes as they are typed: `desired=4`. */
export const sizeWords = ({ desired, min, max }: Partial<Capacity>): readonly string[] =>
  Object.entries({ desired, min, max }).flatMap(([name, size]) =>
    size === undefined ? [] : [`${name}=${size}`],
  )
