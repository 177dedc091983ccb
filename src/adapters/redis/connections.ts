import { Redis } from 'ioredis'

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

/**
 * Opens a connection, which begins to connect at once and does so again whenever it is lost.
 * `lost` hears of failures by code; their messages may name hosts and users and are dropped here.
 */
export const connect = (url: string, purpose: Purpose, lost: (code: string) => void): Redis => {
  const client = new Redis(url, {
    ...optionsOf(purpose),
    connectionName: `rollcall-${purpose}`,
    connectTimeout: 2_000,
    keepAlive: 5_000,
    retryStrategy: (times) => Math.min(50 * times, 500),
    // A replica that was the primary answers READONLY after a failover: look for the primary again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  })
  client.on('error', (error: Error & { code?: unknown }) =>
    lost(typeof error.code === 'string' ? error.code : error.name),
  )
  return client
}

/** Ends a connection: politely where the store answers, and in any case soon. */
export const disconnect = async (client: Redis): Promise<void> => {
  if (client.status === 'ready') {
    const ended = new Promise<'ended'>((resolve) => client.once('end', () => resolve('ended')))
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 500).unref())
    client.quit().catch(() => undefined)
    if ((await Promise.race([ended, late])) === 'ended') return
  }
  // Not twice: ioredis would wait two seconds for a stream that has closed long ago.
  if (client.status !== 'end') client.disconnect()
}
