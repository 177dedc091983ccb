import type { Obj } from '../json'
import { wordAt } from '../json'
import type { Slack } from '../slack'
import { chosen, optionsOf } from '../workspace/state'
import type { State } from '../workspace/state'
import type { Located } from './locate'
import { labelOf } from './locate'
import type { Failure } from './outcome'
import { failure } from './outcome'
import { actionTs } from './payload'

/** What a person did with an element, as `actions` of a block_actions payload says it; keeps the element's state. */
export function performAction(slack: Slack, located: Located, input: unknown, state: State): Obj | Failure {
  const { block, element } = located
  const type = wordAt(element, 'type')
  const blockId = wordAt(block, 'block_id')
  const actionId = wordAt(element, 'action_id')
  const base = { type, block_id: blockId, action_id: actionId, action_ts: actionTs(slack) }
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    const { text, value, style, confirm } = element
    return {
      ...base,
      text,
      ...(value === undefined ? {} : { value }),
      ...(style === undefined ? {} : { style }),
      ...(confirm === undefined ? {} : { confirm }),
    }
  }
  if (type === 'overflow') {
    const option =
      located.option ?? optionsOf(element).find((one) => one['value'] === input || labelOf(one) === input)
    return option
      ? { ...base, selected_option: option }
      : failure('bad_value', 'Name one of the options.', element)
  }
  const value = chosen(element, input)
  if (typeof value === 'string') return failure('bad_value', value)
  const values = (state[blockId] ??= {})
  values[actionId] = value
  return { ...base, ...value }
}
