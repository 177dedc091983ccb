import type { App } from '@slack/bolt'
import { withTimeout } from '../with-timeout'
import { type Link, LinkFailure, type LinkOptions, openLink } from './socket-link'

/** Slack allows ten; each delivery comes over one of them, and a lone one misses them while it is renewed. */
const connections = 2
/** How long a leaving connection is kept for the answers to what it brought. */
const drainTime = 4_000
/** A connection that lived shorter than this counts as a failed attempt. */
const settled = 30_000
const maxDelay = 30_000
/** How long a stop waits for the connections to close. */
const closeTimeout = 1_000

/** The real milliseconds before attempt `failures + 1`: doubling from a second, a third of it random. */
export const delayBefore = (failures: number, retryAfter = 0, random = Math.random): number => {
  if (failures === 0) return 0
  const delay = Math.min(maxDelay, 1_000 * 2 ** (failures - 1))
  return Math.max(retryAfter, delay * (0.67 + random() * 0.33))
}

/** Keeps connections to Slack open until it is stopped. */
export class SocketPool {
  private readonly links = new Set<Link>()
  private readonly delays = new Set<() => void>()
  private stopped = false

  constructor(
    private readonly app: App,
    private readonly options: LinkOptions,
    private readonly open: typeof openLink = openLink,
  ) {}

  /** Connections that stand now. */
  get standing(): number {
    return this.links.size
  }

  /** Starts connecting; resolves at the first connection, however long that takes. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      for (let index = 0; index < connections; index++)
        this.keepConnected(resolve).catch((error: unknown) =>
          this.options.log.error({ error: String(error) }, 'a connection to Slack is no longer kept'),
        )
    })
  }

  /** Opens no more connections and closes those that stand, waiting a moment for Slack to agree. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const wake of this.delays) wake()
    const closed = Promise.all([...this.links].map((link) => link.close()))
    await withTimeout(this.options.time, closeTimeout, closed)
  }

  private async keepConnected(opened: () => void): Promise<void> {
    const { log, time } = this.options
    let failures = 0
    let retryAfter: number | undefined
    while (!this.stopped) {
      await this.delay(delayBefore(failures, retryAfter))
      if (this.stopped) return
      retryAfter = undefined
      const link = this.open(this.app, this.options)
      try {
        await link.opened
      } catch (error) {
        failures += 1
        retryAfter = error instanceof LinkFailure ? error.retryAfter : undefined
        log.warn({ failures, error: String(error) }, 'no connection to Slack')
        continue
      }
      const since = time.now()
      this.links.add(link)
      log.info({ standing: this.links.size }, 'connected to Slack')
      opened()
      await link.leaving
      this.links.delete(link)
      failures = time.now() - since < settled ? failures + 1 : 0
      // What it brought is still being answered while its successor is opened.
      if (!this.stopped) time.after(drainTime, () => void link.close())
    }
  }

  private async delay(ms: number): Promise<void> {
    if (ms <= 0) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        cancel()
        this.delays.delete(done)
        resolve()
      }
      const cancel = this.options.time.after(ms, done)
      this.delays.add(done)
    })
  }
}
