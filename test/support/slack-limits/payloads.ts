import { blockFaults } from './blocks'
import { suggested } from './elements'
import type { Rule, Thing } from './rules'
import { among, flag, form, isThing, may, need, shaped, things, words } from './rules'
import { channelId, markupFaults, plain, userId } from './text'

/**
 * An independent reader of what goes to Slack: written from Slack's pages (docs.slack.dev/reference, each part cites
 * its own), and from neither the bot's messages nor the simulator's checks. It says what is not as documented.
 */

/** slack: messaging: a text of more than 4,000 characters is not advised, in chat.update refused, and cut at 40,000. */
const textLimit = 4_000

/** A message's text is what notifications and screen readers say: it is there, and it is mrkdwn like any other. */
const textFaults = (value: unknown, at: string): readonly string[] => [
  ...words(textLimit, 1)(value, at),
  ...(typeof value === 'string' ? markupFaults(value, at) : []),
]

/** slack: a message payload: its text and its blocks. */
export const messageFaults = (message: {
  readonly text?: unknown
  readonly blocks?: unknown
}): readonly string[] => [
  ...textFaults(message.text, 'text'),
  ...(message.blocks === undefined ? [] : blockFaults(message.blocks, 'message')),
]

/** slack: reference/views/modal-views and home-tab-views. */
const shared = {
  private_metadata: may(words(3_000)),
  callback_id: may(words(255)),
  external_id: may(words(255)),
}
const within =
  (surface: 'modal' | 'home'): Rule =>
  (value, at) =>
    blockFaults(value, surface, at)
const submitWithInput: Rule = (value, at) =>
  isThing(value) &&
  value['submit'] === undefined &&
  things(value['blocks']).some((one) => one['type'] === 'input')
    ? [`${at} asks for input and has no submit`]
    : []
const modal = shaped(
  {
    type: need(among('modal')),
    title: need(plain(24)),
    blocks: need(within('modal')),
    submit: may(plain(24)),
    close: may(plain(24)),
    clear_on_close: may(flag),
    notify_on_close: may(flag),
    submit_disabled: may(flag),
    ...shared,
  },
  submitWithInput,
)
const home = shaped({ type: need(among('home')), blocks: need(within('home')), ...shared })
export const viewFaults = (view: unknown): readonly string[] =>
  isThing(view) && view['type'] === 'home' ? home(view, 'view') : modal(view, 'view')

/** slack: messaging/message-metadata: an event_type, and a payload of names and values. */
const metadata = shaped({
  event_type: need(form(/^[A-Za-z0-9_]+$/, 'the name of an event')),
  event_payload: need((value, at) => (isThing(value) ? [] : [`${at} is no object`])),
})
const stamp = form(/^\d{10}\.\d{6}$/, 'the time of a message')

/** The message in the arguments of a call; what is a message's own is read as such. */
const withMessage = (fields: Parameters<typeof shaped>[0]): Rule =>
  shaped({ ...fields, text: may(() => []), blocks: may(() => []), metadata: may(metadata) }, (value) =>
    isThing(value) ? messageFaults(value) : [],
  )
const view = need((value: unknown) => viewFaults(value))

/** slack: reference/methods, one page each: of the methods that write, the arguments that they take. */
const methods: { readonly [name: string]: Rule } = {
  'chat.postMessage': withMessage({
    channel: need(words(255, 1)),
    thread_ts: may(stamp),
    reply_broadcast: may(flag),
    unfurl_links: may(flag),
    unfurl_media: may(flag),
  }),
  'chat.postEphemeral': withMessage({
    channel: need(words(255, 1)),
    user: need(userId),
    thread_ts: may(stamp),
  }),
  // slack: chat.update takes the id of a channel, not its name.
  'chat.update': withMessage({ channel: need(channelId), ts: need(stamp) }),
  'views.open': shaped({ trigger_id: need(words(255, 1)), view }),
  'views.push': shaped({ trigger_id: need(words(255, 1)), view }),
  'views.update': shaped({
    view_id: may(words(255, 1)),
    external_id: may(words(255, 1)),
    hash: may(words(255)),
    view,
  }),
  'views.publish': shaped({ user_id: need(userId), hash: may(words(255)), view }),
}

/** slack: interactivity/handling-user-interaction, "Message responses": what a response_url takes. */
const response: Rule = (value, at) => {
  if (isThing(value) && value['delete_original'] === true)
    return shaped({ delete_original: need(flag) })(value, at)
  return shaped(
    {
      text: may(() => []),
      blocks: may(() => []),
      response_type: may(among('ephemeral', 'in_channel')),
      replace_original: may(flag),
      thread_ts: may(stamp),
    },
    (one) => (isThing(one) ? messageFaults(one) : []),
  )(value, at)
}

/** slack: surfaces/modals, "Displaying errors in views": each by the block_id of an input, and said. */
const errors: Rule = (value, at) =>
  isThing(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([id, said]) => words(2_000, 1)(said, `${at}.${id}`))
    : [`${at} names no input`]
const submitted: { readonly [action: string]: Rule } = {
  errors: shaped({ response_action: need(among('errors')), errors: need(errors) }),
  update: shaped({ response_action: need(among('update')), view }),
  push: shaped({ response_action: need(among('push')), view }),
  clear: shaped({ response_action: need(among('clear')) }),
}

/** The answers that a delivery is acknowledged with, by what was delivered. Nothing at all is an answer to each of them. */
const acknowledged = (kind: string, body: Thing): readonly string[] => {
  if (Object.keys(body).length === 0) return []
  if (kind === 'block_suggestion') return suggested(body, 'answer')
  if (kind === 'view_submission') {
    const rule = submitted[String(body['response_action'])]
    return rule ? rule(body, 'answer') : [`answer: response_action ${String(body['response_action'])}`]
  }
  if (kind === 'slash_commands') return response(body, 'answer')
  return [`answer: ${kind} takes none: ${JSON.stringify(body)}`]
}

/** One payload on its way to Slack. */
export interface Sent {
  /** The method that is called, `response_url`, or `ack` and what is acknowledged by it. */
  readonly way: string
  readonly body: Thing
}

/** What is not as Slack's pages have it, each with the way that it takes. Methods that only read are not looked at. */
export const sentFaults = ({ way, body }: Sent): readonly string[] => {
  const [what = '', kind = ''] = way.split(' ')
  const found =
    what === 'response_url'
      ? response(body, 'response')
      : what === 'ack'
        ? acknowledged(kind, body)
        : (methods[what]?.(body, what) ?? [])
  return found.map((fault) => `${way}: ${fault}`)
}
