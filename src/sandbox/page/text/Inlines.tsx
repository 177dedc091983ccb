import type { ComponentChildren } from 'preact'
import { minute } from '../state/clock'
import { app, channels, nameOf, personas, reader } from '../state/workspace'
import { formatDate } from './dates'
import { emoji } from './emoji'
import type { Inline } from './mrkdwn'

/** A link out; anything but the web and mail stays text. */
export const Link = ({ url, children }: { url: string; children: ComponentChildren }) =>
  /^(https?:|mailto:)/i.test(url) ? (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ) : (
    <>{children}</>
  )

export const Mention = ({ id }: { id: string }) => {
  const known = id === app.value.id || personas.value.some((person) => person.id === id)
  return <span class="mention">@{known ? nameOf(id) : id}</span>
}

export const ChannelName = ({ id }: { id: string }) => (
  <span class="mention">#{channels.value.find((channel) => channel.id === id)?.name ?? id}</span>
)

/** A date in the reader's own zone; `at` in Unix seconds. */
export const DateText = ({ at, format, url }: { at: number; format: string; url?: string | undefined }) => {
  const shown = formatDate(format, at * 1000, minute.value, reader.value)
  const time = <time dateTime={new Date(at * 1000).toISOString()}>{shown}</time>
  return url === undefined ? time : <Link url={url}>{time}</Link>
}

const One = ({ node }: { node: Inline }) => {
  switch (node.kind) {
    case 'text':
      return <>{node.text}</>
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      )
    case 'code':
      return <code>{node.text}</code>
    case 'link':
      return <Link url={node.url}>{node.label}</Link>
    case 'user':
      return <Mention id={node.id} />
    case 'channel':
      return <ChannelName id={node.id} />
    case 'usergroup':
      return <span class="mention">{node.label ?? `@${node.id}`}</span>
    case 'broadcast':
      return <span class="mention mention-loud">@{node.range}</span>
    case 'date':
      return Number.isFinite(node.at) ? (
        <DateText at={node.at} format={node.format} url={node.url} />
      ) : (
        <>{node.fallback}</>
      )
    case 'emoji':
      return <span class="emoji">{emoji(node.name)}</span>
  }
}

export const Inlines = ({ nodes }: { nodes: Inline[] }) => (
  <>
    {nodes.map((node, index) => (
      <One key={index} node={node} />
    ))}
  </>
)
