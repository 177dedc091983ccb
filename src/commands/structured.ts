import { z } from 'zod'
import type { Action } from '../domain/access/action'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Command, ParseError } from '../domain/interaction/command'
import { commandNamed } from './index'
import { takeOptions } from './options'
import { type Failure, type OptionName, parseFailure, type Spec } from './spec'
import { bareWord, type Word } from './words'

/*
 * A command in fields instead of a line of chat: the same commands, their own options and their own parsing, so that
 * what chat can say can be said here, and nothing else.
 */

/** What stands in a line without a name in front of it. */
const places = {
  service: z.string().min(1).max(64).meta({ description: "A service's name; for lock and unlock also `*`." }),
  version: z
    .union([z.string().min(1).max(128), z.int().min(1)])
    .meta({ description: 'The version to go to, e.g. `v2`; for roll the number of a template version.' }),
  operation: z.string().min(1).max(64).meta({ description: "An operation's id, e.g. `web-k7f3q`." }),
  when: z
    .string()
    .min(1)
    .max(300)
    .meta({ description: 'When, as chat says it: `tomorrow 8pm for 3h`, `2026-12-24T20:00 3h`.' }),
} as const
type Place = keyof typeof places

interface Shape {
  readonly needs: readonly Place[]
  readonly may?: readonly Place[]
}

/** Of each command that changes something: what it is about. A machine never approves, so that `approve` is not among them. */
const shapes = {
  deploy: { needs: ['service', 'version'] },
  rollback: { needs: ['service'], may: ['operation'] },
  swap: { needs: ['service'] },
  finish: { needs: ['service'] },
  cancel: { needs: [], may: ['service', 'operation'] },
  bake: { needs: ['service', 'version'] },
  roll: { needs: ['service'], may: ['version'] },
  scale: { needs: ['service'] },
  schedule: { needs: ['service', 'when'] },
  reschedule: { needs: ['operation'], may: ['when'] },
  unschedule: { needs: ['operation'] },
  'update-image': { needs: ['service'] },
  prune: { needs: ['service'] },
  provision: { needs: ['service'] },
  teardown: { needs: ['service'] },
  lock: { needs: ['service'] },
  unlock: { needs: ['service'] },
} as const satisfies { readonly [action in Action]?: Shape }

export type AskableAction = keyof typeof shapes
export const askableActions = Object.keys(shapes) as readonly AskableAction[]

const size = z.int().min(0).max(1_000)
const flag = z.boolean()
const words = z.string().min(1).max(300)

/** The form of each option; what it may hold is said by the option itself, as in chat. */
const options: Readonly<Record<OptionName, z.ZodType<string | number | boolean | readonly number[]>>> = {
  'dry-run': flag.meta({ description: 'Shows the plan and changes nothing.' }),
  reason: words.meta({ description: 'Why, for the channel and the record.' }),
  reboot: flag,
  adopt: flag,
  images: flag.meta({ description: 'Of teardown: deletes the images that Rollcall made, too.' }),
  'security-groups-by-id': flag,
  override: words.meta({ description: 'Why a closed window is overridden; somebody else has to agree.' }),
  since: words,
  until: words,
  csv: flag,
  json: flag,
  'wait-for-window': flag.meta({ description: 'Waits in line where a window is closed.' }),
  strategy: words.meta({ description: "How; the service's own strategy when absent." }),
  from: words.meta({ description: 'An instance or an image to take the version from.' }),
  standby: words.meta({ description: '`ignore` or `terminate`: what becomes of instances in Standby.' }),
  weights: z
    .array(z.int().min(1).max(100))
    .min(1)
    .max(20)
    .meta({ description: 'Shares of the traffic in percent, one after the other, up to 100.' }),
  for: words.meta({ description: 'For how long: `30m`, `2h`, `1d`.' }),
  desired: size,
  min: size,
  max: size,
  name: words,
  every: words.meta({ description: '`weekday`, `daily`, `mon,wed,fri` or cron.' }),
  'after-cooldown': flag,
}

/** As JSON writes a name: `dry-run` is `dryRun`. */
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const specOf = (action: AskableAction): Spec => {
  const spec = commandNamed(action)
  if (!spec) throw new Error(`no command: ${action}`)
  return spec
}

const formOf = (action: AskableAction) => {
  const { needs, may = [] }: Shape = shapes[action]
  const spec = specOf(action)
  return z
    .strictObject({
      action: z.literal(action),
      ...Object.fromEntries(needs.map((place) => [place, places[place]])),
      ...Object.fromEntries(may.map((place) => [place, places[place].optional()])),
      ...Object.fromEntries(spec.options.map((name) => [camel(name), options[name].optional()])),
    })
    .meta({ title: action, description: spec.summary.en })
}

/** The form of what can be asked, one for each command. */
export const askForms: Readonly<Record<string, ReturnType<typeof formOf>>> = Object.fromEntries(
  askableActions.map((action) => [action, formOf(action)]),
)

/** What was asked, in fields of a sound form. */
export type Asked = Readonly<Record<string, unknown>> & { readonly action: AskableAction }

export type UnderstoodAsk =
  | { readonly ok: true; readonly command: Exclude<Command, { readonly name: 'form' }> }
  | {
      readonly ok: false
      readonly parseError: ParseError
      /** The field it is about, where it is about one. */
      readonly field?: string
    }

/** Understands what was asked as the command of that name does. Never throws on what people may send. */
export function understandAsk(asked: Asked, catalogue: Catalogue): UnderstoodAsk {
  const spec = specOf(asked.action)
  const taken = takeOptions(optionWords(asked, spec), spec.options, 0)
  if (!taken.ok) return understandable(taken)
  const outcome = spec.parse({ words: placeWords(asked), options: taken.options, catalogue })
  if (!outcome.ok) return understandable(outcome)
  const { command } = outcome
  // Chat opens a form where something is missing; here it is said.
  if (command.name === 'form')
    return understandable(parseFailure({ code: 'missing_argument', argument: missingOf(asked.action) }))
  return { ok: true, command }
}

const missingOf = (action: AskableAction): string =>
  action === 'lock' ? 'reason' : action === 'cancel' ? 'operation' : 'service'

const understandable = ({ parseError }: Failure): UnderstoodAsk => {
  const named =
    'option' in parseError
      ? parseError.option
      : 'argument' in parseError
        ? parseError.argument
        : parseError.code === 'unknown_service'
          ? 'service'
          : undefined
  const field = named === 'event' ? 'operation' : named === 'start' ? 'when' : named
  return { ok: false, parseError, ...(field !== undefined && { field: camel(field) }) }
}

/** Words by the letter: never a filler, an option or a command. `*` alone is one that means all services. */
const literal = (text: string): Word => (text === '*' ? bareWord(text) : { text, raw: text, quoted: true })

/** A field as chat would write it; its form has been checked. */
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const placeWords = (asked: Asked): readonly Word[] => {
  const { needs, may = [] }: Shape = shapes[asked.action]
  return [...needs, ...may].flatMap((place) => {
    const value = asked[place]
    return value === undefined ? [] : [literal(textOf(value))]
  })
}

const optionWords = (asked: Asked, spec: Spec): readonly Word[] =>
  spec.options.flatMap((name) => {
    const value = asked[camel(name)]
    if (value === undefined) return []
    const text = textOf(value)
    const raw = `--${name}=${text}`
    return [{ text: raw, raw, quoted: false, pair: { name: `--${name}`, value: text } }]
  })
