import type { KnownBlock } from '@slack/types'
import { Plain } from '../text/Text'
import { RichText } from '../text/RichText'
import { Safe } from '../ui/Safe'
import { Actions } from './Actions'
import { Alert } from './Alert'
import { Card } from './Card'
import { Container } from './Container'
import { Context } from './Context'
import { Input } from './Input'
import { Picture } from './Picture'
import { Plan } from './Plan'
import { Section } from './Section'
import { Table } from './Table'
import { Task } from './Task'

/** One block of Block Kit. Kinds that need Slack itself (files, video, feedback) say that they are not drawn. */
const Block = ({ block }: { block: KnownBlock }) => {
  switch (block.type) {
    case 'section':
      return <Section block={block} />
    case 'header':
      return (
        <h3 class="header">
          <Plain text={block.text.text} />
        </h3>
      )
    case 'context':
      return <Context block={block} />
    case 'actions':
      return <Actions block={block} />
    case 'divider':
      return <hr class="divider" />
    case 'image':
      return (
        <figure class="image">
          {block.title && (
            <figcaption>
              <Plain text={block.title.text} />
            </figcaption>
          )}
          <Picture of={block} class="image-picture" />
        </figure>
      )
    case 'rich_text':
      return <RichText block={block} />
    case 'input':
      return <Input block={block} />
    case 'plan':
      return <Plan block={block} />
    case 'task_card':
      return <Task task={block} />
    case 'table':
    case 'data_table':
      return <Table block={block} />
    case 'card':
      return <Card block={block} />
    case 'carousel':
      return (
        <div class="carousel">
          {block.elements.map((card, index) => (
            <Card key={index} block={card} />
          ))}
        </div>
      )
    case 'container':
      return (
        <Container block={block}>
          {block.child_blocks.map((child, index) => (
            <Block key={child.block_id ?? index} block={child} />
          ))}
        </Container>
      )
    case 'alert':
      return <Alert block={block} />
    case 'markdown':
      return <div class="plain">{block.text}</div>
    case 'context_actions':
    case 'file':
    case 'video':
      return <p class="hint">({block.type} is not drawn here)</p>
  }
}

/** Blocks in order. A `block_id` keeps what a person typed with its block over an update. */
export const Blocks = ({ blocks }: { blocks: KnownBlock[] }) => (
  <div class="blocks">
    {blocks.map((block, index) => (
      <Safe key={`${block.type}-${block.block_id ?? index}`}>
        <Block block={block} />
      </Safe>
    ))}
  </div>
)
