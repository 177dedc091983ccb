import { createHash } from 'node:crypto'
import type { Log } from '../../../ports/log'
import type { Replays } from '../../../ports/replays'
import { StoreUnavailable } from '../../../ports/failure'

interface Options {
  readonly replays: Replays
  /** Real milliseconds for which a request is remembered. */
  readonly ms: number
  readonly now: () => number
  readonly log: Log
}

/**
 * Lets each verified request in once, at whichever gateway it comes. What is remembered is what the signature
 * covers. While the store is away this process's own memory decides: nothing can be changed without the store.
 */
export const replayGuard = ({ replays, ms, now, log }: Options) => {
  const until = new Map<string, number>()
  const seenHere = (key: string): boolean => {
    // Insertion order is order of expiry, so that the oldest are the first.
    for (const [old, expiry] of until) {
      if (expiry > now()) break
      until.delete(old)
    }
    if (until.has(key)) return true
    until.set(key, now() + ms)
    return false
  }
  return {
    async isFirst(signed: string): Promise<boolean> {
      const key = createHash('sha256').update(signed).digest('hex')
      if (seenHere(key)) return false
      try {
        return await replays.isFirst(key, ms)
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        log.warn({ error: error.message }, 'whether a request is a replay is known to this process alone')
        return true
      }
    },
  }
}
