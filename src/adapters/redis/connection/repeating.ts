interface Repeating {
  /** Real milliseconds between the end of one look and the next. */
  readonly interval: number
  /** What is done; one that fails is told of, and the next comes all the same. */
  readonly look: () => Promise<unknown>
  readonly failed: (error: unknown) => void
}

/** Looks again and again. Gives a function that stops it, and waits for the look that is under way. */
export const repeat = ({ interval, look, failed }: Repeating): (() => Promise<void>) => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  const next = () => {
    timer = setTimeout(() => {
      running = look()
        .catch(failed)
        .finally(() => {
          if (!stopped) next()
        })
    }, interval)
  }
  next()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
