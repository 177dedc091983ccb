import { ApiError } from '../api/error'
import type { Obj } from '../json'
import { isObj } from '../json'
import type { Slack } from '../slack'
import { deliver } from '../slack'
import type { Channel, User } from '../workspace/model'
import { slackbot } from '../workspace/model'
import { escapeText } from './escape'
import type { Outcome, Replies } from './outcome'
import { failure } from './outcome'
import { gatherReplies } from './replies'
import { issueResponseUrl, respond } from './respond'
import { cannotWrite } from './say'

/**
 * A person types a slash command in a channel. Waits for the app's acknowledgement and gives what the person sees at
 * once; without an acknowledgement, Slack's own notice is shown to them and its reason is the error.
 */
export async function runCommand(
  slack: Slack,
  user: User,
  channel: Channel,
  line: string,
): Promise<Outcome<Replies>> {
  const { workspace } = slack
  const closed = cannotWrite(slack, channel)
  if (closed) return closed
  const [name = '', ...rest] = line.trim().split(/(?<=^\S+)\s+/)
  const text = rest.join(' ')
  // Only members of the workspace that has installed the app have its commands (slack: apis/slack-connect).
  const own = user.teamId === undefined
  const command = own ? workspace.app.commands.find((one) => one.name === name) : undefined
  if (!command) {
    tell(slack, user, channel, `\`${name}\` is not a valid command.`)
    return failure('unknown_command', `${name} is not a command of this workspace.`)
  }
  const response = issueResponseUrl(slack, { user: user.id, channel: channel.id })
  const triggerId = slack.triggers.issue({ user: user.id, channel: channel.id })
  const replies = gatherReplies(slack, user.id, response.id)
  const ack = await deliver(slack, {
    type: 'slash_commands',
    acceptsPayload: true,
    payload: {
      token: workspace.app.verificationToken,
      team_id: workspace.app.teamId,
      team_domain: workspace.app.teamDomain,
      channel_id: channel.id,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
      user_id: user.id,
      user_name: user.name,
      command: command.name,
      text: command.shouldEscape ? escapeText(workspace, text) : text,
      api_app_id: workspace.app.id,
      is_enterprise_install: 'false',
      response_url: response.url,
      trigger_id: triggerId,
    },
  })
  if (!ack.ok) {
    replies.stop()
    tell(slack, user, channel, `${command.name} failed with the error "${ack.error}"`)
    return failure(ack.error, `The app did not acknowledge ${command.name}.`)
  }
  const wrong = isObj(ack.body) ? showAnswer(slack, response.id, user, channel, ack.body) : undefined
  if (wrong) tell(slack, user, channel, `${command.name} failed with the error "${wrong}"`)
  return { ok: true, replies: await replies.settled() }
}

/** Shows what came with the acknowledgement; gives Slack's error code where it cannot be shown. */
function showAnswer(slack: Slack, id: string, user: User, channel: Channel, body: Obj): string | undefined {
  if (Object.keys(body).length === 0) return undefined
  try {
    respond(slack, id, { user: user.id, channel: channel.id }, body)
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error.code
    throw error
  }
}

/** Slack itself says something to one person, in the channel. */
function tell(slack: Slack, user: User, channel: Channel, text: string): void {
  slack.workspace.post({
    channel: channel.id,
    user: slackbot,
    text,
    blocks: [],
    attachments: [],
    onlyFor: user.id,
  })
}
