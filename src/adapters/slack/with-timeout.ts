import type { RealTime } from '../../ports/real-time'

/** What the work gives, or undefined when it takes longer than so many real milliseconds; it goes on then. */
export const withTimeout = async <T>(
  time: RealTime,
  ms: number,
  work: Promise<T>,
): Promise<T | undefined> => {
  let callOff = (): void => {}
  const timedOut = new Promise<undefined>((resolve) => {
    callOff = time.after(ms, () => resolve(undefined))
  })
  try {
    return await Promise.race([work, timedOut])
  } finally {
    callOff()
  }
}
