import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { App } from './workspace/model'

/**
 * The app manifest as Slack takes it: what is not in its schema is refused, as "Create an app from a manifest" does.
 * slack: reference/app-manifest; the limits are those of the schema that Slack publishes (slackapi/manifest-schema, v1).
 */
const words = (max: number, min = 1) => z.string().min(min).max(max)
const address = (max: number) => words(max).regex(/^https?:\/\//)
const slashCommand = z.strictObject({
  command: words(32, 2).startsWith('/'),
  url: address(3000).optional(),
  description: words(2000),
  usage_hint: words(1000).optional(),
  should_escape: z.boolean().default(false),
})
const shortcut = z.strictObject({
  name: words(24),
  type: z.enum(['message', 'global']),
  callback_id: words(255),
  description: words(150),
})
const appHome = z.strictObject({
  home_tab_enabled: z.boolean().default(false),
  messages_tab_enabled: z.boolean().default(false),
  messages_tab_read_only_enabled: z.boolean().default(false),
})
const manifest = z.strictObject({
  _metadata: z
    .strictObject({ major_version: z.literal(1), minor_version: z.int() })
    .partial()
    .optional(),
  display_information: z.strictObject({
    name: words(35),
    description: words(140).optional(),
    long_description: words(4000, 175).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: words(80), always_online: z.boolean().optional() }),
    app_home: appHome.prefault({}),
    slash_commands: z.array(slashCommand).min(1).max(50).default([]),
    shortcuts: z.array(shortcut).min(1).max(10).default([]),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(words(50)).max(255).default([]) }),
  }),
  settings: z.strictObject({
    interactivity: z
      .strictObject({
        is_enabled: z.boolean(),
        request_url: address(3500).optional(),
        message_menu_options_url: address(3500).optional(),
      })
      .prefault({ is_enabled: false }),
    event_subscriptions: z
      .strictObject({
        request_url: address(3500).optional(),
        bot_events: z.array(words(50)).max(100).default([]),
      })
      .prefault({}),
    org_deploy_enabled: z.boolean().optional(),
    socket_mode_enabled: z.boolean().default(false),
    token_rotation_enabled: z.boolean().optional(),
  }),
})

/** What the manifest says of an app; the rest of it comes with the installation. */
export type AppSettings = Pick<
  App,
  | 'name'
  | 'displayName'
  | 'botScopes'
  | 'commands'
  | 'shortcuts'
  | 'events'
  | 'interactivity'
  | 'suggestions'
  | 'home'
>

/** The scopes that an event wants before it can be subscribed to: reference/events, "Required Scopes". */
const scopeOfEvent: { readonly [event: string]: string } = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
}

/** Reads a manifest's text; throws with what Slack would refuse it for. */
export function parseManifest(text: string): AppSettings {
  const read = manifest.safeParse(parse(text))
  if (!read.success) throw new Error(`Slack would not take this manifest:\n${z.prettifyError(read.error)}`)
  const { display_information, features, oauth_config, settings } = read.data
  const { bot } = oauth_config.scopes
  const events = settings.event_subscriptions.bot_events
  for (const event of events) {
    const scope = scopeOfEvent[event]
    if (scope !== undefined && !bot.includes(scope))
      throw new Error(`Slack would not take this manifest: the event ${event} wants the scope ${scope}.`)
  }
  if ((features.slash_commands.length > 0 || features.shortcuts.length > 0) && !bot.includes('commands'))
    throw new Error('Slack would not take this manifest: commands and shortcuts want the scope commands.')
  return {
    name: features.bot_user.display_name,
    displayName: display_information.name,
    botScopes: bot,
    commands: features.slash_commands.map(({ command, should_escape, usage_hint, description }) => ({
      name: command,
      shouldEscape: should_escape,
      usage: usage_hint ?? '',
      description,
    })),
    shortcuts: features.shortcuts.map(({ name, type, callback_id }) => ({
      callbackId: callback_id,
      name,
      type,
    })),
    events,
    interactivity: settings.interactivity.is_enabled,
    suggestions:
      settings.interactivity.is_enabled &&
      (settings.socket_mode_enabled || settings.interactivity.message_menu_options_url !== undefined),
    home: {
      homeTab: features.app_home.home_tab_enabled,
      messagesTab: features.app_home.messages_tab_enabled,
      readOnly: features.app_home.messages_tab_read_only_enabled,
    },
  }
}

/** The manifest that a way of delivery is installed by, out of the directory `deploy`. */
export function readManifest(mode: 'socket' | 'http', directory = 'deploy'): AppSettings {
  return parseManifest(readFileSync(join(directory, `slack-manifest.${mode}.yaml`), 'utf8'))
}
