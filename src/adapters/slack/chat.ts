import type { KnownBlock, MessageMetadata } from '@slack/types'
import { type Chat, ChatFailure, type Message, type Views } from '../../ports/chat'
import { asking } from './failure'
import { findPosted } from './find-posted'
import type { Clients } from './web'

const shown = (message: Message): { text: string; blocks: KnownBlock[] } => ({
  text: message.text,
  blocks: [...message.blocks],
})

/** Metadata is readable by everyone in the channel: the operation's id and nothing else. */
const marked = (operation: string | undefined): { metadata?: MessageMetadata } =>
  operation === undefined
    ? {}
    : { metadata: { event_type: 'rollcall_operation', event_payload: { operation } } }

/** What the bot says in Slack, through the Web API. */
export const slackChat = ({ progress, control }: Clients): Chat & Views => ({
  async post(channel, message, { thread, operation } = {}) {
    const posted = await asking(() =>
      progress.chat.postMessage({
        channel,
        ...shown(message),
        ...marked(operation),
        ...(thread === undefined ? {} : { thread_ts: thread }),
        unfurl_links: false,
        unfurl_media: false,
      }),
    )
    if (posted.channel === undefined || posted.ts === undefined) throw new ChatFailure('unreachable')
    return { channel: posted.channel, ts: posted.ts }
  },

  async update({ channel, ts }, message, { operation } = {}) {
    await asking(() => progress.chat.update({ channel, ts, ...shown(message), ...marked(operation) }))
  },

  find: (channel, operation) => findPosted(progress, channel, operation),

  async postEphemeral(channel, user, message, { thread } = {}) {
    await asking(() =>
      control.chat.postEphemeral({
        channel,
        user,
        ...shown(message),
        ...(thread === undefined ? {} : { thread_ts: thread }),
      }),
    )
  },

  async open(trigger, form) {
    const opened = await asking(() => control.views.open({ trigger_id: trigger, view: form }))
    if (opened.view?.id === undefined) throw new ChatFailure('unreachable')
    return opened.view.id
  },

  async change(form, shown) {
    await asking(() => control.views.update({ view_id: form, view: shown }))
  },

  async home(user, home) {
    await asking(() => control.views.publish({ user_id: user, view: home }))
  },
})
