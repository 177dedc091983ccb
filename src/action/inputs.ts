import { createHash } from 'node:crypto'

type Variables = Readonly<Record<string, string | undefined>>

/** The inputs of `action.yml`. */
export interface Inputs {
  readonly url: string | undefined
  readonly token: string | undefined
  readonly audience: string
  readonly action: string
  readonly environment: string | undefined
  readonly githubToken: string | undefined
  readonly dryRun: boolean
  readonly service: string | undefined
  readonly version: string | undefined
  /** The words of the command line. */
  readonly words: readonly string[]
}

/**
 * The runner gives an input as `INPUT_<NAME>`, in capitals, hyphens left as they are
 * (GitHub Docs, "Metadata syntax": inputs).
 */
const input = (variables: Variables, name: string): string | undefined => {
  const text = variables[`INPUT_${name.toUpperCase()}`]?.trim()
  return text === '' ? undefined : text
}

const isOn = (variables: Variables, name: string, otherwise: boolean): boolean => {
  const text = input(variables, name)?.toLowerCase()
  return text === undefined ? otherwise : ['true', 'yes', 'on', '1'].includes(text)
}

/** Commands of which nothing is to be waited for: they are done when they are answered. */
const doneAtOnce = new Set(['lock', 'unlock'])

export const readInputs = (variables: Variables): Inputs => {
  const action = input(variables, 'action') ?? 'deploy'
  const service = input(variables, 'service')
  const version = input(variables, 'version')
  const dryRun = isOn(variables, 'dry-run', false)
  const reason = input(variables, 'reason')
  const waits = isOn(variables, 'wait', true) && !dryRun && !doneAtOnce.has(action)
  const more = (input(variables, 'args') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const options = [
    ...(waits ? ['--wait', `--timeout=${input(variables, 'timeout') ?? '60m'}`] : []),
    ...(waits && isOn(variables, 'cancel-on-interrupt', false) ? ['--cancel-on-interrupt'] : []),
    ...(dryRun ? ['--dry-run'] : []),
    ...(reason === undefined ? [] : [`--reason=${reason}`]),
    ...more.filter((line) => line.startsWith('-')),
  ]
  // Behind `--` nothing is an option: a version is a version, whatever it begins with.
  const positionals = [service, version, ...more.filter((line) => !line.startsWith('-'))].flatMap((word) =>
    word === undefined ? [] : [word],
  )
  const line = [action, ...options]
  return {
    url: input(variables, 'url'),
    token: input(variables, 'token'),
    audience: input(variables, 'audience') ?? 'rollcall',
    environment: input(variables, 'environment'),
    githubToken: input(variables, 'github-token'),
    action,
    dryRun,
    service,
    version,
    words: [
      ...line,
      `--idempotency-key=${keyOf(variables, [...line, ...positionals])}`,
      '--',
      ...positionals,
    ],
  }
}

/**
 * The same wish of the same attempt of the same run is one operation, however often the runner sends it; *Re-run jobs* is
 * a new attempt and a new wish.
 */
const keyOf = (variables: Variables, line: readonly string[]): string => {
  const step = [variables['GITHUB_JOB'] ?? '', variables['GITHUB_ACTION'] ?? '', ...line]
  const hash = createHash('sha256').update(JSON.stringify(step)).digest('hex').slice(0, 16)
  const run = ['REPOSITORY_ID', 'RUN_ID', 'RUN_ATTEMPT'].map((name) => variables[`GITHUB_${name}`] ?? '0')
  return `gh-${run.join('-')}-${hash}`
}
