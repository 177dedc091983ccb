import type { Asked, DoorClient, Problem } from './client'
import { readOperation, type Operation } from './operation'

/** How a wait came to its end. */
export type Waited =
  | { readonly kind: 'ended'; readonly operation: Operation }
  | { readonly kind: 'still going'; readonly operation: Operation }
  | { readonly kind: 'interrupted'; readonly operation: Operation }
  | { readonly kind: 'lost'; readonly operation: Operation; readonly problem: Problem }

export interface Wait {
  readonly from: Operation
  readonly door: DoorClient
  readonly elapsed: () => number
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** When it gives up, as `elapsed` counts. */
  readonly until: number
  readonly signal: AbortSignal
  /** The token that reads this operation, and the requester's own, which may be over before the operation is. */
  readonly tokens: readonly string[]
  readonly seen: (operation: Operation) => void
  readonly again: (why: string, inMilliseconds: number) => void
}

/** Seconds that the door is asked to hold an answer back: below the idle limit of a load balancer, 60 s by default. */
const longestWait = 25
const answerMargin = 15_000
/** A door that is silent for so long is lost, though the time-out be later. */
const retryFor = 5 * 60_000
const shortestRound = 1_000

/** Follows an operation to its ending by long polling: each answer comes at the next change. */
export const waitFor = async (wait: Wait): Promise<Waited> => {
  let operation = wait.from
  let etag: string | undefined
  const tokens = [...wait.tokens]
  for (;;) {
    if (operation.ending !== undefined) return { kind: 'ended', operation }
    if (wait.signal.aborted) return { kind: 'interrupted', operation }
    const left = wait.until - wait.elapsed()
    if (left <= 0) return { kind: 'still going', operation }
    const seconds = Math.min(longestWait, Math.max(1, Math.ceil(left / 1000)))
    const asked = wait.elapsed()
    const answer: Asked = await wait.door.ask({
      method: 'GET',
      path: `/operations/${encodeURIComponent(operation.id)}?wait=${seconds}`,
      token: tokens[0],
      ...(etag !== undefined && { etag }),
      retryFor: Math.min(retryFor, left),
      answerWithin: seconds * 1000 + answerMargin,
      signal: wait.signal,
      again: wait.again,
    })
    if (!answer.ok) {
      if ('interrupted' in answer) return { kind: 'interrupted', operation }
      // The next token, where there is one: what reads for so long may have been forgotten with the store.
      if (answer.problem.status === 401 && tokens.length > 1) {
        tokens.shift()
        continue
      }
      return { kind: 'lost', operation, problem: answer.problem }
    }
    const next = readOperation(answer.answer.body)
    if (next) {
      operation = next
      etag = answer.answer.etag ?? etag
      wait.seen(operation)
    } else if (answer.answer.status !== 304) {
      return {
        kind: 'lost',
        operation,
        problem: { status: answer.answer.status, code: 'not_a_door', detail: 'no operation in the answer' },
      }
    }
    // A proxy or a door that does not hold answers back is not asked without a pause.
    const round = wait.elapsed() - asked
    if (operation.ending === undefined && round < shortestRound)
      await wait.sleep(Math.min(shortestRound - round, Math.max(0, wait.until - wait.elapsed())), wait.signal)
  }
}
