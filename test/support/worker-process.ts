import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { eventually } from './redis'
import type { Manner } from './ticking'

/** A worker in a process of its own, which says what it does; see ticking.ts. */
export interface WorkerProcess {
  /** What it said, in order, and when (real time). */
  readonly said: readonly { readonly line: string; readonly at: number }[]
  /** `kill -9`. */
  kill(): Promise<void>
  freeze(): void
  thaw(): void
}

/** When the first of these workers said `line` after `since` (real time), waited for `limit` real ms. */
export const heard = (
  workers: readonly WorkerProcess[],
  line: string,
  since: number,
  limit: number,
): Promise<number> =>
  eventually(() => {
    const found = workers.flatMap(({ said }) =>
      said.filter((words) => words.line === line && words.at > since),
    )
    return found.length > 0 ? Math.min(...found.map(({ at }) => at)) : undefined
  }, limit)

/** Bundles the program once; gives what starts it, and what removes it and all that it started. */
export const workerProgram = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-worker-'))
  const outfile = join(dir, 'ticking.cjs')
  await build({
    entryPoints: [join(process.cwd(), 'test/support/ticking.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'warning',
  })
  const children = new Set<ChildProcess>()
  const killed = async (child: ChildProcess) => {
    if (!children.delete(child)) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  const start = async (url: string, manner: Manner): Promise<WorkerProcess> => {
    const child = spawn(process.execPath, [outfile, url, manner], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.add(child)
    const said: { line: string; at: number }[] = []
    createInterface({ input: child.stdout }).on('line', (line) => said.push({ line, at: performance.now() }))
    await eventually(() => said.find(({ line }) => line === 'ready'))
    return {
      said,
      kill: () => killed(child),
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
    }
  }
  const remove = async () => {
    await Promise.all([...children].map(killed))
    await rm(dir, { recursive: true, force: true })
  }
  return { start, remove }
}
