import { connect, disconnect } from './connections'
import { keysOf } from './keys'
import { reaching } from './failures'

/** The moment from which a faster clock runs: real and clock instant, both in milliseconds since the epoch. */
export interface ClockAnchor {
  readonly real: number
  readonly simulated: number
}

/**
 * The common anchor of all processes that share a store and a pace: the first one sets it to its own now, the
 * others and every restart find it. Rejects with StoreUnavailable.
 */
export const sharedClockAnchor = async (options: {
  readonly url: string
  /** As for the store. */
  readonly cluster?: boolean
  readonly prefix: string
  readonly speed: number
  readonly now: number
}): Promise<ClockAnchor> => {
  const client = connect(options.url, 'waiter', () => {}, options.cluster)
  const key = `${keysOf(options.prefix).base}clock:${options.speed}`
  try {
    await reaching(client.set(key, String(options.now), 'NX'))
    const first = Number(await reaching(client.get(key)))
    return { real: first, simulated: first }
  } finally {
    await disconnect(client)
  }
}
