import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from './free-port'
import { findServer } from './redis-source'
import type { Supervised } from './supervised'
import { supervise } from './supervised'

/** A Redis for the bot: where it answers, and its process where we started one. */
export interface Redis {
  url: string
  /** What the bot's keys begin with, where the store may hold others. */
  prefix?: string
  process?: Supervised
}

/**
 * The Redis that REDIS_URL names, with keys of this start's own; else one of our own with fresh data under the state
 * directory: loopback, a password, every write on disk before it is acknowledged, nothing evicted (what BullMQ and
 * the journal need). `say` tells people what is done about a missing one.
 */
export async function startRedis(
  state: string,
  given: string | undefined,
  say: (line: string) => void,
): Promise<Redis> {
  if (given !== undefined) return { url: given, prefix: `{sandbox-${randomBytes(4).toString('hex')}}` }
  const directory = join(state, 'redis')
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const port = await freePort()
  const password = randomBytes(18).toString('hex')
  const server = await findServer(directory, port, say)
  writeFileSync(
    join(directory, 'redis.conf'),
    configuration(server.container ? '/data' : directory, port, password, server.container),
    { mode: server.container ? 0o644 : 0o600 },
  )
  const process = supervise(
    {
      name: 'redis',
      command: server.command,
      args: server.args,
      env: () => ({}),
      log: join(state, 'redis.log'),
      isReady: () => answersPing(port, password),
    },
    () => {},
  )
  process.start()
  await process.ready()
  return { url: `redis://:${password}@127.0.0.1:${port}`, process }
}

function configuration(directory: string, port: number, password: string, container: boolean): string {
  return [
    // A container's own loopback is not ours: there its published port is bound to loopback.
    `bind ${container ? '0.0.0.0' : '127.0.0.1'}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${directory}"`,
    'daemonize no',
    'appendonly yes',
    'appendfsync always',
    'maxmemory-policy noeviction',
    'save ""',
    '',
  ].join('\n')
}

/** Whether a Redis answers there; one that still loads its data does not. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    const finish = (ready: boolean): void => {
      socket.destroy()
      resolve(ready)
    }
    socket.setTimeout(1_000, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`))
    socket.on('data', (data) => {
      heard += data.toString()
      if (heard.includes('+PONG')) finish(true)
      else if (heard.includes('-LOADING') || heard.includes('-ERR')) finish(false)
    })
    socket.once('close', () => resolve(false))
  })
}
