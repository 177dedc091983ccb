import type { Timer } from '../timer'
import type { Args } from './args'
import type { Method } from './method'

/** Counts calls per method in a sliding minute, as Slack's tiers do. */
export interface Limits {
  /** Seconds after which the call may be tried again; 0 where it may be made (and is counted). */
  take(name: string, method: Method, args: Args): number
}

/** Limits of a minute each: https://docs.slack.dev/apis/web-api/rate-limits */
export function createLimits(timer: Timer): Limits {
  const made = new Map<string, number[]>()
  return {
    take(name, method, args) {
      const key = `${name} ${method.limitedBy?.(args) ?? ''}`
      const now = timer.now()
      const recent = (made.get(key) ?? []).filter((time) => time > now - 60_000)
      made.set(key, recent)
      const [oldest] = recent
      if (recent.length >= method.perMinute && oldest !== undefined) {
        return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000))
      }
      recent.push(now)
      return 0
    },
  }
}
