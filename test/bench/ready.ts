import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inheritedEnvironment } from '../../src/sandbox/config'
import { figure, rounded, say } from './report'
import { built } from './stage'
import { median } from './statistics'

/** The first start reads everything from the disk; it is not counted. */
const starts = 4

/** `sandbox_ready_s`: from the start of the built sandbox to the line that says a command can be typed. */
export const ready = async (): Promise<void> => {
  say(`ready: ${starts} starts of the sandbox`)
  const all: number[] = []
  for (let count = 0; count < starts; count += 1) all.push(await start())
  const warm = all.slice(1)
  figure({ name: 'sandbox_ready_s', value: median(warm), unit: 's', each: warm.map(rounded) })
}

const start = async (): Promise<number> => {
  const state = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const started = performance.now()
  const sandbox = spawn(process.execPath, ['--enable-source-maps', join(built, 'sandbox.js')], {
    env: { ...inheritedEnvironment(), SANDBOX_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_STATE: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(sandbox, 'exit')
  try {
    const ready = new Promise<number>((resolve) => {
      createInterface({ input: sandbox.stdout }).on('line', (line) => {
        if (line.startsWith('sandbox ready')) resolve((performance.now() - started) / 1000)
      })
    })
    const seconds = await Promise.race([ready, ended.then(() => undefined)])
    if (seconds === undefined) throw new Error('the sandbox ended before it was ready')
    return seconds
  } finally {
    sandbox.kill('SIGINT')
    await ended
    rmSync(state, { recursive: true, force: true })
  }
}
