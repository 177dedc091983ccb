import type { Fields, Rule } from './rules'
import { among, flag, form, isThing, may, need, several, shaped, things, twice, whole, words } from './rules'
import { anyText, channelId, plain, userId } from './text'

/** slack: composition-objects/confirmation-dialog-object; its text, too, is plain_text alone. */
const confirm = shaped({
  title: need(plain(100)),
  text: need(plain(300)),
  confirm: need(plain(30)),
  deny: need(plain(30)),
  style: may(among('primary', 'danger')),
})

/** slack: composition-objects/option-object: what stands in checkboxes and radio buttons may be mrkdwn. */
const option = (text: (most: number) => Rule, more: Fields = {}): Rule =>
  shaped({ text: need(text(75)), value: need(words(150, 1)), description: may(text(75)), ...more })
const plainOption = option(plain)
const richOption = option(anyText)

/** slack: composition-objects/option-group-object */
const group = shaped({ label: need(plain(75)), options: need(several(plainOption, 100)) })

/** slack: option-object: values are unique. */
const uniqueValues: Rule = (value, at) =>
  isThing(value)
    ? twice(
        things(value['options']).map((one) => one['value']),
        `${at}: the value`,
      )
    : []

/** slack: select-menu-element, checkboxes-element and others: what is chosen at first exactly matches one of the options. */
const startsAmongOptions: Rule = (value, at) => {
  if (!isThing(value)) return []
  const offered = [
    ...things(value['options']),
    ...things(value['option_groups']).flatMap((one) => things(one['options'])),
  ].map((one) => JSON.stringify(one))
  const first = [...things(value['initial_options']), ...things([value['initial_option']])]
  return first
    .filter((one) => !offered.includes(JSON.stringify(one)))
    .map((one) => `${at} begins with what it does not offer: ${JSON.stringify(one)}`)
}

/** slack: select-menu-element: options, or groups of them, and not both. */
const oneSource: Rule = (value, at) =>
  isThing(value) && (value['options'] === undefined) === (value['option_groups'] === undefined)
    ? [`${at} wants options or option_groups, and one of them`]
    : []

const all =
  (...rules: readonly Rule[]): Rule =>
  (value, at) =>
    rules.flatMap((rule) => rule(value, at))

const element = (type: string, fields: Fields, also?: Rule): Rule =>
  // slack: block-elements: an action_id of at most 255 characters.
  shaped({ type: need(among(type)), action_id: may(words(255, 1)), ...fields }, also)

const confirmed: Fields = { confirm: may(confirm) }
const focused: Fields = { focus_on_load: may(flag) }
const placed: Fields = { placeholder: may(plain(150)) }
const dispatched: Fields = {
  dispatch_action_config: may(
    shaped({ trigger_actions_on: may(several(among('on_enter_pressed', 'on_character_entered'), 2)) }),
  ),
}
const menu: Fields = { ...confirmed, ...focused, ...placed }
const choices: Fields = { options: may(several(plainOption, 100)), option_groups: may(several(group, 100)) }

/** slack: number-input-element: numbers as text; whole ones unless decimals are allowed; the first value within both ends. */
const number = form(/^-?\d+(\.\d+)?$/, 'a number')
const withinEnds: Rule = (value, at) => {
  if (!isThing(value)) return []
  const of = (name: string): number => (value[name] === undefined ? Number.NaN : Number(value[name]))
  const [first, least, most] = [of('initial_value'), of('min_value'), of('max_value')]
  const whole = value['is_decimal_allowed'] !== false || [first, least, most].every((n) => !(n % 1))
  return first < least || first > most || least > most || !whole ? [`${at} begins outside of its ends`] : []
}

/** slack: plain-text-input-element: what it begins with is no longer than what it takes. */
const withinLength: Rule = (value, at) => {
  if (!isThing(value) || typeof value['initial_value'] !== 'string') return []
  const most = typeof value['max_length'] === 'number' ? value['max_length'] : 3_000
  return value['initial_value'].length > most ? [`${at} begins with more than it takes`] : []
}

/** slack: timepicker-element: a zone in the IANA's form. */
const zone: Rule = (value, at) => {
  try {
    Intl.DateTimeFormat('en', { timeZone: String(value) })
    return []
  } catch {
    return [`${at} is no zone of the IANA: ${String(value)}`]
  }
}

/** slack: reference/block-kit/block-elements, one page each. */
export const elements: { readonly [type: string]: Rule } = {
  button: element('button', {
    text: need(plain(75)),
    value: may(words(2_000)),
    url: may(words(3_000)),
    style: may(among('primary', 'danger')),
    accessibility_label: may(words(75)),
    ...confirmed,
  }),
  overflow: element('overflow', {
    options: need(several(option(plain, { url: may(words(3_000)) }), 5)),
    ...confirmed,
  }),
  checkboxes: element(
    'checkboxes',
    {
      options: need(several(richOption, 10)),
      initial_options: may(several(richOption, 10)),
      ...confirmed,
      ...focused,
    },
    all(uniqueValues, startsAmongOptions),
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: need(several(richOption, 10)), initial_option: may(richOption), ...confirmed, ...focused },
    all(uniqueValues, startsAmongOptions),
  ),
  static_select: element(
    'static_select',
    { ...choices, initial_option: may(plainOption), ...menu },
    all(oneSource, uniqueValues, startsAmongOptions),
  ),
  multi_static_select: element(
    'multi_static_select',
    {
      ...choices,
      initial_options: may(several(plainOption, 100)),
      max_selected_items: may(whole(1, 100)),
      ...menu,
    },
    all(oneSource, uniqueValues, startsAmongOptions),
  ),
  external_select: element('external_select', {
    initial_option: may(plainOption),
    min_query_length: may(whole(0, 3_000)),
    ...menu,
  }),
  users_select: element('users_select', { initial_user: may(userId), ...menu }),
  channels_select: element('channels_select', {
    initial_channel: may(channelId),
    response_url_enabled: may(flag),
    ...menu,
  }),
  datepicker: element('datepicker', {
    initial_date: may(form(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'YYYY-MM-DD')),
    ...menu,
  }),
  timepicker: element('timepicker', {
    initial_time: may(form(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm')),
    timezone: may(zone),
    ...menu,
  }),
  // slack: datetimepicker-element: ten digits, in seconds.
  datetimepicker: element('datetimepicker', {
    initial_date_time: may(whole(1_000_000_000, 9_999_999_999)),
    ...confirmed,
    ...focused,
  }),
  plain_text_input: element(
    'plain_text_input',
    {
      initial_value: may(words(3_000)),
      multiline: may(flag),
      min_length: may(whole(0, 3_000)),
      max_length: may(whole(1, 3_000)),
      ...dispatched,
      ...focused,
      ...placed,
    },
    withinLength,
  ),
  number_input: element(
    'number_input',
    {
      is_decimal_allowed: need(flag),
      initial_value: may(number),
      min_value: may(number),
      max_value: may(number),
      ...dispatched,
      ...focused,
      ...placed,
    },
    withinEnds,
  ),
}

/** slack: block-elements/image-element */
export const image = shaped(
  {
    type: need(among('image')),
    alt_text: need(words(2_000, 1)),
    image_url: may(words(3_000, 1)),
    slack_file: may(shaped({ id: may(words(255)), url: may(words(3_000)) })),
  },
  (value, at) =>
    isThing(value) && (value['image_url'] === undefined) === (value['slack_file'] === undefined)
      ? [`${at} wants image_url or slack_file, and one of them`]
      : [],
)

/** slack: interactivity/external data source: an answer's options, as a menu's. */
export const suggested: Rule = shaped(choices, all(uniqueValues))

/** Which elements a place takes: what each page's "Works with block types" says, of those that stand above. */
const menus = ['static_select', 'multi_static_select', 'external_select', 'users_select', 'channels_select']
const pickers = [...menus, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker']
export const places = {
  actions: [...pickers, 'button', 'overflow', 'datetimepicker'],
  accessory: [...pickers, 'button', 'overflow'],
  input: [...pickers, 'datetimepicker', 'plain_text_input', 'number_input'],
}
