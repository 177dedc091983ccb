import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { run } from './run'
import { version } from '../../package.json'

const stdout = process.stdout
// Whoever reads has enough, as `head` has: nothing is wrong, and nothing more is to be said.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const code = await run(
  {
    words: process.argv.slice(2),
    environment: process.env,
    print: (text) => void stdout.write(text),
    warn: (text) => void process.stderr.write(text),
    ...(stdout.isTTY && { columns: () => stdout.columns || 80 }),
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
    readFile: (path) => readFile(path, 'utf8'),
    randomBytes,
  },
  version,
)
// Not process.exit: what was written is to arrive first.
process.exitCode = code
