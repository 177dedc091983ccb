import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Surroundings } from './surroundings'

/** The surroundings that this process has. A job that is cancelled on GitHub gets SIGINT, 7.5 s later SIGTERM. */
export const thisProcess = {
  environment: process.env,
  print: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(text),
  fetch,
  elapsed: () => performance.now(),
  today: () => new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
  onInterrupt(listener) {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, listener)
    return () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, listener)
    }
  },
  chance: Math.random,
  readFile: (path: string) => readFile(path, 'utf8'),
  filesIn: async (path: string) => {
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) return undefined
    const found = await readdir(path, { recursive: true, withFileTypes: true })
    return found.filter((one) => one.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`)
  },
  randomBytes,
} satisfies Omit<Surroundings, 'words'>
