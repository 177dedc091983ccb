import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A redis-server of a test's own. */
export interface TestRedis {
  readonly url: string
  readonly port: number
  /** `kill -9`; resolves when it is dead. */
  kill(): Promise<void>
  /** Starts it again on the same files and port; resolves when it answers. */
  restart(): Promise<void>
  /** How many bytes its append-only file has; what it acknowledged stands there. */
  size(): Promise<number>
  /** Cuts the end off its append-only file. To be called while it is dead. */
  truncate(bytes: number): Promise<void>
  /** It keeps its connections and answers nothing, until `thaw`. */
  freeze(): void
  thaw(): void
  /** Drops all keys. */
  empty(): Promise<void>
  /** Drops the keys that match a pattern. */
  forget(pattern: string): Promise<void>
  /** How long, in ms, the keys that match a pattern have to live. */
  ages(pattern: string): Promise<readonly number[]>
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

/** A port of the loopback interface that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Asks until `answer` is given, at most `limit` real milliseconds. */
export const eventually = async <T>(
  answer: () => Promise<T | undefined> | T | undefined,
  limit = 10_000,
  pause = 20,
): Promise<T> => {
  const end = performance.now() + limit
  for (;;) {
    const given = await answer()
    if (given !== undefined) return given
    if (performance.now() > end) throw new Error(`nothing within ${limit} ms`)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/**
 * Starts a redis-server that has every write on disk before it answers, unless `fsync` says otherwise; with
 * `cluster`, in cluster mode, owning all slots.
 */
export const startRedis = async ({ fsync = 'always', cluster = false } = {}): Promise<TestRedis> => {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const ask = async <T>(question: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0, lazyConnect: true })
    client.on('error', () => {})
    try {
      await client.connect()
      return await question(client)
    } finally {
      if (client.status !== 'end' && client.status !== 'close') client.disconnect()
    }
  }
  const busPort = await freePort()
  const start = async () => {
    const settings = {
      port: String(port),
      bind: '127.0.0.1',
      dir,
      save: '',
      appendonly: 'yes',
      appendfsync: fsync,
      'maxmemory-policy': 'noeviction',
      ...(cluster && {
        'cluster-enabled': 'yes',
        'cluster-port': String(busPort),
        'cluster-announce-ip': '127.0.0.1',
      }),
    }
    const parameters = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
    const server = spawn('redis-server', parameters, { stdio: 'ignore' })
    await eventually(() =>
      ask((client) => client.ping()).then(
        () => true,
        () => undefined,
      ),
    )
    return server
  }
  let server: ChildProcess = await start()
  if (cluster) {
    await ask((client) => client.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383))
    const ok = async (client: Redis) => (await client.cluster('INFO')).includes('cluster_state:ok')
    await eventually(async () => ((await ask(ok)) ? true : undefined))
  }
  const signalled = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  /** redis: Redis persistence, "Append-only file": what is written since the last rewrite stands in the incremental one. */
  const tail = async (): Promise<string> => {
    const folder = join(dir, 'appendonlydir')
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.incr.aof'))
    if (file === undefined) throw new Error('no append-only file')
    return join(folder, file)
  }
  return {
    url,
    port,
    size: async () => (await stat(await tail())).size,
    truncate: async (bytes) => truncate(await tail(), bytes),
    kill: () => signalled('SIGKILL'),
    restart: async () => {
      await signalled('SIGKILL')
      server = await start()
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    empty: async () => void (await ask((client) => client.flushall())),
    forget: (pattern) =>
      ask(async (client) => {
        const found = await client.keys(pattern)
        if (found.length > 0) await client.del(...found)
      }),
    ages: (pattern) =>
      ask(async (client) => {
        const found = await client.keys(pattern)
        return Promise.all(found.map((key) => client.pttl(key)))
      }),
    stop: async () => {
      await signalled('SIGKILL')
      await rm(dir, { recursive: true, force: true })
    },
  }
}
