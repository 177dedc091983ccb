import type { SectionBlock } from '@slack/types'
import { Element } from '../elements/Element'
import { Text } from '../text/Text'

export const Section = ({ block }: { block: SectionBlock }) => (
  <div class="section">
    <div class="section-body">
      {block.text && <Text of={block.text} />}
      {block.fields && (
        <div class="fields">
          {block.fields.map((field, index) => (
            <Text key={index} of={field} />
          ))}
        </div>
      )}
    </div>
    {block.accessory && (
      <div class="accessory">
        <Element element={block.accessory} block={block.block_id ?? ''} dispatch />
      </div>
    )}
  </div>
)
