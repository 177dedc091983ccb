import { StoreUnavailable } from '../../../ports/failure'
import { beginTick, endTick, prolongTick } from '../scripts/wakes'
import type { Store } from '../connection/store'

/** Real milliseconds after which a tick, or a job's lock, of a dead worker is free. */
export const lockDuration = 10_000

/** The right to tick one operation, alone among all workers while it is prolonged. */
export interface TickLease {
  /** Aborted when the right is lost: when another has it, or when the store did not prolong it in time. */
  readonly signal: AbortSignal
  readonly lose: () => void
  readonly end: () => Promise<void>
}

interface Wanted {
  readonly operation: string
  readonly seq: number
  /** What the keys of the operation's jobs begin with. */
  readonly jobs: string
  /** Unique to this run of the job. */
  readonly token: string
}

/**
 * Takes the turn of a job. The fence of the journal is what keeps the truth; this keeps two ticks of one
 * operation apart, so that they do not disturb each other. Rejects with StoreUnavailable.
 */
export const acquireTick = async (
  store: Store,
  { operation, seq, jobs, token }: Wanted,
): Promise<TickLease | 'older' | 'busy'> => {
  const { keys } = store
  const key = keys.tick(operation)
  const answer = await store.run(beginTick, [keys.wake(operation), key], [seq, jobs, token, lockDuration])
  if (answer === 'older' || answer === 'busy') return answer

  const lost = new AbortController()
  const lose = () => lost.abort(new StoreUnavailable('the turn was lost'))
  let prolonged = performance.now()
  const prolong = async () => {
    const asked = performance.now()
    if (asked - prolonged >= lockDuration) return lose()
    const own = await store.run(prolongTick, [key], [token, lockDuration]).catch(() => undefined)
    if (own === 1) prolonged = asked
    else if (own !== undefined) lose()
  }
  const timer = setInterval(() => void prolong(), lockDuration / 4)
  return {
    signal: lost.signal,
    lose,
    end: async () => {
      clearInterval(timer)
      // Where the store cannot be reached the turn runs out by itself.
      await store.run(endTick, [keys.wake(operation), key], [token]).catch(() => undefined)
    },
  }
}
