import { messageJson } from '../api/message'
import { optionGroup, plainOption } from '../blocks/objects'
import { list } from '../blocks/schema'
import type { Obj } from '../json'
import { isObj, objsAt, wordAt } from '../json'
import type { Slack } from '../slack'
import { deliver } from '../slack'
import { isVisible } from '../workspace/messages'
import type { Channel, User, View } from '../workspace/model'
import { offer } from '../workspace/state'
import { viewJson } from '../workspace/views'
import { locate } from './locate'
import type { Outcome } from './outcome'
import { failure } from './outcome'
import { channelRef, interaction } from './payload'

/** Where a menu stands: in an open view (or the Home), or in a message. */
export type Place = { view: View } | { channel: Channel; ts: string }

/** slack: block-kit/block-elements/select-menu-element, `min_query_length`: three where the app says nothing. */
const fewestCharacters = 3
const mostOptions = 100

/** What a menu offers for what was typed: options, or groups of them. */
export type Suggested = { options: Obj[] } | { option_groups: Obj[] }

/**
 * A person types into a menu whose options the app knows (`external_select`): the app is asked, and what it answers
 * can be chosen. slack: reference/interaction-payloads/block_suggestion-payload.
 */
export async function suggest(
  slack: Slack,
  user: User,
  place: Place,
  { action, query }: { action: string; query: string },
): Promise<Outcome<Suggested>> {
  const { workspace } = slack
  const message = 'ts' in place ? workspace.messages.get(place.channel.id, place.ts) : undefined
  if ('ts' in place && (!message || !isVisible(message, user.id)))
    return failure('unknown_message', `${user.name} sees no message ${place.ts}.`)
  const blocks = 'view' in place ? objsAt(place.view.content, 'blocks') : (message?.blocks ?? [])
  const located = locate(blocks, action)
  if ('ok' in located) return located
  const { block, element } = located
  if (!/^(multi_)?external_select$/.test(wordAt(element, 'type')))
    return failure('bad_value', `The app is not asked for the options of ${wordAt(element, 'type')}.`)
  const least = element['min_query_length']
  if (query.length < (typeof least === 'number' ? least : fewestCharacters)) return { ok: true, options: [] }
  if (!workspace.app.suggestions)
    return failure('no_options_url', 'The manifest has no settings.interactivity.message_menu_options_url.')
  const where =
    'view' in place
      ? { container: { type: 'view', view_id: place.view.id }, view: viewJson(workspace, place.view) }
      : {
          container: { type: 'message', message_ts: place.ts, channel_id: place.channel.id },
          channel: channelRef(place.channel),
          ...(message ? { message: messageJson(workspace, message) } : {}),
        }
  const payload = {
    ...interaction(slack, 'block_suggestion', user),
    ...where,
    action_id: element['action_id'],
    block_id: block['block_id'],
    value: query,
  }
  const ack = await deliver(slack, { type: 'interactive', acceptsPayload: true, payload })
  if (!ack.ok) return failure(ack.error, 'The app did not say what there is to choose.')
  return answered(element, isObj(ack.body) ? ack.body : {})
}

/** What the app answered, where it is of the documented form; it can be chosen from now on. */
function answered(element: Obj, body: Obj): Outcome<Suggested> {
  const faults: string[] = []
  const report = { error: (at: string, message: string) => void faults.push(`${message} [${at}]`) }
  const grouped = body['option_groups'] !== undefined
  if (grouped) list(optionGroup, mostOptions, 0)(body['option_groups'], '/option_groups', report)
  else list(plainOption, mostOptions, 0)(body['options'], '/options', report)
  if (faults.length > 0) return failure('invalid_response_action', faults.join('; '))
  const groups = objsAt(body, 'option_groups')
  const options = grouped ? groups.flatMap((group) => objsAt(group, 'options')) : objsAt(body, 'options')
  offer(element, options)
  return grouped ? { ok: true, option_groups: groups } : { ok: true, options }
}
