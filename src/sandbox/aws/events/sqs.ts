import { createHash } from 'node:crypto'
import type { SqsHandlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { World } from '../world'
import type { Queue } from './state'

/** SQS API reference: "The specified queue doesn't exist." */
const missing = () => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
/** What a queue has whose maker did not say: seconds hidden once received, and kept (SQS API reference, CreateQueue). */
const usual = { VisibilityTimeout: '30', MessageRetentionPeriod: '345600' }
const seconds = (queue: Queue, name: keyof typeof usual): number =>
  Number(queue.attributes[name] ?? usual[name])

const queueOf = ({ queues }: World, url: string): Queue => {
  const queue = queues.get(url)
  if (!queue) throw missing()
  return queue
}

export const sqsHandlers = {
  CreateQueue(sim, { QueueName: name, Attributes: attributes = {} }) {
    const { account, region, queues } = sim.world
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      )
    const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`
    if (!queues.has(url))
      queues.set(url, {
        name,
        url,
        arn: `arn:aws:sqs:${region}:${account}:${name}`,
        attributes,
        messages: [],
      })
    return { QueueUrl: url }
  },

  GetQueueUrl({ world }, { QueueName: name }) {
    const queue = [...world.queues.values()].find((one) => one.name === name)
    if (!queue) throw missing()
    return { QueueUrl: queue.url }
  },

  SetQueueAttributes(sim, { QueueUrl, Attributes: attributes }) {
    const queue = queueOf(sim.world, QueueUrl)
    queue.attributes = { ...queue.attributes, ...attributes }
    return {}
  },

  GetQueueAttributes({ world }, { QueueUrl, AttributeNames: names = [] }) {
    const queue = queueOf(world, QueueUrl)
    const all: Record<string, string> = { ...usual, ...queue.attributes, QueueArn: queue.arn }
    const wanted = Object.entries(all).filter(([name]) => names.some((one) => one === 'All' || one === name))
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) }
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
    queue.messages = queue.messages.filter(
      ({ sentAt }) => sim.now < sentAt + 1000 * seconds(queue, 'MessageRetentionPeriod'),
    )
    const found = queue.messages.filter(({ visibleAt }) => visibleAt <= sim.now).slice(0, most)
    for (const message of found) {
      message.received += 1
      message.receipt = `${message.id}#${message.received}`
      message.visibleAt = sim.now + 1000 * (input.VisibilityTimeout ?? seconds(queue, 'VisibilityTimeout'))
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
