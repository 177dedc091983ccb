import { elements, image, places } from './elements'
import type { Fields, Rule, Thing } from './rules'
import {
  among,
  flag,
  form,
  isThing,
  may,
  need,
  several,
  shaped,
  things,
  twice,
  typed,
  whole,
  words,
} from './rules'
import { anyText, channelId, groupId, mrkdwn, plain, userId } from './text'

/** slack: reference/block-kit/blocks: a block_id of at most 255 characters. */
const block = (type: string, fields: Fields, also?: Rule): Rule =>
  shaped({ type: need(among(type)), block_id: may(words(255, 1)), ...fields }, also)

const taking = (names: readonly string[], more: { readonly [type: string]: Rule } = {}): Rule =>
  typed({ ...Object.fromEntries(names.flatMap((name) => [[name, elements[name] ?? (() => [])]])), ...more })

/** slack: block-elements/rich-text-section-element and the elements in it. */
const style = may(
  shaped(
    Object.fromEntries(
      ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'].map(
        (name) => [name, may(flag)],
      ),
    ),
  ),
)
const piece = (type: string, fields: Fields): Rule => shaped({ type: need(among(type)), style, ...fields })
const pieces: { readonly [type: string]: Rule } = {
  text: piece('text', { text: need(words(40_000, 1)) }),
  link: piece('link', {
    url: need(form(/^(https?:\/\/|mailto:)/, 'an address')),
    text: may(words(3_000)),
    unsafe: may(flag),
  }),
  user: piece('user', { user_id: need(userId) }),
  usergroup: piece('usergroup', { usergroup_id: need(groupId) }),
  channel: piece('channel', { channel_id: need(channelId) }),
  emoji: piece('emoji', { name: need(words(255, 1)), unicode: may(words(255)) }),
  // slack: block-elements/date-element: seconds, a format of its tokens, a fallback in plain text.
  date: piece('date', {
    timestamp: need(whole(0, 9_999_999_999)),
    format: need(form(/\{[a-z_]+\}/, 'a format of a date')),
    url: may(words(3_000)),
    fallback: may(words(3_000, 1)),
    timezone: may(words(255, 1)),
  }),
}
const inline = need(several(typed(pieces), 40_000))
const richSection = shaped({ type: need(among('rich_text_section')), elements: inline })
const richParts: { readonly [type: string]: Rule } = {
  rich_text_section: richSection,
  rich_text_list: shaped({
    type: need(among('rich_text_list')),
    style: need(among('bullet', 'ordered')),
    elements: need(several(typed({ rich_text_section: richSection }), 40_000)),
    indent: may(whole(0, 8)),
    offset: may(whole(0, 40_000)),
    border: may(whole(0, 1)),
  }),
  rich_text_quote: shaped({
    type: need(among('rich_text_quote')),
    elements: inline,
    border: may(whole(0, 1)),
  }),
  rich_text_preformatted: shaped({
    type: need(among('rich_text_preformatted')),
    elements: need(
      several(taking([], { text: pieces['text'] ?? style.rule, link: pieces['link'] ?? style.rule }), 40_000),
    ),
    border: may(whole(0, 1)),
    language: may(words(50)),
  }),
}
const richText = block('rich_text', { elements: need(several(typed(richParts), 40_000)) })

/** slack: blocks/task-card-block: details and output are "a single rich_text entity": of one element. */
const oneRichText = block('rich_text', { elements: need(several(typed(richParts), 1)) })
const task: Fields = {
  task_id: need(words(255, 1)),
  title: need(words(3_000, 1)),
  status: may(among('pending', 'in_progress', 'complete', 'error')),
  details: may(typed({ rich_text: oneRichText })),
  output: may(typed({ rich_text: oneRichText })),
  sources: may(
    several(
      shaped({ type: need(among('url')), url: need(words(3_000, 1)), text: need(words(3_000, 1)) }),
      100,
    ),
  ),
  block_id: may(words(255, 1)),
}

/** slack: blocks/table-block: 100 rows of 20 cells, each of raw_text, raw_number or rich_text. */
const cell = typed({
  raw_text: shaped({ type: need(among('raw_text')), text: need(words(10_000, 1)) }),
  raw_number: shaped({
    type: need(among('raw_number')),
    value: need(whole(-1e15, 1e15)),
    text: may(words(10_000, 1)),
  }),
  rich_text: richText,
})
/** Every row has as many cells, and all cells together at most 10,000 characters. */
const evenRows: Rule = (value, at) => {
  const rows = isThing(value) && Array.isArray(value['rows']) ? value['rows'].filter(Array.isArray) : []
  const texts = rows.flat().map((one: unknown) => (isThing(one) ? one['text'] : undefined))
  return [
    ...(new Set(rows.map((row) => row.length)).size > 1 ? [`${at} has rows of different lengths`] : []),
    ...words(10_000)(texts.filter((one) => typeof one === 'string').join(''), `${at}: its cells together`),
  ]
}

/** slack: reference/block-kit/blocks, one page each; those that this bot has no use for are left out, and so are faults. */
const blocks: { readonly [type: string]: Rule } = {
  section: block(
    'section',
    {
      text: may(anyText(3_000)),
      fields: may(several(anyText(2_000), 10)),
      accessory: may(taking(places.accessory, { image })),
      expand: may(flag),
    },
    (value, at) =>
      isThing(value) && value['text'] === undefined && value['fields'] === undefined
        ? [`${at} has neither text nor fields`]
        : [],
  ),
  divider: block('divider', {}),
  header: block('header', { text: need(plain(150)) }),
  context: block('context', {
    elements: need(several(typed({ image, plain_text: plain(3_000), mrkdwn: mrkdwn(3_000) }), 10)),
  }),
  actions: block('actions', { elements: need(several(taking(places.actions), 25)) }),
  input: block('input', {
    label: need(plain(2_000)),
    hint: may(plain(2_000)),
    optional: may(flag),
    dispatch_action: may(flag),
    element: need(taking(places.input)),
  }),
  rich_text: richText,
  markdown: block('markdown', { text: need(words(12_000, 1)) }),
  table: block(
    'table',
    {
      rows: need(several(several(cell, 20), 100)),
      column_settings: may(
        several(shaped({ align: may(among('left', 'center', 'right')), is_wrapped: may(flag) }), 20, 0),
      ),
    },
    evenRows,
  ),
  plan: block(
    'plan',
    {
      title: need(words(3_000, 1)),
      tasks: may(several(shaped({ type: may(among('task_card')), ...task }), 50)),
    },
    (value, at) =>
      isThing(value)
        ? twice(
            things(value['tasks']).map((one) => one['task_id']),
            `${at}: the task_id`,
          )
        : [],
  ),
  task_card: shaped({ type: need(among('task_card')), ...task }),
}

/** slack: each block's page, "Available in surfaces". */
const everywhere = ['section', 'divider', 'header', 'context', 'actions', 'input', 'rich_text']
const surfaces = {
  message: [...everywhere, 'markdown', 'table', 'plan', 'task_card'],
  modal: everywhere,
  home: [...everywhere, 'table'],
}
export type Surface = keyof typeof surfaces

const elementsOf = (one: Thing): readonly Thing[] => [
  ...things([one['accessory'], one['element']]),
  ...(one['type'] === 'actions' ? things(one['elements']) : []),
]

/** What no single block shows: ids that come twice, more than one focus, more than one table, a set with two primaries. */
const together = (list: readonly Thing[], at: string): readonly string[] => [
  ...twice(
    list.map((one) => one['block_id']),
    `${at}: the block_id`,
  ),
  ...list.flatMap((one) =>
    twice(
      elementsOf(one).map((inner) => inner['action_id']),
      `${at}: the action_id`,
    ),
  ),
  // slack: composition of elements: focus_on_load: "Only one element can be set to true".
  ...(list.flatMap(elementsOf).filter((one) => one['focus_on_load'] === true).length > 1
    ? [`${at}: two elements want the focus`]
    : []),
  // slack: blocks/table-block: one table in a message.
  ...(list.filter((one) => one['type'] === 'table').length > 1 ? [`${at}: two tables`] : []),
  // slack: button-element: primary "should only be used for one button within a set".
  ...list
    .filter((one) => elementsOf(one).filter((inner) => inner['style'] === 'primary').length > 1)
    .map(() => `${at}: two primary buttons in one block`),
]

/** slack: reference/block-kit/blocks: up to 50 blocks in a message, 100 in a modal or a Home. */
export const blockFaults = (value: unknown, surface: Surface, at = 'blocks'): readonly string[] => {
  const rules = Object.fromEntries(surfaces[surface].map((type) => [type, blocks[type] ?? (() => [])]))
  return [
    ...several(typed(rules), surface === 'message' ? 50 : 100, 0)(value, at),
    ...together(things(value), at),
  ]
}
