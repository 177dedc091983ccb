type Replace = (text: string) => string

const fullWidth: Replace = (text) =>
  // Korean and Japanese keyboards type ASCII in full width: U+FF01–FF5E are ASCII shifted by 0xFEE0.
  text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

/** An address as it is compared: without its scheme and the slash at its end. */
const bare: Replace = (address) =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')
    .toLowerCase()

const steps: readonly Replace[] = [
  (text) => text.normalize('NFC'),
  // Every kind of space and line end is one space; what has no width is nothing.
  (text) => text.replace(/[\u200B\u200C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]/g, ''),
  (text) => text.replace(/[\s\p{Cc}\u3164]+/gu, ' '),
  fullWidth,
  // Slack escapes these three signs in what people type; nested ones come from text copied out of Slack.
  (text) =>
    text
      .replace(/&(?:amp;)*lt;/g, '<')
      .replace(/&(?:amp;)*gt;/g, '>')
      .replace(/&(?:amp;)+/g, '&'),
  // Links that Slack made of what looked like one (`v1.2.ai`): the words that were typed. A link that was given a name
  // keeps both, and an address stays whole.
  (text) =>
    text.replace(
      /<((?:https?:\/\/|mailto:)([^|<>]*))\|([^<>]*)>/g,
      (_, url: string, rest: string, label: string) =>
        bare(label) === bare(rest) || url.startsWith('mailto:') ? label : `${label} (${url})`,
    ),
  (text) => text.replace(/<(https?:\/\/[^|<>]*)>/g, '$1').replace(/<mailto:([^|<>]*)>/g, '$1'),
  // A channel is what its name says: `#web` is also how a service of that name gets written. slack: messaging/
  // formatting-message-text, "Linking to channels".
  (text) => text.replace(/<#[^|<>\s]+\|([^|<>\s]+)>/g, '#$1'),
  // `<@U1|alice>` and its like: the id alone says who it is.
  (text) => text.replace(/<([@#!][^|<>\s]+)\|[^<>]*>/g, '<$1>'),
  (text) => text.replace(/[“”„‟″«»「」『』]/g, '"').replace(/[‘’‚‛′]/g, "'"),
  // Phones make one long dash of `--`; before a word it can only have been that.
  (text) => text.replace(/(^|\s)-*[\u2012-\u2015\u2212\uFE58\u2E3A\u2E3B]+-*(?=\p{L})/gu, '$1--'),
  (text) => text.replace(/(?<=[\p{L}\p{N}])[\u2010-\u2015\u2212](?=[\p{L}\p{N}])/gu, '-'),
  // Copied with its formatting: bold, italic or code, of a word or of the line; a quotation or a list's point before it. What
  // is struck out was taken back, and is not made a word again.
  (text) =>
    text.replace(/(^|[\s"'=*_])([*_`])(?![\s*_`])([^*_`\n]*[^\s*_`])\2(?=$|[\s"'*_.,!?:;])/gu, '$1$3'),
  (text) => text.replace(/^(?:[>•◦▪‣]\s*)+/u, ''),
  // A command copied with its code marks.
  (text) => text.replace(/^[\s`]+|[\s`]+$/g, ''),
]

/**
 * Makes plain text of what phones, Korean keyboards and Slack make of a command: NFC, one kind of space, dash
 * and quote, no invisible signs, no escapes and no links. Doing it twice changes nothing more.
 */
export function normalise(text: string): string {
  let plain = text
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = steps.reduce((done, step) => step(done), plain)
  }
  return plain
}
