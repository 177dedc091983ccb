import { type Strategy, strategies } from '../domain/catalogue/strategy'
import { formerStrategies } from '../domain/operation/former-names'
import { areSteps } from '../domain/blue-green/weights'
import { nearest } from '../domain/interaction/nearest'
import { isMoment } from '../domain/record/range'
import { parseDuration } from '../domain/time/duration'
import { shortestReason } from '../domain/windows/at-window'
import { takeCron, takeDays } from '../domain/time/phrases/every'
import { isLockable, spanAt } from './span'
import { parseFailure, type Failure, type OptionName, type Options } from './spec'
import { bareWord, type Word } from './words'

/** How one option is written and read. */
interface OptionSpec {
  readonly also: readonly string[]
  /** What it takes, in signs that read the same in every language; absent for a mere flag. */
  readonly takes?: string
  /** The words it takes, where they can be listed: what a typing mistake is compared with. */
  readonly values?: readonly string[]
  /** A value near one that cannot be read, which it takes. */
  readonly near?: (value: string) => string | undefined
  read(value: string): Options | undefined
}

const standbyChoices = ['ignore', 'terminate'] as const
const maxReason = 300
const durations = '1m – 30d: 30m, 2h, 1d'

const oneOf = <T extends string>(known: readonly T[], value: string): T | undefined =>
  known.find((word) => word === value.toLowerCase())

/** A strategy by its name, or by a former one of it. */
const strategyOf = (value: string): Strategy | undefined =>
  oneOf(strategies, value) ??
  (Object.hasOwn(formerStrategies, value.toLowerCase()) ? formerStrategies[value.toLowerCase()] : undefined)

/** More instances than any group of ours has: rather a mistake in typing. */
const maxInstances = 1_000
const maxName = 80

const size = (option: 'desired' | 'min' | 'max', also: readonly string[]): OptionSpec => ({
  also,
  takes: `0 – ${maxInstances}`,
  read: (value) =>
    /^\d{1,4}$/.test(value) && Number(value) <= maxInstances ? { [option]: Number(value) } : undefined,
})

const moment = (option: 'since' | 'until', also: readonly string[]): OptionSpec => ({
  also,
  takes: '30d | 2026-11-01',
  read: (value) => (isMoment(value.trim()) ? { [option]: value.trim() } : undefined),
})

/** Days on which an event comes again, as they stand in front of its time of day; cron needs no time of day. */
const everyOf = (value: string): string | undefined => {
  const text = value.trim().toLowerCase()
  const candidates = [`every ${text}`, text === 'daily' || text === 'weekly' ? text : `cron ${text}`, text]
  return candidates.find((words) => {
    const cron = takeCron(`${words} `)
    return cron === undefined
      ? takeDays(words)?.days !== undefined && takeDays(words)?.rest === ''
      : cron !== 'unsupported'
  })
}

/** `10,50,100`, with or without percent signs, however parted. */
const numbersIn = (value: string): readonly number[] | undefined => {
  const parts = value
    .split(/\s*(?:,|\/|;|→|->|>|\s)\s*/)
    .filter((part) => part !== '')
    .map((part) => part.replace(/%$/, ''))
  return parts.length > 0 && parts.every((part) => /^\d{1,3}$/.test(part)) ? parts.map(Number) : undefined
}

const specs: Readonly<Record<OptionName, OptionSpec>> = {
  'dry-run': {
    also: ['dry', 'dryrun', 'plan', 'preview', 'what-if', 'noop', 'n', '연습', '미리보기', '계획'],
    read: () => ({ 'dry-run': true }),
  },
  reboot: { also: ['재부팅'], read: () => ({ reboot: true }) },
  images: { also: ['with-images', '이미지포함'], read: () => ({ images: true }) },
  adopt: { also: ['take-over', '인수'], read: () => ({ adopt: true }) },
  'security-groups-by-id': {
    also: ['by-id', 'mend', '보안그룹'],
    read: () => ({ 'security-groups-by-id': true }),
  },
  reason: {
    also: ['why', 'message', 'm', '이유', '사유'],
    takes: `"…" (1–${maxReason})`,
    read: (value) => {
      const reason = value.trim()
      return reason !== '' && reason.length <= maxReason ? { reason } : undefined
    },
  },
  override: {
    also: ['break-glass', '예외', '강행'],
    takes: `"…" (${shortestReason}–${maxReason})`,
    read: (value) => {
      const override = value.trim()
      return override.length >= shortestReason && override.length <= maxReason ? { override } : undefined
    },
  },
  since: moment('since', ['after', '부터']),
  until: moment('until', ['till', '까지']),
  csv: { also: ['table', 'excel', '표'], read: () => ({ csv: true }) },
  json: { also: ['jsonl'], read: () => ({ json: true }) },
  'wait-for-window': {
    also: ['then', 'when-open', '열리면', '이후'],
    read: () => ({ 'wait-for-window': true }),
  },
  strategy: {
    also: ['s', 'by', '전략', '방식'],
    takes: strategies.join(' | '),
    values: strategies,
    read: (value) => {
      const strategy = strategyOf(value)
      return strategy && { strategy }
    },
  },
  from: {
    also: ['source'],
    takes: 'i-0123456789abcdef0 | ami-0123456789abcdef0',
    // Ids of instances and images: 8 or 17 hexadecimal digits (EC2 user guide, "Resource IDs").
    read: (value) =>
      /^(i|ami)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i.test(value) ? { from: value.toLowerCase() } : undefined,
  },
  standby: {
    also: [],
    takes: standbyChoices.join(' | '),
    values: standbyChoices,
    read: (value) => {
      const standby = oneOf(standbyChoices, value)
      return standby && { standby }
    },
  },
  weights: {
    also: ['weight', 'shares', 'steps', '가중치', '비율'],
    takes: '10,50,100 (1 – 100, a < b < … < 100)',
    read: (value) => {
      const weights = numbersIn(value)
      return weights && areSteps(weights) ? { weights } : undefined
    },
    near: (value) => {
      const found = (numbersIn(value) ?? []).filter((step) => step >= 1 && step <= 100)
      const steps = [...new Set([...found, 100])].toSorted((a, b) => a - b)
      return found.length > 0 && areSteps(steps) ? steps.join(',') : undefined
    },
  },
  desired: size('desired', ['count', '원하는', '대수']),
  min: size('min', ['minimum', '최소']),
  max: size('max', ['maximum', '최대']),
  name: {
    also: ['title', '이름', '제목'],
    takes: `"…" (1–${maxName})`,
    read: (value) => {
      const name = value.trim()
      return name !== '' && name.length <= maxName ? { name } : undefined
    },
  },
  every: {
    also: ['repeat', 'repeats', '반복'],
    takes: 'weekday | daily | weekend | mon,wed,fri | "30 19 * * 1-5"',
    read: (value) => {
      const every = everyOf(value)
      return every === undefined ? undefined : { every }
    },
  },
  'after-cooldown': {
    also: ['cooldown', 'honor-cooldown', 'respect-cooldown', '휴지기간'],
    read: () => ({ 'after-cooldown': true }),
  },
  for: {
    also: ['duration', '동안'],
    takes: durations,
    read: (value) => {
      const span = parseDuration(value)
      return span !== undefined && isLockable(span) ? { for: span } : undefined
    },
  },
}

/** What an option takes, for a sentence about a value that it does not. */
export const takes = (option: OptionName): string => specs[option].takes ?? ''

const names = Object.keys(specs) as readonly OptionName[]
const byWord = new Map(
  names.flatMap((name) => [name, ...specs[name].also].map((word) => [word, name] as const)),
)
/** Every word by which an option is named. */
export const optionWords: ReadonlySet<string> = new Set(byWord.keys())
const isOption = (word: Word): boolean => !word.quoted && /^-{1,2}\p{L}/u.test(word.text)

/** Words before which a strategy's name is one: `with replace`. */
const prepositions = ['with', 'using', 'by', 'via', 'strategy']
/** Words that begin a reason which goes on to the end or the next option. */
const reasonWords = ['because', 'because-of', '왜냐하면']

interface Found {
  readonly option: OptionName
  /** Absent where a value is wanted and none was given. */
  readonly value?: string
  /** The word that holds the value, or the option itself. */
  readonly at: Word
  readonly used: number
}

/**
 * Takes the options out of the words after a command. `--name value`, `--name=value` and `name=value` are the
 * same; a reason without quotes goes on to the next option once the `least` words a command needs are there.
 */
export function takeOptions(
  words: readonly Word[],
  accepted: readonly OptionName[],
  minWords: number,
): { readonly ok: true; readonly options: Options; readonly rest: readonly Word[] } | Failure {
  let options: Options = {}
  const rest: Word[] = []
  for (let at = 0; at < words.length; ) {
    const word = words[at]
    if (!word) break
    const found = optionAt(words, at, accepted, rest.length >= minWords)
    if (!found) {
      if (isOption(word)) return unknownOption(word, accepted)
      rest.push(word)
      at += 1
      continue
    }
    if (!accepted.includes(found.option)) return unknownOption(word, accepted)
    const read = readOption(found, accepted)
    if (!read.ok) return read
    options = { ...options, ...read.options }
    at += found.used
  }
  return { ok: true, options, rest }
}

const optionAt = (
  words: readonly Word[],
  at: number,
  accepted: readonly OptionName[],
  enough: boolean,
): Found | undefined => {
  const word = words[at]
  if (!word || word.quoted) return undefined
  const next = words[at + 1]
  const bare = bareOption(word, next, accepted)
  if (bare) return bare
  const dashed = isOption(word)
  if (!dashed && !word.pair && !reasonWords.includes(word.text.toLowerCase())) return undefined
  const name = (word.pair?.name ?? word.text).replace(/^-+/, '').toLowerCase()
  const option = reasonWords.includes(name) ? 'reason' : byWord.get(name)
  if (!option) return undefined
  if (word.pair) return { option, value: word.pair.value, at: word, used: 1 }
  if (specs[option].takes === undefined) return { option, value: '', at: word, used: 1 }
  if (!next || isOption(next)) return { option, at: word, used: 1 }
  if (option === 'reason' && !next.quoted && (enough || !dashed)) {
    const until = words.findIndex(
      (other, i) => i > at && (isOption(other) || (accepted.includes('for') && beginsSpan(words, i))),
    )
    const text = words.slice(at + 1, until < 0 ? undefined : until)
    return { option, value: text.map((part) => part.raw).join(' '), at: word, used: text.length + 1 }
  }
  return { option, value: next.text, at: next, used: 2 }
}

const beginsSpan = (words: readonly Word[], at: number): boolean =>
  words[at]?.text.toLowerCase() === 'for' && spanAt(words, at + 1) !== undefined

/** Options that need no dashes because the words can mean nothing else. */
const bareOption = (
  word: Word,
  next: Word | undefined,
  accepted: readonly OptionName[],
): Found | undefined => {
  const text = word.text.toLowerCase()
  if (['dry-run', 'dryrun', '미리보기'].includes(text) && accepted.includes('dry-run')) {
    return { option: 'dry-run', value: '', at: word, used: 1 }
  }
  if (!next || next.quoted) return undefined
  if (prepositions.includes(text) && accepted.includes('strategy') && strategyOf(next.text)) {
    return { option: 'strategy', value: next.text, at: next, used: 2 }
  }
  if (text === 'from' && accepted.includes('from') && specs.from.read(next.text)) {
    return { option: 'from', value: next.text, at: next, used: 2 }
  }
  return undefined
}

const readOption = (
  found: Found,
  accepted: readonly OptionName[],
): { readonly ok: true; readonly options: Options } | Failure => {
  const { option, value, at } = found
  const spec = specs[option]
  const allowed = spec.takes ?? `--${option}`
  if (value === undefined) return parseFailure({ code: 'missing_value', option, allowed })
  if (spec.takes === undefined) {
    if (['', 'true', 'yes', 'on'].includes(value.toLowerCase()))
      return { ok: true, options: spec.read(value) ?? {} }
    if (['false', 'no', 'off'].includes(value.toLowerCase())) return { ok: true, options: {} }
  } else {
    const read = spec.read(value)
    if (read) return { ok: true, options: read }
  }
  const suggestion = accepted.includes(option)
    ? (spec.near?.(value) ?? (spec.values && nearest(value, spec.values)))
    : undefined
  const fix =
    suggestion &&
    (at.pair ? { ...at, pair: { name: at.pair.name, value: suggestion } } : bareWord(suggestion))
  return parseFailure(
    { code: 'bad_value', option, value, allowed },
    fix ? { word: at, by: [fix] } : undefined,
  )
}

const unknownOption = (word: Word, accepted: readonly OptionName[]): Failure => {
  const name = (word.pair?.name ?? word.text).replace(/^-+/, '')
  const suggestion = nearest(name, accepted)
  const pair = suggestion && word.pair ? { pair: { name: `--${suggestion}`, value: word.pair.value } } : {}
  return parseFailure(
    { code: 'unknown_option', word: name, ...(suggestion && { nearest: suggestion }), known: accepted },
    { word, by: suggestion ? [{ ...bareWord(`--${suggestion}`), ...pair }] : [] },
  )
}
