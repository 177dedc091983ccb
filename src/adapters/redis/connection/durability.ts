import type { Redis } from 'ioredis'
import { StoreUnavailable } from '../../../ports/failure'
import { reaching } from './failures'

/**
 * What the store promises about a write it has acknowledged.
 * - `every write`: it is on disk before the answer (`appendfsync always`), or kept as well as its operator has `stated`;
 * - `waited for`: it can be waited for, and is, before a command is acknowledged: the own `disk` (WAITAOF), and where there
 *   are replicas also one of them (WAIT), for a replica that takes over has what it got and not what a disk holds;
 * - `none`: an acknowledged command may be lost with the machine; `why` says what to change.
 */
export type Durability =
  | { readonly promise: 'every write'; readonly stated?: 'sync' }
  | { readonly promise: 'waited for'; readonly replicas?: 1; readonly disk?: true }
  | { readonly promise: 'none'; readonly why: string }

export interface Inspection {
  readonly durability: Durability
  /** What is wrong with the store's settings, in sentences. */
  readonly warnings: readonly string[]
  /** Whose history the store's data is: another one after a failover or a restore. Empty where it does not tell. */
  readonly epoch: string
  /** Why it is not worked with at all, for its age. */
  readonly unsupported?: string
}

/** https://redis.io/docs/latest/commands/info/: a replica that is promoted begins a replication id of its own. */
const epochOf = (info: ReadonlyMap<string, string>): string =>
  info.get('master_replid') ?? info.get('run_id') ?? ''

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

/** The oldest Redis that the tests run on. Valkey tells the version of Redis that it is compatible with, 7.2 at least. */
const oldest = 7

/** Why a store of this version is not worked with; undefined where it is, or does not tell. */
const unsupported = (version: string | undefined): string | undefined =>
  version !== undefined && Number.parseInt(version, 10) < oldest
    ? `it is Redis ${version}: Rollcall works with Redis ${oldest}.0 or newer, or Valkey`
    : undefined

/** WAITAOF exists since Redis 7.2 and in every Valkey: https://redis.io/docs/latest/commands/waitaof/ */
const knowsWaitaof = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 7 || (major === 7 && minor >= 2)
}

/** What an operator may state of a store that does not tell: managed ones keep their settings to themselves. */
export type StatedDurability = 'sync' | 'async' | 'none'

/** Decides what a store with these settings promises. */
export const durabilityOf = (settings: {
  readonly version: string
  readonly appendOnly: boolean
  readonly fsync: string | undefined
  /** Replicas that are connected. */
  readonly replicas?: number
  readonly stated?: StatedDurability | undefined
}): Durability => {
  const { version, appendOnly, fsync, replicas = 0, stated } = settings
  if (stated === 'sync') return { promise: 'every write', stated }
  if (stated === 'async')
    return { promise: 'none', why: 'as stated it writes asynchronously: the last ten seconds may be lost' }
  if (stated === 'none') return { promise: 'none', why: 'as stated nothing is promised' }
  if (replicas > 0 && appendOnly) {
    if (fsync === 'always') return { promise: 'waited for', replicas: 1 }
    if (knowsWaitaof(version)) return { promise: 'waited for', replicas: 1, disk: true }
  }
  if (!appendOnly) return { promise: 'none', why: 'it keeps no append-only file: set `appendonly yes`' }
  if (fsync === 'always') return { promise: 'every write' }
  if (knowsWaitaof(version)) return { promise: 'waited for' }
  return {
    promise: 'none',
    why: `\`appendfsync ${fsync ?? 'unknown'}\` may lose the last second: set \`appendfsync always\`, or use 7.2 or newer`,
  }
}

/** Looks at what the store promises and how it is set up. Rejects with StoreUnavailable. */
export const inspect = (client: Redis, stated?: StatedDurability): Promise<Inspection> =>
  reaching(
    (async () => {
      const info = await infoOf(client)
      const appendOnly =
        (await setting(client, 'appendonly')) ?? (info.get('aof_enabled') === '1' ? 'yes' : 'no')
      const durability = durabilityOf({
        version: info.get('redis_version') ?? '0',
        appendOnly: appendOnly === 'yes',
        fsync: await setting(client, 'appendfsync'),
        replicas: Number(info.get('connected_slaves') ?? 0),
        stated,
      })
      const eviction = (await setting(client, 'maxmemory-policy')) ?? info.get('maxmemory_policy')
      const warnings: string[] = []
      if (durability.promise === 'none')
        warnings.push(`The store may lose acknowledged commands: ${durability.why}.`)
      if (eviction !== 'noeviction')
        warnings.push(
          `The store may drop keys when its memory is full: set \`maxmemory-policy noeviction\` (it is ${eviction ?? 'unknown'}).`,
        )
      const tooOld = unsupported(info.get('redis_version'))
      return {
        durability,
        warnings,
        epoch: epochOf(info),
        ...(tooOld !== undefined && { unsupported: tooOld }),
      }
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
  /** Connection of its own, since waiting holds up all that comes after it. */
  readonly connection: () => Redis
  readonly key: string
  /** Hears that nobody confirmed in time: there may be fewer replicas by now. */
  readonly onShort?: () => void
}

/**
 * The barrier by WAITAOF and WAIT: it waits for what its own connection wrote last, and so for all that the store took
 * before that. One round serves all who came before it began. Both answer at their time-out as well: what counts is how many
 * confirmed. https://redis.io/docs/latest/commands/wait/
 */
export const barrierOf = ({ durability, connection, key, onShort }: Parts): Barrier => {
  const round = async () => {
    const client = connection()
    const promised = await durability()
    const { replicas, disk } =
      promised.promise === 'waited for' ? promised : { replicas: undefined, disk: undefined }
    const [, written, copied] = await reaching(
      Promise.all([
        client.incr(key),
        disk || replicas === undefined ? client.call('WAITAOF', 1, 0, waitForDisk) : [1],
        replicas === undefined ? 1 : client.call('WAIT', replicas, waitForDisk),
      ]),
    )
    if (!Array.isArray(written) || Number(written[0]) < 1)
      throw new StoreUnavailable('the store did not write to disk in time')
    if (Number(copied) >= 1) return
    onShort?.()
    throw new StoreUnavailable('no replica of the store confirmed in time')
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
