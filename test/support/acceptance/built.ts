import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '../redis'

const outputs = ['dist/main.js', 'dist/sandbox.js', 'dist/page/main.js']
const lock = 'dist/.building'

const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
const newestSource = (): number =>
  Math.max(
    ...readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => writtenAt(join('src', name))),
  )
const isFresh = (): boolean => Math.min(...outputs.map(writtenAt)) > newestSource()

/** Takes the lock of all test processes, or says that another one has it. */
const takeLock = (): boolean => {
  mkdirSync('dist', { recursive: true })
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}

/** Builds the program and the sandbox, once for all test files, where the sources are newer than what was built. */
export const built = async (): Promise<void> => {
  if (isFresh()) return
  // Whoever is found building has built when the lock is free.
  await eventually(() => takeLock() || undefined, 120_000, 200)
  try {
    if (!isFresh())
      execFileSync('npm', ['run', '-s', 'build:sandbox'], { stdio: ['ignore', 'ignore', 'inherit'] })
  } finally {
    rmdirSync(lock)
  }
}
