import type { MultiSelect, Option, PlainTextElement, Select } from '@slack/types'
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

const groupsOf = (groups: { label?: PlainTextElement; options: Option[] }[]): ChoiceGroup[] =>
  groups.map((group) => ({
    ...(group.label === undefined ? {} : { label: group.label.text }),
    choices: group.options.map((option) => ({
      value: option.value ?? '',
      label: option.text.text,
      description: option.description?.text,
    })),
  }))

/** What the app offers for what was typed into a menu that asks it. */
export const answered = (reply: {
  options?: Option[]
  option_groups?: { label: PlainTextElement; options: Option[] }[]
}) => groupsOf(reply.option_groups ?? [{ options: reply.options ?? [] }])

/** What a select offers of itself; one whose options only the app knows is asked for them as it is typed into. */
export const offered = (element: Select | MultiSelect): ChoiceGroup[] => {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select': {
      return groupsOf(element.option_groups ?? [{ options: element.options ?? [] }])
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
