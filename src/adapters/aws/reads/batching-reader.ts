import type { Instant, Milliseconds } from '../../../domain/time/time'
import type { Freshness } from '../../../ports/freshness'
import type { Clock } from '../../../ports/clock'
import type { RealTime } from '../../../ports/real-time'
import { delay } from '../client/delay'

export interface CachedRead<V> {
  /** Undefined when AWS knows no such thing. */
  readonly value: V | undefined
  /** When the call that gave it was sent: it is at least as new as this. */
  readonly asOf: Instant
}

/**
 * Reads from AWS the things of these keys and gives those it found. `keys` must be asked when the request is made, not
 * before: until then the batch may still grow.
 */
export type Load<V> = (keys: () => readonly string[]) => Promise<ReadonlyMap<string, V>>

/** A load of one thing at a time, where AWS takes no more. `read` must ask for its key when the request is made. */
export const loadOne =
  <V>(read: (key: () => string) => Promise<V>): Load<V> =>
  async (keys) => {
    const key = () => keys()[0] ?? ''
    const value = await read(key)
    return new Map([[key(), value]])
  }

interface Batch<V> {
  readonly keys: Set<string>
  answer: Promise<ReadonlyMap<string, V>>
  sentAt?: Instant
}

export interface BatchingReaderOptions<V> {
  readonly clock: Clock
  readonly time: RealTime
  /** Most keys that one call takes; 1 where AWS takes one thing at a time. */
  readonly maxKeys: number
  readonly load: Load<V>
  /** Called for each read that needed no call of its own. */
  readonly onShared: () => void
  /** Called with each new reading, before those who wait for it go on. */
  readonly onLoaded?: (key: string, reading: CachedRead<V>) => void
}

/**
 * How long further requests are waited for: a moment of clock time, at most so many real milliseconds; then until the call
 * before is answered, should it be under way, but no longer than this. So calls that take many keys go one after the
 * other, and however many ask, there are no more than AWS answers in a row.
 */
const batchWindowMs = { clock: 50, real: 10, previous: 1_000 } as const
/**
 * What was asked for this lately, and is there, rides along in a call that has room: it costs nothing and saves its own
 * next call. So a hundred waiting operations need one call between them however they are spread over time.
 */
const interestPeriod: Milliseconds = 60_000

/**
 * Everything read of one kind, by key. A reader takes an answer young enough for him, else joins the call not yet sent,
 * else starts one; nobody is given an answer older than he allows, nor one from before a change made since (`drop`).
 */
export class BatchingReader<V> {
  private readonly known = new Map<string, CachedRead<V>>()
  private readonly waiting = new Map<string, Batch<V>>()
  private readonly inFlight = new Map<string, Batch<V>>()
  private readonly asked = new Map<string, Instant>()
  private open: Batch<V> | undefined
  /** Settles, never fails, when the newest batch is over; undefined once it is. */
  private previous: Promise<void> | undefined

  constructor(private readonly options: BatchingReaderOptions<V>) {}

  /** The newest reading there is, of any age. */
  last(key: string): CachedRead<V> | undefined {
    return this.known.get(key)
  }

  async get(key: string, freshness: Freshness = {}): Promise<V | undefined> {
    const now = this.options.clock.now()
    this.asked.set(key, now)
    const { maxAge } = freshness
    if (maxAge !== undefined) {
      const known = this.known.get(key)
      if (known !== undefined && now - known.asOf <= maxAge) {
        this.options.onShared()
        return known.value
      }
      const inFlight = this.inFlight.get(key)
      if (inFlight?.sentAt !== undefined && now - inFlight.sentAt <= maxAge) {
        this.options.onShared()
        return (await inFlight.answer).get(key)
      }
    }
    return (await this.join(key).answer).get(key)
  }

  /** Forgets what was read of the key, or of all keys; what is under way is given to those who wait for it only. */
  drop(key?: string): void {
    if (key === undefined) {
      this.known.clear()
      this.inFlight.clear()
    } else {
      this.known.delete(key)
      this.inFlight.delete(key)
    }
  }

  private join(key: string): Batch<V> {
    const waiting = this.waiting.get(key)
    const openBatch =
      this.open !== undefined && this.open.keys.size < this.options.maxKeys ? this.open : undefined
    if (waiting !== undefined || openBatch !== undefined) this.options.onShared()
    const batch = waiting ?? openBatch ?? this.begin()
    batch.keys.add(key)
    this.waiting.set(key, batch)
    return batch
  }

  private begin(): Batch<V> {
    const batch: Batch<V> = { keys: new Set(), answer: Promise.resolve(new Map<string, V>()) }
    this.open = batch
    batch.answer = this.run(batch, this.previous)
    const over = settled(batch.answer)
    void over.then(() => {
      if (this.previous === over) this.previous = undefined
    })
    this.previous = over
    return batch
  }

  private async run(batch: Batch<V>, previous: Promise<void> | undefined): Promise<ReadonlyMap<string, V>> {
    await (this.options.maxKeys > 1 ? this.batchWindow(previous) : undefined)
    try {
      const found = await this.options.load(() => this.send(batch))
      this.store(batch, found)
      return found
    } finally {
      for (const key of batch.keys) {
        if (this.waiting.get(key) === batch) this.waiting.delete(key)
        if (this.inFlight.get(key) === batch) this.inFlight.delete(key)
      }
      if (this.open === batch) this.open = undefined
    }
  }

  private async batchWindow(previous: Promise<void> | undefined): Promise<void> {
    const { clock, time } = this.options
    await delay(time, Math.min(batchWindowMs.real, clock.real(batchWindowMs.clock)))
    if (previous === undefined) return
    await new Promise<void>((resolve) => {
      const callOff = time.after(batchWindowMs.previous, resolve)
      void previous.then(callOff).then(resolve)
    })
  }

  /** The request is made: nobody joins any more; what else is of interest rides along. */
  private send(batch: Batch<V>): readonly string[] {
    if (batch.sentAt === undefined) {
      batch.sentAt = this.options.clock.now()
      if (this.open === batch) this.open = undefined
      this.addRecentKeys(batch, batch.sentAt)
      for (const key of batch.keys) {
        if (this.waiting.get(key) === batch) this.waiting.delete(key)
        this.inFlight.set(key, batch)
      }
    }
    return [...batch.keys]
  }

  private addRecentKeys(batch: Batch<V>, now: Instant): void {
    const candidates: { readonly key: string; readonly asOf: Instant }[] = []
    for (const [key, at] of this.asked) {
      const known = this.known.get(key)
      if (now - at > interestPeriod) {
        this.asked.delete(key)
        this.known.delete(key)
      } else if (!this.waiting.has(key) && !this.inFlight.has(key)) {
        if (known === undefined || (known.value !== undefined && known.asOf < now))
          candidates.push({ key, asOf: known?.asOf ?? 0 })
      }
    }
    // The oldest first, should there be more than one call takes.
    candidates.sort((a, b) => a.asOf - b.asOf)
    for (const { key } of candidates.slice(0, this.options.maxKeys - batch.keys.size)) batch.keys.add(key)
  }

  private store(batch: Batch<V>, found: ReadonlyMap<string, V>): void {
    for (const key of batch.keys) {
      if (this.inFlight.get(key) !== batch) continue
      const reading = { value: found.get(key), asOf: batch.sentAt ?? this.options.clock.now() }
      this.known.set(key, reading)
      this.options.onLoaded?.(key, reading)
    }
  }
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => {},
    () => {},
  )
