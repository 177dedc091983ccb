import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { isObj, parseJson } from '../json'
import type { Timer } from '../timer'
import { newId } from '../workspace/ids'
import type { Ack, Delivery, Transport } from './delivery'
import { ackDeadline } from './delivery'

/** https://docs.slack.dev/apis/events-api/using-socket-mode: at most ten connections at a time. */
const connectionLimit = 10
const pingEvery = 10_000
/** Tickets of apps.connections.open must be used soon, and once. */
const ticketLife = 30_000

interface Pending {
  delivery: Delivery
  socket: WebSocket
  finish(ack: Ack): void
}
/** The Socket Mode side of the app: its open connections and what they have not acknowledged yet. */
export interface Sockets extends Transport {
  /** A ticket for one connection. */
  ticket(): string
  /** Whether a ticket is good; it is not afterwards. */
  redeem(ticket: string): boolean
  accept(socket: WebSocket): void
  count(): number
  /** Asks the app to reconnect, as Slack does when it recycles a connection: all of them, or the oldest. */
  refresh(which: 'all' | 'oldest'): void
  /** Cuts every connection without a word. */
  cut(): void
  watch(watcher: (count: number) => void): () => void
}

/** No connections yet. */
export function createSockets(appId: string, timer: Timer): Sockets {
  const tickets = new Map<string, number>()
  const open: WebSocket[] = []
  const pending = new Map<string, Pending>()
  const watchers = new Set<(count: number) => void>()
  let turn = 0
  const counted = (): void => {
    for (const watcher of watchers) watcher(open.length)
  }

  /** Each envelope goes to one connection; they take turns. */
  function next(except?: WebSocket): WebSocket | undefined {
    const ready = open.filter((socket) => socket !== except && socket.readyState === socket.OPEN)
    turn += 1
    return ready[turn % Math.max(1, ready.length)]
  }

  function send(id: string, { delivery, socket }: Pending): void {
    const { type, payload, acceptsPayload, retry } = delivery
    const again = retry ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}
    const envelope = { envelope_id: id, type, payload, accepts_response_payload: acceptsPayload, ...again }
    socket.send(JSON.stringify(envelope))
  }

  function acknowledged(data: string): void {
    const message = parseJson(data)
    if (!isObj(message) || typeof message['envelope_id'] !== 'string') return
    pending.get(message['envelope_id'])?.finish({ ok: true, body: message['payload'] })
  }

  /** What a lost connection left unacknowledged goes to another one, with the same envelope id. */
  function lost(socket: WebSocket): void {
    const index = open.indexOf(socket)
    if (index >= 0) open.splice(index, 1)
    for (const [id, entry] of pending) {
      if (entry.socket !== socket) continue
      const other = next(socket)
      if (!other) continue
      entry.socket = other
      send(id, entry)
    }
    counted()
  }

  return {
    ticket() {
      const ticket = newId('', 36).toLowerCase()
      tickets.set(ticket, timer.now() + ticketLife)
      return ticket
    },
    redeem(ticket) {
      const expires = tickets.get(ticket)
      tickets.delete(ticket)
      return expires !== undefined && expires >= timer.now()
    },
    accept(socket) {
      const debug = { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 }
      if (open.length >= connectionLimit) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debug }))
        socket.close()
        return
      }
      open.push(socket)
      socket.on('message', (data: Buffer) => acknowledged(data.toString()))
      socket.on('error', () => socket.terminate())
      const pings = setInterval(() => socket.ping(`Ping from applink-sandbox ${timer.now()}`), pingEvery)
      socket.on('close', () => {
        clearInterval(pings)
        lost(socket)
      })
      const hello = { type: 'hello', num_connections: open.length, connection_info: { app_id: appId } }
      socket.send(JSON.stringify({ ...hello, debug_info: debug }))
      counted()
    },
    deliver(delivery) {
      const socket = next()
      if (!socket) return Promise.resolve({ ok: false, error: 'dispatch_failed' })
      return new Promise((resolve) => {
        const id = randomUUID()
        const cancel = timer.after(ackDeadline, () => entry.finish({ ok: false, error: 'operation_timeout' }))
        const entry: Pending = {
          delivery,
          socket,
          finish(ack) {
            cancel()
            pending.delete(id)
            resolve(ack)
          },
        }
        pending.set(id, entry)
        send(id, entry)
      })
    },
    isConnected: () => open.length > 0,
    count: () => open.length,
    refresh(which) {
      const chosen = which === 'all' ? [...open] : open.slice(0, 1)
      for (const socket of chosen) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }))
      }
    },
    cut() {
      for (const socket of open) socket.terminate()
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
