import type { WebhookEvent } from './event'
import type { Webhook } from './webhook'

/** An event in an outbox. */
export interface QueuedEvent {
  /** Rises with each event of the installation, and is never given twice. */
  readonly sequence: number
  readonly event: WebhookEvent
}

/** What is sent, the same at every attempt: its signature alone is made anew. */
export interface WebhookMessage {
  /** By which a receiver knows it again. */
  readonly id: string
  readonly contentType: string
  readonly body: string
}

/** Without dots, for the signed text has them between its parts (Standard Webhooks, "Signature scheme"). */
export const messageId = (sequence: number): string => `evt_${sequence}`

const source = 'urn:rollcall'

/** An event as the webhook's format has it. */
export const messageOf = ({ sequence, event }: QueuedEvent, format: Webhook['format']): WebhookMessage => {
  const id = messageId(sequence)
  const { type, at, service, data } = event
  const time = new Date(at).toISOString()
  // The number is in what is signed: by it a receiver puts in order what came out of order.
  const numbered = { sequence, ...data }
  if (format === 'standard')
    return {
      id,
      contentType: 'application/json',
      // Standard Webhooks, "Payload structure".
      body: JSON.stringify({ type, timestamp: time, data: numbered }),
    }
  return {
    id,
    contentType: 'application/cloudevents+json',
    // CloudEvents 1.0, "HTTP Protocol Binding", 3.2 "Structured Content Mode"; its types begin with whose they are.
    body: JSON.stringify({
      specversion: '1.0',
      id,
      source,
      type: `rollcall.${type}`,
      subject: service,
      time,
      datacontenttype: 'application/json',
      data: numbered,
    }),
  }
}
