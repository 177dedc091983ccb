import type { WebClient } from '@slack/web-api'
import { ChatFailure, type MessageRef } from '../../ports/chat'
import { asking } from './failure'

/** How far back a message is looked for: it was posted moments ago. */
const messages = 100
const pages = 10

/** What Slack says where the bot has not the optional scopes `channels:read` and `channels:history`. */
const noAccessCodes = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'no_permission',
  'access_denied',
])

/**
 * Looks among a channel's newest messages for the one that carries an operation's metadata.
 * Undefined when it is not there, or when the bot may not look.
 */
export const findPosted = async (
  client: WebClient,
  channel: string,
  operation: string,
): Promise<MessageRef | undefined> => {
  try {
    const id = await channelId(client, channel)
    if (id === undefined) return undefined
    const history = await asking(() =>
      client.conversations.history({ channel: id, limit: messages, include_all_metadata: true }),
    )
    const found = history.messages?.find(({ metadata }) => carries(metadata?.event_payload, operation))
    return found?.ts === undefined ? undefined : { channel: id, ts: found.ts }
  } catch (error) {
    if (error instanceof ChatFailure && noAccessCodes.has(error.code)) return undefined
    throw error
  }
}

/** The id of a channel that may be given by its name. */
const channelId = async (client: WebClient, channel: string): Promise<string | undefined> => {
  if (/^[CDG][A-Z0-9]{2,}$/.test(channel)) return channel
  const name = channel.replace(/^#/, '')
  let cursor: string | undefined
  for (let page = 0; page < pages; page++) {
    const list = await asking(() =>
      client.conversations.list({
        types: 'public_channel',
        exclude_archived: true,
        limit: 1_000,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    )
    const found = list.channels?.find((one) => one.name === name)
    if (found?.id !== undefined) return found.id
    cursor = list.response_metadata?.next_cursor
    if (cursor === undefined || cursor === '') return undefined
  }
  return undefined
}

const carries = (payload: object | undefined, operation: string): boolean =>
  payload !== undefined && 'operation' in payload && payload.operation === operation
