import { hookSecret } from '../hooks/receiver'
import type { LiveClock } from '../clock'
import type { Tokens } from '../slack/seed'

export interface BotSurroundings {
  tokens: Tokens
  mode: 'socket' | 'http'
  slackUrl: string
  awsUrl: string
  awsKey: string
  redis: { url: string; prefix?: string }
  catalogue: string
  clock: LiveClock
  logLevel: string
}

/** What both roles need to know. */
export function sharedEnvironment(around: BotSurroundings): Record<string, string> {
  const { real, simulated, speed } = around.clock.anchor
  return {
    REDIS_URL: around.redis.url,
    ...(around.redis.prefix === undefined ? {} : { REDIS_PREFIX: around.redis.prefix }),
    ROLLCALL_CONFIG: around.catalogue,
    // Simulated now = simulated + (real now - real) × speed: the bot and the simulators tell the same time.
    CLOCK_SPEED: `${speed}@${Math.round(real)}/${Math.round(simulated)}`,
    LOG_LEVEL: around.logLevel,
  }
}

/** Slack's tokens: for the gateway, which speaks to Slack. */
export function slackEnvironment({ tokens, mode, slackUrl }: BotSurroundings): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: tokens.botToken,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: tokens.appToken }
      : { SLACK_SIGNING_SECRET: tokens.signingSecret }),
    SLACK_API_URL: `${slackUrl}/api/`,
  }
}

/** The door for pipelines, where this machine alone reaches it: for the gateway. */
export function doorEnvironment(apiPort: number): Record<string, string> {
  return { API_PORT: String(apiPort), API_HOST: '127.0.0.1' }
}

/** AWS's endpoint and keys: for the worker alone. */
export function awsEnvironment({ awsUrl, awsKey }: BotSurroundings): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: awsKey,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** The secret of the sandbox's own receiver of webhooks: for the worker alone, which signs. */
export const hookEnvironment = ({ awsKey }: BotSurroundings): Record<string, string> => ({
  SANDBOX_HOOK_SECRET: hookSecret(awsKey),
})
