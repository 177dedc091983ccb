import { isObj } from '../json'
import {
  anyText,
  confirm,
  conversationFilter,
  dispatchConfig,
  image,
  optionGroup,
  overflowOption,
  plainOption,
  plainText,
  richOption,
} from './objects'
import { richText } from './rich-text'
import type { Check, Fields } from './schema'
import { boolean, integer, list, number, object, oneOf, optional, pattern, required, text } from './schema'

/** Interactive elements and their limits: https://docs.slack.dev/reference/block-kit/block-elements */
const element = (type: string, fields: Fields, also?: Check): Check =>
  object({ type: required(oneOf(type)), action_id: optional(text(255, 1)), ...fields }, also)

const confirmable: Fields = { confirm: optional(confirm) }
const focusable: Fields = { focus_on_load: optional(boolean) }
const placeholder: Fields = { placeholder: optional(plainText(150)) }
const dispatchable: Fields = { dispatch_action_config: optional(dispatchConfig) }
const menu: Fields = { ...confirmable, ...focusable, ...placeholder }
const many: Fields = { ...menu, max_selected_items: optional(integer(1, 1000)) }
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date')
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time')
const id = text(50, 1)
const ids = list(id, 1000, 0)
const style = optional(oneOf('primary', 'danger'))
const label = optional(text(75))

const options: Fields = {
  options: optional(list(plainOption, 100)),
  option_groups: optional(list(optionGroup, 100)),
}
const oneSource: Check = (value, at, report) => {
  if (isObj(value) && (value['options'] === undefined) === (value['option_groups'] === undefined)) {
    report.error(at, 'must provide exactly one of: options, option_groups')
  }
}
const uniqueValues: Check = (value, at, report) => {
  if (!isObj(value) || !Array.isArray(value['options'])) return
  const values = value['options'].filter(isObj).map((option) => option['value'])
  if (new Set(values).size !== values.length) report.error(`${at}/options`, 'option values must be unique')
}

/** Every element that Slack knows, by its type. */
export const elements: { [type: string]: Check } = {
  image,
  button: element('button', {
    text: required(plainText(75)),
    value: optional(text(2000)),
    url: optional(text(3000)),
    style,
    accessibility_label: label,
    ...confirmable,
  }),
  icon_button: element('icon_button', {
    icon: required(oneOf('trash')),
    text: required(plainText(75)),
    value: optional(text(2000)),
    accessibility_label: label,
    visible_to_user_ids: optional(ids),
    ...confirmable,
  }),
  feedback_buttons: element('feedback_buttons', {
    positive_button: required(
      object({ text: required(plainText(75)), value: required(text(2000)), accessibility_label: label }),
    ),
    negative_button: required(
      object({ text: required(plainText(75)), value: required(text(2000)), accessibility_label: label }),
    ),
  }),
  workflow_button: element('workflow_button', {
    text: required(plainText(75)),
    workflow: required((value, at, report) => {
      if (!isObj(value)) report.error(at, 'must provide an object')
    }),
    style,
    accessibility_label: label,
  }),
  overflow: element('overflow', { options: required(list(overflowOption, 5)), ...confirmable }),
  checkboxes: element(
    'checkboxes',
    {
      options: required(list(richOption, 10)),
      initial_options: optional(list(richOption, 10)),
      ...confirmable,
      ...focusable,
    },
    uniqueValues,
  ),
  radio_buttons: element(
    'radio_buttons',
    {
      options: required(list(richOption, 10)),
      initial_option: optional(richOption),
      ...confirmable,
      ...focusable,
    },
    uniqueValues,
  ),
  datepicker: element('datepicker', { initial_date: optional(date), ...menu }),
  timepicker: element('timepicker', { initial_time: optional(time), timezone: optional(text(255)), ...menu }),
  datetimepicker: element('datetimepicker', {
    initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)),
    ...confirmable,
    ...focusable,
  }),
  static_select: element(
    'static_select',
    { ...options, initial_option: optional(plainOption), ...menu },
    oneSource,
  ),
  multi_static_select: element(
    'multi_static_select',
    { ...options, initial_options: optional(list(plainOption, 100)), ...many },
    oneSource,
  ),
  external_select: element('external_select', {
    initial_option: optional(plainOption),
    min_query_length: optional(integer(0, 255)),
    ...menu,
  }),
  multi_external_select: element('multi_external_select', {
    initial_options: optional(list(plainOption, 100)),
    min_query_length: optional(integer(0, 255)),
    ...many,
  }),
  users_select: element('users_select', { initial_user: optional(id), ...menu }),
  multi_users_select: element('multi_users_select', { initial_users: optional(ids), ...many }),
  conversations_select: element('conversations_select', {
    initial_conversation: optional(id),
    default_to_current_conversation: optional(boolean),
    response_url_enabled: optional(boolean),
    filter: optional(conversationFilter),
    ...menu,
  }),
  multi_conversations_select: element('multi_conversations_select', {
    initial_conversations: optional(ids),
    default_to_current_conversation: optional(boolean),
    filter: optional(conversationFilter),
    ...many,
  }),
  channels_select: element('channels_select', {
    initial_channel: optional(id),
    response_url_enabled: optional(boolean),
    ...menu,
  }),
  multi_channels_select: element('multi_channels_select', { initial_channels: optional(ids), ...many }),
  plain_text_input: element('plain_text_input', {
    initial_value: optional(text(3000)),
    multiline: optional(boolean),
    min_length: optional(integer(0, 3000)),
    max_length: optional(integer(1, 3000)),
    ...dispatchable,
    ...focusable,
    ...placeholder,
  }),
  email_text_input: element('email_text_input', {
    initial_value: optional(text(3000)),
    ...dispatchable,
    ...focusable,
    ...placeholder,
  }),
  url_text_input: element('url_text_input', {
    initial_value: optional(text(3000)),
    ...dispatchable,
    ...focusable,
    ...placeholder,
  }),
  number_input: element('number_input', {
    is_decimal_allowed: required(boolean),
    initial_value: optional(text(255)),
    min_value: optional(text(255)),
    max_value: optional(text(255)),
    ...dispatchable,
    ...focusable,
    ...placeholder,
  }),
  rich_text_input: element('rich_text_input', {
    initial_value: optional(richText),
    min_lines: optional(number),
    max_lines: optional(number),
    ...dispatchable,
    ...focusable,
    ...placeholder,
  }),
  file_input: element('file_input', {
    filetypes: optional(list(text(20, 1), 100)),
    max_files: optional(integer(1, 10)),
  }),
}

const selects = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
]
const menus = [...selects, ...selects.map((type) => `multi_${type}`)]
const pickers = [...menus, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker']

/** Which elements stand where: https://docs.slack.dev/reference/block-kit/block-elements ("Works with block types"). */
export const inActions = [
  ...pickers,
  'button',
  'workflow_button',
  'overflow',
  'datetimepicker',
  'rich_text_input',
]
export const inAccessory = [...pickers, 'button', 'workflow_button', 'overflow', 'image']
export const inInput = [
  ...pickers,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
]
/** What a context block holds: small texts and images. */
export const contextElements: { [type: string]: Check } = {
  image,
  plain_text: anyText(2000),
  mrkdwn: anyText(2000),
}
