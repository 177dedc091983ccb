import { Cluster, Redis, type RedisOptions } from 'ioredis'

/**
 * What a connection is for.
 * - `commands`: answers at once or fails: at once while the store is down, within a second while it is frozen.
 *   A command in flight when the connection breaks is not sent again: it may have happened.
 * - `waiter`: the same, for what the disk is waited for.
 * - `patient`: BullMQ's worker and whoever else blocks: waits for the store as long as it takes.
 * - `subscriber`: listens, and subscribes again by itself.
 */
export type Purpose = 'commands' | 'waiter' | 'patient' | 'subscriber'

/** Real milliseconds that a command may take. */
export const commandTimeout = 1_000
const waiterTimeout = 1_500

const optionsOf = (purpose: Purpose) =>
  purpose === 'commands' || purpose === 'waiter'
    ? {
        // The waiter connects when it is first needed: that one command may wait for it.
        enableOfflineQueue: purpose === 'waiter',
        maxRetriesPerRequest: 1,
        commandTimeout: purpose === 'waiter' ? waiterTimeout : commandTimeout,
        autoResendUnfulfilledCommands: false,
      }
    : { maxRetriesPerRequest: null }

const retryStrategy = (times: number) => Math.min(50 * times, 500)

const clusterOf = (url: string, name: string, options: ReturnType<typeof optionsOf>): Cluster => {
  const { hostname, port, username, password, protocol } = new URL(url)
  const { enableOfflineQueue = true, ...redisOptions } = options
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    // With TLS a node has to be asked for by the name that its certificate holds, not by its address.
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...redisOptions,
      connectionName: name,
      connectTimeout: 2_000,
      keepAlive: 5_000,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  })
}

const sentinelScheme = /^redis(s?)\+sentinel:\/\/(?:([^@/]*)@)?([^/?]+)\/([^/?]+)(?:\/(\d+))?$/

/** The parts of `redis+sentinel://[[user]:password@]host[:port],host[:port]/<primary's name>[/<number>]`. */
export const sentinelsIn = (url: string) => {
  const [, tls, credentials = '', hosts = '', name = '', db] = sentinelScheme.exec(url) ?? []
  const sentinels = hosts
    .split(',')
    .map((host) => /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(host))
    .map((found) => ({ host: found?.[1]?.replace(/^\[|\]$/g, '') ?? '', port: Number(found?.[2] ?? 26_379) }))
  if (name === '' || sentinels.some(({ host, port }) => host === '' || port > 65_535)) return undefined
  const colon = credentials.indexOf(':')
  const [username, password] =
    colon < 0 ? ['', credentials] : [credentials.slice(0, colon), credentials.slice(colon + 1)]
  return {
    sentinels,
    name: decodeURIComponent(name),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(db && { db: Number(db) }),
    ...(tls && { tls: {}, enableTLSForSentinelMode: true }),
  }
}

/** Where a URL leads, as ioredis wants it. */
const addressOf = (url: string) => {
  const sentinel = sentinelsIn(url)
  if (sentinel)
    return {
      ...sentinel,
      sentinelRetryStrategy: retryStrategy,
      failoverDetector: true,
      sentinelCommandTimeout: 2_000,
      disconnectTimeout: 200,
    }
  const { hostname, port, username, password, pathname, protocol } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6_379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  }
}

/**
 * A connection whose primary the sentinels name. ioredis gives it up for good where a failover is told just while it looks for
 * the primary: it is opened again, unless whoever has it ended it. And what watches the sentinels is let go of by `disconnect`
 * alone, to which no `quit` comes. Both hold for the copies that BullMQ makes of a connection too.
 */
const foundBySentinels = (client: Redis): Redis => {
  const quit = client.quit.bind(client)
  const disconnect = client.disconnect.bind(client)
  const duplicate = client.duplicate.bind(client)
  let ended: 'by quit' | 'by disconnect' | undefined
  client.on('end', () => {
    if (ended === undefined) client.connect().catch(() => undefined)
    else if (ended === 'by quit') disconnect()
  })
  return Object.assign(client, {
    quit: () => {
      ended ??= 'by quit'
      return quit()
    },
    disconnect: (reconnect = false) => {
      if (!reconnect) ended = 'by disconnect'
      disconnect(reconnect)
    },
    duplicate: (more?: Partial<RedisOptions>) => foundBySentinels(duplicate(more)),
  })
}

/**
 * Opens a connection, which begins to connect at once and does so again whenever it is lost.
 * `lost` hears of failures by code; their messages may name hosts and users and are dropped here. With
 * `cluster` the URL names a node of a cluster, whose other nodes are found out.
 */
export const connect = (
  url: string,
  purpose: Purpose,
  lost: (code: string) => void,
  cluster = false,
): Redis => {
  const name = `rollcall-${purpose}`
  const client = cluster
    ? // A cluster takes the same commands; all keys are in one slot.
      (clusterOf(url, name, optionsOf(purpose)) as unknown as Redis)
    : new Redis({
        ...addressOf(url),
        ...optionsOf(purpose),
        connectionName: name,
        connectTimeout: 2_000,
        keepAlive: 5_000,
        retryStrategy,
        // A replica that was the primary answers READONLY after a failover: look for the primary again.
        reconnectOnError: (error) => error.message.startsWith('READONLY'),
      })
  client.on('error', (error: Error & { code?: unknown }) =>
    lost(typeof error.code === 'string' ? error.code : error.name),
  )
  return sentinelsIn(url) ? foundBySentinels(client) : client
}

/** Ends a connection: politely where the store answers, and in any case soon. */
export const disconnect = async (client: Redis): Promise<void> => {
  if (client.status === 'ready') {
    const ended = new Promise<'ended'>((resolve) => client.once('end', () => resolve('ended')))
    const timedOut = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 500).unref())
    client.quit().catch(() => undefined)
    await Promise.race([ended, timedOut])
  }
  // Not twice: ioredis would wait two seconds for a stream that has closed long ago.
  if (client.status !== 'end') client.disconnect()
}
