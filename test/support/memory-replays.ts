import type { Replays } from '../../src/ports/replays'

/** What gateways remember together. */
export const memoryReplays = (): Replays => {
  const seen = new Set<string>()
  return { isFirst: async (request) => !seen.has(request) && seen.add(request).size > 0 }
}
