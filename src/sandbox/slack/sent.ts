import type { Transport } from './deliver/delivery'
import { isObj, textAt } from './json'
import type { Obj } from './json'

/** One payload that the app sent to Slack, as it came. */
export interface Sent {
  /** The method called, `response_url`, or `ack` and what was acknowledged: a command, an event, or an interaction's type. */
  way: string
  body: Obj
}
export type OnSent = (sent: Sent) => void

/** A call without its token. */
export function sentCall(method: string, args: Obj): Sent {
  const { token: _token, ...body } = args
  return { way: method, body }
}

/** A way to the app that tells of each answer that comes back on it. */
export function overheard(transport: Transport, onSent: OnSent): Transport {
  return {
    isConnected: () => transport.isConnected(),
    async deliver(delivery) {
      const ack = await transport.deliver(delivery)
      const { type, payload } = delivery
      const kind = type === 'interactive' ? (textAt(payload, 'type') ?? type) : type
      if (ack.ok) onSent({ way: `ack ${kind}`, body: isObj(ack.body) ? ack.body : {} })
      return ack
    },
  }
}
