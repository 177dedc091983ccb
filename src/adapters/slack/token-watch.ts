import type { WebClient } from '@slack/web-api'
import { refusalOf } from '../../domain/interaction/slack-refusal'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import { chatFailure } from './failure'

/** Real milliseconds between two looks. auth.test may be called hundreds of times a minute. */
const interval = 30_000

/** Whether Slack takes the bot's token, looked at while the program runs. */
export interface TokenWatch {
  start(): void
  stop(): void
  /** False from the look at which Slack refused the token, until the one at which it takes it again. */
  accepted(): boolean
}

/**
 * A token can be revoked, or the app removed, while the program runs: over HTTP nothing else says so until somebody
 * needs an answer. An outage of Slack says nothing of the token.
 */
export const watchToken = (
  client: WebClient,
  { log, time }: { readonly log: Log; readonly time: RealTime },
): TokenWatch => {
  let refused = false
  let stopped = false
  let cancel = (): void => {}
  const look = async (): Promise<void> => {
    try {
      await client.auth.test()
      if (refused) log.info({}, 'Slack takes the bot’s token again')
      refused = false
    } catch (error) {
      const { code } = chatFailure(error)
      if (refusalOf(code) !== 'app') return
      if (!refused)
        log.error(
          { code },
          'Slack refuses the bot’s token: install the app again and start with the new SLACK_BOT_TOKEN',
        )
      refused = true
    } finally {
      if (!stopped) cancel = time.after(interval, () => void look())
    }
  }
  return {
    start() {
      cancel = time.after(interval, () => void look())
    },
    stop() {
      stopped = true
      cancel()
    },
    accepted: () => !refused,
  }
}
