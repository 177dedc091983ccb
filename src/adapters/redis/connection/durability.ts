import type { Redis } from 'ioredis'
import { StoreUnavailable } from '../../../ports/failure'
import { reaching } from './failures'

/**
 * What the store promises about a write it has acknowledged.
 * - `every write`: it is on disk before the answer (`appendfsync always`);
 * - `waited for`: it can be waited for (WAITAOF), and is, before a command is acknowledged;
 * - `none`: an acknowledged command may be lost with the machine; `why` says what to change.
 */
export type Durability =
  | { readonly promise: 'every write' }
  | { readonly promise: 'waited for' }
  | { readonly promise: 'none'; readonly why: string }

export interface Inspection {
  readonly durability: Durability
  /** What is wrong with the store's settings, in sentences. */
  readonly warnings: readonly string[]
}

/** What a command gives whose use the store does not allow, as managed ones do. */
const forbidden = (error: unknown): '' => {
  if (error instanceof Error && error.name === 'ReplyError') return ''
  throw error
}

/** A setting's value; undefined where the store does not let it be read. */
const setting = async (client: Redis, name: string): Promise<string | undefined> => {
  const answer = await client.config('GET', name).catch(forbidden)
  return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : undefined
}

const infoOf = async (client: Redis): Promise<ReadonlyMap<string, string>> => {
  const text = await client.info().catch(forbidden)
  return new Map(
    text.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : []
    }),
  )
}

/** WAITAOF exists since Redis 7.2 and in every Valkey: https://redis.io/docs/latest/commands/waitaof/ */
const knowsWaitaof = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 7 || (major === 7 && minor >= 2)
}

/** Decides what a store with these settings promises. */
export const durabilityOf = (settings: {
  readonly version: string
  readonly appendOnly: boolean
  readonly fsync: string | undefined
}): Durability => {
  const { version, appendOnly, fsync } = settings
  if (!appendOnly) return { promise: 'none', why: 'it keeps no append-only file: set `appendonly yes`' }
  if (fsync === 'always') return { promise: 'every write' }
  if (knowsWaitaof(version)) return { promise: 'waited for' }
  return {
    promise: 'none',
    why: `\`appendfsync ${fsync ?? 'unknown'}\` may lose the last second: set \`appendfsync always\`, or use 7.2 or newer`,
  }
}

/** Looks at what the store promises and how it is set up. Rejects with StoreUnavailable. */
export const inspect = (client: Redis): Promise<Inspection> =>
  reaching(
    (async () => {
      const info = await infoOf(client)
      const appendOnly =
        (await setting(client, 'appendonly')) ?? (info.get('aof_enabled') === '1' ? 'yes' : 'no')
      const durability = durabilityOf({
        version: info.get('redis_version') ?? '0',
        appendOnly: appendOnly === 'yes',
        fsync: await setting(client, 'appendfsync'),
      })
      const eviction = (await setting(client, 'maxmemory-policy')) ?? info.get('maxmemory_policy')
      const warnings: string[] = []
      if (durability.promise === 'none')
        warnings.push(`The store may lose acknowledged commands: ${durability.why}.`)
      if (eviction !== 'noeviction')
        warnings.push(
          `The store may drop keys when its memory is full: set \`maxmemory-policy noeviction\` (it is ${eviction ?? 'unknown'}).`,
        )
      return { durability, warnings }
    })(),
  )

/** What stands between a write and its acknowledgement. */
export interface Barrier {
  /** Resolves when all that was written before is as durable as the store can promise. Rejects with StoreUnavailable. */
  pass(): Promise<void>
}

/** Real milliseconds that the disk may take. */
const waitForDisk = 1_200

interface Parts {
  /** What the store promises, as last seen. */
  readonly durability: () => Promise<Durability>
  /** Connection of its own, since WAITAOF holds up all that comes after it. */
  readonly connection: () => Redis
  readonly key: string
}

/**
 * The barrier by WAITAOF: it waits for what its own connection wrote last, and so for all that the store took
 * before that. One round serves all who came before it began.
 */
export const barrierOf = ({ durability, connection, key }: Parts): Barrier => {
  const round = async () => {
    const client = connection()
    const [, written] = await reaching(
      Promise.all([client.incr(key), client.call('WAITAOF', 1, 0, waitForDisk)]),
    )
    if (!Array.isArray(written) || Number(written[0]) < 1)
      throw new StoreUnavailable('the store did not write to disk in time')
  }
  let running: Promise<void> | undefined
  let queued: Promise<void> | undefined
  const start = () => {
    const started = round().finally(() => {
      if (running === started) running = undefined
    })
    running = started
    return started
  }
  return {
    pass: async () => {
      if ((await durability()).promise !== 'waited for') return
      if (running === undefined) return start()
      queued ??= running
        .catch(() => undefined)
        .then(() => {
          queued = undefined
          return start()
        })
      return queued
    },
  }
}
