import type { CardBlock } from '@slack/types'
import { Button } from '../elements/Button'
import { Text } from '../text/Text'
import { Picture } from './Picture'

export const Card = ({ block }: { block: CardBlock }) => (
  <div class="card">
    {block.hero_image && <Picture of={block.hero_image} class="card-hero" />}
    <div class="card-body">
      <div class="card-head">
        {block.icon && <Picture of={block.icon} class="card-icon" />}
        <div>
          {block.title && (
            <div class="card-title">
              <Text of={block.title} />
            </div>
          )}
          {block.subtitle && (
            <div class="card-subtitle">
              <Text of={block.subtitle} />
            </div>
          )}
        </div>
      </div>
      {block.body && <Text of={block.body} />}
      {block.actions && (
        <div class="actions">
          {block.actions.map((element, index) => (
            <Button key={element.action_id ?? index} element={element} block={block.block_id ?? ''} />
          ))}
        </div>
      )}
    </div>
  </div>
)
