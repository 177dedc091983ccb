/** What the command line meets of the machine that it runs on; the tests have one of their own. */
export interface Surroundings {
  /** The words after the program's name. */
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** To the standard output, as it is. */
  readonly print: (text: string) => void
  /** To the standard error, as it is. */
  readonly warn: (text: string) => void
  /** Columns of the terminal that shows the standard output; absent where it is none. */
  readonly columns?: () => number
  readonly fetch: typeof fetch
  /** Milliseconds that pass; never the time of day. */
  readonly elapsed: () => number
  /** The time of day, for what expires. */
  readonly today: () => Date
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Calls back at each interrupt, until the function that it gives is called. */
  readonly onInterrupt: (listener: () => void) => () => void
  /** Between 0 and 1, so that many who try again do not come at once. */
  readonly chance: () => number
  readonly readFile: (path: string) => Promise<string>
  /** The files in a folder, at any depth; undefined where it is no folder. */
  readonly filesIn: (path: string) => Promise<readonly string[] | undefined>
  readonly randomBytes: (count: number) => Uint8Array
  /** Is shown each object that the door gave: an operation at each change, a problem, a plan. */
  readonly saw?: (object: unknown) => void
  /** A token for one wish more, where each is good for one alone; absent where the usual one serves. */
  readonly anotherToken?: () => Promise<string | undefined>
}
