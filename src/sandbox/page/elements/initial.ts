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
export const initialValue = (element: Element): FieldValue => {
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

const unvalued = new Set(['button', 'workflow_button', 'overflow', 'image'])

const elementsOf = (block: KnownBlock): Element[] => {
  if (block.type === 'input') return [block.element]
  if (block.type === 'actions') return block.elements
  if (block.type === 'section') return block.accessory ? [block.accessory] : []
  return []
}

/** What all fields of some blocks hold at first, by block_id and action_id: Slack's `state.values`. */
export const initialValues = (blocks: KnownBlock[]): FieldValues => {
  const out: FieldValues = {}
  for (const block of blocks) {
    const fields = elementsOf(block).filter((element) => !unvalued.has(element.type))
    if (fields.length === 0) continue
    out[block.block_id ?? ''] = Object.fromEntries(
      fields.map((element) => [
        'action_id' in element ? (element.action_id ?? '') : '',
        initialValue(element),
      ]),
    )
  }
  return out
}
