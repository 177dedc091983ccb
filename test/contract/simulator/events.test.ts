import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { createEventQueue } from '../../../src/adapters/aws/events/event-queue'
import { createAws } from '../../../src/sandbox/aws'
import { createJumpingClock } from '../../../src/sandbox/clock'
import type { Fault } from '../../../src/sandbox/protocol'
import { makeEventsQueue } from '../../support/events-on-the-way'
import { inProcess } from '../../support/in-process-aws'
import { found, read } from '../../support/pages'

const stage = (fault?: Fault) => {
  const clock = createJumpingClock(Date.parse('2026-03-02T01:00:00Z'))
  const aws = createAws({ clock })
  if (fault) aws.setFault(fault)
  const QueueUrl = makeEventsQueue(aws)
  const config = { region: 'ap-northeast-2', ...inProcess(aws) }
  const [sqs, bridge] = [
    new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    new EventBridgeClient(config),
  ]
  const put = (...details: readonly object[]) =>
    bridge.send(
      new PutEventsCommand({
        Entries: details.map((detail) => ({
          Source: 'rollcall',
          DetailType: 'Rollcall Heartbeat',
          Detail: JSON.stringify(detail),
        })),
      }),
    )
  const receive = async (WaitTimeSeconds = 0) => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds })
    return (await sqs.send(command)).Messages ?? []
  }
  return { clock, aws, sqs, bridge, put, receive, QueueUrl }
}
const detailsOf = (messages: readonly { readonly Body?: string | undefined }[]) =>
  messages.map(
    ({ Body = '{}' }) => (JSON.parse(Body) as { readonly detail: { readonly n: number } }).detail.n,
  )

describe('an event', () => {
  it('comes by a rule into its queue, again until it is deleted, and for five minutes', async () => {
    const { clock, put, receive, sqs, QueueUrl } = stage()
    await put({ n: 1 }, { n: 2 })
    expect(await receive()).toEqual([])
    clock.advanceBy(1_000)
    const [first, second] = await receive()
    expect(detailsOf([first ?? {}, second ?? {}]).sort((a, b) => a - b)).toEqual([1, 2])
    expect(await receive()).toEqual([])
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }))
    clock.advanceBy(30_000)
    expect(detailsOf(await receive())).toEqual(detailsOf([second ?? {}]))
    clock.advanceBy(300_000)
    expect(await receive()).toEqual([])
  })
  it('is waited for by a long poll, as long as that says', async () => {
    const { clock, put, receive } = stage()
    const turns = async () => {
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    }
    const polled = receive(20)
    await turns()
    await put({ n: 1 })
    clock.advanceBy(1_000)
    expect(detailsOf(await polled)).toEqual([1])
    const inVain = receive(20)
    await turns()
    clock.advanceBy(20_000)
    expect(await inVain).toEqual([])
  })
  it('of AWS’s own name is refused from others, and one of no rule goes nowhere', async () => {
    const { clock, bridge, receive } = stage()
    const Entries = ['aws.ec2', 'acme'].map((Source) => ({
      Source,
      DetailType: 'EC2 AMI State Change',
      Detail: '{}',
    }))
    const answer = await bridge.send(new PutEventsCommand({ Entries }))
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }, { EventId: expect.any(String) }],
    })
    clock.advanceBy(60_000)
    expect(await receive()).toEqual([])
  })
  it.each<[Fault, (ns: readonly number[]) => void]>([
    [{ kind: 'events', lost: 1 }, (ns) => expect(ns).toEqual([])],
    [{ kind: 'events', source: 'aws.', lost: 1 }, (ns) => expect(ns).toHaveLength(4)],
    [{ kind: 'events', doubled: 1 }, (ns) => expect(ns).toHaveLength(8)],
    [{ kind: 'events', late: 40 }, (ns) => expect(ns).toEqual([])],
    [{ kind: 'events', reordered: true }, (ns) => expect(ns.toSorted((a, b) => a - b)).not.toEqual(ns)],
  ])('meets the fault that is set: %j', async (fault, holds) => {
    const { clock, put, receive } = stage(fault)
    await put({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 })
    clock.advanceBy(30_000)
    holds(detailsOf(await receive()))
  })
})

it('the commands of the docs make a queue that the heartbeat comes back by', async () => {
  const clock = createJumpingClock(Date.parse('2026-03-02T01:00:00Z'))
  const aws = createAws({ clock })
  const config = { region: 'ap-northeast-2', ...inProcess(aws) }
  const [sqs, bridge] = [
    new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    new EventBridgeClient(config),
  ]
  const page = read('docs/events-queue.md')
  const [attributes = ''] = found(page, /--attributes \\\n {2}'(\{.*\})'/g)
  const [arn = ''] = found(page, /--targets Id=queue,Arn=(\S+)/g)
  const [QueueUrl = ''] = found(page, /--queue-url (\S+)/g)
  const Policy = read('deploy/events-queue-policy.json')
  await sqs.send(
    new CreateQueueCommand({
      QueueName: 'rollcall-events',
      Attributes: JSON.parse(attributes) as Record<string, string>,
    }),
  )
  await bridge.send(
    new PutRuleCommand({ Name: 'rollcall-events', EventPattern: read('deploy/events-rule.json') }),
  )
  await bridge.send(new PutTargetsCommand({ Rule: 'rollcall-events', Targets: [{ Id: 'queue', Arn: arn }] }))
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({ QueueArn: arn, Policy, MessageRetentionPeriod: '300' })
  const queue = createEventQueue({
    region: 'ap-northeast-2',
    url: QueueUrl,
    clock: { now: clock.now, real: () => 0 },
    clientConfig: inProcess(aws),
  })
  await queue.beat(17)
  clock.advanceBy(1_000)
  const [message] = await queue.receive(0)
  expect(message?.event).toEqual({ kind: 'heartbeat', sentAt: 17 })
  await queue.delete([message?.receipt ?? ''])
  expect(aws.world.queues.get(QueueUrl)?.messages).toEqual([])
})
