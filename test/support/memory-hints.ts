import type { OperationId } from '../../src/domain/operation/id'
import type { Clock } from '../../src/ports/clock'
import type { Hints } from '../../src/ports/hints'

/** Who follows what, in memory, as on Redis: `test/contract/redis/hints.test.ts` holds both to the same story. */
export const memoryHints = ({ clock }: { readonly clock: Pick<Clock, 'now'> }): Hints => {
  const followers = new Map<string, Map<OperationId, number>>()
  const hinted = new Map<OperationId, number>()
  const beats = new Map<string, number>()
  return {
    of: (operation, region) => ({
      heard: async () => {
        const last = hinted.get(operation)
        const live = clock.now() - (beats.get(region) ?? Number.NEGATIVE_INFINITY) <= 150_000
        return { live, ...(last !== undefined && { last }) }
      },
      follow: async (subjects) => {
        const known = subjects.map((subject) => {
          const key = `${region} ${subject}`
          const those = followers.get(key) ?? new Map<OperationId, number>()
          followers.set(key, those)
          const was = (those.get(operation) ?? 0) > clock.now()
          those.set(operation, clock.now() + 90_000)
          return was
        })
        return known.every(Boolean)
      },
    }),
    named: async (region, subject) => {
      const now = clock.now()
      const those = [...(followers.get(`${region} ${subject}`) ?? [])].filter(([, until]) => until > now)
      return those.flatMap(([id]) => {
        const before = hinted.get(id)
        hinted.set(id, now)
        return before === undefined || now - before >= 2_000 ? [id] : []
      })
    },
    beat: async (region, sentAt) => {
      beats.set(region, sentAt)
    },
  }
}
