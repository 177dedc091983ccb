import { z } from 'zod'

/**
 * The payloads of Slack that the listeners read, as far as they read them. slack: interactivity/implementing-slash-
 * commands, reference/interaction-payloads, apis/events-api. What is signed or comes over a socket of ours is Slack's;
 * that it also has Slack's form keeps an id of ours, or a crash, from being sent in its name.
 */
const user = z.string().regex(/^[UW][A-Z0-9]{1,30}$/)
const team = z.string().regex(/^[TE][A-Z0-9]{1,30}$/)
const channel = z.string().regex(/^[CDG][A-Z0-9]{0,30}$/)
const enterprise = z.looseObject({ id: team }).nullish()

const slashCommand = z.looseObject({
  command: z.string().startsWith('/'),
  text: z.string().optional(),
  user_id: user,
  team_id: team,
  channel_id: channel,
  enterprise_id: team.optional(),
})

const person = {
  user: z.looseObject({ id: user, team_id: team.optional() }),
  team: z.looseObject({ id: team }).nullish(),
  enterprise,
}
const view = z.looseObject({
  id: z.string(),
  callback_id: z.string(),
  private_metadata: z.string(),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }).optional(),
})
const interaction = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('block_actions'),
    ...person,
    actions: z.array(z.looseObject({ action_id: z.string() })).min(1),
    container: z.looseObject({ type: z.string() }),
    channel: z.looseObject({ id: channel }).nullish(),
    view: view.optional(),
  }),
  z.looseObject({
    type: z.literal('block_suggestion'),
    ...person,
    action_id: z.string(),
    value: z.string(),
    view: view.optional(),
  }),
  z.looseObject({ type: z.literal('view_submission'), ...person, view }),
  z.looseObject({
    type: z.literal('view_closed'),
    ...person,
    view: z.looseObject({ callback_id: z.string() }),
  }),
  z.looseObject({ type: z.literal('shortcut'), ...person, callback_id: z.string(), trigger_id: z.string() }),
  z.looseObject({
    type: z.literal('message_action'),
    ...person,
    callback_id: z.string(),
    trigger_id: z.string(),
    channel: z.looseObject({ id: channel }),
    message: z.looseObject({ ts: z.string() }),
  }),
])

const event = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('event_callback'),
    event_id: z.string(),
    team_id: team,
    // Some events carry a whole person, and messages of bots nobody: only what we act on has to have an id.
    event: z.union([
      z.looseObject({
        type: z.enum(['app_mention', 'message', 'app_home_opened']),
        user: user.nullish(),
        team: team.nullish(),
        user_team: team.nullish(),
        channel: channel.nullish(),
        text: z.string().optional(),
        edited: z.looseObject({ ts: z.string() }).nullish(),
      }),
      z.looseObject({ type: z.string().regex(/^(?!app_mention$|message$|app_home_opened$)/) }),
    ]),
  }),
  z.looseObject({ type: z.literal('url_verification'), challenge: z.string() }),
  z.looseObject({ type: z.literal('app_rate_limited') }),
])

const anything = z.union([slashCommand, interaction, event])

/** Whether a payload has the form of one of Slack's. */
export const isPayload = (value: unknown): boolean => anything.safeParse(value).success

const suggestion = z.looseObject({ type: z.literal('block_suggestion') })

/**
 * Whether a payload asks what a menu offers. slack: reference/interaction-payloads/block_suggestion-payload: it carries
 * neither a trigger nor a time, so that a letter that is typed, taken back and typed again within a second is the very
 * same request, signature and all. It changes nothing, and its answer is what it was.
 */
export const isSuggestion = (value: unknown): boolean => suggestion.safeParse(value).success

/** What stands in the body of a request: JSON of events, a form of commands, a form with JSON of interactions. */
export const payloadIn = (body: string, contentType: string | undefined): unknown => {
  if (contentType?.startsWith('application/json')) return parsed(body)
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  if (payload !== null) return parsed(payload)
  // Slack sends empty fields where it has nothing to say.
  return Object.fromEntries([...form].filter(([, value]) => value !== ''))
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}
