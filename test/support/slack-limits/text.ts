import type { Rule } from './rules'
import { flag, form, may, need, shaped, typed, words } from './rules'

/** slack: messaging/formatting-message-text, "Date formatting", and block-elements/date-element: the tokens of a date. */
const dateTokens =
  /\{(day_divider_pretty|date_num|date_slash|date_long|date_long_full|date_long_pretty|date|date_pretty|date_short|date_short_pretty|time|time_secs|ago)\}/g

/** slack: the same: `<!date^timestamp^token_string^optional_link|fallback_text>`; the time is in Unix seconds. */
const dateFault = (inside: string): string | undefined => {
  const [spec = '', ...fallback] = inside.split('|')
  const [, stamp = '', tokens = '', link, ...more] = spec.split('^')
  if (!/^\d{1,10}$/.test(stamp)) return 'its time is not in Unix seconds'
  if (!tokens.match(dateTokens)) return 'it names no token of a date'
  if (/[{}]/.test(tokens.replace(dateTokens, ''))) return 'it names a token that Slack does not know'
  if (more.length > 0 || (link !== undefined && !/^https?:\/\//.test(link))) return 'its link is none'
  return fallback.join('|').trim() === '' ? 'it has no fallback' : undefined
}

/**
 * slack: messaging/formatting-message-text, "Advanced formatting": what may stand between `<` and `>`. That everybody is
 * called (`<!here>`, `<!channel>`, `<!everyone>`) is documented, and nothing that this bot ever means.
 */
const referenceFault = (inside: string): string | undefined => {
  if (inside.startsWith('!date^')) return dateFault(inside)
  if (/^@[UW][A-Z0-9]+(\|[^|]*)?$/.test(inside)) return undefined
  if (/^#[CG][A-Z0-9]+(\|[^|]*)?$/.test(inside)) return undefined
  if (/^!subteam\^S[A-Z0-9]+(\|[^|]*)?$/.test(inside)) return undefined
  if (/^(https?:\/\/|mailto:)[^\s|]+(\|[^|]*)?$/.test(inside)) return undefined
  return /^!(here|channel|everyone)/.test(inside) ? 'it calls everybody' : 'it is no reference'
}

/** What Slack would misread in a text of mrkdwn. slack: the same, "Escaping text": `&`, `<` and `>` are written as entities. */
export const markupFaults = (text: string, at: string): readonly string[] => {
  const references = [...text.matchAll(/<([^<>]*)>/g)].flatMap(([whole, inside = '']) => {
    const fault = referenceFault(inside)
    return fault === undefined ? [] : [`${at}: ${whole}: ${fault}`]
  })
  const rest = text.replaceAll(/<[^<>]*>/g, '')
  return [
    ...references,
    ...(/[<>]/.test(rest) ? [`${at}: an angle bracket that is not escaped: ${rest}`] : []),
    ...(/&(?!(amp|lt|gt);)/.test(text) ? [`${at}: an ampersand that is not escaped: ${text}`] : []),
  ]
}

const mrkdwnWords =
  (most: number): Rule =>
  (value, at) => [...words(most, 1)(value, at), ...(typeof value === 'string' ? markupFaults(value, at) : [])]

/** slack: composition-objects/text-object: 1 to 3000 characters; `emoji` is of plain text alone, `verbatim` of mrkdwn. */
const objects = (most: number) => ({
  plain_text: shaped({ type: need(words(10)), text: need(words(most, 1)), emoji: may(flag) }),
  mrkdwn: shaped({ type: need(words(10)), text: need(mrkdwnWords(most)), verbatim: may(flag) }),
})
export const plain = (most: number): Rule => typed({ plain_text: objects(most).plain_text })
export const mrkdwn = (most: number): Rule => typed({ mrkdwn: objects(most).mrkdwn })
export const anyText = (most = 3_000): Rule => typed(objects(most))

/** slack: users_select and rich text's user: ids of people, groups and channels. */
export const userId = form(/^[UW][A-Z0-9]+$/, 'the id of a person')
export const groupId = form(/^S[A-Z0-9]+$/, 'the id of a group')
export const channelId = form(/^[CDG][A-Z0-9]+$/, 'the id of a channel')
