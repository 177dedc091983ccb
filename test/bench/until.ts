const every = 100

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Looks until there is an answer; fails after so many real milliseconds, saying what was waited for. */
export const until = async <T>(
  what: string,
  limit: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> => {
  const deadline = performance.now() + limit
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limit / 1000} s`)
    await pause(every)
  }
}
