import type { Check, Fields } from './schema'
import { boolean, byType, integer, list, object, oneOf, optional, required, text } from './schema'

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const style = optional(
  object({
    bold: optional(boolean),
    code: optional(boolean),
    italic: optional(boolean),
    strike: optional(boolean),
    underline: optional(boolean),
    highlight: optional(boolean),
    client_highlight: optional(boolean),
    unlink: optional(boolean),
  }),
)
const piece = (type: string, fields: Fields): Check =>
  object({ type: required(oneOf(type)), style, ...fields })

const pieces: { [type: string]: Check } = {
  text: piece('text', { text: required(text(13_200, 1)) }),
  link: piece('link', {
    url: required(text(3000, 1)),
    text: optional(text(3000)),
    unsafe: optional(boolean),
  }),
  user: piece('user', { user_id: required(text(50, 1)) }),
  usergroup: piece('usergroup', { usergroup_id: required(text(50, 1)) }),
  channel: piece('channel', { channel_id: required(text(50, 1)) }),
  team: piece('team', { team_id: required(text(50, 1)) }),
  broadcast: piece('broadcast', { range: required(oneOf('here', 'channel', 'everyone')) }),
  color: piece('color', { value: required(text(50, 1)) }),
  emoji: piece('emoji', {
    name: required(text(255, 1)),
    unicode: optional(text(255)),
    url: optional(text(3000)),
  }),
  date: piece('date', {
    timestamp: required(integer(0, 9_999_999_999)),
    format: required(text(255, 1)),
    url: optional(text(3000)),
    fallback: optional(text(3000)),
  }),
}
const many = 10_000
const border = optional(integer(0, 1))
const inline = required(list(byType(pieces), many, 0))
const section: Check = object({ type: required(oneOf('rich_text_section')), elements: inline })

const parts: { [type: string]: Check } = {
  rich_text_section: section,
  rich_text_list: object({
    type: required(oneOf('rich_text_list')),
    style: required(oneOf('bullet', 'ordered')),
    elements: required(list(byType({ rich_text_section: section }), many, 0)),
    indent: optional(integer(0, 8)),
    offset: optional(integer(0, many)),
    border,
  }),
  rich_text_quote: object({ type: required(oneOf('rich_text_quote')), elements: inline, border }),
  rich_text_preformatted: object({
    type: required(oneOf('rich_text_preformatted')),
    elements: required(
      list(byType({ text: pieces['text'] ?? section, link: pieces['link'] ?? section }), many, 0),
    ),
    border,
    language: optional(text(50)),
  }),
}

/** The fields of a rich_text block beside its block_id. */
export const richTextFields: Fields = {
  type: required(oneOf('rich_text')),
  elements: required(list(byType(parts), many, 0)),
}
/** A rich_text entity inside another block (a table's cell, a task's details). */
export const richText: Check = byType({
  rich_text: object({ ...richTextFields, block_id: optional(text(255)) }),
})
