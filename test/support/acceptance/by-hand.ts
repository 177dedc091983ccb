import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually } from '../redis'
import { built } from './built'

/** The program as `npm start` runs it, in a directory of its own with these files. */
export interface ByHand {
  /** All that it printed, of both kinds. */
  readonly said: () => string
  /** Resolves with the exit code, at most after `limit` real milliseconds. */
  ended(limit?: number): Promise<number | null>
  stop(): Promise<void>
}

/** Starts the built program where these files lie; only `variables` are set beside what a shell has. */
export const startByHand = async (
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<ByHand> => {
  await built()
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-by-hand-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  const { PATH = '', HOME = '' } = process.env
  const child: ChildProcess = spawn(process.execPath, [resolve('dist/main.js')], {
    cwd: directory,
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
  }
  const exit = once(child, 'close')
  const running = () => child.exitCode === null && child.signalCode === null
  return {
    said: () => said,
    ended: async (limit = 20_000) => {
      await eventually(() => (running() ? undefined : true), limit)
      await exit
      return child.exitCode
    },
    stop: async () => {
      if (running()) child.kill('SIGTERM')
      await exit
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The `.env` that the sandbox without a bot has left for one of ours, with other values for some of it. */
export const environmentFile = (state: string, others: Readonly<Record<string, string>>): string => {
  const own = new Set(Object.keys(others))
  const lines = readFileSync(join(state, 'bot.env'), 'utf8')
    .split('\n')
    .filter((line) => !own.has(line.split('=')[0] ?? ''))
  return [...lines, ...Object.entries(others).map(([name, value]) => `${name}='${value}'`), ''].join('\n')
}
