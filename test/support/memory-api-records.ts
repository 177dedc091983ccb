import type { ApiRecords } from '../../src/ports/api-records'

/** The door's memory in a process; what takes time lasts as long as the test. */
export const memoryApiRecords = (): ApiRecords => {
  const calls = new Map<string, { asked: string; outcome?: string }>()
  const bound = new Map<string, string>()
  const readers = new Map<string, string>()
  const counted = new Map<string, number>()
  const changes = new Map<string, Set<string>>()
  return {
    begin: async (key, asked, limit) => {
      const known = calls.get(key)
      if (known === undefined && limit) {
        const begun = changes.get(limit.who) ?? new Set()
        if (!begun.has(key) && begun.size >= limit.most) return { kind: 'over', wait: limit.within }
        changes.set(limit.who, begun.add(key))
      }
      if (known === undefined) calls.set(key, { asked })
      if (known === undefined) return { kind: 'begun' }
      if (known.asked !== asked) return { kind: 'other' }
      return known.outcome === undefined ? { kind: 'busy' } : { kind: 'done', outcome: known.outcome }
    },
    finish: async (key, asked, outcome) => void calls.set(key, { asked, outcome }),
    abandon: async (key, limit) => {
      calls.delete(key)
      if (limit) changes.get(limit.who)?.delete(key)
    },
    bind: async (once, call) => {
      if (!bound.has(once)) bound.set(once, call)
      return bound.get(once) === call
    },
    keepReader: async (hash, operation) => void readers.set(hash, operation),
    readableWith: async (hash) => readers.get(hash),
    count: async (who, most, windowMs) => {
      counted.set(who, (counted.get(who) ?? 0) + 1)
      return (counted.get(who) ?? 0) > most ? windowMs : 0
    },
  }
}
