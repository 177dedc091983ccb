import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { SandboxFailure } from './failure'
import { spawnLeashed } from './leash'

/** After a crash: so long until the next start, in real ms; doubled while crashes follow each other quickly. */
const firstWait = 1_000
const longestWait = 8_000
/** Whoever ran so long before it crashed begins with the first wait again. */
const steadyAfter = 20_000
/** A program that is asked to end gets so long before it is killed. */
const timeout = 8_000
const readyEvery = 50
/** After so many crashes in a row nobody waits for it any longer. */
const hopeless = 3

export interface Program {
  name: string
  command: string
  args: string[]
  /** Read anew at each start. */
  env: () => Record<string, string>
  log: string
  /** Whether it can do its work by now. */
  isReady: () => Promise<boolean>
}
type State = 'starting' | 'running' | 'stopped'

/** A program that is started again whenever it ends by itself. */
export interface Supervised {
  readonly name: string
  state(): State
  pid(): number | undefined
  /** Starts it now, also out of a wait after a crash. */
  start(): void
  /** kill -9; it is started again like after any crash. False where it does not run. */
  kill(): boolean
  /** Ends it and leaves it ended. */
  stop(): Promise<void>
  /** Resolves when it is ready; rejects with its last words when it keeps ending before. */
  ready(): Promise<void>
}

/** Not started yet; `changed` hears of each change of its state. */
export function supervise(program: Program, changed: () => void): Supervised {
  let state: State = 'stopped'
  let child: ChildProcess | undefined
  let exited: Promise<void> = Promise.resolve()
  let wait = firstWait
  let crashes = 0
  let restart: NodeJS.Timeout | undefined
  let wanted = false
  const waiting: { resolve: () => void; reject: (failure: Error) => void }[] = []
  const become = (next: State): void => {
    state = next
    changed()
  }

  function start(): void {
    clearTimeout(restart)
    wanted = true
    if (child) return
    const started = Date.now()
    const mine = spawnLeashed(program.command, program.args, {
      env: program.env(),
      log: program.log,
      append: true,
    })
    child = mine
    become('starting')
    exited = new Promise((resolve) => {
      mine.once('exit', () => {
        child = undefined
        resolve()
        become('stopped')
        if (wanted) again(Date.now() - started)
      })
    })
    void probe(mine)
  }

  function again(ran: number): void {
    if (ran > steadyAfter) wait = firstWait
    crashes += 1
    restart = setTimeout(start, wait)
    wait = Math.min(wait * 2, longestWait)
    if (crashes < hopeless) return
    const why = `The ${program.name} ends again and again. Its last words (${program.log}):\n\n    ${lastLines(program.log, 12)}`
    for (const { reject } of waiting.splice(0)) reject(new SandboxFailure(why))
  }

  /** Looks until it is ready, or is another process by now. */
  async function probe(mine: ChildProcess): Promise<void> {
    const ready = await program.isReady()
    if (child !== mine) return
    if (!ready) return void setTimeout(() => void probe(mine), readyEvery)
    crashes = 0
    become('running')
    for (const { resolve } of waiting.splice(0)) resolve()
  }

  return {
    name: program.name,
    state: () => state,
    pid: () => child?.pid,
    start,
    kill: () => child?.kill('SIGKILL') ?? false,
    async stop() {
      wanted = false
      clearTimeout(restart)
      const mine = child
      if (!mine) return
      mine.kill('SIGTERM')
      const force = setTimeout(() => mine.kill('SIGKILL'), timeout)
      await exited
      clearTimeout(force)
    },
    ready() {
      if (state === 'running') return Promise.resolve()
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
  }
}

/** The last lines that a program wrote. */
function lastLines(file: string, count: number): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n    ')
}
