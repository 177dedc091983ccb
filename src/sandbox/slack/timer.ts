/** Real time, as Slack's deadlines count it; tests give one that they move by hand. */
export interface Timer {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Runs `action` after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): () => void
}

/** The machine's own clock. */
export const realTimer: Timer = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const handle = setTimeout(action, milliseconds)
    handle.unref()
    return () => clearTimeout(handle)
  },
}
