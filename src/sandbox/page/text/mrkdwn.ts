import { emoji } from './emoji'

/** Slack's mrkdwn as a tree. slack: messaging/formatting-message-text, whose every form is read here and no other. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'channel' | 'usergroup'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; at: number; format: string; url?: string; fallback: string }
  | { kind: 'emoji'; name: string }

export type Piece =
  | { kind: 'line'; children: Inline[]; bullet?: string }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'pre'; text: string }

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** Undoes the three escapes that Slack asks for. */
const unescape = (text: string): string =>
  text.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)

/** A standard, fully qualified URL: what a date may link to. */
const isUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

/**
 * `!date^timestamp^token_string^optional_link|fallback_text`, "Date formatting". Where a part is not of that form a
 * client shows the fallback; Slack says that there must be one, and what lacks it is shown as it was written.
 */
const date = (parts: readonly string[], fallback: string | undefined, body: string): Inline => {
  const [at = '', format = '', link, ...more] = parts
  if (fallback === undefined || fallback === '') return { kind: 'text', text: `<${unescape(body)}>` }
  const linked = link === undefined || isUrl(unescape(link))
  if (!/^\d{1,11}$/.test(at) || format === '' || !linked || more.length > 0)
    return { kind: 'text', text: fallback }
  const url = link === undefined ? {} : { url: unescape(link) }
  return { kind: 'date', at: Number(at), format: unescape(format), fallback, ...url }
}

/**
 * What stands between `<` and `>`, by the steps of "Notes on retrieving formatted messages": a channel by `#C`, a
 * person by `@U` or `@W`, a group by `!subteam`, what is special by `!`, and a link for anything else.
 */
const reference = (body: string): Inline => {
  const bar = body.indexOf('|')
  const target = bar < 0 ? body : body.slice(0, bar)
  const label = bar < 0 ? undefined : unescape(body.slice(bar + 1))
  const named = label === undefined ? {} : { label }
  if (/^@[UW][A-Z0-9]/.test(target)) return { kind: 'user', id: target.slice(1), ...named }
  if (/^#[CGD][A-Z0-9]/.test(target)) return { kind: 'channel', id: target.slice(1), ...named }
  if (/^!subteam\^S[A-Z0-9]/.test(target))
    return { kind: 'usergroup', id: target.slice('!subteam^'.length), ...named }
  if (target.startsWith('!date^')) return date(target.split('^').slice(1), label, body)
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: 'broadcast', range: target.slice(1) }
  if (target.startsWith('!')) return { kind: 'text', text: label ?? `<${unescape(body)}>` }
  return { kind: 'link', url: unescape(target), label: label ?? unescape(target) }
}

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Mark = keyof typeof styles
const isMark = (sign: string): sign is Mark => sign in styles

/** Whether a mark at `from` may open: not inside a word, and something follows at once. */
const opens = (text: string, from: number): boolean =>
  !/[\p{L}\p{N}]/u.test(text[from - 1] ?? ' ') && /\S/.test(text[from + 1] ?? ' ')

/** Where the mark opened at `from` closes, or -1. */
const closing = (text: string, from: number): number => {
  const mark = text[from]
  for (let at = from + 2; at < text.length; at += 1) {
    if (text[at] === '`') return -1
    if (text[at] !== mark) continue
    const tight = /\S/.test(text[at - 1] ?? ' ')
    if (tight && !/[\p{L}\p{N}]/u.test(text[at + 1] ?? ' ')) return at
  }
  return -1
}

/** The inline marks of one line. */
export const parseInline = (text: string): Inline[] => {
  const out: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: unescape(plain) })
    plain = ''
  }
  let at = 0
  while (at < text.length) {
    const sign = text[at] ?? ''
    const rest = text.slice(at)
    const code = sign === '`' ? /^`([^`]+)`/.exec(rest) : null
    const angle = sign === '<' ? /^<([^<>]+)>/.exec(rest) : null
    const emoji = sign === ':' ? /^:([a-z0-9_+'-]+):/.exec(rest) : null
    const end = isMark(sign) && opens(text, at) ? closing(text, at) : -1
    if (code) {
      flush()
      out.push({ kind: 'code', text: unescape(code[1] ?? '') })
      at += code[0].length
    } else if (angle) {
      flush()
      out.push(reference(angle[1] ?? ''))
      at += angle[0].length
    } else if (emoji) {
      flush()
      out.push({ kind: 'emoji', name: emoji[1] ?? '' })
      at += emoji[0].length
    } else if (isMark(sign) && end > 0) {
      flush()
      out.push({ kind: styles[sign], children: parseInline(text.slice(at + 1, end)) })
      at = end + 1
    } else {
      plain += sign
      at += 1
    }
  }
  flush()
  return out
}

const words = (nodes: Inline[], nameOf: (id: string) => string): string =>
  nodes
    .map((node) => {
      if ('children' in node) return words(node.children, nameOf)
      if (node.kind === 'text' || node.kind === 'code') return node.text
      if (node.kind === 'link') return node.label
      if (node.kind === 'date') return node.fallback
      if (node.kind === 'emoji') return emoji(node.name)
      if (node.kind === 'broadcast') return `@${node.range}`
      if (node.kind === 'user') return `@${nameOf(node.id)}`
      return node.kind === 'channel' ? `#${node.label ?? node.id}` : (node.label ?? `@${node.id}`)
    })
    .join('')

/** A mrkdwn text without its marks, on one line, people by their names: for previews and for those who listen. */
export const bare = (text: string, nameOf: (id: string) => string): string =>
  words(parseInline(text.replaceAll('\n', ' ')), nameOf).trim()

/** Only the emoji of a plain_text object. */
export const parsePlain = (text: string): Inline[] =>
  text
    .split(/(:[a-z0-9_+'-]+:)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^:[a-z0-9_+'-]+:$/.test(part)
        ? { kind: 'emoji', name: part.slice(1, -1) }
        : { kind: 'text', text: unescape(part) },
    )

const lines = (text: string): Piece[] => {
  const out: Piece[] = []
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line)
    const last = out.at(-1)
    if (quoted) {
      const inner = parseInline(quoted[1] ?? '')
      if (last?.kind === 'quote') last.lines.push(inner)
      else out.push({ kind: 'quote', lines: [inner] })
      continue
    }
    const bullet = /^\s*([•◦‣-]|\d{1,2}[.)]) (.*)$/.exec(line)
    if (bullet) out.push({ kind: 'line', bullet: bullet[1] ?? '', children: parseInline(bullet[2] ?? '') })
    else out.push({ kind: 'line', children: parseInline(line) })
  }
  return out
}

/** A whole mrkdwn text: lines, quotes and preformatted blocks in order. */
export const parseMrkdwn = (text: string): Piece[] =>
  text.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index): Piece[] => {
    if (index % 2 === 1) return [{ kind: 'pre', text: unescape(part) }]
    const trimmed = index > 0 ? part : part.replace(/\n$/, '')
    return trimmed === '' ? [] : lines(trimmed.replace(/\n$/, ''))
  })
