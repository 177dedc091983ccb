import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '../../../ports/clock'
import type { EventQueue } from '../../../ports/event-queue'
import { AwsFailure } from '../../../ports/failure'
import type { RealTime } from '../../../ports/real-time'
import { realTime } from '../../real-time'
import { type AwsCall, AwsClient } from '../client/client'
import { RateLimiter } from '../client/rate-limiter'
import type { ClientConfig } from '../client/sdk-clients'
import { heartbeatSource, heartbeatType, readEvent } from './read-event'

interface EventQueueOptions {
  readonly region: string
  /** The queue's URL. */
  readonly url: string
  readonly clock: Clock
  readonly time?: RealTime
  readonly onCall?: (call: AwsCall) => void
  readonly clientConfig?: ClientConfig
}

/** Real milliseconds: a long poll is answered after 20 seconds at the latest (SQS developer guide, "Short and long polling"). */
const handler = {
  connectionTimeout: 3_000,
  requestTimeout: 30_000,
  socketTimeout: 30_000,
  throwOnRequestTimeout: true,
}
/** As many as one call receives, or deletes. */
const maxPerCall = 10
const limit = { rate: 10, burst: 20 }

/** The queue of a region in SQS that an EventBridge rule sends events to, and the way into that rule. */
export const createEventQueue = ({
  region,
  url,
  clock,
  time = realTime,
  onCall = () => {},
  clientConfig,
}: EventQueueOptions): EventQueue => {
  const config = { region, requestHandler: handler, ...clientConfig, retryMode: 'standard', maxAttempts: 1 }
  // The region says where to ask, not a line of the catalogue: the URL is a name.
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  const bridge = new EventBridgeClient(config)
  const clientOf = (service: AwsCall['service']) =>
    new AwsClient({ region, service }, clock, time, new RateLimiter(clock, time, limit), onCall)
  const [queue, bus] = [clientOf('sqs'), clientOf('events')]

  return {
    receive: async (wait, off) => {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: maxPerCall,
        WaitTimeSeconds: wait,
      })
      const options = off ? { abortSignal: off } : {}
      const { Messages: messages = [] } = await queue.change('ReceiveMessage', () =>
        sqs.send(command, options),
      )
      return messages.map(({ Body = '', ReceiptHandle: receipt = '' }) => ({
        receipt,
        event: readEvent(Body),
      }))
    },
    delete: async (receipts) => {
      if (receipts.length === 0) return
      // What was not deleted comes again, and is as harmless then.
      const command = new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: receipts.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle })),
      })
      await queue.change('DeleteMessageBatch', () => sqs.send(command))
    },
    beat: async (sentAt) => {
      const command = new PutEventsCommand({
        Entries: [{ Source: heartbeatSource, DetailType: heartbeatType, Detail: JSON.stringify({ sentAt }) }],
      })
      const { Entries: [entry] = [] } = await bus.change('PutEvents', () => bridge.send(command))
      // It is answered with 200 even where an entry was not taken (EventBridge API reference, PutEvents).
      if (entry?.ErrorCode !== undefined)
        throw new AwsFailure('refused', 'PutEvents', entry.ErrorCode, entry.ErrorMessage ?? 'no words given')
    },
  }
}
