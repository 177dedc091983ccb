import { parseArgs } from 'node:util'
import { nearest } from '../../domain/interaction/nearest'
import { commands, options, type OptionName, type Values, type Wish, type Wrong } from './commands'

/** A line that was understood, or what is wrong with it. */
export type Line =
  | { readonly kind: 'wish'; readonly command: string; readonly wish: Wish; readonly values: Values }
  | { readonly kind: 'help'; readonly topic?: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly command?: string; readonly wrong: WrongLine }

export type WrongLine =
  | Wrong
  | { readonly wrong: 'command'; readonly word: string; readonly near?: string }
  | { readonly wrong: 'option'; readonly word: string; readonly near?: string }
  | { readonly wrong: 'no value'; readonly what: string; readonly allowed: string }
  | { readonly wrong: 'flag'; readonly what: string }
  | { readonly wrong: 'token in sight' }
  | { readonly wrong: 'timeout without wait' }

const spec = options as Readonly<Record<OptionName, { takes?: string; valid?: (value: string) => boolean }>>
const isOption = (name: string): name is OptionName => Object.hasOwn(options, name)

/** `desired=4` is what people write in chat: here it is `--desired=4`. */
const fromChat = (word: string): string => {
  const name = /^([a-z-]+)=/.exec(word)?.[1]
  return name !== undefined && isOption(name) ? `--${word}` : word
}

/** What commands of two words begin with. */
const inTwoWords: ReadonlySet<string> = new Set(['token', 'audit', 'webhooks'])

/** Reads the words after the program's name. */
export const readLine = (given: readonly string[]): Line => {
  const end = given.includes('--') ? given.indexOf('--') : given.length
  const words = given.map((word, at) => (at < end ? fromChat(word) : word))
  const { tokens } = parseArgs({
    args: words,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(spec).map(([name, { takes }]) => [
          name,
          { type: takes === undefined ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  })
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const [first, second] = positionals
  const named = first !== undefined && inTwoWords.has(first) ? `${first} ${second ?? ''}`.trim() : first
  const rest = positionals.slice(named === first ? 1 : 2)
  const given_ = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []))
  if (first === 'help')
    return { kind: 'help', ...(second !== undefined && { topic: positionals.slice(1).join(' ') }) }
  if (given_.some(({ name }) => name === 'help') || first === undefined)
    return given_.some(({ name }) => name === 'version')
      ? { kind: 'version' }
      : { kind: 'help', ...(named !== undefined && { topic: named }) }
  const command = named !== undefined && Object.hasOwn(commands, named) ? commands[named] : undefined
  if (!command || named === undefined) {
    const near = nearest(named ?? first, Object.keys(commands))
    return { kind: 'wrong', wrong: { wrong: 'command', word: named ?? first, ...(near && { near }) } }
  }
  const wrong = (why: WrongLine): Line => ({ kind: 'wrong', command: named, wrong: why })

  const values: Record<string, string | true> = {}
  for (const { name, rawName, value, inlineValue } of given_) {
    if (name === 'token') return wrong({ wrong: 'token in sight' })
    if (!isOption(name) || !command.options.includes(name)) {
      const near = nearest(name, command.options)
      return wrong({ wrong: 'option', word: rawName, ...(near && { near: `--${near}` }) })
    }
    const { takes, valid } = spec[name]
    if (takes === undefined) {
      if (value !== undefined) return wrong({ wrong: 'flag', what: rawName })
      values[name] = true
      continue
    }
    if (value === undefined || (!inlineValue && value.startsWith('-')))
      return wrong({ wrong: 'no value', what: rawName, allowed: takes })
    if (valid && !valid(value)) return wrong({ wrong: 'value', what: rawName, value, allowed: takes })
    values[name] = value
  }
  if (values['timeout'] !== undefined && values['wait'] === undefined)
    return wrong({ wrong: 'timeout without wait' })
  const extra = command.words === undefined ? undefined : rest[command.words]
  if (extra !== undefined) return wrong({ wrong: 'extra', word: extra })
  const wish = command.read(rest, values)
  return 'wrong' in wish ? wrong(wish) : { kind: 'wish', command: named, wish, values }
}
