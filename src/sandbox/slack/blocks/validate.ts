import type { Obj } from '../json'
import { isObj, objsAt, textAt } from '../json'
import { blockList } from './blocks'
import { homeView, modalView } from './views'
import type { Check, Report } from './schema'
import { elementsOf, flatten } from './walk'

const messageBlocks = blockList('message')

/** What Slack finds wrong with a message's blocks, in its words; empty where nothing is. */
export function messageFaults(blocks: unknown): string[] {
  return collect(messageBlocks, blocks, '/blocks', (report) => acrossBlocks(blocks, '/blocks', report))
}

/** What Slack finds wrong with a modal or a Home view; empty where nothing is. */
export function viewFaults(view: unknown, type: 'modal' | 'home'): string[] {
  const check = type === 'modal' ? modalView : homeView
  return collect(check, view, '/view', (report) => {
    if (isObj(view)) acrossBlocks(view['blocks'], '/view/blocks', report)
  })
}

function collect(check: Check, value: unknown, at: string, also: (report: Report) => void): string[] {
  const found: string[] = []
  const report: Report = { error: (at, message) => void found.push(`${message} [json-pointer:${at}]`) }
  check(value, at, report)
  also(report)
  return found
}

/** Rules that span blocks: ids are unique, one element at most takes the focus, one table a message. */
function acrossBlocks(blocks: unknown, at: string, report: Report): void {
  if (!Array.isArray(blocks)) return
  const seen = new Set<string>()
  let focused = 0
  for (const block of flatten(blocks.filter(isObj))) {
    const blockId = textAt(block, 'block_id')
    if (blockId) {
      if (seen.has(blockId)) report.error(at, `\`block_id\` "${blockId}" already exists`)
      seen.add(blockId)
    }
    focused += elementsOf(block).filter((element) => element['focus_on_load'] === true).length
    uniqueActions(block, at, report)
  }
  if (focused > 1) report.error(at, 'only one element can have `focus_on_load` set to true')
}

function uniqueActions(block: Obj, at: string, report: Report): void {
  const seen = new Set<string>()
  for (const element of elementsOf(block)) {
    const id = textAt(element, 'action_id')
    if (id && seen.has(id)) {
      report.error(
        at,
        `action_id \`${id}\` already exists for block_id \`${textAt(block, 'block_id') ?? ''}\``,
      )
    }
    if (id) seen.add(id)
  }
}

/** Whether a message has more tables than the one that Slack takes (`only_one_table_allowed`). */
export function tooManyTables(blocks: Obj[]): boolean {
  return blocks.filter((block) => block['type'] === 'table').length > 1
}

/** The blocks with the ids that Slack makes up where the app gave none. */
export function withIds(blocks: Obj[], newId: () => string): Obj[] {
  return blocks.map((block) => {
    const known: Obj = { ...block, block_id: textAt(block, 'block_id') || newId() }
    if (isObj(block['accessory'])) known['accessory'] = withActionId(block['accessory'], newId)
    if (isObj(block['element'])) known['element'] = withActionId(block['element'], newId)
    if (block['type'] === 'actions' || block['type'] === 'context_actions') {
      known['elements'] = objsAt(block, 'elements').map((element) => withActionId(element, newId))
    }
    if (block['type'] === 'carousel') known['elements'] = withIds(objsAt(block, 'elements'), newId)
    if (block['type'] === 'card' && block['actions'] !== undefined) {
      known['actions'] = objsAt(block, 'actions').map((element) => withActionId(element, newId))
    }
    if (block['child_blocks'] !== undefined)
      known['child_blocks'] = withIds(objsAt(block, 'child_blocks'), newId)
    return known
  })
}

function withActionId(element: Obj, newId: () => string): Obj {
  return element['type'] === 'image'
    ? element
    : { ...element, action_id: textAt(element, 'action_id') || newId() }
}
