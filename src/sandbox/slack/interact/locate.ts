import { elementsOf, flatten } from '../blocks/walk'
import type { Obj } from '../json'
import { objAt, textAt, wordAt } from '../json'
import { optionsOf } from '../workspace/state'
import type { Failure } from './outcome'
import { failure } from './outcome'

/** An element within the block that holds it. */
export interface Located {
  block: Obj
  element: Obj
  /** The option of an overflow menu, where the action was named by its label. */
  option?: Obj
}

/** Finds an element by action_id or visible label; block_id/action_id where one action_id stands in several blocks. */
export function locate(blocks: Obj[], action: string): Located | Failure {
  const all = flatten(blocks).flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
  const byId = all.filter(
    ({ block, element }) =>
      element['action_id'] === action ||
      `${wordAt(block, 'block_id')}/${wordAt(element, 'action_id')}` === action,
  )
  const byLabel = all.filter(({ element }) => labelOf(element) === action)
  const [found] = byId.length > 0 ? byId : byLabel
  if (found) return found
  for (const located of all) {
    if (located.element['type'] !== 'overflow') continue
    const option = optionsOf(located.element).find((one) => labelOf(one) === action)
    if (option) return { ...located, option }
  }
  const known = all.map(({ element }) => ({ action_id: element['action_id'], label: labelOf(element) }))
  return failure('unknown_action', `There is no element "${action}" here.`, { actions: known })
}

/** The text on a button or an option, or a menu's placeholder. */
export function labelOf(element: Obj): string | undefined {
  const text = objAt(element, 'text') ?? objAt(element, 'placeholder')
  return text ? textAt(text, 'text') : undefined
}
