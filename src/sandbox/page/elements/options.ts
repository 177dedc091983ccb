import type { MultiSelect, Select } from '@slack/types'
import { channels, personas } from '../state/workspace'

export interface Choice {
  value: string
  label: string
  description?: string | undefined
}
export interface ChoiceGroup {
  label?: string
  choices: Choice[]
}

/** What a select of any kind offers. Options that only the app's server knows (external) are not offered. */
export const offered = (element: Select | MultiSelect): ChoiceGroup[] => {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select': {
      const groups = element.option_groups ?? [{ options: element.options ?? [] }]
      return groups.map((group) => ({
        ...('label' in group ? { label: group.label.text } : {}),
        choices: group.options.map((option) => ({
          value: option.value ?? '',
          label: option.text.text,
          description: option.description?.text,
        })),
      }))
    }
    case 'users_select':
    case 'multi_users_select':
      return [{ choices: personas.value.map(({ id, name }) => ({ value: id, label: name })) }]
    case 'conversations_select':
    case 'multi_conversations_select':
    case 'channels_select':
    case 'multi_channels_select':
      return [{ choices: channels.value.map(({ id, name }) => ({ value: id, label: `#${name}` })) }]
    case 'external_select':
    case 'multi_external_select':
      return []
  }
}
