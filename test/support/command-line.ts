import { run } from '../../src/cli/run'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly files?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  /** Columns of a terminal; none when absent. */
  readonly columns?: number
  /** Is given the function that interrupts. */
  readonly interrupting?: (interrupt: () => void) => void
}

/** Runs a line of the command line on a clock that jumps: a pause takes no time. */
export const runLine = async (words: readonly string[], door?: string, more: Running = {}): Promise<Ran> => {
  let now = 0
  let out = ''
  let err = ''
  const listeners = new Set<() => void>()
  more.interrupting?.(() => {
    for (const listener of listeners) listener()
  })
  const code = await run(
    {
      words,
      environment: {
        ...(door !== undefined && { ROLLCALL_URL: door, ROLLCALL_TOKEN: 'rc_test' }),
        ...more.environment,
      },
      print: (text) => {
        out += text
      },
      warn: (text) => {
        err += text
      },
      ...(more.columns !== undefined && { columns: () => more.columns ?? 80 }),
      fetch,
      elapsed: () => now,
      today: () => new Date('2026-11-29T10:00:00Z'),
      sleep: async (milliseconds) => {
        now += milliseconds
      },
      onInterrupt: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      chance: () => 0.5,
      readFile: async (path) => {
        const text = more.files?.[path]
        if (text === undefined) throw new Error('ENOENT')
        return text
      },
      filesIn: async (path) => {
        const found = Object.keys(more.files ?? {}).filter((name) => name.startsWith(`${path}/`))
        return found.length > 0 ? found : undefined
      },
      randomBytes: (count) => new Uint8Array(count).fill(7),
    },
    '0.0.0',
  )
  return { code, out, err }
}

/** The standard output as objects, one a line. */
export const objectsIn = ({ out }: Ran): readonly unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
