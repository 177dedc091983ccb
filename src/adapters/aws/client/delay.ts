import type { RealTime } from '../../../ports/real-time'

/** Waits so many real milliseconds; where that is none, until everything else that is ready has run. */
export const delay = (time: RealTime, ms: number): Promise<void> =>
  new Promise((resolve) => {
    if (ms < 1) setImmediate(resolve)
    else time.after(ms, resolve)
  })
