import type { RealTime } from '../ports/real-time'

/** The machine's own clock and timers. A pending timer does not keep the process alive. */
export const realTime: RealTime = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
