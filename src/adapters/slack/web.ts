import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Log } from '../../ports/log'
import { slackLogger } from './logger'

export interface WebOptions {
  readonly token: string
  /** Slack's Web API, with the slash at its end. */
  readonly apiUrl: string
  readonly log: Log
}

/**
 * The two clients by which the bot speaks. By default Slack's client pauses its whole queue on a 429,
 * retries for half an hour and never times out; neither of these does.
 */
export interface Clients {
  /** Operations' messages: one try, the notifier catches up by itself. */
  readonly progress: WebClient
  /** What a person waits for: short, a second try after a lost connection. */
  readonly control: WebClient
}

export const buildClients = ({ token, apiUrl, log }: WebOptions): Clients => {
  const shared: WebClientOptions = {
    slackApiUrl: apiUrl,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: slackLogger(log),
  }
  return {
    progress: new WebClient(token, { ...shared, timeout: 10_000, retryConfig: { retries: 0 } }),
    control: new WebClient(token, {
      ...shared,
      timeout: 4_000,
      retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
    }),
  }
}
