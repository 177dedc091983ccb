/**
 * The words in which the reader says what Slack's pages ask of a value. Lengths are of the text as it is sent, in UTF-16
 * units: no page says how Slack counts, and this is never less than its count of characters.
 */

/** What is wrong with a value that stands at a place; nothing where all is well. */
export type Rule = (value: unknown, at: string) => readonly string[]

export type Thing = { readonly [name: string]: unknown }
export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const things = (value: unknown): readonly Thing[] =>
  Array.isArray(value) ? value.filter(isThing) : []

interface Field {
  readonly rule: Rule
  readonly needed: boolean
}
export type Fields = { readonly [name: string]: Field }
export const need = (rule: Rule): Field => ({ rule, needed: true })
export const may = (rule: Rule): Field => ({ rule, needed: false })

export const words =
  (most: number, least = 0): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return [`${at} is no string`]
    if (value.length < least) return [`${at} has ${value.length} characters, of at least ${least}`]
    return value.length > most ? [`${at} has ${value.length} characters, of at most ${most}`] : []
  }

export const form =
  (pattern: RegExp, what: string): Rule =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${at} is not ${what}: ${String(value)}`]

export const flag: Rule = (value, at) => (typeof value === 'boolean' ? [] : [`${at} is no boolean`])

export const whole =
  (least: number, most: number): Rule =>
  (value, at) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? []
      : [`${at} is not a whole number from ${least} to ${most}: ${String(value)}`]

export const among =
  (...allowed: readonly string[]): Rule =>
  (value, at) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : [`${at} is ${JSON.stringify(value)}, of ${allowed.join(', ')}`]

export const several =
  (rule: Rule, most: number, least = 1): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return [`${at} is no list`]
    const count = value.length < least || value.length > most
    return [
      ...(count ? [`${at} holds ${value.length}, of ${least} to ${most}`] : []),
      ...value.flatMap((one, index) => rule(one, `${at}[${index}]`)),
    ]
  }

/** An object of these fields and no others; `also` looks at what no single field shows. */
export const shaped =
  (fields: Fields, also: Rule = () => []): Rule =>
  (value, at) => {
    if (!isThing(value)) return [`${at} is no object`]
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name))
    return [
      ...unknown.map((name) => `${at}.${name} is no documented field`),
      ...Object.entries(fields).flatMap(([name, { rule, needed }]) =>
        value[name] === undefined
          ? needed
            ? [`${at}.${name} is missing`]
            : []
          : rule(value[name], `${at}.${name}`),
      ),
      ...also(value, at),
    ]
  }

/** An object whose `type` says by which rule it is read. */
export const typed =
  (rules: { readonly [type: string]: Rule }): Rule =>
  (value, at) => {
    const type = isThing(value) ? value['type'] : undefined
    const rule = typeof type === 'string' && Object.hasOwn(rules, type) ? rules[type] : undefined
    return rule ? rule(value, at) : [`${at} may not be of type ${JSON.stringify(type)} here`]
  }

/** Says of values that are to differ which one comes twice. */
export const twice = (values: readonly unknown[], at: string): readonly string[] => {
  const repeated = values.filter((value, index) => value !== undefined && values.indexOf(value) < index)
  return repeated.map((value) => `${at} ${JSON.stringify(value)} comes twice`)
}
