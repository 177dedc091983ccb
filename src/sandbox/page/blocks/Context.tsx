import type { ContextBlock } from '@slack/types'
import { Text } from '../text/Text'
import { Picture } from './Picture'

export const Context = ({ block }: { block: ContextBlock }) => (
  <div class="context">
    {block.elements.map((element, index) =>
      element.type === 'image' ? (
        <Picture key={index} of={element} class="context-image" />
      ) : (
        <Text key={index} of={element} />
      ),
    )}
  </div>
)
