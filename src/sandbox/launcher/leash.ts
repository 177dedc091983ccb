import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { inheritedEnvironment } from '../config'

/**
 * The shell becomes the program, so that the pid is the program's own; beside it a watcher holds the other end of our
 * pipe. When we are gone, however we went, the pipe closes and the watcher ends the program.
 */
const script = `exec 3<&0
(
  read -r _ <&3
  kill $$
  for _ in 1 2 3 4 5 6; do sleep 1; kill -0 $$ || exit; done
  kill -9 $$
) 2>/dev/null &
exec "$@" 3<&- </dev/null`

export interface LeashOptions {
  /** Added to the environment that this process was started with. */
  env?: Record<string, string>
  /** The file that takes the program's output. */
  log: string
  /** Whether its output goes after what the file holds. */
  append?: boolean
}

/** Starts a program in a process group of its own that does not outlive us, not even after a kill -9. */
export function spawnLeashed(command: string, args: string[], options: LeashOptions): ChildProcess {
  const log = openSync(options.log, options.append ? 'a' : 'w', 0o600)
  try {
    const child = spawn('/bin/sh', ['-c', script, 'leash', command, ...args], {
      detached: true,
      stdio: ['pipe', log, log],
      env: { ...inheritedEnvironment(), ...options.env },
    })
    child.once('exit', () => endGroup(child.pid))
    child.stdin?.on('error', () => {})
    return child
  } finally {
    closeSync(log)
  }
}

/** Ends what a program leaves of its process group: its watcher, and whatever it started itself. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left of it.
  }
}
