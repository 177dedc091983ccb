import type { ContainerBlock } from '@slack/types'
import type { ComponentChildren } from 'preact'
import { RichText } from '../text/RichText'
import { Plain, Text } from '../text/Text'

interface Props {
  block: ContainerBlock
  children: ComponentChildren
}

/** A titled group of blocks, which may fold. */
export const Container = ({ block, children }: Props) => {
  const title = block.rich_text_title ? (
    <RichText block={block.rich_text_title} />
  ) : (
    <Plain text={block.title?.text ?? ''} />
  )
  return block.is_collapsible ? (
    <details class="container" open={!block.default_collapsed}>
      <summary>{title}</summary>
      {block.subtitle && <Text of={block.subtitle} />}
      {children}
    </details>
  ) : (
    <div class="container">
      <div class="container-title">{title}</div>
      {block.subtitle && <Text of={block.subtitle} />}
      {children}
    </div>
  )
}
