import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
  RichTextStyleable,
} from '@slack/types'
import type { ComponentChildren } from 'preact'
import { emoji } from './emoji'
import { ChannelName, DateText, Link, Mention } from './Inlines'

type Style = RichTextStyleable['style']

const Styled = ({ style, children }: { style: Style | undefined; children: ComponentChildren }) => {
  let out = <>{children}</>
  if (style?.code) out = <code>{out}</code>
  if (style?.strike) out = <s>{out}</s>
  if (style?.italic) out = <em>{out}</em>
  if (style?.bold) out = <strong>{out}</strong>
  return out
}

const content = (element: RichTextElement): ComponentChildren => {
  switch (element.type) {
    case 'text':
      return element.text
    case 'link':
      return <Link url={element.url}>{element.text ?? element.url}</Link>
    case 'emoji':
      return <span class="emoji">{emoji(element.name)}</span>
    case 'user':
      return <Mention id={element.user_id} />
    case 'channel':
      return <ChannelName id={element.channel_id} />
    case 'usergroup':
      return <span class="mention">@{element.usergroup_id}</span>
    case 'team':
      return <span class="mention">@{element.team_id}</span>
    case 'broadcast':
      return <span class="mention mention-loud">@{element.range}</span>
    case 'date':
      return <DateText at={element.timestamp} format={element.format} url={element.url} />
    case 'color':
      return (
        <span class="swatch-text">
          <span class="swatch" style={{ background: element.value }} />
          {element.value}
        </span>
      )
  }
}

const Run = ({ elements }: { elements: RichTextElement[] }) => (
  <>
    {elements.map((element, index) => (
      <Styled key={index} style={element.style}>
        {content(element)}
      </Styled>
    ))}
  </>
)

const List = ({ list }: { list: RichTextList }) => {
  const items = list.elements.map((item, index) => (
    <li key={index}>
      <Run elements={item.elements} />
    </li>
  ))
  const level = `rich-list rich-list-${Math.min(list.indent ?? 0, 4)}`
  return list.style === 'ordered' ? <ol class={level}>{items}</ol> : <ul class={level}>{items}</ul>
}

const Part = ({ part }: { part: RichTextBlockElement }) => {
  switch (part.type) {
    case 'rich_text_section':
      return (
        <div class="rich-section">
          <Run elements={part.elements} />
        </div>
      )
    case 'rich_text_list':
      return <List list={part} />
    case 'rich_text_quote':
      return (
        <blockquote>
          <Run elements={part.elements} />
        </blockquote>
      )
    case 'rich_text_preformatted':
      return (
        <pre>
          <Run elements={part.elements} />
        </pre>
      )
  }
}

/** A rich_text block, or the rich text inside a task or a table's cell. */
export const RichText = ({ block }: { block: RichTextBlock }) => (
  <div class="rich-text">
    {block.elements.map((part, index) => (
      <Part key={index} part={part} />
    ))}
  </div>
)
