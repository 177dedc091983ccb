import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, type Receiver } from '@slack/bolt'
import type { Chat, MessageRef, Views } from '../../ports/chat'
import type { Inbox } from '../../ports/inbox'
import type { Log } from '../../ports/log'
import type { Replays } from '../../ports/replays'
import type { RealTime } from '../../ports/real-time'
import { slackChat } from './chat'
import { slackHttp } from './inbound/http'
import { identify } from './identity'
import { listen } from './inbound/listeners'
import { slackLogger } from './logger'
import { SocketPool } from './inbound/socket-pool'
import { watchToken } from './token-watch'
import { buildClients, type Clients } from './web'

export interface SlackOptions {
  readonly token: string
  /** Slack's Web API, e.g. `https://slack.com/api/`. */
  readonly apiUrl: string
  /** How deliveries come in: over sockets that we open, or as signed requests that Slack sends. */
  readonly inbound:
    | { readonly appToken: string }
    | { readonly signingSecret: string; readonly replays: Replays }
  /** The slash command, with its slash. */
  readonly command: string
  readonly log: Log
  readonly time: RealTime
}

/** Slack, as the rest of the program has it. */
export interface SlackGateway {
  readonly chat: Chat & Views
  readonly clients: Clients
  /**
   * Starts hearing. Resolves when Slack is heard, however long that takes (it may be waited for or not);
   * rejects with TokenRefused where waiting is no use.
   */
  start(inbox: Inbox): Promise<void>
  /** The address of a message, once Slack has said where the workspace is. */
  linkTo(message: MessageRef): string | undefined
  /** Whether Slack is heard now. */
  ready(): boolean
  /** In HTTP mode: takes a request off main's server where it is Slack's; false where it is not. */
  take(request: IncomingMessage, response: ServerResponse): boolean
  /** Finishes what was taken (at most about 3 s), then hears no more. */
  stop(): Promise<void>
}

const stopTimeout = 3_000

/** Builds the adapter. Nothing is sent before `start`. */
export const slackGateway = (options: SlackOptions): SlackGateway => {
  const { token, apiUrl, inbound, command, log, time } = options
  const clients = buildClients({ token, apiUrl, log })
  const chat = slackChat(clients)
  const stopped = new AbortController()
  const working = new Set<Promise<void>>()
  const http = 'signingSecret' in inbound ? slackHttp({ ...inbound, log, time }) : undefined
  let pool: SocketPool | undefined
  const tokenWatch = watchToken(clients.control, { log, time })
  let listening = false
  let workspace: string | undefined

  return {
    chat,
    clients,
    async start(inbox) {
      const { botId, botUserId, url, ...home } = await identify(clients.control, {
        log,
        time,
        stopped: stopped.signal,
      })
      workspace = url
      const app = new App({
        token,
        botId,
        botUserId,
        // Asked above, until it answers: Bolt would ask once, and every event would fail with it.
        tokenVerificationEnabled: false,
        receiver: http?.receiver ?? unstarted,
        clientOptions: { slackApiUrl: apiUrl },
        logger: slackLogger(log),
        convoStore: false,
      })
      listen(app, {
        inbox,
        chat,
        time,
        command,
        botUser: botUserId,
        home,
        log,
        onWork(work) {
          working.add(work)
          void work.finally(() => working.delete(work))
        },
      })
      if ('appToken' in inbound) {
        pool = new SocketPool(app, { appToken: inbound.appToken, apiUrl, log, time })
        if (stopped.signal.aborted) return
        await pool.start()
      }
      listening = true
      tokenWatch.start()
    },
    // As `chat.getPermalink` gives it, which would be a call for each message.
    linkTo: ({ channel, ts }) =>
      workspace === undefined || !/^[CGD][A-Z0-9]+$/.test(channel)
        ? undefined
        : `${workspace.replace(/\/$/, '')}/archives/${channel}/p${ts.replace('.', '')}`,
    ready: () =>
      listening &&
      !stopped.signal.aborted &&
      tokenWatch.accepted() &&
      (pool === undefined || pool.standing > 0),
    take(request, response) {
      return http !== undefined && http.take(request, response, listening && !stopped.signal.aborted)
    },
    async stop() {
      stopped.abort()
      tokenWatch.stop()
      const settled = Promise.allSettled(working)
      await Promise.race([settled, new Promise<void>((resolve) => time.after(stopTimeout, resolve))])
      await pool?.stop()
    },
  }
}

/** The pool feeds the app itself: Bolt's own idea of one receiver per app is left empty. */
const unstarted: Receiver = { init() {}, start: async () => {}, stop: async () => {} }
