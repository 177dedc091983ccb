import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { readEnvironment, variableNames } from '../../../src/config/environment'
import { writeMistakes } from '../../../src/config/mistake'
import { slackPath } from '../../../src/adapters/slack/inbound/http'

const read = (path: string) => readFileSync(path, 'utf8')

test('the example environment is sound once the tokens are filled in', () => {
  const example = parseEnv(read('.env.example')) as Record<string, string>
  const blank = readEnvironment(example)
  expect(blank.ok ? [] : blank.mistakes.map(({ where }) => where)).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
  ])
  const filled = readEnvironment({ ...example, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })
  expect(filled.ok ? '' : writeMistakes(filled.mistakes)).toBe('')
})

test('the example environment names every variable that is read', () => {
  const named = new Set(Array.from(read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm), ([, name]) => name))
  expect(variableNames.filter((name) => !named.has(name))).toEqual([])
})

/** What Slack's reference of manifests wants of the parts that we use. */
const manifest = z.object({
  display_information: z.object({ name: z.string().max(35), description: z.string().max(140) }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.literal(true) }),
    slash_commands: z.tuple([
      z.object({ command: z.literal('/asg'), should_escape: z.literal(true), url: z.url().optional() }),
    ]),
    shortcuts: z.array(
      z.object({
        name: z.string().max(24),
        type: z.enum(['global', 'message']),
        callback_id: z.string().max(255),
      }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    interactivity: z.object({
      is_enabled: z.literal(true),
      request_url: z.url().optional(),
      message_menu_options_url: z.url().optional(),
    }),
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.url().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
})

describe('the manifests of the Slack app', () => {
  const socket = manifest.parse(parse(read('deploy/slack-manifest.socket.yaml')))
  const http = manifest.parse(parse(read('deploy/slack-manifest.http.yaml')))
  const urls = ({ features, settings }: typeof socket) => [
    features.slash_commands[0].url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
    settings.event_subscriptions.request_url,
  ]

  test('ask for the same rights and offer the same things', () => {
    expect(http.oauth_config).toEqual(socket.oauth_config)
    expect(http.features.shortcuts).toEqual(socket.features.shortcuts)
    const events = ['app_mention', 'app_home_opened', 'message.im']
    expect(http.settings.event_subscriptions.bot_events).toEqual(events)
    expect(socket.settings.event_subscriptions.bot_events).toEqual(events)
    expect(socket.features.shortcuts.map(({ name }) => name)).toEqual([
      'Deploy',
      'Schedule event',
      'Show run',
    ])
    expect(socket.oauth_config.scopes.bot).toEqual(
      expect.arrayContaining([
        'commands',
        'chat:write',
        'users:read',
        'usergroups:read',
        'app_mentions:read',
        'im:history',
      ]),
    )
  })

  test('differ in how Slack speaks to Rollcall', () => {
    expect(socket.settings.socket_mode_enabled).toBe(true)
    expect(urls(socket)).toEqual([undefined, undefined, undefined])
    expect(http.settings.socket_mode_enabled).toBe(false)
    expect(new Set(urls(http))).toEqual(new Set([`https://rollcall.example.com${slackPath}`]))
  })
})
