import { StoreUnavailable } from '../../../ports/failure'

/**
 * Answers by which a living server says that it cannot serve now. https://redis.io/docs/latest/develop/reference/protocol-spec/
 * Of a script's call Redis 6.2 says them within an error of its own: `ERR Error running script (call to f_…):
 * @user_script:3: -OOM command not allowed …`; EXEC and proxies wrap them too.
 */
const unable =
  /(?:^|[\s:]-?)(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|OOM|BUSY|NOAUTH|NOPERM|WRONGPASS|UNKILLABLE)\b/
/** What Redis 7 says within a script where it says NOPERM outside of one (`scriptCall` of its script.c). */
const forbiddenInScript = /The user executing the script can't/
const full = /max(?:imum)? number of clients\b/i

/** What ioredis says, without a code, when there is nobody to ask or to hear from. */
const disconnected =
  /isn't writeable|isn't ready|Command timed out|Connection is closed|Connection is in|Cluster is ended|slots cache|None of startup nodes|aborted/i

const socketCode = /^(E[A-Z]+|NR_CLOSED|UNCERTAIN_STATE)$/

/** Why the store is unavailable, in a word and without what a URL may hold; undefined for another error. */
const unavailability = (error: Error & { code?: unknown }): string | undefined => {
  const answer = unable.exec(error.message)
  if (answer) return answer[1]
  if (forbiddenInScript.test(error.message)) return 'NOPERM'
  if (full.test(error.message)) return 'it takes no more clients'
  if (typeof error.code === 'string' && socketCode.test(error.code)) return error.code
  if (['MaxRetriesPerRequestError', 'AbortError', 'ClusterAllFailedError'].includes(error.name))
    return 'connection lost'
  const words = disconnected.exec(error.message)
  if (!words) return undefined
  return words[0] === 'Command timed out' ? 'no answer in time' : 'not connected'
}

/** Waits for the store. Rejects with StoreUnavailable where it could not be reached, otherwise as it was rejected. */
export const reaching = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const why = unavailability(error)
    if (why === undefined) throw error
    // No cause: ioredis hangs the command on its errors, and with it credentials.
    throw new StoreUnavailable(`the store cannot be reached: ${why}`)
  }
}
