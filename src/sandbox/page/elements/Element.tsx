import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from '@slack/types'
import { Picture } from '../blocks/Picture'
import { Button } from './Button'
import { Choices } from './Choices'
import { DateField } from './DateField'
import { MultiField } from './MultiField'
import { Overflow } from './Overflow'
import type { FieldProps } from './props'
import { SearchField } from './SearchField'
import { SelectField } from './SelectField'
import { TextField } from './TextField'

type Any = ActionsBlockElement | InputBlockElement | SectionBlockAccessory

/** An interactive element of any kind. */
export const Element = ({ element, ...rest }: FieldProps<Any>) => {
  switch (element.type) {
    case 'button':
      return <Button element={element} block={rest.block} />
    case 'overflow':
      return <Overflow element={element} block={rest.block} />
    case 'image':
      return <Picture of={element} />
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return <SelectField element={element} {...rest} />
    case 'external_select':
      return <SearchField element={element} {...rest} />
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
    case 'multi_external_select':
      return <MultiField element={element} {...rest} />
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices element={element} {...rest} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateField element={element} {...rest} />
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField element={element} {...rest} />
    case 'workflow_button':
    case 'file_input':
    case 'rich_text_input':
      return <span class="hint">({element.type} is not drawn here)</span>
  }
}
