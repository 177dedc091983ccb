import type { RichTextBlock, RichTextElement, RichTextText } from '@slack/types'
import { cut } from './cut'
import type { NameOf } from '../locale'
import type { Inline, Phrase } from './phrase'

/** Slack's three control characters; escaping them disarms `<!channel>` and its like. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escape = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign)

/** Control characters, bidirectional overrides: nothing that may hide what is said. */
// eslint-disable-next-line no-control-regex
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g
const clean = (text: string): string => text.replace(hidden, ' ')

/** Slack takes no instant before 1970. */
const seconds = (at: number): number => Math.max(0, Math.floor(at / 1_000))

const marks = { bold: '*', code: '`', italic: '_' } as const
/** Slack formats only at the edge of a word; a Korean particle right behind a name needs a zero-width space. */
const edge = '\u200b'
const inWord = /[\p{L}\p{N}]/u

/** What people type besides words: an address, and somebody named (`<@U…>`). Never a channel, a group or everybody. */
const typed = /(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"\]]|<@[UW][A-Z0-9]+>)/

/** A text with the addresses and people in it as parts of their own; code stays as it is. */
const expanded = (part: Inline): readonly Inline[] => {
  if (part.kind !== 'text' || part.style === 'code') return [part]
  return part.text
    .split(typed)
    .map((text, index): Inline => {
      if (index % 2 === 0) return { ...part, text }
      return text.startsWith('<@') ? { kind: 'person', id: text.slice(2, -1) } : { kind: 'link', url: text }
    })
    .filter((one) => one.kind !== 'text' || one.text !== '')
}

/** What Slack renders: a date in the reader's own zone, and beside it the time where the service is. */
const marked = (part: Inline): readonly Inline[] =>
  part.kind === 'date' && part.there !== undefined
    ? [part, { kind: 'text', text: ` (${part.there.clock} ${part.there.zone})` }]
    : expanded(part)

function spelled(part: Inline, available: number): string {
  if (part.kind === 'person') return `<@${part.id}>`
  if (part.kind === 'people') return `<!subteam^${part.id}>`
  if (part.kind === 'link') {
    const shown = part.text === undefined ? '' : `|${escape(clean(part.text)).replaceAll('|', '/')}`
    return `<${escape(part.url).replaceAll('|', '%7C')}${shown}>`
  }
  if (part.kind === 'date') {
    // slack: messaging/formatting-message-text, "Date formatting": a bar parts the fallback; behind a caret stands a link.
    return `<!date^${seconds(part.at)}^${part.format}|${escape(part.otherwise).replaceAll('|', '/')}>`
  }
  const width = (grapheme: string) => escape(grapheme).length
  if (part.style === undefined) return escape(cut(clean(part.text), available, width))
  // A line break or the mark itself inside would end the style early.
  const mark = marks[part.style]
  const inside = clean(part.text)
    .replaceAll('\n', ' ')
    .replaceAll(mark, mark === '`' ? 'ˋ' : ' ')
  const shown = escape(cut(inside.trim(), available - 4, width))
  if (shown === '') return ''
  // Slack takes no space next to a mark: it goes outside.
  const [before, after] = [/^\s/.test(inside) ? ' ' : '', /\s$/.test(inside) ? ' ' : '']
  return `${before}${mark}${shown}${mark}${after}`
}

/** Renders as Slack's mrkdwn, at most `limit` UTF-16 units, cut between graphemes and never within a mention. */
export function mrkdwn(phrase: Phrase, limit = 3_000): string {
  let output = ''
  let afterStyle = false
  for (const part of phrase.flatMap(marked)) {
    const styled = part.kind === 'text' && part.style !== undefined
    const borders = styled || afterStyle
    const glue = (next: string) => {
      const last = output.slice(-1)
      const first = next.slice(0, 1)
      return (styled && inWord.test(last)) || (afterStyle && inWord.test(first)) ? edge : ''
    }
    const whole = spelled(part, Number.POSITIVE_INFINITY)
    const next = (borders ? glue(whole) : '') + whole
    if (output.length + next.length <= limit) {
      output += next
      afterStyle = styled
      continue
    }
    const available = limit - output.length
    if (part.kind === 'text' && available > 4) output += spelled(part, available - 1)
    else if (!output.endsWith('…')) output = available > 0 ? `${output}…` : output
    break
  }
  return output
}

/** Renders as text without any markup: titles, labels, errors in forms. People are named where their names are known. */
export function plain(
  phrase: Phrase,
  { limit = 3_000, nameOf }: { readonly limit?: number; readonly nameOf?: NameOf } = {},
): string {
  const text = phrase.flatMap(expanded).map((part) => {
    if (part.kind === 'text') return clean(part.text)
    if (part.kind === 'link') return part.text === undefined ? part.url : clean(part.text)
    if (part.kind === 'date')
      return part.there === undefined ? part.otherwise : `${part.otherwise} ${part.there.zone}`
    return clean(nameOf?.(part.id) ?? part.id)
  })
  return cut(text.join(''), limit)
}

function element(part: Exclude<Inline, { kind: 'text' }>): RichTextElement {
  if (part.kind === 'person') return { type: 'user', user_id: part.id }
  if (part.kind === 'people') return { type: 'usergroup', usergroup_id: part.id }
  if (part.kind === 'link')
    return { type: 'link', url: part.url, ...(part.text !== undefined && { text: clean(part.text) }) }
  return { type: 'date', timestamp: seconds(part.at), format: part.format, fallback: part.otherwise }
}

/** Renders as one rich_text section, the only form that task cards take; at most `limit` units of text. */
export function rich(phrase: Phrase, limit = 1_000): RichTextBlock {
  const elements: RichTextElement[] = []
  let available = limit
  let open: RichTextText | undefined
  for (const part of phrase.flatMap(marked)) {
    if (part.kind === 'text') {
      const text = cut(clean(part.text), available)
      available -= text.length
      // Adjacent parts without a style are one run: twenty little elements would say the same at more length.
      if (open && part.style === undefined) open.text += text
      else if (text !== '') {
        const run: RichTextText = { type: 'text', text, ...(part.style && { style: { [part.style]: true } }) }
        elements.push(run)
        open = part.style === undefined ? run : undefined
      }
    } else {
      open = undefined
      elements.push(element(part))
    }
    if (available <= 0) break
  }
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}
