import type { Select } from '@slack/types'
import { withEmoji } from '../text/emoji'
import { Plain } from '../text/Text'
import { Icon } from '../ui/Icon'
import { useField } from './holder'
import { type Choice, offered } from './options'
import type { FieldProps } from './props'

const Option = ({ choice }: { choice: Choice }) => (
  <option value={choice.value}>{withEmoji(choice.label)}</option>
)

/** A select of one: the platform's own control, so that keyboard and phone work as people know them. */
export const SelectField = ({ element, block, dispatch, described }: FieldProps<Select>) => {
  const { value, set } = useField(element, block, dispatch)
  const groups = offered(element)
  const chosen = groups.flatMap((group) => group.choices).find((choice) => choice.value === value)
  return (
    <div class="select">
      <select
        {...described}
        aria-label={described?.id === undefined ? (element.placeholder?.text ?? 'Choose') : undefined}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => void set(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      >
        <option value="">{withEmoji(element.placeholder?.text ?? 'Choose an option')}</option>
        {groups.map((group) =>
          group.label === undefined ? (
            group.choices.map((choice) => <Option key={choice.value} choice={choice} />)
          ) : (
            <optgroup key={group.label} label={withEmoji(group.label)}>
              {group.choices.map((choice) => (
                <Option key={choice.value} choice={choice} />
              ))}
            </optgroup>
          ),
        )}
      </select>
      <Icon name="down" size={14} />
      {chosen?.description !== undefined && (
        <small class="hint">
          <Plain text={chosen.description} />
        </small>
      )}
    </div>
  )
}
