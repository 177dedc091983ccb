import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { createLimits } from './api/limits'
import type { Answer, Caller } from './api/call'
import { call } from './api/call'
import type { Transport } from './deliver/delivery'
import { createHttpTransport } from './deliver/http'
import { createSockets } from './deliver/socket'
import { createFaults } from './faults'
import { useResponseUrl } from './interact/respond'
import type { Obj } from './json'
import type { OnSent } from './sent'
import { overheard, sentCall } from './sent'
import type { Slack } from './slack'
import type { Timer } from './timer'
import { realTimer } from './timer'
import { createResponses, createTriggers } from './workspace/tickets'
import type { WorkspaceSeed } from './workspace/workspace'
import { createWorkspace } from './workspace/workspace'

export interface SlackOptions {
  seed: WorkspaceSeed
  timer?: Timer
  /** Whether Slack's real rate limits hold; off, only the faults limit. */
  limits?: boolean
  /** Told of each payload that the app sends. */
  onSent?: OnSent
}
/** The simulated Slack: one workspace with one app in it, and the ways to that app. */
export interface SlackSimulator extends Slack {
  /** Answers one Web API call. */
  api(method: string, token: string | undefined, args: Obj): Answer
  /** Answers one POST to a response_url, by the id in its path. */
  response(id: string, body: Obj): { status: number; text: string }
  /** Takes a WebSocket upgrade of `/link/?ticket=…`; refuses bad tickets. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Where this Slack answers; known once the server listens. */
  setBase(url: string): void
  /** Deliveries go to this URL as signed HTTP requests; undefined: Socket Mode. */
  setRequestUrl(url: string | undefined): void
  onFaults(watcher: () => void): () => void
  close(): void
}

/** Makes a workspace as the seed says, not listening anywhere yet. */
export function createSlack(options: SlackOptions): SlackSimulator {
  const timer = options.timer ?? realTimer
  const onSent = options.onSent ?? (() => {})
  const workspace = createWorkspace(options.seed, timer)
  const triggers = createTriggers(timer)
  const responses = createResponses(timer)
  const sockets = createSockets(workspace.app.id, timer)
  const upgrades = new WebSocketServer({ noServer: true })
  const faultWatchers = new Set<() => void>()
  /** Channels that a fault has taken the bot out of, which come back with its end. */
  const removedFrom = new Set<string>()
  const { botUserId } = workspace.app
  const faults = createFaults(() => {
    if (faults.isDown()) sockets.cut()
    for (const channel of workspace.channels.values()) {
      const called = [channel.id, channel.name]
      channel.archived = faults.isArchived(called)
      if (faults.isRemoved(called)) {
        if (channel.members.delete(botUserId)) removedFrom.add(channel.id)
      } else if (removedFrom.delete(channel.id)) channel.members.add(botUserId)
    }
    for (const watcher of faultWatchers) watcher()
  })
  let base = ''
  let http: Transport | undefined

  const slack: Slack = {
    workspace,
    triggers,
    responses,
    faults,
    sockets,
    timer,
    transport: () => overheard(http ?? sockets, onSent),
    base: () => base,
  }
  const caller: Caller = {
    workspace,
    triggers,
    timer,
    faults,
    openConnection: () =>
      `${base.replace(/^http/, 'ws')}/link/?ticket=${sockets.ticket()}&app_id=${workspace.app.id}`,
    ...(options.limits ? { limits: createLimits(timer) } : {}),
  }
  return {
    ...slack,
    api(method, token, args) {
      onSent(sentCall(method, args))
      return call(caller, method, token, args)
    },
    response(id, body) {
      onSent({ way: 'response_url', body })
      return useResponseUrl(slack, id, body)
    },
    upgrade(request, socket, head) {
      const url = new URL(`http://localhost${request.url?.startsWith('/') ? request.url : '/'}`)
      const good = !faults.isDown() && sockets.redeem(url.searchParams.get('ticket') ?? '')
      if (!good) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
        return
      }
      upgrades.handleUpgrade(request, socket, head, (webSocket) => sockets.accept(webSocket))
    },
    setBase(url) {
      base = url
    },
    setRequestUrl(url) {
      http = url === undefined ? undefined : createHttpTransport(url, workspace.app.signingSecret, timer)
    },
    onFaults(watcher) {
      faultWatchers.add(watcher)
      return () => faultWatchers.delete(watcher)
    },
    close() {
      sockets.cut()
      upgrades.close()
    },
  }
}
