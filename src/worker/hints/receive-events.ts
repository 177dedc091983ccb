import { type Milliseconds, minute, second } from '../../domain/time/time'
import type { EventQueue, QueuedEvent, QueueMessage } from '../../ports/event-queue'
import { AwsFailure, StoreUnavailable } from '../../ports/failure'
import type { Hints } from '../../ports/hints'
import type { RealTime } from '../../ports/real-time'
import type { WorkerDeps } from '../deps'

/** One region's queue, and what is done with what comes by it. */
export interface EventSource {
  readonly region: string
  readonly queue: EventQueue
}

type Deps = Pick<WorkerDeps, 'wakeups' | 'clock' | 'log'> & {
  readonly hints: Hints
  /** Told of every message, for the metrics. */
  readonly onEvent?: (kind: QueuedEvent['kind']) => void
}

/** Seconds that SQS may wait for a message before it answers that there is none: the longest, and the cheapest. */
const longPoll = 20
/** How often a heartbeat is sent. */
const heartbeatInterval: Milliseconds = minute
/** A heartbeat that took longer says that events come late: then it is looked often, as without any. */
const inTime: Milliseconds = 5 * second
/** The same in real milliseconds, where the clock runs fast. */
const reallyInTime = 1_000
/** Real milliseconds between two tries while AWS or the store does not answer. */
const retryDelay = 5_000

/**
 * Receives once, wakes whom it concerns, and deletes what was seen to: also what concerns nobody, or cannot be read. What
 * fails stays in the queue and comes again. Gives how many messages there were.
 */
export const receiveOnce = async (
  deps: Deps,
  { region, queue }: EventSource,
  wait = longPoll,
  off?: AbortSignal,
): Promise<number> => {
  const messages = await queue.receive(wait, off)
  for (const message of messages) await heed(deps, region, message)
  await queue.delete(messages.map(({ receipt }) => receipt))
  return messages.length
}

const heed = async ({ hints, wakeups, clock, onEvent }: Deps, region: string, { event }: QueueMessage) => {
  onEvent?.(event.kind)
  if (event.kind === 'subject')
    for (const id of await hints.named(region, event.subject)) await wakeups.wake(id)
  if (event.kind !== 'heartbeat') return
  const took = clock.now() - event.sentAt
  if (took <= inTime || clock.real(took) <= reallyInTime) await hints.beat(region, event.sentAt)
}

/** Receives from each queue and sends its heartbeats, until it is stopped. */
export const startReceiving = (deps: Deps, sources: readonly EventSource[], time: RealTime): (() => void) => {
  const off = new AbortController()
  for (const source of sources) {
    repeat(deps, time, { region: source.region, off: off.signal }, async () => {
      await receiveOnce(deps, source, longPoll, off.signal)
      return 0
    })
    repeat(deps, time, { region: source.region, off: off.signal }, async () => {
      await source.queue.beat(deps.clock.now())
      return deps.clock.real(heartbeatInterval)
    })
  }
  return () => off.abort()
}

/** Does something again and again, after as many real milliseconds as `work` says; a failure is told once, until it works again. */
const repeat = (
  { log }: Deps,
  time: RealTime,
  { region, off }: { readonly region: string; readonly off: AbortSignal },
  work: () => Promise<number>,
): void => {
  let failing = false
  let callOff = () => {}
  off.addEventListener('abort', () => callOff(), { once: true })
  const turn = async (): Promise<void> => {
    let delay = retryDelay
    try {
      delay = await work()
      failing = false
    } catch (failure) {
      if (off.aborted) return
      const isExpected = failure instanceof AwsFailure || failure instanceof StoreUnavailable
      if (!failing || !isExpected) log.warn({ region, err: failure }, "AWS's events do not come through")
      failing = true
    }
    if (!off.aborted) callOff = time.after(delay, () => void turn())
  }
  void turn()
}
