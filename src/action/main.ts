import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { runAction } from './run'

process.exitCode = await runAction({
  environment: process.env,
  print: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(text),
  fetch,
  elapsed: () => performance.now(),
  today: () => new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
  // A cancelled job gets SIGINT, 7.5 s later SIGTERM.
  onInterrupt(listener) {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, listener)
    return () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, listener)
    }
  },
  chance: Math.random,
  readFile: (path) => readFile(path, 'utf8'),
  randomBytes,
})
