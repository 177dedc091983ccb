import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { eventually } from './redis'

/** A worker in a process of its own, whose ticks can be watched; see ticking.ts. */
export interface WorkerProcess {
  /** Ticks it began, in order: operation and real time. */
  readonly ticks: readonly { readonly operation: string; readonly at: number }[]
  /** Resolves with the real time of the first tick of `operation` that began after `since`, waited for `limit` ms. */
  ticked(operation: string, since: number, limit: number): Promise<number>
  /** `kill -9`. */
  kill(): Promise<void>
  freeze(): void
  thaw(): void
}

/** Bundles the program once; gives what starts it, and what removes it. */
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

  /** `manner`: `go` ticks and comes again after 200 ms; `hang` begins ticks and never ends them. */
  const start = async (url: string, manner: 'go' | 'hang'): Promise<WorkerProcess> => {
    const child = spawn(process.execPath, [outfile, url, manner], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.add(child)
    const ticks: { operation: string; at: number }[] = []
    let ready = false
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') ready = true
      else ticks.push({ operation: line, at: performance.now() })
    })
    await eventually(() => ready || undefined)
    return {
      ticks,
      ticked: (operation, since, limit) =>
        eventually(() => ticks.find((tick) => tick.operation === operation && tick.at > since)?.at, limit),
      kill: async () => {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
        children.delete(child)
      },
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
    }
  }
  const remove = async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  }
  return { start, remove }
}
