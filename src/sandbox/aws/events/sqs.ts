import { createHash } from 'node:crypto'
import type { SqsHandlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { World } from '../world'
import type { Queue } from './state'

/** SQS API reference: "The specified queue doesn't exist." */
const missing = () => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
/** Seconds for which a message that was received is hidden, unless the call says otherwise. */
const usualVisibility = 30
/** Milliseconds after which a message is gone: five minutes, as docs/events-queue.md makes the queue. */
const retention = 300_000

const queueOf = ({ queues }: World, url: string): Queue => {
  const queue = queues.get(url)
  if (!queue) throw missing()
  return queue
}

export const sqsHandlers = {
  CreateQueue(sim, { QueueName: name }) {
    const { account, region, queues } = sim.world
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      )
    const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`
    if (!queues.has(url))
      queues.set(url, { name, url, arn: `arn:aws:sqs:${region}:${account}:${name}`, messages: [] })
    return { QueueUrl: url }
  },

  GetQueueUrl({ world }, { QueueName: name }) {
    const queue = [...world.queues.values()].find((one) => one.name === name)
    if (!queue) throw missing()
    return { QueueUrl: queue.url }
  },

  /** Who waits for a message is answered by `createAws`, which asks again when there is one. */
  ReceiveMessage(sim, input) {
    const queue = queueOf(sim.world, input.QueueUrl)
    const most = input.MaxNumberOfMessages ?? 1
    if (most < 1 || most > 10)
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      )
    queue.messages = queue.messages.filter(({ sentAt }) => sim.now < sentAt + retention)
    const found = queue.messages.filter(({ visibleAt }) => visibleAt <= sim.now).slice(0, most)
    for (const message of found) {
      message.received += 1
      message.receipt = `${message.id}#${message.received}`
      message.visibleAt = sim.now + (input.VisibilityTimeout ?? usualVisibility) * 1000
    }
    if (found.length === 0) return {}
    return {
      Messages: found.map(({ id, body, receipt }) => ({
        MessageId: id,
        ReceiptHandle: receipt,
        Body: body,
        MD5OfBody: createHash('md5').update(body).digest('hex'),
      })),
    }
  },

  DeleteMessage(sim, { QueueUrl, ReceiptHandle }) {
    remove(queueOf(sim.world, QueueUrl), ReceiptHandle)
    return {}
  },

  DeleteMessageBatch(sim, { QueueUrl, Entries }) {
    const queue = queueOf(sim.world, QueueUrl)
    for (const { ReceiptHandle = '' } of Entries) remove(queue, ReceiptHandle)
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] }
  },
} satisfies SqsHandlers

/** By any of its receipts; one that is gone was deleted (SQS API reference, DeleteMessage: success all the same). */
function remove(queue: Queue, receipt: string): void {
  const [id] = receipt.split('#')
  queue.messages = queue.messages.filter((message) => message.id !== id)
}
