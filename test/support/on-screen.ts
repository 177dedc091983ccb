import type { HomeView, ModalView } from '@slack/types'
import type { Message } from '../../src/ports/chat'

type Thing = { readonly [name: string]: unknown }
const thing = (value: unknown): Thing => (typeof value === 'object' && value !== null ? (value as Thing) : {})
const things = (value: unknown): readonly Thing[] => (Array.isArray(value) ? value.map(thing) : [])
const words = (value: unknown): string => {
  const found = thing(value)['text']
  return typeof found === 'string' ? found : ''
}

const control = (element: Thing): string => {
  const style = typeof element['style'] === 'string' ? ` ${element['style']}` : ''
  const ask = thing(element['confirm'])
  const dialog = element['confirm']
    ? ` → ${words(ask['title'])} ${words(ask['text']).replaceAll('\n', ' / ')}`
    : ''
  if (element['type'] === 'button') return `[${words(element['text'])}${style}]${dialog}`
  const chosen = words(thing(element['initial_option'])['text'])
  const options = things(element['options']).map((option) => words(option['text']))
  return `<${String(element['type'])}${chosen === '' ? '' : ` = ${chosen}`}> ${options.join(' | ')}`
}

const runs = (value: unknown): string =>
  things(thing(value)['elements'])
    .flatMap((part) => things(part['elements']))
    .map((run) => (typeof run['text'] === 'string' ? run['text'] : `<${String(run['type'])}>`))
    .join('')

const readBlock = (block: Thing): string => {
  switch (block['type']) {
    case 'header':
      return `# ${words(block['text'])}`
    case 'section':
      return words(block['text']) + (block['accessory'] ? `  ${control(thing(block['accessory']))}` : '')
    case 'context':
      return things(block['elements'])
        .map((element) => `· ${words(element)}`)
        .join('\n')
    case 'actions':
      return things(block['elements']).map(control).join('\n')
    case 'plan':
      return [
        String(block['title']),
        ...things(block['tasks']).map(
          (task) => `  (${String(task['status'])}) ${String(task['title'])} — ${runs(task['details'])}`,
        ),
      ].join('\n')
    case 'table':
      return (Array.isArray(block['rows']) ? block['rows'] : [])
        .map((row) => `| ${things(row).map(words).join(' | ')} |`)
        .join('\n')
    case 'rich_text':
      return runs(block)
    case 'input':
      return `${words(block['label'])}${block['optional'] ? '' : ' *'}: ${control(thing(block['element']))}`
    default:
      return '---'
  }
}

/** What is on the screen, as lines that a person can read in a snapshot. */
export const onScreen = (shown: Message | ModalView | HomeView): string =>
  shown.blocks.map((block) => readBlock(thing(block))).join('\n')
