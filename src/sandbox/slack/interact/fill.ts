import { elementsOf, flatten } from '../blocks/walk'
import type { Obj } from '../json'
import { isObj, objAt, textAt, wordAt } from '../json'
import type { State } from '../workspace/state'
import { chosen } from '../workspace/state'
import { labelOf } from './locate'
import type { Failure } from './outcome'
import { failure } from './outcome'

/**
 * Puts what a person filled in into the state of a form or message. `values` names inputs by block id (a value, or an
 * object of values by action id), by action id, or by the label that is seen; a failure where one fits nowhere.
 */
export function fill(blocks: Obj[], state: State, values: Obj): Failure | undefined {
  const inputs = flatten(blocks).flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
  for (const [key, given] of Object.entries(values)) {
    const named = [
      inputs.filter(({ block }) => block['block_id'] === key),
      inputs.filter(({ element }) => element['action_id'] === key),
      inputs.filter(({ block, element }) => blockLabel(block) === key || labelOf(element) === key),
    ].find((found) => found.length > 0)
    if (!named) return failure('unknown_input', `There is no input "${key}".`, { inputs: inputs.map(nameOf) })
    for (const { block, element } of named) {
      const actionId = wordAt(element, 'action_id')
      if (isObj(given) && named.length > 1 && !(actionId in given)) continue
      const chosenState = chosen(element, isObj(given) && actionId in given ? given[actionId] : given)
      if (typeof chosenState === 'string') return failure('bad_value', `${key}: ${chosenState}`)
      const values = (state[wordAt(block, 'block_id')] ??= {})
      values[actionId] = chosenState
    }
  }
  return undefined
}

function nameOf({ block, element }: { block: Obj; element: Obj }): Obj {
  return { block_id: block['block_id'], action_id: element['action_id'], label: blockLabel(block) }
}

function blockLabel(block: Obj): string | undefined {
  const label = objAt(block, 'label')
  return label ? textAt(label, 'text') : undefined
}
