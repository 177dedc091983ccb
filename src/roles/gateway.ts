import { serveDoor } from '../adapters/http/door-server'
import { oidcTokens } from '../adapters/oidc/id-tokens'
import { realTime } from '../adapters/real-time'
import { slackGateway } from '../adapters/slack/gateway'
import { slackPeople } from '../adapters/slack/people'
import { slackUserLocales } from '../adapters/slack/user-locales'
import type { ApiDeps } from '../gateway/api/deps'
import { createDoor } from '../gateway/api/door'
import { startTellingNotices } from '../gateway/webhooks/tell-notices'
import { createGateway } from '../gateway/gateway'
import type { Environment } from '../config/environment'
import { groupsAsked } from '../domain/access/permissions'
import type { Door } from '../ports/api'
import type { Inbox } from '../ports/inbox'
import type { Core, Role } from './role'

/** Hears Slack and answers it, and brings operations' news to it. Needs Slack's tokens, and none of AWS's. */
export const startGateway = async (
  core: Core,
  settings: NonNullable<Environment['slack']>,
  api?: Environment['api'],
): Promise<Role> => {
  const { catalogue, store, clock, log, metrics } = core
  const { botToken: token, apiUrl, command, mode } = settings
  const time = realTime
  const inbound =
    mode.kind === 'socket'
      ? { appToken: mode.appToken }
      : { signingSecret: mode.signingSecret, replays: store.replays }
  const slack = slackGateway({ token, apiUrl, inbound, command, log, time })
  const { chat, clients } = slack

  const people = slackPeople({
    client: clients.control,
    store: store.people,
    groups: groupsAsked(catalogue),
    time,
    log,
  })
  const userLocales = slackUserLocales({ client: clients.control, time, log })
  const parts = { ...store, catalogue, clock, time, people, readers: userLocales, chat, log, command }
  const { inbox, notifier } = createGateway(parts)
  const door =
    api && (await openDoor({ ...parts, linkTo: (message) => slack.linkTo(message) }, api, metrics.doorCalls))
  if (door) log.info({ port: door.port }, 'the door for pipelines is open')

  people.start()
  notifier.start()
  const stopTelling = startTellingNotices(parts, time)
  const hearing = slack.start(counted(inbox, metrics.commands))
  hearing.catch((error: unknown) => {
    log.error({ err: error }, 'Slack refuses the token: the program stops')
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  })
  return {
    name: 'gateway',
    ready: () => ({ ok: slack.ready() }),
    take: (request, response) => slack.take(request, response),
    async stop() {
      await door?.close()
      stopTelling()
      await slack.stop()
      people.stop()
      await notifier.stop()
    },
  }
}

/** Pipelines ask here, as people do in Slack. */
const openDoor = (
  parts: Omit<ApiDeps, 'idTokens'>,
  { port, host }: NonNullable<Environment['api']>,
  calls: Core['metrics']['doorCalls'],
): ReturnType<typeof serveDoor> => {
  const { catalogue, time, log } = parts
  const issuers = [...(catalogue.machines?.values() ?? [])].flatMap(({ oidc }) => oidc ?? [])
  const door = createDoor({ ...parts, idTokens: oidcTokens({ issuers, time, log }) })
  const countedDoor: Door = async (request) => {
    const answer = await door(request)
    calls.inc({ method: request.method, status: String(answer.status) })
    return answer
  }
  return serveDoor({ port, door: countedDoor, ...(host !== undefined && { host }) })
}

/** The same inbox, with every delivery counted by kind. */
const counted = (inbox: Inbox, deliveries: { inc(labels: { kind: string }): void }): Inbox => ({
  command: (incoming, answer) => (deliveries.inc({ kind: 'line' }), inbox.command(incoming, answer)),
  click: (click, answer) => (deliveries.inc({ kind: 'click' }), inbox.click(click, answer)),
  submit: (submission) => (deliveries.inc({ kind: 'submit' }), inbox.submit(submission)),
  suggest: (suggestion) => (deliveries.inc({ kind: 'suggest' }), inbox.suggest(suggestion)),
  shortcut: (shortcut, answer) => (deliveries.inc({ kind: 'shortcut' }), inbox.shortcut(shortcut, answer)),
  home: (person) => (deliveries.inc({ kind: 'home' }), inbox.home(person)),
})
