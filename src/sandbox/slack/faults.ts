import { newId } from './workspace/ids'

/** What can go wrong with Slack on demand: the `slack-…` faults of the sandbox's protocol. */
export type SlackFault =
  | { kind: 'slack-ratelimit'; method?: string; seconds: number; times?: number }
  | { kind: 'slack-down' }
  /** The next commands and clicks reach the app twice. */
  | { kind: 'slack-duplicate'; times?: number }

/** The faults that are set now. */
export interface Faults {
  set(fault: SlackFault): string
  clear(id?: string): void
  list(): { id: string; fault: SlackFault }[]
  isDown(): boolean
  /** Seconds to say in Retry-After where a rate limit is set for a method; uses up one of its times. */
  rateLimit(method: string): number | undefined
  /** Whether to deliver twice; uses up one of its times. */
  duplicate(): boolean
}

/** No faults yet; `changed` hears of each one that comes or goes. */
export function createFaults(changed: () => void): Faults {
  const set = new Map<string, { fault: SlackFault; left: number }>()
  const spend = (id: string, entry: { left: number }): void => {
    entry.left -= 1
    if (entry.left > 0) return
    set.delete(id)
    changed()
  }
  return {
    set(fault) {
      const id = newId('slack-', 6).toLowerCase()
      set.set(id, { fault, left: 'times' in fault && fault.times ? fault.times : Number.POSITIVE_INFINITY })
      changed()
      return id
    },
    clear(id) {
      if (id === undefined) set.clear()
      else set.delete(id)
      changed()
    },
    list: () => [...set].map(([id, { fault }]) => ({ id, fault })),
    isDown: () => [...set.values()].some(({ fault }) => fault.kind === 'slack-down'),
    rateLimit(method) {
      for (const [id, entry] of set) {
        const { fault } = entry
        if (fault.kind !== 'slack-ratelimit' || (fault.method && fault.method !== method)) continue
        spend(id, entry)
        return fault.seconds
      }
      return undefined
    },
    duplicate() {
      for (const [id, entry] of set) {
        if (entry.fault.kind !== 'slack-duplicate') continue
        spend(id, entry)
        return true
      }
      return false
    },
  }
}
