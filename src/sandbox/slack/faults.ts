import type { Fault } from '../protocol'
import { newId } from './workspace/ids'

/** What can go wrong with Slack on demand. */
export type SlackFault = Extract<Fault, { kind: `slack-${string}` }>

/** The faults that are set now. */
export interface Faults {
  set(fault: SlackFault): string
  clear(id?: string): void
  list(): { id: string; fault: SlackFault }[]
  isDown(): boolean
  /** Seconds to say in Retry-After where a rate limit is set for a method; uses up one of its times. */
  rateLimit(method: string): number | undefined
  /** The error that a method is to answer with, called for a channel (by its id and its name); uses up one of its times. */
  refusal(method: string, channel: readonly string[]): string | undefined
  /** Why the bot's token is not taken, where it is not. */
  revoked(): string | undefined
  /** Whether a channel, by its id and name, is archived, or the bot out of it. */
  isArchived(channel: readonly string[]): boolean
  isRemoved(channel: readonly string[]): boolean
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
  const faults = (): SlackFault[] => [...set.values()].map(({ fault }) => fault)
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
    isDown: () => faults().some(({ kind }) => kind === 'slack-down'),
    rateLimit(method) {
      for (const [id, entry] of set) {
        const { fault } = entry
        if (fault.kind !== 'slack-ratelimit' || (fault.method && fault.method !== method)) continue
        spend(id, entry)
        return fault.seconds
      }
      return undefined
    },
    refusal(method, channel) {
      for (const [id, entry] of set) {
        const { fault } = entry
        if (fault.kind !== 'slack-refuses' || (fault.method && fault.method !== method)) continue
        if (fault.channel && !channel.includes(fault.channel)) continue
        spend(id, entry)
        return fault.error
      }
      return undefined
    },
    revoked() {
      const fault = faults().find((one) => one.kind === 'slack-revoked')
      return fault?.kind === 'slack-revoked' ? (fault.error ?? 'token_revoked') : undefined
    },
    isArchived: (channel) =>
      faults().some((fault) => fault.kind === 'slack-archived' && channel.includes(fault.channel)),
    isRemoved: (channel) =>
      faults().some((fault) => fault.kind === 'slack-removed' && channel.includes(fault.channel)),
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
