/** Remembers what was seen, for a while: a request that comes twice is a replay. */
export const rememberedFor = (ms: number, now: () => number): { seen(key: string): boolean } => {
  const until = new Map<string, number>()
  return {
    seen(key) {
      // Insertion order is order of expiry, so that the oldest are the first.
      for (const [old, expiry] of until) {
        if (expiry > now()) break
        until.delete(old)
      }
      if (until.has(key)) return true
      until.set(key, now() + ms)
      return false
    },
  }
}
