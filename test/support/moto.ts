import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from './free-port'
import { requireLoopback } from './loopback-only'

export interface Moto {
  readonly endpoint: string
  stop(): Promise<void>
}

/** How long moto may take to answer, in real milliseconds. */
const patience = 30_000

/** Starts moto on a free port of this machine and waits until it answers. Throws, with what it said, if it does not. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  await requireLoopback(endpoint)
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // moto logs every request; only its last words matter, should it fail.
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2_000)))
  const ended = new AbortController()
  child.once('error', (error) => ended.abort(error.message))
  child.once('exit', (code) => ended.abort(`exit code ${code}`))

  const until = performance.now() + patience
  while (!ended.signal.aborted && performance.now() < until) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined)
    if (answer?.ok === true) return { endpoint, stop: () => stop(child) }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await stop(child)
  const why = ended.signal.aborted ? String(ended.signal.reason) : 'it does not answer'
  throw new Error(`moto_server cannot be started (${why}); pip install 'moto[server]'\n${said}`)
}

async function stop(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
