import type { ChatPostMessageArguments, ChatPostMessageResponse, Logger } from '@slack/web-api'
import { LogLevel, WebClient } from '@slack/web-api'
import type { SlackWorld } from './slack-world'

/** The client's log of refusals that are the point of a test. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}

/** Slack's own client of a simulated Slack; it tries once. Without a word on the token it is the bot's. */
export const testClient = (world: SlackWorld, token: string = world.tokens.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: world.apiUrl,
    logger: silent,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  })

/** Posts a message as the app. */
export const postBy = (
  client: WebClient,
  message: ChatPostMessageArguments,
): Promise<ChatPostMessageResponse> => client.apiCall('chat.postMessage', { ...message })

/** The answer by which Slack refused a call. */
export const refusalOf = async (
  call: Promise<unknown>,
): Promise<{ error: string; needed?: string; response_metadata?: { messages?: string[] } }> =>
  call.then(
    () => ({ error: 'none: it was accepted' }),
    (failure: { data: { error: string } }) => failure.data,
  )
