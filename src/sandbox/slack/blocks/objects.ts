import type { Check, Fields } from './schema'
import { boolean, byType, list, object, oneOf, optional, required, text } from './schema'
import { isObj } from '../json'

/**
 * Composition objects and their limits:
 * https://docs.slack.dev/reference/block-kit/composition-objects and @slack/types' own notes.
 */
const typed = (type: string, fields: Fields): Check => object({ type: required(oneOf(type)), ...fields })

export const plainText = (max: number): Check =>
  byType({ plain_text: typed('plain_text', { text: required(text(max, 1)), emoji: optional(boolean) }) })

export const mrkdwn = (max: number): Check =>
  byType({ mrkdwn: typed('mrkdwn', { text: required(text(max, 1)), verbatim: optional(boolean) }) })

/** A text object, plain or mrkdwn. */
export const anyText = (max: number): Check =>
  byType({
    plain_text: typed('plain_text', { text: required(text(max, 1)), emoji: optional(boolean) }),
    mrkdwn: typed('mrkdwn', { text: required(text(max, 1)), verbatim: optional(boolean) }),
  })

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm: Check = object({
  title: optional(plainText(100)),
  text: required(plainText(300)),
  confirm: optional(plainText(30)),
  deny: optional(plainText(30)),
  style: optional(oneOf('primary', 'danger')),
})

const optionFields = (label: Check): Fields => ({
  text: required(label),
  value: optional(text(150)),
  description: optional(anyText(75)),
})
/** An option of a select menu: plain text only. */
export const plainOption: Check = object({ ...optionFields(plainText(75)), value: required(text(75, 1)) })
/** An option of checkboxes or radio buttons: mrkdwn allowed. */
export const richOption: Check = object({ ...optionFields(anyText(75)), value: required(text(75, 1)) })
/** An option of an overflow menu may carry a URL. */
export const overflowOption: Check = object({
  ...optionFields(plainText(75)),
  value: optional(text(75)),
  url: optional(text(3000)),
})
export const optionGroup: Check = object({
  label: required(plainText(75)),
  options: required(list(plainOption, 100)),
})

export const dispatchConfig: Check = object({
  trigger_actions_on: optional(list(oneOf('on_enter_pressed', 'on_character_entered'), 2)),
})

export const conversationFilter: Check = object({
  include: optional(list(oneOf('im', 'mpim', 'private', 'public'), 4)),
  exclude_external_shared_channels: optional(boolean),
  exclude_bot_users: optional(boolean),
})

/** Exactly one of image_url and slack_file: what images of every kind share. */
export const imageFields: Fields = {
  type: required(oneOf('image')),
  image_url: optional(text(3000, 1)),
  slack_file: optional(object({ id: optional(text(255)), url: optional(text(3000)) })),
  alt_text: required(text(2000, 1)),
}
export const oneImageSource: Check = (value, at, report) => {
  if (isObj(value) && (value['image_url'] === undefined) === (value['slack_file'] === undefined)) {
    report.error(at, 'must provide exactly one of: image_url, slack_file')
  }
}
export const image: Check = object(imageFields, oneImageSource)
