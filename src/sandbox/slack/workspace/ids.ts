import { randomBytes } from 'node:crypto'
import type { Timer } from '../timer'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A random id as Slack writes them: a prefix and ten capital letters or digits. */
export function newId(prefix: string, length = 10): string {
  return prefix + [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('')
}

/** A random id as Slack gives blocks and elements that have none. */
export function newBlockId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5)
}

/** Timestamps that name messages: real time, each one later than the one before. */
export function timestamps(timer: Timer): () => string {
  let last = 0
  return () => {
    last = Math.max(last + 1, timer.now() * 1000)
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`
  }
}
