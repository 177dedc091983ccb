import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types'
import { useField } from './holder'
import type { FieldProps } from './props'

type Element = PlainTextInput | EmailInput | URLInput | NumberInput

/** Text and numbers. Where the block dispatches, Enter (or each character, as asked) tells the app. */
export const TextField = ({ element, block, dispatch, described }: FieldProps<Element>) => {
  const each = element.dispatch_action_config?.trigger_actions_on?.includes('on_character_entered') ?? false
  const { value, set, tell } = useField(element, block, dispatch && each)
  const common = {
    ...described,
    class: 'input',
    'aria-label': described ? undefined : (element.placeholder?.text ?? 'Text'),
    value: value === null ? '' : String(value),
    placeholder: element.placeholder?.text,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      void set(event.currentTarget.value === '' ? null : event.currentTarget.value),
  }
  if (element.type === 'plain_text_input' && element.multiline)
    return <textarea {...common} rows={4} maxLength={element.max_length} />
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !dispatch || each) return
    event.preventDefault()
    void tell()
  }
  if (element.type === 'number_input')
    return (
      <input
        {...common}
        type="text"
        inputMode={element.is_decimal_allowed ? 'decimal' : 'numeric'}
        onKeyDown={onKeyDown}
      />
    )
  if (element.type === 'email_text_input') return <input {...common} type="email" onKeyDown={onKeyDown} />
  if (element.type === 'url_text_input') return <input {...common} type="url" onKeyDown={onKeyDown} />
  return <input {...common} type="text" maxLength={element.max_length} onKeyDown={onKeyDown} />
}
