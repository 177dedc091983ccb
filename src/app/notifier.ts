import type { OperationId, Phase } from '../domain/operation'
import type { Journal } from '../ports/journal'
import type { Posts } from '../ports/posts'
import { type Item, rank } from './notifying/item'
import { Lectern, renewal } from './notifying/lectern'
import { Restraint } from './notifying/restraint'
import { Teller, type TellerOptions } from './notifying/teller'

/** Real milliseconds. */
const pace = {
  /** Slack's advice: one update of a message about every 3 s. */
  update: 3_000,
  /** Elapsed times go on while nothing else changes. */
  beat: 15_000,
  /** Changes are heard of at once; this is for those whose word was lost. */
  look: 2_000,
  /** How long one operation may be spoken about. */
  hold: 30_000,
}
/** Phases in which elapsed time is told. */
const moving: ReadonlySet<Phase> = new Set(['running', 'finishing', 'returning'])
/** Messages on their way at once. */
const atOnce = 8
/** Countdowns that go on at one beat: with it 8 of Slack's 50 updates a minute at most, and never the last ones. */
const countdowns = 2
/** Operations taken from the journal at once. */
const room = 200

export interface NotifierOptions extends TellerOptions {
  readonly journal: Pick<Journal, 'takeChanged' | 'onChange' | 'read' | 'unfinished'>
  readonly posts: Posts
  /** Ended operations whose messages count down to something. */
  readonly counting?: () => Promise<readonly OperationId[]>
  /** Unique for this process. */
  readonly holder: string
}

/**
 * Brings operations' newest states to Slack: one message each, posted once and updated in place, its log in
 * the thread. Slack's limits are kept across all operations; what cannot be said now is said later, in its
 * newest form. Operations never wait for it.
 */
export class Notifier {
  private readonly desk = new Map<OperationId, Item>()
  private readonly teller: Teller
  private readonly lectern: Lectern
  private readonly restraint: Restraint
  private readonly underWay = new Set<Promise<void>>()
  /** Operations to be shown anew that did not change themselves. */
  private readonly wanted = new Set<OperationId>()
  /** Real instants at which countdowns went on last. */
  private readonly counted = new Map<OperationId, number>()
  private beatAt = 0
  private round: 'none' | 'running' | 'wanted' = 'none'
  private stopped = false
  private callOff = (): void => {}
  private unsubscribe = (): void => {}

  constructor(private readonly options: NotifierOptions) {
    const { posts, holder, time } = options
    this.teller = new Teller(options)
    this.lectern = new Lectern(posts, holder, time)
    this.restraint = new Restraint(time)
  }

  /** Starts speaking. */
  start(): void {
    this.unsubscribe = this.options.journal.onChange(() => this.look())
    this.look()
  }

  /** Finishes what is being sent and leaves the word to another. */
  async stop(): Promise<void> {
    this.stopped = true
    this.unsubscribe()
    this.callOff()
    await Promise.allSettled(this.underWay)
    await this.lectern.leave().catch(() => {})
  }

  /** Shows an operation anew: something that its message tells of has changed beside it. */
  refresh(id: OperationId): void {
    this.wanted.add(id)
    this.look()
  }

  /** Makes a round, now or after the one that runs. */
  private look(): void {
    if (this.stopped) return
    if (this.round !== 'none') {
      this.round = 'wanted'
      return
    }
    this.round = 'running'
    const { log, time } = this.options
    this.keep(
      this.goRound()
        .catch((error: unknown) => {
          log.warn({ error: String(error) }, 'the notifier cannot read the store; it tries again')
          return time.now() + 1_000
        })
        .then((next) => {
          const wanted = this.round === 'wanted'
          this.round = 'none'
          if (wanted) this.look()
          else if (!this.stopped) {
            this.callOff()
            this.callOff = time.after(Math.max(0, next - time.now()), () => this.look())
          }
        }),
    )
  }

  /** Looks for changes, starts what may be sent, and gives the real instant of the next round. */
  private async goRound(): Promise<number> {
    const { journal, time } = this.options
    const word = await this.lectern.take()
    if (word === 'another') {
      this.desk.clear()
      this.wanted.clear()
      return time.now() + renewal
    }
    if (word === 'taken') this.teller.forget()
    const changed = await journal.takeChanged(Math.max(1, room - this.desk.size))
    const wanted = [...this.wanted]
    this.wanted.clear()
    await Promise.all(changed.map((id) => this.note(id, 'changed')))
    await Promise.all(wanted.map((id) => this.note(id, 'wanted')))
    if (time.now() >= this.beatAt) await this.beat()
    this.send()
    return this.nextRound()
  }

  /** Puts an operation on the desk, or brings what is known of it there up to date. */
  private async note(id: OperationId, why: 'changed' | 'wanted' | 'beat' | 'countdown'): Promise<void> {
    const { journal, time } = this.options
    const operation = await journal.read(id)
    if (operation === undefined) return
    if (why === 'beat' && !moving.has(operation.phase)) return
    // A countdown waits behind everything that is news.
    const ended = operation.ending !== undefined && why !== 'countdown'
    const there = this.desk.get(id)
    if (there !== undefined) {
      there.ended = ended
      there.changed ||= why === 'changed'
      if (ended) there.notBefore = Math.min(there.notBefore, this.notBefore(id))
      return
    }
    const posted = await this.teller.stands(id)
    this.desk.set(id, {
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

  /** Puts operations on the desk that move and were not shown for a while: their clocks go on. */
  private async beat(): Promise<void> {
    const { journal, time } = this.options
    const now = time.now()
    this.beatAt = now + pace.beat
    const stale = (await journal.unfinished())
      .filter((id) => !this.desk.has(id) && now - this.teller.updatedAt(id) > pace.beat - pace.update)
      .toSorted((a, b) => this.teller.updatedAt(a) - this.teller.updatedAt(b))
      .slice(0, atOnce)
    for (const id of stale) await this.note(id, 'beat')
    await this.countDown(now)
  }

  /** Lets countdowns go on, those first that were left longest; nothing is sent where none reads otherwise by now. */
  private async countDown(now: number): Promise<void> {
    const all = (await this.options.counting?.()) ?? []
    for (const id of this.counted.keys()) if (!all.includes(id)) this.counted.delete(id)
    const next = all
      .filter((id) => !this.desk.has(id))
      .toSorted((a, b) => (this.counted.get(a) ?? 0) - (this.counted.get(b) ?? 0))
    for (const id of next.slice(0, countdowns)) {
      this.counted.set(id, now)
      await this.note(id, 'countdown')
    }
  }

  /** Real instant before which the message is not to be updated again. */
  private notBefore(id: OperationId, rest = 0): number {
    return Math.max(rest, this.teller.updatedAt(id) + pace.update)
  }

  private nextRound(): number {
    const now = this.options.time.now()
    const next = [...this.desk.values()].filter((item) => !item.sending).map((item) => this.due(item))
    return Math.max(now + 20, Math.min(now + pace.look, this.beatAt, ...next))
  }

  /** Real instant at which an operation can be spoken about. */
  private due(item: Item): number {
    return Math.max(item.notBefore, this.restraint.until(item))
  }

  /** Starts sending what is due: endings first, then first messages, then what waits longest. */
  private send(): void {
    const now = this.options.time.now()
    let free = atOnce - [...this.desk.values()].filter((item) => item.sending).length
    const due = [...this.desk.values()]
      .filter((item) => !item.sending && this.due(item) <= now)
      .toSorted((a, b) => rank(a) - rank(b) || a.since - b.since)
    for (const item of due) {
      if (free <= 0) return
      if (!this.restraint.take(item)) continue
      free -= 1
      item.sending = true
      this.keep(this.deliver(item))
    }
  }

  private async deliver(item: Item): Promise<void> {
    const { posts, holder, log } = this.options
    const { id } = item
    let after: Item | undefined
    try {
      if (await posts.hold(id, holder, pace.hold)) {
        const { updated, restAt, related } = await this.teller.tell(id, item.changed)
        for (const other of related) this.wanted.add(other)
        this.restraint.wasSaid(item, updated)
        await posts.release(id, holder)
        if (restAt !== undefined)
          after = { ...item, posted: true, notBefore: this.notBefore(id, restAt), sending: false }
      }
    } catch (error) {
      const again = this.restraint.wasNot(item, error)
      log.warn({ operation: id, error: String(error), again }, 'an operation’s message was not sent')
      await posts.release(id, holder, { again }).catch(() => {})
    }
    this.desk.delete(id)
    if (after !== undefined) this.desk.set(id, after)
    this.look()
  }

  private keep(work: Promise<void>): void {
    this.underWay.add(work)
    void work.finally(() => this.underWay.delete(work))
  }
}
