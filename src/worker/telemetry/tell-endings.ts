import type { OperationId } from '../../domain/operation/id'
import type { Journal } from '../../ports/journal'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import type { Receiver, Told } from '../../ports/receiver'

interface Deps {
  readonly journal: Pick<Journal, 'read'>
  readonly log: Log
  /** Told of what became of each, for the metrics: `lost` was tried again in vain. */
  readonly onTold?: (receiver: Receiver['name'], outcome: 'told' | 'refused' | 'lost') => void
}

/** Real milliseconds after which it is tried again what was not taken. */
const retries = [1_000, 5_000, 30_000, 120_000] as const
/** As many endings wait to be told at most: a receiver that is gone for long must not fill the memory. */
const maxWaiting = 1_000

/**
 * Tells other systems of endings, beside the operations and never in their way: what is told is read from the journal, a
 * receiver that does not answer holds up neither another one nor an operation, and one that is gone for minutes misses it.
 */
export const tellEndings = (deps: Deps, receivers: readonly Receiver[], time: RealTime) => {
  const { journal, log, onTold = () => {} } = deps
  let stopped = false
  let waiting = 0

  const tellOne = async (receiver: Receiver, id: OperationId): Promise<Told> => {
    // The tick that ended it knows less than the journal: what it wrote last is there alone.
    const operation = await journal.read(id).catch(() => undefined)
    if (!operation) return 'again'
    return operation.ending ? receiver.tell(operation, operation.ending) : 'again'
  }
  const turn = async (receiver: Receiver, id: OperationId, tried: number): Promise<void> => {
    const told = await tellOne(receiver, id)
    const delay = retries[tried]
    if (told === 'again' && delay !== undefined && !stopped) {
      time.after(delay, () => void turn(receiver, id, tried + 1))
      return
    }
    waiting -= 1
    const outcome = told === 'again' ? 'lost' : told
    onTold(receiver.name, outcome)
    if (outcome !== 'told')
      log.warn({ operation: id, receiver: receiver.name, outcome }, 'an ending was not told')
  }

  return {
    ended(id: OperationId): void {
      for (const receiver of receivers) {
        if (waiting >= maxWaiting) {
          onTold(receiver.name, 'lost')
          continue
        }
        waiting += 1
        void turn(receiver, id, 0)
      }
    },
    stop(): void {
      stopped = true
    },
  }
}
