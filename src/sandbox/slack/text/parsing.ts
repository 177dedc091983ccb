import type { Obj } from '../json'
import { isObj } from '../json'
import type { Workspace } from '../workspace/workspace'

/** What Slack turns into references when it publishes a text: names (of channels, groups, everybody) and addresses. */
export interface Parsing {
  names: boolean
  urls: boolean
}

/** References that are written out, and code, in which nothing is parsed. */
const closed = /(<[^<>]*>|```[\s\S]*?```|`[^`\n]*`)/
const address = /(^|[\s(])((?:https?:\/\/|mailto:)[^\s<>|]*[^\s<>|.,;:!?)'"])/g
const everybody = /(^|[\s(])@(here|channel|everyone)(?![\p{L}\p{N}_-])/gu
const channel = /(^|[\s(])#([\p{L}\p{N}_-]+)/gu
const handle = /(^|[\s(])@([a-z0-9][\w.-]*)/g

/**
 * A text as it is published. slack: messaging/formatting-message-text, "Automatic parsing": the same that a person
 * would type becomes links and mentions. Names of people do not (deprecated since 2017).
 */
export function parseReferences(workspace: Workspace, text: string, { names, urls }: Parsing): string {
  if (!names && !urls) return text
  return text
    .split(closed)
    .map((part, index) => (index % 2 === 1 ? part : parsePart(workspace, part, { names, urls })))
    .join('')
}

function parsePart(workspace: Workspace, part: string, { names, urls }: Parsing): string {
  const linked = urls ? part.replace(address, '$1<$2>') : part
  if (!names) return linked
  return linked
    .replace(everybody, '$1<!$2>')
    .replace(channel, (whole, before: string, name: string) => {
      const found = [...workspace.channels.values()].find((one) => one.kind === 'public' && one.name === name)
      return found ? `${before}<#${found.id}|${found.name}>` : whole
    })
    .replace(handle, (whole, before: string, name: string) => {
      const group = [...workspace.groups.values()].find((one) => one.handle === name)
      return group ? `${before}<!subteam^${group.id}|@${group.handle}>` : whole
    })
}

/** Blocks as they are published: each mrkdwn text object is parsed unless it is `verbatim`. */
export function parseBlocks(workspace: Workspace, blocks: Obj[]): Obj[] {
  return blocks.map((block) => parseObject(workspace, block))
}

function parseObject(workspace: Workspace, value: Obj): Obj {
  const text = value['text']
  if (value['type'] === 'mrkdwn' && typeof text === 'string') {
    const parsed =
      value['verbatim'] === true ? text : parseReferences(workspace, text, { names: true, urls: true })
    return { ...value, text: parsed }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, parseValue(workspace, inner)]))
}

function parseValue(workspace: Workspace, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => parseValue(workspace, one))
  return isObj(value) ? parseObject(workspace, value) : value
}
