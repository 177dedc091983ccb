import type { Obj } from '../json'
import type { Slack } from '../slack'
import { newId } from '../workspace/ids'

/** Retries of an unacknowledged event: nearly at once, after one minute, after five (Events API). */
const retryAfter = [0, 60_000, 300_000]

/**
 * Sends an event to the app, if it is subscribed to it; resolves with whether the app took it at first. `shared`: it
 * happened in a channel that is shared with another workspace (slack: apis/slack-connect).
 */
export async function sendEvent(
  slack: Slack,
  event: Obj,
  subscription: string,
  { shared = false } = {},
): Promise<boolean> {
  const { app } = slack.workspace
  if (!app.events.includes(subscription)) return false
  const payload: Obj = {
    token: app.verificationToken,
    team_id: app.teamId,
    context_team_id: app.teamId,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(slack.timer.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: app.teamId,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: shared,
    event_context: newId('4-'),
  }
  return attempt(slack, payload, 0)
}

async function attempt(slack: Slack, payload: Obj, number: number, reason = ''): Promise<boolean> {
  const down = slack.faults.isDown()
  const ack = down
    ? { ok: false as const, error: 'dispatch_failed' }
    : await slack.transport().deliver({
        type: 'events_api',
        payload,
        acceptsPayload: false,
        ...(number > 0 ? { retry: { attempt: number, reason } } : {}),
      })
  const wait = retryAfter[number]
  if (!ack.ok && wait !== undefined) {
    const why = ack.error === 'operation_timeout' ? 'timeout' : 'http_error'
    slack.timer.after(wait, () => void attempt(slack, payload, number + 1, why))
  }
  return ack.ok
}
