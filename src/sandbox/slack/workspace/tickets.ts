import { newId } from './ids'
import type { Timer } from '../timer'

/** https://docs.slack.dev/interactivity/handling-user-interaction: a trigger lives 3 s and works once. */
const triggerLife = 3_000
/** A response_url works 5 times within 30 minutes. */
const responseLife = 30 * 60_000
const responseUses = 5

export interface Trigger {
  user: string
  channel?: string
  /** The modal in which it arose: views.push puts its view on top of that one. */
  view?: string
}
export interface ResponseTarget {
  user: string
  channel: string
  /** The message whose element was used, if it was one. */
  message?: { ts: string; ephemeral: boolean }
  threadTs?: string
}

/** Trigger ids: given out with interactions, exchanged once for a view. */
export function createTriggers(timer: Timer) {
  const known = new Map<string, { trigger: Trigger; expires: number; used: boolean }>()
  return {
    issue(trigger: Trigger): string {
      const id = `${Math.floor(timer.now() / 1000)}.${newId('', 8)}.${newId('', 32).toLowerCase()}`
      known.set(id, { trigger, expires: timer.now() + triggerLife, used: false })
      return id
    },
    exchange(id: string): Trigger | 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' {
      const entry = known.get(id)
      if (!entry) return 'invalid_trigger_id'
      if (entry.used) return 'exchanged_trigger_id'
      if (timer.now() > entry.expires) return 'expired_trigger_id'
      entry.used = true
      return entry.trigger
    },
    /** Whether a view was opened with it. */
    wasUsed: (id: string): boolean => known.get(id)?.used ?? false,
  }
}
export type Triggers = ReturnType<typeof createTriggers>

/** Response URLs, by the secret part of their path. */
export function createResponses(timer: Timer) {
  const known = new Map<string, { target: ResponseTarget; expires: number; left: number }>()
  return {
    issue(target: ResponseTarget): string {
      const id = `${newId('', 12)}/${newId('', 24)}`
      known.set(id, { target, expires: timer.now() + responseLife, left: responseUses })
      return id
    },
    /** Takes one of the uses; Slack's answer where none may be taken. */
    use(id: string): ResponseTarget | 'unknown' | 'expired_url' | 'used_url' {
      const entry = known.get(id)
      if (!entry) return 'unknown'
      if (timer.now() > entry.expires) return 'expired_url'
      if (entry.left === 0) return 'used_url'
      entry.left -= 1
      return entry.target
    },
  }
}
export type Responses = ReturnType<typeof createResponses>
