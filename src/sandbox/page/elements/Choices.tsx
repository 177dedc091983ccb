import type { Checkboxes, RadioButtons } from '@slack/types'
import { useId } from 'preact/hooks'
import { Text } from '../text/Text'
import { useField } from './holder'
import type { FieldProps } from './props'

/** Radio buttons and checkboxes: every option in sight. */
export const Choices = ({ element, block, dispatch, described }: FieldProps<Checkboxes | RadioButtons>) => {
  const { value, set } = useField(element, block, dispatch)
  const name = useId()
  const many = element.type === 'checkboxes'
  const chosen = Array.isArray(value) ? value : value === null ? [] : [String(value)]
  const choose = (one: string) => {
    if (!many) return set(one)
    return set(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
  }
  return (
    <div class="choices" role={many ? 'group' : 'radiogroup'} {...described}>
      {element.options.map((option) => (
        <label key={option.value} class="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(option.value ?? '')}
            onChange={() => void choose(option.value ?? '')}
          />
          <span>
            <Text of={option.text} />
            {option.description && (
              <small class="hint">
                <Text of={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
