import { UnreadableRecord } from '../../ports/failure'
import type { Journal } from '../../ports/journal'
import type { Posts } from '../../ports/posts'
import { type PendingUpdate, priority } from './pending-update'
import { LeaderLease, renewalMs } from './leader-lease'
import { RateLimiter } from './rate-limiter'
import { MessagePublisher, type PublisherOptions } from './message-publisher'
import type { OperationId } from '../../domain/operation/id'
import type { Phase } from '../../domain/operation/phase'

/** Real milliseconds. */
const intervals = {
  /** Slack's advice: one update of a message about every 3 s. */
  update: 3_000,
  /** Elapsed times go on while nothing else changes. */
  heartbeat: 15_000,
  /** Changes are heard of at once; this is for those whose word was lost. */
  poll: 2_000,
  /** How long one operation may be spoken about. */
  lease: 30_000,
}
/** Phases in which elapsed time is told. */
const progressPhases: ReadonlySet<Phase> = new Set(['running', 'finishing', 'returning'])
/** Messages on their way at once. */
const maxConcurrentSends = 8
/** Countdowns that go on at one beat: with it 8 of Slack's 50 updates a minute at most, and never the last ones. */
const maxCountdowns = 2
/** Operations taken from the journal at once. */
const maxPending = 200

export interface NotifierOptions extends PublisherOptions {
  readonly journal: Pick<Journal, 'takeChanged' | 'onChange' | 'read' | 'unfinished'>
  readonly posts: Posts
  /** Ended operations whose messages count down to something, or whose people are to be called once more. */
  readonly countdownOperations?: () => Promise<readonly OperationId[]>
  /** Unique for this process. */
  readonly holder: string
}

/**
 * Brings operations' newest states to Slack: one message each, posted once and updated in place, its log in
 * the thread. Slack's limits are kept across all operations; what cannot be said now is said later, in its
 * newest form. Operations never wait for it.
 */
export class Notifier {
  private readonly pending = new Map<OperationId, PendingUpdate>()
  private readonly publisher: MessagePublisher
  private readonly leaderLease: LeaderLease
  private readonly rateLimiter: RateLimiter
  private readonly inFlight = new Set<Promise<void>>()
  /** Operations to be shown anew that did not change themselves. */
  private readonly requested = new Set<OperationId>()
  /** Real instants at which countdowns went on last. */
  private readonly countedAt = new Map<OperationId, number>()
  private beatAt = 0
  private pollState: 'none' | 'running' | 'wanted' = 'none'
  private stopped = false
  private cancelTimer = (): void => {}
  private unsubscribe = (): void => {}

  constructor(private readonly options: NotifierOptions) {
    const { posts, holder, time } = options
    this.publisher = new MessagePublisher(options)
    this.leaderLease = new LeaderLease(posts, holder, time)
    this.rateLimiter = new RateLimiter(time)
  }

  /** Starts speaking. */
  start(): void {
    this.unsubscribe = this.options.journal.onChange(() => this.wake())
    this.wake()
  }

  /** Finishes what is being sent and leaves the word to another. */
  async stop(): Promise<void> {
    this.stopped = true
    this.unsubscribe()
    this.cancelTimer()
    await Promise.allSettled(this.inFlight)
    await this.leaderLease.release().catch(() => {})
  }

  /** Shows an operation anew: something that its message tells of has changed beside it. */
  refreshMessage(id: OperationId): void {
    this.requested.add(id)
    this.wake()
  }

  /** Makes a round, now or after the one that runs. */
  private wake(): void {
    if (this.stopped) return
    if (this.pollState !== 'none') {
      this.pollState = 'wanted'
      return
    }
    this.pollState = 'running'
    const { log, time } = this.options
    this.track(
      this.poll()
        .catch((error: unknown) => {
          log.warn({ error: String(error) }, 'the notifier cannot read the store; it tries again')
          return time.now() + 1_000
        })
        .then((next) => {
          const requested = this.pollState === 'wanted'
          this.pollState = 'none'
          if (requested) this.wake()
          else if (!this.stopped) {
            this.cancelTimer()
            this.cancelTimer = time.after(Math.max(0, next - time.now()), () => this.wake())
          }
        }),
    )
  }

  /** Looks for changes, starts what may be sent, and gives the real instant of the next round. */
  private async poll(): Promise<number> {
    const { journal, time } = this.options
    const leadership = await this.leaderLease.acquire()
    if (leadership === 'another') {
      this.pending.clear()
      this.requested.clear()
      return time.now() + renewalMs
    }
    if (leadership === 'taken') this.publisher.clearCache()
    const changed = await journal.takeChanged(Math.max(1, maxPending - this.pending.size))
    const requested = [...this.requested]
    this.requested.clear()
    await Promise.all(changed.map((id) => this.enqueue(id, 'changed')))
    await Promise.all(requested.map((id) => this.enqueue(id, 'wanted')))
    if (time.now() >= this.beatAt) await this.heartbeat()
    this.send()
    return this.nextPollAt()
  }

  /** Adds an operation to the pending updates, or brings its entry up to date. */
  private async enqueue(id: OperationId, why: 'changed' | 'wanted' | 'beat' | 'countdown'): Promise<void> {
    const { journal, time } = this.options
    const operation = await readable(journal.read(id))
    if (operation === undefined) return
    if (why === 'beat' && !progressPhases.has(operation.phase)) return
    // A countdown waits behind everything that is news.
    const ended = operation.ending !== undefined && why !== 'countdown'
    const queued = this.pending.get(id)
    if (queued !== undefined) {
      queued.ended = ended
      queued.changed ||= why === 'changed'
      if (ended) queued.notBefore = Math.min(queued.notBefore, this.notBefore(id))
      return
    }
    const posted = await readable(this.publisher.isPosted(id))
    if (posted === undefined) return
    this.pending.set(id, {
      id,
      channel: operation.channel,
      since: time.now(),
      ended,
      changed: why === 'changed',
      posted,
      notBefore: posted ? this.notBefore(id) : 0,
      sending: false,
    })
  }

  /** Adds moving operations that were not shown for a while to the pending updates: their elapsed times go on. */
  private async heartbeat(): Promise<void> {
    const { journal, time } = this.options
    const now = time.now()
    this.beatAt = now + intervals.heartbeat
    const stale = (await journal.unfinished())
      .filter(
        (id) =>
          !this.pending.has(id) &&
          now - this.publisher.updatedAt(id) > intervals.heartbeat - intervals.update,
      )
      .toSorted((a, b) => this.publisher.updatedAt(a) - this.publisher.updatedAt(b))
      .slice(0, maxConcurrentSends)
    for (const id of stale) await this.enqueue(id, 'beat')
    await this.countDown(now)
  }

  /** Lets countdowns go on, those first that were left longest; nothing is sent where none reads otherwise by now. */
  private async countDown(now: number): Promise<void> {
    const all = (await this.options.countdownOperations?.()) ?? []
    for (const id of this.countedAt.keys()) if (!all.includes(id)) this.countedAt.delete(id)
    const next = all
      .filter((id) => !this.pending.has(id))
      .toSorted((a, b) => (this.countedAt.get(a) ?? 0) - (this.countedAt.get(b) ?? 0))
    for (const id of next.slice(0, maxCountdowns)) {
      this.countedAt.set(id, now)
      await this.enqueue(id, 'countdown')
    }
  }

  /** Real instant before which the message is not to be updated again. */
  private notBefore(id: OperationId, earliest = 0): number {
    return Math.max(earliest, this.publisher.updatedAt(id) + intervals.update)
  }

  private nextPollAt(): number {
    const now = this.options.time.now()
    const next = [...this.pending.values()].filter((item) => !item.sending).map((item) => this.due(item))
    return Math.max(now + 20, Math.min(now + intervals.poll, this.beatAt, ...next))
  }

  /** Real instant at which an operation can be spoken about. */
  private due(item: PendingUpdate): number {
    return Math.max(item.notBefore, this.rateLimiter.until(item))
  }

  /** Starts sending what is due: endings first, then first messages, then what waits longest. */
  private send(): void {
    const now = this.options.time.now()
    let freeSlots = maxConcurrentSends - [...this.pending.values()].filter((item) => item.sending).length
    const due = [...this.pending.values()]
      .filter((item) => !item.sending && this.due(item) <= now)
      .toSorted((a, b) => priority(a) - priority(b) || a.since - b.since)
    for (const item of due) {
      if (freeSlots <= 0) return
      if (!this.rateLimiter.acquire(item)) continue
      freeSlots -= 1
      item.sending = true
      this.track(this.deliver(item))
    }
  }

  private async deliver(item: PendingUpdate): Promise<void> {
    const { posts, holder, log } = this.options
    const { id } = item
    let after: PendingUpdate | undefined
    try {
      if (await posts.acquireLease(id, holder, intervals.lease)) {
        const { updated, resumeAt, related } = await this.publisher.publish(id, item.changed)
        for (const other of related) this.requested.add(other)
        this.rateLimiter.onDelivered(item, updated)
        await posts.releaseLease(id, holder)
        if (resumeAt !== undefined)
          after = { ...item, posted: true, notBefore: this.notBefore(id, resumeAt), sending: false }
      }
    } catch (error) {
      const again = this.rateLimiter.onFailed(item, error)
      log.warn({ operation: id, error: String(error), again }, 'an operation’s message was not sent')
      await posts.releaseLease(id, holder, { again }).catch(() => {})
    }
    this.pending.delete(id)
    if (after !== undefined) this.pending.set(id, after)
    this.wake()
  }

  private track(work: Promise<void>): void {
    this.inFlight.add(work)
    void work.finally(() => this.inFlight.delete(work))
  }
}

/** Of what cannot be read nothing is said: the store names it, and the others' messages go on. */
const readable = <T>(record: Promise<T>): Promise<T | undefined> =>
  record.catch((error: unknown) => {
    if (error instanceof UnreadableRecord) return undefined
    throw error
  })
