import type { RealTime } from '../../src/ports/real-time'

/** Lets everything run that is ready to: promises, and what they start. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
}

/** Real time for tests: it passes only when told to, and what is due happens in order. */
export class VirtualTime implements RealTime {
  private timers: { readonly at: number; readonly run: () => void }[] = []

  constructor(private instant = 1_000_000) {}

  now(): number {
    return this.instant
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.instant + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    const end = this.instant + ms
    await settle()
    for (;;) {
      const next = this.timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end)
      if (next === undefined) break
      this.timers = this.timers.filter((other) => other !== next)
      this.instant = Math.max(this.instant, next.at)
      next.run()
      await settle()
    }
    this.instant = end
  }
}
