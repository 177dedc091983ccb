import { StoreUnavailable } from '../../src/ports/failure'
import { type } from './commands'
import { patience } from './lost-count'
import type { Stage } from './stage'
import { until } from './until'

/** On a busy machine the store is reached later than the first command is typed. */
const notYet = (failure: unknown): [] => {
  if (failure instanceof StoreUnavailable) return []
  throw failure
}

/** Types the `nth` command for this service, and waits for its end. */
export const carriedOut = async (
  stage: Stage,
  service: string,
  channel: string,
  nth: number,
  words: string,
): Promise<void> => {
  await type(stage, channel, words)
  await ended(stage, service, nth)
}

/** Waits for so many ended operations of a service. Throws unless the last of them did what it was to do. */
export const ended = async (stage: Stage, service: string, count: number): Promise<void> => {
  const [last] = await until(`operation ${count} of ${service}`, patience, async () => {
    const all = await stage.store.journal.history(service, 10).catch(notYet)
    return all.length >= count && all[0]?.ending ? all : undefined
  })
  if (last?.ending?.kind === 'succeeded') return
  throw new Error(`${service}: ${last?.ending?.kind}: ${JSON.stringify(last?.ending?.reason)}`)
}
