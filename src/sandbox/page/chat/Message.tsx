import type { KnownBlock } from '@slack/types'
import type { MessageView } from '../../protocol'
import { Blocks } from '../blocks/Blocks'
import { type Holder, InHolder } from '../elements/holder'
import { minute } from '../state/clock'
import { app, nameOf, reader } from '../state/workspace'
import { formatDate } from '../text/dates'
import { emoji } from '../text/emoji'
import { bare } from '../text/mrkdwn'
import { Mrkdwn } from '../text/Text'
import { Icon } from '../ui/Icon'
import { Avatar } from './Avatar'
import type { Replies } from './threads'

interface Props {
  message: MessageView
  /** Whether it follows another of the same author closely, and so goes without a head. */
  follows?: boolean
  replies?: Replies | undefined
  onThread?: (() => void) | undefined
}

const Body = ({ message }: { message: MessageView }) => {
  // Blocks are what the app posted; the server has held them against Slack's schema.
  const blocks = message.blocks as KnownBlock[]
  const holder: Holder = {
    kind: 'message',
    key: `${message.channel}:${message.ts}`,
    channel: message.channel,
    ts: message.ts,
    blocks,
  }
  return (
    <InHolder value={holder}>
      {blocks.length > 0 ? <Blocks blocks={blocks} /> : <Mrkdwn text={message.text} />}
      {message.edited && <span class="edited">(edited)</span>}
    </InHolder>
  )
}

/** One message as its reader sees it. */
export const Message = ({ message, follows = false, replies, onThread }: Props) => {
  const { at } = message
  const time = formatDate('{time}', at, minute.value, reader.value)
  const isApp = message.app ?? message.user === app.value.id
  return (
    <article
      class={`message ${message.ephemeral ? 'message-ephemeral' : ''} ${follows ? 'message-follows' : ''}`}
      aria-label={`${nameOf(message.user)}, ${time}`}
      data-ts={message.ts}
    >
      <div class="message-side">{follows ? <time>{time}</time> : <Avatar user={message.user} />}</div>
      <div class="message-main">
        {message.ephemeral && (
          <div class="only-you">
            <Icon name="eye" size={14} /> Only visible to you
          </div>
        )}
        {!follows && (
          <div class="message-head">
            <strong>{nameOf(message.user)}</strong>
            {isApp && <span class="app-tag">App</span>}
            <time dateTime={new Date(at).toISOString()}>{time}</time>
          </div>
        )}
        <Body message={message} />
        {message.reactions && message.reactions.length > 0 && (
          <div class="reactions">
            {message.reactions.map(({ name, users }) => (
              <span key={name} title={users.map(nameOf).join(', ')}>
                <span class="emoji">{emoji(name)}</span> {users.length}
              </span>
            ))}
          </div>
        )}
        {onThread && replies && (
          <button type="button" class="replies" onClick={onThread}>
            <Icon name="thread" size={14} />
            {replies.count === 1 ? '1 reply' : `${replies.count} replies`}
            <span class="replies-last">{bare(replies.last, nameOf)}</span>
          </button>
        )}
      </div>
      {onThread && !message.ephemeral && (
        <button type="button" class="reply-action" aria-label="Reply in thread" onClick={onThread}>
          <Icon name="reply" />
        </button>
      )}
    </article>
  )
}
