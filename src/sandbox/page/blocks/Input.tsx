import type { InputBlock } from '@slack/types'
import { useId } from 'preact/hooks'
import { Element } from '../elements/Element'
import { useHolder } from '../elements/holder'
import { formErrors } from '../state/values'
import { Plain } from '../text/Text'
import { Icon } from '../ui/Icon'

const grouped = new Set(['radio_buttons', 'checkboxes'])

/** A field with its label, its hint and what the app found wrong with it. */
export const Input = ({ block }: { block: InputBlock }) => {
  const id = useId()
  const holder = useHolder()
  const blockId = block.block_id ?? ''
  const error = formErrors.value[holder.key]?.[blockId]
  const asGroup = grouped.has(block.element.type) || block.element.type.startsWith('multi_')
  const about = [error === undefined ? '' : `${id}-error`, block.hint ? `${id}-hint` : ''].filter(
    (part) => part !== '',
  )
  const described = {
    id,
    'aria-describedby': about.length > 0 ? about.join(' ') : undefined,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-labelledby': asGroup ? `${id}-label` : undefined,
  }
  return (
    <div class={error === undefined ? 'field' : 'field field-wrong'}>
      <label class="field-label" id={`${id}-label`} for={asGroup ? undefined : id}>
        <Plain text={block.label.text} />
        {block.optional && <span class="optional"> (optional)</span>}
      </label>
      <Element
        element={block.element}
        block={blockId}
        dispatch={block.dispatch_action ?? false}
        described={described}
      />
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warn" size={14} /> {error}
        </p>
      )}
      {block.hint && (
        <p class="hint" id={`${id}-hint`}>
          <Plain text={block.hint.text} />
        </p>
      )}
    </div>
  )
}
