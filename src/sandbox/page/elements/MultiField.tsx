import type { MultiSelect } from '@slack/types'
import { Plain } from '../text/Text'
import { useField } from './holder'
import { offered } from './options'
import type { FieldProps } from './props'

/** A select of several, as a list of boxes to tick. */
export const MultiField = ({ element, block, dispatch, described }: FieldProps<MultiSelect>) => {
  const { value, set } = useField(element, block, dispatch)
  const chosen = Array.isArray(value) ? value : []
  const full = element.max_selected_items !== undefined && chosen.length >= element.max_selected_items
  const toggle = (one: string) =>
    void set(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
  return (
    <div
      class="multi"
      role="group"
      {...described}
      aria-label={described ? undefined : element.placeholder?.text}
    >
      {offered(element)
        .flatMap((group) => group.choices)
        .map((choice) => (
          <label key={choice.value} class="choice">
            <input
              type="checkbox"
              checked={chosen.includes(choice.value)}
              disabled={full && !chosen.includes(choice.value)}
              onChange={() => toggle(choice.value)}
            />
            <Plain text={choice.label} />
          </label>
        ))}
    </div>
  )
}
