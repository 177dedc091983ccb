import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { endedOf } from '../../../domain/telemetry/ended'
import type { Receiver } from '../../../ports/receiver'
import { toFailure } from '../client/errors'
import type { ClientConfig } from '../client/sdk-clients'
import { heartbeatSource } from './read-event'

interface BusOptions {
  /** `arn:aws:events:<region>:<account>:event-bus/<name>` */
  readonly bus: string
  readonly clientConfig?: ClientConfig
}

export const endedType = 'Rollcall Operation Ended'

/** Puts endings on an event bus, from where rules hand them on. */
export const busReceiver = ({ bus, clientConfig }: BusOptions): Receiver => {
  const [, , , region = ''] = bus.split(':')
  const client = new EventBridgeClient({ region, ...clientConfig, maxAttempts: 1 })
  return {
    name: 'eventbridge',
    tell: async (operation, ending) => {
      const ended = endedOf(operation, ending)
      if (!ended) return 'told'
      const entry = {
        EventBusName: bus,
        Source: heartbeatSource,
        DetailType: endedType,
        Time: new Date(ending.at),
        Detail: JSON.stringify(ended),
      }
      try {
        const { Entries: [answer] = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }))
        // It is answered with 200 even where the entry was not taken (EventBridge API reference, PutEvents).
        if (answer?.ErrorCode === undefined) return 'told'
        return /^(ThrottlingException|InternalFailure|InternalException)$/.test(answer.ErrorCode)
          ? 'again'
          : 'refused'
      } catch (error) {
        return toFailure('PutEvents', error).kind === 'refused' ? 'refused' : 'again'
      }
    },
  }
}
