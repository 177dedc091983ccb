import type { InputBlock, PlainTextOption } from '@slack/types'
import { type Choice, type Field, mostChoices, options, searchSelect, select, usable } from '../kit/inputs'
import { bilingual, type Language } from '../locale'

const text = bilingual({
  en: { placeholder: 'Type part of the name' },
  ko: { placeholder: '이름 일부를 입력하십시오' },
})

/** The choice of a service: a menu, or one that searches where Slack's menus have no room for all. */
export function serviceSelect(
  field: Field & {
    readonly choices: readonly Choice[]
    readonly chosen?: string
    readonly dispatches?: string
    readonly placeholder?: string
  },
  language: Language,
): InputBlock | undefined {
  const { chosen, choices, ...rest } = field
  const offered = usable(choices)
  if (offered.length <= mostChoices) return select(field)
  const found = offered.find(({ value }) => value === chosen)
  return searchSelect({ ...rest, placeholder: text[language].placeholder, ...(found && { chosen: found }) })
}

/** What the searching menu offers for what was typed: those that begin so, then those that have it in them. */
export function matchingServices(choices: readonly Choice[], typed: string): readonly PlainTextOption[] {
  const wanted = typed.trim().toLowerCase()
  const place = ({ label }: Choice): number => label.toLowerCase().indexOf(wanted)
  const found = choices.filter((choice) => place(choice) >= 0)
  const first = found.filter((choice) => place(choice) === 0)
  const others = found.filter((choice) => place(choice) > 0)
  return options([...first, ...others])
}
