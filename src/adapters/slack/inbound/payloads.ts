import type {
  BlockAction,
  BlockElementAction,
  BlockSuggestion,
  EnvelopedEvent,
  SlackShortcut,
  SlashCommand,
  ViewOutput,
  ViewStateValue,
  ViewSubmitAction,
} from '@slack/bolt'
import type { AppHomeOpenedEvent, AppMentionEvent } from '@slack/types'
import type { Person } from '../../../domain/access/person'
import type {
  Click,
  FormValues,
  Incoming,
  OpenForm,
  Shortcut,
  Submission,
  Suggestion,
} from '../../../ports/inbox'

/** Leaves out what is undefined or empty, so that optional fields are absent rather than undefined. */
const given = <K extends string>(key: K, value: string | undefined): { [key in K]?: string } =>
  value === undefined || value === '' ? {} : ({ [key]: value } as { [key in K]: string })

/** Where the app is installed, as auth.test says. */
export interface Workspace {
  readonly team: string
  /** Of an installation for a whole organisation. */
  readonly enterprise?: string
}

interface Writer {
  readonly user: string
  readonly team: string | null | undefined
  readonly enterprise: string | null | undefined
  /** Set on what an app has written. */
  readonly bot?: string | undefined
  /** Met in a conversation with another workspace, without a word on which of the two they are of. */
  readonly ofEither?: boolean
}

/** slack: apis/slack-connect: in a shared channel the team of a payload's user may be another workspace. */
const person = ({ user, team, enterprise, bot, ofEither = false }: Writer, home: Workspace): Person => {
  const sameOrganisation = home.enterprise !== undefined && enterprise === home.enterprise
  const elsewhere = (team ?? '') !== '' && team !== home.team && !sameOrganisation
  return {
    user,
    team: team ?? '',
    ...given('enterprise', enterprise ?? undefined),
    ...((elsewhere || ofEither || bot !== undefined) && { external: true as const }),
  }
}

/** Who did something interactive. Under an org-wide installation `team` is null and the user has the team. */
const actor = (
  body: {
    readonly user: { readonly id: string; readonly team_id?: string }
    readonly team: { readonly id: string; readonly enterprise_id?: string } | null
    readonly enterprise?: { readonly id: string }
  },
  home: Workspace,
): Person =>
  person(
    {
      user: body.user.id,
      team: body.user.team_id ?? body.team?.id,
      enterprise: body.enterprise?.id ?? body.team?.enterprise_id,
    },
    home,
  )

/** A slash command. */
export const commandFrom = (body: SlashCommand, delivery: string, home: Workspace): Incoming => ({
  delivery,
  person: person({ user: body.user_id, team: body.team_id, enterprise: body.enterprise_id }, home),
  channel: body.channel_id,
  ...given('channelName', body.channel_name),
  text: body.text ?? '',
  ...given('trigger', body.trigger_id),
})

/**
 * Who has opened the app's Home. slack: apis/slack-connect: `team_id` says by which workspace an event came to the app, and
 * not whose somebody is; a conversation of one person with the app that is shared with another workspace is with theirs.
 */
export const visitorFrom = (
  event: Pick<AppHomeOpenedEvent, 'user'> & { readonly user_team?: string },
  body: EnvelopedEvent,
  home: Workspace,
): Person =>
  person(
    {
      user: event.user,
      team: event.user_team ?? body.team_id,
      enterprise: body.enterprise_id,
      ofEither: body.is_ext_shared_channel === true,
    },
    home,
  )

/**
 * A message to the bot, by mention or directly; every mention of the bot itself is taken off. It is recognised by where it
 * stands: Slack tells of an edited mention by an event of its own, with a new id and the message's old `ts`.
 */
export const mentionFrom = (
  event: Pick<AppMentionEvent, 'channel' | 'ts' | 'thread_ts' | 'team'> & {
    readonly user?: string
    readonly text?: string
    /** Of who writes from another workspace. */
    readonly user_team?: string
    readonly bot_id?: string
    readonly edited?: { readonly ts: string }
  },
  body: EnvelopedEvent,
  { botUser, ...home }: Workspace & { readonly botUser: string },
): Incoming | undefined =>
  event.user === undefined || event.text === undefined
    ? undefined
    : {
        delivery: `message:${event.channel}:${event.ts}`,
        person: person(
          {
            user: event.user,
            team: event.user_team ?? event.team ?? body.team_id,
            enterprise: body.enterprise_id,
            bot: event.bot_id,
          },
          home,
        ),
        channel: event.channel,
        text: event.text.replaceAll(new RegExp(`<@${botUser}(\\|[^>]*)?>`, 'g'), ' ').trim(),
        ...given('thread', event.thread_ts),
        ...(event.edited !== undefined && {
          editedAfter: Math.max(0, (Number(event.edited.ts) - Number(event.ts)) * 1_000),
        }),
      }

const chosen = (action: BlockElementAction): string => {
  if ('value' in action && typeof action.value === 'string') return action.value
  if ('selected_option' in action) return action.selected_option?.value ?? ''
  return ''
}

/** A click on a button, or a choice in a menu that reports at once. */
export const clickFrom = (body: BlockAction, delivery: string, home: Workspace): Click | undefined => {
  const action = body.actions[0]
  if (action === undefined) return undefined
  const ts = body.container['message_ts'] as string | undefined
  const thread = body.container['thread_ts'] as string | undefined
  return {
    delivery,
    person: actor(body, home),
    ...given('trigger', body.trigger_id),
    verb: action.action_id.split(':')[0] ?? '',
    value: chosen(action),
    ...given('channel', body.channel?.id),
    ...(ts === undefined
      ? {}
      : {
          message: {
            ts,
            ...given('thread', thread),
            ephemeral: body.container['is_ephemeral'] === true,
          },
        }),
    ...(body.view === undefined ? {} : { view: formFrom(body.view) }),
  }
}

/** A form that was sent. */
export const submissionFrom = (body: ViewSubmitAction, delivery: string, home: Workspace): Submission => ({
  delivery,
  person: actor(body, home),
  ...given('trigger', body.trigger_id),
  view: formFrom(body.view),
})

/** Something that is typed into a menu of an open form; our messages have no menus that ask. */
export const suggestionFrom = (
  body: BlockSuggestion,
  delivery: string,
  home: Workspace,
): Suggestion | undefined =>
  body.view === undefined
    ? undefined
    : {
        delivery,
        person: actor(body, home),
        menu: body.action_id,
        typed: body.value,
        view: formFrom(body.view),
      }

/** A shortcut, from anywhere or on a message. */
export const shortcutFrom = (body: SlackShortcut, delivery: string, home: Workspace): Shortcut => ({
  delivery,
  person: actor(body, home),
  trigger: body.trigger_id,
  name: body.callback_id,
  ...(body.type === 'message_action'
    ? { channel: body.channel.id, message: { ts: body.message.ts, text: body.message.text ?? '' } }
    : {}),
})

const formFrom = (view: ViewOutput): OpenForm => ({
  id: view.id,
  form: view.callback_id,
  metadata: view.private_metadata,
  values: valuesOf(view.state?.values ?? {}),
})

/** What was filled in, by block: Slack nests it by action once more. */
const valuesOf = (state: ViewOutput['state']['values']): FormValues => {
  const values: Record<string, string | readonly string[]> = {}
  for (const [block, actions] of Object.entries(state)) {
    const filled = Object.values(actions)
      .map(valueOf)
      .find((value) => value !== undefined)
    if (filled !== undefined) values[block] = filled
  }
  return values
}

const valueOf = (element: ViewStateValue): string | readonly string[] | undefined => {
  if (element.selected_options !== undefined) {
    const several = element.selected_options.map((option) => option.value)
    return several.length === 0 ? undefined : several
  }
  if (element.selected_date_time !== undefined && element.selected_date_time !== null)
    return String(element.selected_date_time)
  const one =
    element.value ?? element.selected_option?.value ?? element.selected_date ?? element.selected_time
  return one === null || one === undefined || one === '' ? undefined : one
}
