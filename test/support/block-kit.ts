import type { HomeView, ModalView } from '@slack/types'
import type { Message } from '../../src/ports/chat'
import { messageFaults, viewFaults } from '../../src/sandbox/slack/blocks/validate'

/** Slack's limits (docs.slack.dev, reference/block-kit and reference/views), as far as our messages could break them. */
const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  allCharacters: 13_200,
  text: 4_000,
  section: 3_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  id: 255,
  buttonText: 75,
  buttonValue: 2_000,
  options: 100,
  checkboxes: 10,
  option: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  planTasks: 50,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  inputLabel: 2_000,
  viewTitle: 24,
  metadata: 3_000,
}

type Found = readonly string[]
type Thing = { readonly [name: string]: unknown }

const things = (value: unknown): readonly Thing[] =>
  Array.isArray(value) ? value.filter((one): one is Thing => typeof one === 'object' && one !== null) : []
const thing = (value: unknown): Thing => (typeof value === 'object' && value !== null ? (value as Thing) : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const within = (where: string, value: unknown, most: number, least = 1): Found => {
  const length = text(value).length
  return length < least || length > most ? [`${where}: ${length} characters, wants ${least} to ${most}`] : []
}
const atMost = (where: string, count: number, most: number, least = 1): Found =>
  count < least || count > most ? [`${where}: ${count}, wants ${least} to ${most}`] : []
const twice = (where: string, values: readonly string[]): Found =>
  values.length === new Set(values).size ? [] : [`${where}: ${values.join(', ')} is not unique`]

const textObject = (where: string, value: unknown, most: number): Found => {
  const { type, text: words } = thing(value)
  const kind = type === 'mrkdwn' || type === 'plain_text' ? [] : [`${where}: type ${String(type)}`]
  return [...kind, ...within(where, words, most)]
}
const plainText = (where: string, value: unknown, most: number): Found =>
  thing(value)['type'] === 'plain_text' ? textObject(where, value, most) : [`${where}: wants plain_text`]

const confirm = (where: string, value: unknown): Found => {
  const dialog = thing(value)
  return [
    ...plainText(`${where}.title`, dialog['title'], limits.confirmTitle),
    ...textObject(`${where}.text`, dialog['text'], limits.confirmText),
    ...plainText(`${where}.confirm`, dialog['confirm'], limits.confirmButton),
    ...plainText(`${where}.deny`, dialog['deny'], limits.confirmButton),
  ]
}

const optionList = (where: string, value: unknown, most: number): Found => {
  const options = things(value)
  return [
    ...atMost(`${where}.options`, options.length, most),
    ...twice(
      `${where}.options`,
      options.map((option) => text(option['value'])),
    ),
    ...options.flatMap((option) => [
      ...textObject(`${where}.option`, option['text'], limits.option),
      ...within(`${where}.option value`, option['value'], limits.option),
      ...(option['description'] === undefined
        ? []
        : plainText(`${where}.option`, option['description'], limits.option)),
    ]),
  ]
}

const element = (where: string, value: Thing): Found => {
  const id = within(`${where}.action_id`, value['action_id'], limits.id)
  switch (value['type']) {
    case 'button':
      return [
        ...id,
        ...plainText(`${where}.text`, value['text'], limits.buttonText),
        ...within(`${where}.value`, value['value'], limits.buttonValue),
        ...(value['confirm'] === undefined ? [] : confirm(`${where}.confirm`, value['confirm'])),
      ]
    case 'static_select':
      return [...id, ...optionList(where, value['options'], limits.options)]
    case 'checkboxes':
      return [...id, ...optionList(where, value['options'], limits.checkboxes)]
    case 'plain_text_input':
    case 'datepicker':
    case 'timepicker':
    case 'number_input':
      return id
    default:
      return [`${where}: element ${String(value['type'])}`]
  }
}

const richText = (where: string, value: unknown): Found => {
  const block = thing(value)
  const parts = things(block['elements'])
  // A task card takes exactly one element in its rich text.
  return [
    ...(block['type'] === 'rich_text' ? [] : [`${where}: wants rich_text`]),
    ...atMost(`${where}.elements`, parts.length, 1),
    ...parts.flatMap((part) => atMost(`${where}.elements`, things(part['elements']).length, 1_000)),
  ]
}

const checkBlock = (block: Thing, index: number, surface: 'message' | 'view'): Found => {
  const where = `blocks[${index}] ${String(block['type'])}`
  const id = block['block_id'] === undefined ? [] : within(`${where}.block_id`, block['block_id'], limits.id)
  const elements = things(block['elements'])
  switch (block['type']) {
    case 'header':
      return [...id, ...plainText(where, block['text'], limits.header)]
    case 'section':
      return [
        ...id,
        ...textObject(where, block['text'], limits.section),
        ...(block['accessory'] === undefined ? [] : element(`${where}.accessory`, thing(block['accessory']))),
      ]
    case 'context':
      return [
        ...id,
        ...atMost(`${where}.elements`, elements.length, limits.contextElements),
        ...elements.flatMap((one) => textObject(where, one, limits.section)),
      ]
    case 'actions':
      return [
        ...id,
        ...atMost(`${where}.elements`, elements.length, limits.actionsElements),
        ...elements.flatMap((one) => element(where, one)),
        ...twice(
          `${where}.action_id`,
          elements.map((one) => text(one['action_id'])),
        ),
      ]
    case 'plan':
      return [
        ...id,
        ...within(`${where}.title`, block['title'], limits.header),
        ...atMost(`${where}.tasks`, things(block['tasks']).length, limits.planTasks),
        ...twice(
          `${where}.task_id`,
          things(block['tasks']).map((task) => text(task['task_id'])),
        ),
        ...things(block['tasks']).flatMap((task) => [
          ...within(`${where}.task title`, task['title'], limits.header),
          ...(['pending', 'in_progress', 'complete', 'error'].includes(text(task['status']))
            ? []
            : [`${where}: status`]),
          ...(task['details'] === undefined ? [] : richText(`${where}.details`, task['details'])),
        ]),
      ]
    case 'table': {
      const rows = Array.isArray(block['rows']) ? block['rows'].map(things) : []
      const cells = rows.flat()
      return [
        ...id,
        ...atMost(`${where}.rows`, rows.length, limits.tableRows),
        ...rows.flatMap((row) => atMost(`${where}.columns`, row.length, limits.tableColumns)),
        ...(new Set(rows.map((row) => row.length)).size > 1 ? [`${where}: rows of different lengths`] : []),
        ...cells.flatMap((one) => within(`${where}.cell`, one['text'], limits.section)),
        ...atMost(where, cells.map((one) => text(one['text'])).join('').length, limits.tableCharacters),
      ]
    }
    case 'input':
      return [
        ...id,
        ...(surface === 'view' ? [] : [`${where}: in a message`]),
        ...plainText(`${where}.label`, block['label'], limits.inputLabel),
        ...(block['hint'] === undefined ? [] : plainText(`${where}.hint`, block['hint'], limits.inputLabel)),
        ...element(`${where}.element`, thing(block['element'])),
      ]
    case 'rich_text':
      return [...id, ...richText(where, block)]
    case 'divider':
      return id
    default:
      return [`${where}: not a block that we use`]
  }
}

const checkBlocks = (blocks: readonly unknown[], most: number, surface: 'message' | 'view'): Found => [
  ...atMost('blocks', blocks.length, most),
  ...things(blocks).flatMap((block, index) => checkBlock(block, index, surface)),
  ...twice(
    'block_id',
    things(blocks).flatMap((block) => (typeof block['block_id'] === 'string' ? [block['block_id']] : [])),
  ),
]

/** Every string of one kind of text in something made of Block Kit. */
const texts = (value: unknown, kind: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, kind))
  if (typeof value !== 'object' || value === null) return []
  const own = thing(value)
  return [
    ...(own['type'] === kind && typeof own['text'] === 'string' ? [own['text']] : []),
    ...Object.values(own).flatMap((one) => texts(one, kind)),
  ]
}

/** What Slack would make of an unescaped sign: only mentions of people and groups and dates are meant. */
const markup =
  /<(?!@[UW][A-Z0-9]+>|!subteam\^S[A-Z0-9]+>|!date\^\d+\^[^<>|^]+\|[^<>|]+>|https?:\/\/[^<>|\s]+>)/
const loose = /&(?!amp;|lt;|gt;)/

const checkMarkup = (said: string): Found => [
  ...(markup.test(said) ? [`unescaped: ${said}`] : []),
  ...(loose.test(said) ? [`unescaped &: ${said}`] : []),
]

/** What code leaks when a fact is missing. */
const leaked = /undefined|\[object|NaN|Invalid DateTime|Infinity/
const checkLeaks = (value: unknown): Found => {
  const found = leaked.exec(JSON.stringify(value))
  return found ? [`leaks ${found[0]}: ${JSON.stringify(value)}`] : []
}

const primaries = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + primaries(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = thing(value)
  const here = own['type'] === 'button' && own['style'] === 'primary' ? 1 : 0
  return Object.entries(own).reduce(
    (sum, [name, one]) => sum + (name === 'confirm' ? 0 : primaries(one)),
    here,
  )
}

const dangerous = (value: unknown): readonly Thing[] => {
  if (Array.isArray(value)) return value.flatMap(dangerous)
  if (typeof value !== 'object' || value === null) return []
  const own = thing(value)
  const here =
    own['type'] === 'button' && own['style'] === 'danger' && own['confirm'] === undefined ? [own] : []
  return [...here, ...Object.values(own).flatMap(dangerous)]
}

/** All that Slack would refuse in a message, or that our own rules forbid; empty when it will do. */
export const faultsOf = (message: Message): readonly string[] => [
  ...within('text', message.text, limits.text),
  ...checkMarkup(message.text),
  ...texts(message.blocks, 'mrkdwn').flatMap(checkMarkup),
  ...checkBlocks(message.blocks, limits.messageBlocks, 'message'),
  ...atMost('all blocks', JSON.stringify(message.blocks).length, limits.allCharacters),
  ...checkLeaks(message),
  ...atMost('primary buttons', primaries(message.blocks), 1, 0),
  ...dangerous(message.blocks).map(() => 'a danger button without confirm'),
  // What the sandbox's Slack would refuse, in Slack's own words.
  ...messageFaults(message.blocks),
]

/** The same for a form or a Home. */
export const faultsOfView = (view: ModalView | HomeView): readonly string[] => [
  ...checkBlocks(view.blocks, limits.viewBlocks, 'view'),
  ...texts(view.blocks, 'mrkdwn').flatMap(checkMarkup),
  ...checkLeaks(view),
  ...atMost('primary buttons', primaries(view.blocks), 1, 0),
  ...viewFaults(view, view.type),
  ...(view.type === 'home'
    ? []
    : [
        ...within('title', view.title.text, limits.viewTitle),
        ...(view.submit ? within('submit', view.submit.text, limits.viewTitle) : []),
        ...(view.close ? within('close', view.close.text, limits.viewTitle) : []),
        ...within('private_metadata', view.private_metadata ?? '', limits.metadata, 0),
        ...(view.blocks.some((block) => block.type === 'input') && !view.submit
          ? ['inputs without submit']
          : []),
      ]),
]
