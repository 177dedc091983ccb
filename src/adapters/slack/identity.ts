import type { WebClient } from '@slack/web-api'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import { chatFailure } from './failure'
import { delayBefore } from './inbound/socket-pool'

/** Who the bot is in Slack. */
export interface Identity {
  readonly botId: string
  readonly botUserId: string
  readonly team: string
  /** Where the app is installed for a whole organisation. */
  readonly enterprise?: string
  /** The workspace's own address, e.g. `https://acme.slack.com/`. */
  readonly url?: string
}

/** https://docs.slack.dev/reference/methods/auth.test: errors that retries do not cure. */
const permanentErrors = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
])

/** Slack does not know the token: the start must stop and say so. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

/**
 * Asks Slack who the bot is, until Slack answers or `stopped` says so.
 * Throws TokenRefused where asking again is no use.
 */
export const identify = async (
  client: WebClient,
  { log, time, stopped }: { readonly log: Log; readonly time: RealTime; readonly stopped: AbortSignal },
): Promise<Identity> => {
  for (let failures = 0; ; failures++) {
    stopped.throwIfAborted()
    try {
      const { bot_id, user_id, team_id, url, enterprise_id, is_enterprise_install } = await client.auth.test()
      if (bot_id === undefined || user_id === undefined)
        throw new TokenRefused('SLACK_BOT_TOKEN is not the token of a bot (xoxb-…)')
      return {
        botId: bot_id,
        botUserId: user_id,
        team: team_id ?? '',
        ...(url !== undefined && { url }),
        ...(is_enterprise_install === true && enterprise_id !== undefined && { enterprise: enterprise_id }),
      }
    } catch (error) {
      if (error instanceof TokenRefused) throw error
      const failure = chatFailure(error)
      if (permanentErrors.has(failure.code))
        throw new TokenRefused(`Slack refuses SLACK_BOT_TOKEN: ${failure.code}`, { cause: error })
      log.warn(
        { code: failure.code, failures: failures + 1 },
        'Slack does not say who the bot is; asking again',
      )
      await new Promise<void>((resolve) => {
        const call_off = time.after(delayBefore(failures + 1, failure.retryAfter), resolve)
        stopped.addEventListener('abort', () => (call_off(), resolve()), { once: true })
      })
    }
  }
}
