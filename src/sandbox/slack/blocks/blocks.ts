import { isObj } from '../json'
import { contextElements, elements, inAccessory, inActions, inInput } from './elements'
import { anyText, image, imageFields, mrkdwn, oneImageSource, plainText } from './objects'
import { richText, richTextFields } from './rich-text'
import type { Check, Fields } from './schema'
import {
  anything,
  boolean,
  byType,
  integer,
  list,
  number,
  object,
  only,
  oneOf,
  optional,
  required,
  text,
} from './schema'

/** Layout blocks and their limits: https://docs.slack.dev/reference/block-kit/blocks */
const block = (type: string, fields: Fields, also?: Check): Check =>
  object({ type: required(oneOf(type)), block_id: optional(text(255)), ...fields }, also)

const someText: Check = (value, at, report) => {
  if (isObj(value) && value['text'] === undefined && value['fields'] === undefined) {
    report.error(at, 'missing required field: text')
  }
}

/** @slack/types: a plan's tasks are task cards; their `type` may be left out. Task ids are unique within it. */
const taskFields: Fields = {
  type: optional(oneOf('task_card')),
  block_id: optional(text(255)),
  task_id: required(text(255, 1)),
  title: required(text(255, 1)),
  status: optional(oneOf('pending', 'in_progress', 'complete', 'error')),
  details: optional(richText),
  output: optional(richText),
  sources: optional(
    list(
      object({ type: required(oneOf('url')), url: required(text(3000, 1)), text: required(text(255, 1)) }),
      50,
      0,
    ),
  ),
}
const uniqueTasks: Check = (value, at, report) => {
  if (!isObj(value) || !Array.isArray(value['tasks'])) return
  const seen = new Set<unknown>()
  for (const [index, task] of value['tasks'].entries()) {
    const id = isObj(task) ? task['task_id'] : undefined
    if (id !== undefined && seen.has(id))
      report.error(`${at}/tasks/${index}/task_id`, 'task_id must be unique')
    seen.add(id)
  }
}

const cell = byType({
  raw_text: object({ type: required(oneOf('raw_text')), text: required(text(10_000, 1)) }),
  raw_number: object({
    type: required(oneOf('raw_number')),
    value: required(number),
    text: optional(text(10_000, 1)),
  }),
  rich_text: richText,
})
const card = block('card', {
  hero_image: optional(image),
  icon: optional(image),
  title: optional(mrkdwn(150)),
  subtitle: optional(mrkdwn(150)),
  body: optional(mrkdwn(200)),
  actions: optional(list(byType(only(elements, ['button'])), 3)),
})

/** Every block an app may send, by its type, but for container, which holds others of them. */
const plainBlocks: { [type: string]: Check } = {
  section: block(
    'section',
    {
      text: optional(anyText(3000)),
      fields: optional(list(anyText(2000), 10)),
      accessory: optional(byType(only(elements, inAccessory))),
      expand: optional(boolean),
    },
    someText,
  ),
  divider: block('divider', {}),
  header: block('header', { text: required(plainText(150)), level: optional(integer(1, 4)) }),
  image: object(
    { ...imageFields, block_id: optional(text(255)), title: optional(plainText(2000)) },
    oneImageSource,
  ),
  context: block('context', { elements: required(list(byType(contextElements), 10)) }),
  actions: block('actions', { elements: required(list(byType(only(elements, inActions)), 25)) }),
  context_actions: block('context_actions', {
    elements: required(list(byType(only(elements, ['feedback_buttons', 'icon_button'])), 5)),
  }),
  input: block('input', {
    label: required(plainText(2000)),
    hint: optional(plainText(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
    element: required(byType(only(elements, inInput))),
  }),
  rich_text: block('rich_text', richTextFields),
  markdown: block('markdown', { text: required(text(12_000, 1)) }),
  table: block('table', {
    rows: required(list(list(cell, 20), 100)),
    column_settings: optional(
      list(
        object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(boolean) }),
        20,
        0,
      ),
    ),
  }),
  data_table: block('data_table', {
    rows: required(list(list(cell, 20), 200)),
    caption: required(text(255, 1)),
    page_size: optional(integer(1, 100)),
    row_header_column_index: optional(integer(0, 19)),
  }),
  task_card: block('task_card', { ...taskFields, type: required(oneOf('task_card')) }),
  plan: block(
    'plan',
    { title: required(text(255, 1)), tasks: optional(list(object(taskFields), 50, 0)) },
    uniqueTasks,
  ),
  card,
  carousel: block('carousel', { elements: required(list(byType({ card }), 10)) }),
  alert: block('alert', {
    text: required(anyText(3000)),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
  video: block('video', {
    video_url: required(text(3000, 1)),
    thumbnail_url: required(text(3000, 1)),
    alt_text: required(text(2000, 1)),
    title: required(plainText(200)),
    title_url: optional(text(3000)),
    author_name: optional(text(50)),
    provider_name: optional(text(255)),
    provider_icon_url: optional(text(3000)),
    description: optional(plainText(200)),
  }),
}

const contained = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
]
const blocks: { [type: string]: Check } = {
  ...plainBlocks,
  container: block('container', {
    title: optional(plainText(150)),
    rich_text_title: optional(richText),
    subtitle: optional(anyText(150)),
    child_blocks: required(list(byType(only(plainBlocks, contained)), 10)),
    width: optional(oneOf('narrow', 'standard', 'wide', 'full')),
    icon: optional(anything),
    is_collapsible: optional(boolean),
    default_collapsed: optional(boolean),
    has_header_divider: optional(boolean),
  }),
}

const everywhere = [
  'section',
  'divider',
  'header',
  'image',
  'context',
  'actions',
  'input',
  'rich_text',
  'video',
]
const messagesAndHome = [...everywhere, 'table', 'card', 'carousel', 'container']
/** Which blocks each surface takes. */
const surfaces = {
  message: [...messagesAndHome, 'context_actions', 'markdown', 'data_table', 'task_card', 'plan'],
  home: messagesAndHome,
  modal: [...everywhere, 'alert'],
} as const
export type Surface = keyof typeof surfaces

/** The blocks of a surface: at most 50 in a message, 100 in a modal or Home. */
export function blockList(surface: Surface): Check {
  return list(byType(only(blocks, surfaces[surface])), surface === 'message' ? 50 : 100, 0)
}
