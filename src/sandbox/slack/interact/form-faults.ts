import type { Obj } from '../json'
import { objAt, objsAt, textAt, wordAt } from '../json'
import type { View } from '../workspace/model'
import { valueOf } from '../workspace/state'

/** What Slack's own form says of its inputs before it lets itself be sent, by block id; empty where it may be. */
export function formFaults(view: View): { [block: string]: string } {
  const faults: { [block: string]: string } = {}
  for (const block of objsAt(view.content, 'blocks')) {
    const element = objAt(block, 'element')
    if (block['type'] !== 'input' || !element) continue
    const blockId = wordAt(block, 'block_id')
    const fault = inputFault(block, element, view.state[blockId]?.[wordAt(element, 'action_id')] ?? {})
    if (fault) faults[blockId] = fault
  }
  return faults
}

function inputFault(block: Obj, element: Obj, state: Obj): string | undefined {
  const value = valueOf(element, state)
  if (value === undefined) return undefined
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return block['optional'] === true ? undefined : 'Please complete this required field.'
  }
  if (typeof value !== 'string') return undefined
  switch (element['type']) {
    case 'number_input':
      return numberFault(element, value)
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(value) ? undefined : 'Please enter a valid email.'
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'Please enter a valid URL.'
    default:
      return lengthFault(element, value)
  }
}

function lengthFault({ min_length: min, max_length: max }: Obj, value: string): string | undefined {
  if (typeof min === 'number' && value.length < min) return `Please use at least ${min} characters.`
  if (typeof max === 'number' && value.length > max) return `Please use at most ${max} characters.`
  return undefined
}

function numberFault(element: Obj, value: string): string | undefined {
  const number = Number(value)
  if (!Number.isFinite(number)) return 'Please enter a valid number.'
  if (element['is_decimal_allowed'] !== true && !Number.isInteger(number))
    return 'Please enter a whole number.'
  const min = textAt(element, 'min_value')
  const max = textAt(element, 'max_value')
  if (min !== undefined && number < Number(min)) return `Please enter a number of at least ${min}.`
  if (max !== undefined && number > Number(max)) return `Please enter a number of at most ${max}.`
  return undefined
}
