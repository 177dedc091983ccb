import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'
import { ChatFailure } from '../../ports/chat'

/** Turns whatever a call of Slack's client threw into a ChatFailure. */
export const chatFailure = (error: unknown): ChatFailure => {
  if (error instanceof ChatFailure) return error
  if (error instanceof WebAPIRateLimitedError)
    return new ChatFailure('ratelimited', error.retryAfter * 1000, { cause: error })
  if (error instanceof WebAPIPlatformError)
    return new ChatFailure(error.data.error, undefined, { cause: error })
  return new ChatFailure('unreachable', undefined, { cause: error })
}

/** Runs a call to Slack; what it throws is a ChatFailure. */
export const asking = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw chatFailure(error)
  }
}
