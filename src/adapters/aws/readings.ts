import type { Instant, Milliseconds } from '../../domain/time'
import type { Freshness } from '../../ports/freshness'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import { pause } from './pause'

export interface Reading<V> {
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

export interface ReadingsOptions<V> {
  readonly clock: Clock
  readonly time: RealTime
  /** Most keys that one call takes; 1 where AWS takes one thing at a time. */
  readonly most: number
  readonly load: Load<V>
  /** Called for each read that needed no call of its own. */
  readonly saved: () => void
  /** Called with each new reading, before those who wait for it go on. */
  readonly landed?: (key: string, reading: Reading<V>) => void
}

/**
 * How long neighbours are waited for: a moment of clock time, at most so many real milliseconds; then until the call
 * before is answered, should it be under way, but no longer than this. So calls that take many keys go one after the
 * other, and however many ask, there are no more than AWS answers in a row.
 */
const window = { clock: 50, real: 10, former: 1_000 } as const
/**
 * What was asked for this lately, and is there, rides along in a call that has room: it costs nothing and saves its own
 * next call. So a hundred waiting operations need one call between them however they are spread over time.
 */
const interest: Milliseconds = 60_000

/**
 * Everything read of one kind, by key. A reader takes an answer young enough for him, else joins the call not yet sent,
 * else starts one; nobody is given an answer older than he allows, nor one from before a change made since (`drop`).
 */
export class Readings<V> {
  private readonly known = new Map<string, Reading<V>>()
  private readonly waiting = new Map<string, Batch<V>>()
  private readonly flying = new Map<string, Batch<V>>()
  private readonly asked = new Map<string, Instant>()
  private open: Batch<V> | undefined
  /** Settles, never fails, when the newest batch is over; undefined once it is. */
  private former: Promise<void> | undefined

  constructor(private readonly options: ReadingsOptions<V>) {}

  /** The newest reading there is, of any age. */
  last(key: string): Reading<V> | undefined {
    return this.known.get(key)
  }

  async get(key: string, freshness: Freshness = {}): Promise<V | undefined> {
    const now = this.options.clock.now()
    this.asked.set(key, now)
    const { maxAge } = freshness
    if (maxAge !== undefined) {
      const known = this.known.get(key)
      if (known !== undefined && now - known.asOf <= maxAge) {
        this.options.saved()
        return known.value
      }
      const flying = this.flying.get(key)
      if (flying?.sentAt !== undefined && now - flying.sentAt <= maxAge) {
        this.options.saved()
        return (await flying.answer).get(key)
      }
    }
    return (await this.join(key).answer).get(key)
  }

  /** Forgets what was read of the key, or of all keys; what is under way is given to those who wait for it only. */
  drop(key?: string): void {
    if (key === undefined) {
      this.known.clear()
      this.flying.clear()
    } else {
      this.known.delete(key)
      this.flying.delete(key)
    }
  }

  private join(key: string): Batch<V> {
    const waiting = this.waiting.get(key)
    const room = this.open !== undefined && this.open.keys.size < this.options.most ? this.open : undefined
    if (waiting !== undefined || room !== undefined) this.options.saved()
    const batch = waiting ?? room ?? this.begin()
    batch.keys.add(key)
    this.waiting.set(key, batch)
    return batch
  }

  private begin(): Batch<V> {
    const batch: Batch<V> = { keys: new Set(), answer: Promise.resolve(new Map<string, V>()) }
    this.open = batch
    batch.answer = this.run(batch, this.former)
    const over = settled(batch.answer)
    void over.then(() => {
      if (this.former === over) this.former = undefined
    })
    this.former = over
    return batch
  }

  private async run(batch: Batch<V>, former: Promise<void> | undefined): Promise<ReadonlyMap<string, V>> {
    await (this.options.most > 1 ? this.neighbours(former) : undefined)
    try {
      const found = await this.options.load(() => this.send(batch))
      this.land(batch, found)
      return found
    } finally {
      for (const key of batch.keys) {
        if (this.waiting.get(key) === batch) this.waiting.delete(key)
        if (this.flying.get(key) === batch) this.flying.delete(key)
      }
      if (this.open === batch) this.open = undefined
    }
  }

  private async neighbours(former: Promise<void> | undefined): Promise<void> {
    const { clock, time } = this.options
    await pause(time, Math.min(window.real, clock.real(window.clock)))
    if (former === undefined) return
    await new Promise<void>((resolve) => {
      const callOff = time.after(window.former, resolve)
      void former.then(callOff).then(resolve)
    })
  }

  /** The request is made: nobody joins any more; what else is of interest rides along. */
  private send(batch: Batch<V>): readonly string[] {
    if (batch.sentAt === undefined) {
      batch.sentAt = this.options.clock.now()
      if (this.open === batch) this.open = undefined
      this.takeAlong(batch, batch.sentAt)
      for (const key of batch.keys) {
        if (this.waiting.get(key) === batch) this.waiting.delete(key)
        this.flying.set(key, batch)
      }
    }
    return [...batch.keys]
  }

  private takeAlong(batch: Batch<V>, now: Instant): void {
    const room: { readonly key: string; readonly asOf: Instant }[] = []
    for (const [key, at] of this.asked) {
      const known = this.known.get(key)
      if (now - at > interest) {
        this.asked.delete(key)
        this.known.delete(key)
      } else if (!this.waiting.has(key) && !this.flying.has(key)) {
        if (known === undefined || (known.value !== undefined && known.asOf < now))
          room.push({ key, asOf: known?.asOf ?? 0 })
      }
    }
    // The oldest first, should there be more than one call takes.
    room.sort((a, b) => a.asOf - b.asOf)
    for (const { key } of room.slice(0, this.options.most - batch.keys.size)) batch.keys.add(key)
  }

  private land(batch: Batch<V>, found: ReadonlyMap<string, V>): void {
    for (const key of batch.keys) {
      if (this.flying.get(key) !== batch) continue
      const reading = { value: found.get(key), asOf: batch.sentAt ?? this.options.clock.now() }
      this.known.set(key, reading)
      this.options.landed?.(key, reading)
    }
  }
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => {},
    () => {},
  )
