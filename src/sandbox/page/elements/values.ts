import type {
  ActionsBlockElement,
  Confirmable,
  InputBlockElement,
  KnownBlock,
  Option,
  SectionBlockAccessory,
} from '@slack/types'
import type { FieldValue, FieldValues } from '../../protocol'

type Element = ActionsBlockElement | InputBlockElement | SectionBlockAccessory
/** An element that holds a value. */
export type Field = Exclude<Element, { type: 'image' }> & Confirmable

const valueOfOption = (option: Option): string => option.value ?? ''

/** What an element holds before anybody touched it; null for nothing. */
const initialValue = (element: Element): FieldValue => {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return element.initial_option ? valueOfOption(element.initial_option) : null
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return (element.initial_options ?? []).map(valueOfOption)
    case 'users_select':
      return element.initial_user ?? null
    case 'channels_select':
      return element.initial_channel ?? null
    case 'conversations_select':
      return element.initial_conversation ?? null
    case 'multi_users_select':
      return element.initial_users ?? []
    case 'multi_channels_select':
      return element.initial_channels ?? []
    case 'multi_conversations_select':
      return element.initial_conversations ?? []
    case 'datepicker':
      return element.initial_date ?? null
    case 'timepicker':
      return element.initial_time ?? null
    case 'datetimepicker':
      return element.initial_date_time ?? null
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? null
    case 'button':
    case 'workflow_button':
    case 'overflow':
    case 'image':
    case 'file_input':
    case 'rich_text_input':
      return null
  }
}

/** The values that an element offers, where it offers a closed list of its own. */
const offeredValues = (element: Element): Set<string> | undefined => {
  if (!('options' in element || 'option_groups' in element)) return undefined
  const groups = 'option_groups' in element ? (element.option_groups ?? []) : []
  const options = [
    ...('options' in element ? (element.options ?? []) : []),
    ...groups.flatMap((one) => one.options),
  ]
  return new Set(options.map(valueOfOption))
}

/**
 * What an element holds: what was typed, else what it began with. What was chosen from a list that has since been
 * replaced (a view's update) counts no more.
 */
export const heldValue = (element: Element, typed: FieldValue | undefined): FieldValue => {
  if (typed === undefined) return initialValue(element)
  const offered = offeredValues(element)
  if (offered === undefined || typed === null) return typed
  if (Array.isArray(typed)) return typed.filter((one) => offered.has(one))
  return offered.has(String(typed)) ? typed : initialValue(element)
}

const unvalued = new Set(['button', 'workflow_button', 'overflow', 'image'])

const elementsOf = (block: KnownBlock): Element[] => {
  if (block.type === 'input') return [block.element]
  if (block.type === 'actions') return block.elements
  if (block.type === 'section') return block.accessory ? [block.accessory] : []
  return []
}

/** What all fields of some blocks hold, by block_id and action_id: Slack's `state.values`. */
export const heldValues = (blocks: KnownBlock[], typed: FieldValues): FieldValues => {
  const out: FieldValues = {}
  for (const block of blocks) {
    const fields = elementsOf(block).filter((element) => !unvalued.has(element.type))
    if (fields.length === 0) continue
    const blockId = block.block_id ?? ''
    out[blockId] = Object.fromEntries(
      fields.map((element) => {
        const action = 'action_id' in element ? (element.action_id ?? '') : ''
        return [action, heldValue(element, typed[blockId]?.[action])]
      }),
    )
  }
  return out
}
