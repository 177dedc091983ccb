import type { ActionsBlock } from '@slack/types'
import { Element } from '../elements/Element'

export const Actions = ({ block }: { block: ActionsBlock }) => (
  <div class="actions">
    {block.elements.map((element, index) => (
      <Element
        key={('action_id' in element ? element.action_id : undefined) ?? index}
        element={element}
        block={block.block_id ?? ''}
        dispatch
      />
    ))}
  </div>
)
