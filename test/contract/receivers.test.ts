import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { busReceiver, endedType } from '../../src/adapters/aws/events/bus-receiver'
import { otlpReceiver } from '../../src/adapters/http/receivers/otlp'
import { pagerDutyReceiver } from '../../src/adapters/http/receivers/pagerduty'
import type { Operation } from '../../src/domain/operation/operation'
import type { Receiver } from '../../src/ports/receiver'
import { eventBridgeHandlers } from '../../src/sandbox/aws/events/event-bridge'
import { createAws } from '../../src/sandbox/aws'
import { createJumpingClock } from '../../src/sandbox/clock'
import { tellEndings } from '../../src/worker/telemetry/tell-endings'
import { makeEventsQueue } from '../support/events-on-the-way'
import { inProcess } from '../support/in-process-aws'
import { newOperation } from '../support/operations'
import { silentLog } from '../support/silent-log'
import { VirtualTime } from '../support/virtual-time'

const ending = { kind: 'succeeded', at: 1_800_000_000_000, left: [] } as const
const operation: Operation = {
  ...newOperation('web-k7f3q'),
  createdAt: 1_799_999_000_000,
  startedAt: 1_799_999_000_500,
  phase: 'ended',
  steps: [
    {
      key: 'image/create',
      order: 1,
      state: 'done',
      startedAt: 1_799_999_001_000,
      endedAt: 1_799_999_002_000,
    },
  ],
  signals: [],
  notes: [],
  fence: 1,
  revision: 3,
  ending,
}

interface Got {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

describe('over HTTP', () => {
  let server: Server
  let url: string
  let got: Got[] = []
  let answers: (number | 'redirect')[] = []
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        got.push({ path: request.url, headers: request.headers, body: JSON.parse(body) as unknown })
        const answer = answers.shift() ?? 200
        if (answer === 'redirect') response.writeHead(307, { location: `${url}/elsewhere` }).end()
        else response.writeHead(answer).end('{}')
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  })
  beforeEach(() => {
    got = []
    answers = []
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const otlp = () =>
    otlpReceiver({ endpoint: `${url}/base/`, headers: { 'x-scope': '7' }, serviceName: 'rollcall' })

  it('a collector gets the trace as OTLP has it', async () => {
    expect(await otlp().tell(operation, ending)).toBe('told')
    expect(got).toHaveLength(1)
    expect(got[0]).toMatchObject({
      path: '/base/v1/traces',
      headers: { 'content-type': 'application/json', 'x-scope': '7' },
    })
    expect(got[0]?.body).toMatchObject({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'rollcall' } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
                  spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
                  kind: 2,
                  startTimeUnixNano: '1799999000000000000',
                  endTimeUnixNano: '1800000000000000000',
                  status: {},
                },
                {
                  name: 'image/create',
                  kind: 1,
                  parentSpanId: expect.any(String),
                  endTimeUnixNano: '1799999002000000000',
                },
              ],
            },
          ],
        },
      ],
    })
  })

  it('what may be taken later is told from what never will be, and nothing is sent on to another address', async () => {
    answers = [503, 429, 400, 'redirect']
    const told = []
    for (let turn = 0; turn < 4; turn++) told.push(await otlp().tell(operation, ending))
    expect(told).toEqual(['again', 'again', 'refused', 'refused'])
    expect(got.map(({ path }) => path)).not.toContain('/elsewhere')
    const nobody = otlpReceiver({ endpoint: 'http://127.0.0.1:9', headers: {}, serviceName: 'rollcall' })
    expect(await nobody.tell(operation, ending)).toBe('again')
  })

  it('PagerDuty gets a change event of what changed something, and no other', async () => {
    const pagerDuty = pagerDutyReceiver({ routingKey: 'a'.repeat(32), url })
    expect(await pagerDuty.tell(operation, ending)).toBe('told')
    expect(got[0]).toMatchObject({
      path: '/v2/change/enqueue',
      body: {
        routing_key: 'a'.repeat(32),
        payload: {
          summary: 'web: deploy v2 – succeeded (web-k7f3q)',
          timestamp: '2027-01-15T08:00:00.000Z',
          source: 'rollcall',
          custom_details: { operation: 'web-k7f3q', ending: 'succeeded' },
        },
      },
    })
    const { startedAt: _, ...never } = operation
    expect(await pagerDuty.tell(never, ending)).toBe('told')
    expect(got).toHaveLength(1)
  })
})

it('a bus gets the ending, and rules hand it on', async () => {
  const clock = createJumpingClock(Date.parse('2026-03-02T01:00:00Z'))
  const aws = createAws({ clock })
  const QueueUrl = makeEventsQueue(aws)
  eventBridgeHandlers.PutRule(aws.simulation, {
    Name: 'rollcall-events',
    EventPattern: JSON.stringify({ 'detail-type': [endedType] }),
  })
  const bus = 'arn:aws:events:ap-northeast-2:123456789012:event-bus/default'
  const receiver = busReceiver({ bus, clientConfig: inProcess(aws) })
  expect(await receiver.tell(operation, ending)).toBe('told')
  clock.advanceBy(1_000)
  const sqs = new SQSClient({ region: 'ap-northeast-2', ...inProcess(aws), useQueueUrlAsEndpoint: false })
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({
    source: 'rollcall',
    detail: { operation: 'web-k7f3q', service: 'web', ending: 'succeeded' },
  })
  aws.setFault({ kind: 'throttle', action: 'PutEvents', times: 1 })
  expect(await receiver.tell(operation, ending)).toBe('again')
  aws.setFault({
    kind: 'error-before',
    action: 'PutEvents',
    code: 'AccessDeniedException',
    status: 403,
    times: 1,
  })
  expect(await receiver.tell(operation, ending)).toBe('refused')
})

describe('an ending', () => {
  const stage = (...answers: Awaited<ReturnType<Receiver['tell']>>[]) => {
    const time = new VirtualTime()
    const outcomes: string[] = []
    let tried = 0
    const receiver: Receiver = {
      name: 'otlp',
      tell: async () => {
        tried += 1
        return answers.shift() ?? 'again'
      },
    }
    const onTold = (_: string, outcome: string) => void outcomes.push(outcome)
    const telling = tellEndings(
      { journal: { read: async () => operation }, log: silentLog, onTold },
      [receiver],
      time,
    )
    return { time, telling, outcomes, tried: () => tried }
  }
  it('is told again after a while to whom it did not reach, and not to whom it never will', async () => {
    const { time, telling, outcomes, tried } = stage('again', 'again', 'told', 'refused')
    telling.ended('web-k7f3q')
    await time.pass(5_900)
    expect([tried(), outcomes]).toEqual([2, []])
    await time.pass(200)
    expect([tried(), outcomes]).toEqual([3, ['told']])
    telling.ended('web-k7f3q')
    await time.pass(600_000)
    expect([tried(), outcomes]).toEqual([4, ['told', 'refused']])
  })
  it('is given up after minutes, and not tried again once the worker stops', async () => {
    const { time, telling, outcomes, tried } = stage()
    telling.ended('web-k7f3q')
    await time.pass(200_000)
    expect([tried(), outcomes]).toEqual([5, ['lost']])
    telling.ended('web-k7f3q')
    telling.stop()
    await time.pass(200_000)
    expect([tried(), outcomes]).toEqual([6, ['lost', 'lost']])
  })
})
