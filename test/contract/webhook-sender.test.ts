import { Webhook as Verifier } from 'standardwebhooks'
import { webhookSender } from '../../src/adapters/webhooks/sender'
import { messageOf } from '../../src/domain/webhooks/message'
import type { Webhook } from '../../src/domain/webhooks/webhook'
import { hookSecret, startReceiver, webhookTo } from '../support/webhooks'

const queued = {
  sequence: 1_800_000_000_001,
  event: {
    type: 'operation.ended',
    at: 1_800_000_000_000,
    service: 'web',
    data: { operation: 'web-k7f3q', ending: 'succeeded' },
  },
} as const
const message = messageOf(queued, 'standard')
const newSecret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`

type Receiver = Awaited<ReturnType<typeof startReceiver>>
let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

interface Given {
  readonly secrets?: readonly string[]
  readonly resolve?: (host: string) => Promise<readonly string[]>
  readonly timeout?: number
}
const senderWith = ({ secrets = [hookSecret], ...rest }: Given = {}) =>
  webhookSender({ secrets: new Map([['billing', secrets]]), now: () => Date.now(), ...rest })
const send = (webhook: Webhook = webhookTo(receiver.url), given: Given = {}) =>
  senderWith(given).send(webhook, message)

describe('a receiver that verifies by the library of Standard Webhooks', () => {
  it('accepts what is sent, and reads it', async () => {
    expect(await send()).toMatchObject({ outcome: 'delivered', status: 204 })
    expect(receiver.got).toMatchObject([
      {
        id: 'evt_1800000000001',
        headers: { 'content-type': 'application/json', 'user-agent': 'rollcall' },
        body: {
          type: 'operation.ended',
          timestamp: '2027-01-15T08:00:00.000Z',
          data: { sequence: 1_800_000_000_001, operation: 'web-k7f3q', ending: 'succeeded' },
        },
      },
    ])
  })

  it('accepts it under the old secret and under the new one while there are two, and under no other', async () => {
    await send(undefined, { secrets: [hookSecret, newSecret] })
    const [{ text, headers } = { text: '', headers: {} }] = receiver.got
    for (const secret of [hookSecret, newSecret])
      expect(() => new Verifier(secret).verify(text, headers as Record<string, string>)).not.toThrow()
    const other = new Verifier(`whsec_${Buffer.alloc(24, 1).toString('base64')}`)
    expect(() => other.verify(text, headers as Record<string, string>)).toThrow('No matching signature')
    expect(await send(undefined, { secrets: [newSecret] })).toMatchObject({ outcome: 'failed', status: 401 })
    expect(() => new Verifier(hookSecret).verify(`${text} `, headers as Record<string, string>)).toThrow(
      'No matching signature',
    )
  })

  it('gets a CloudEvent where it wants one, signed as well', async () => {
    const cloud = messageOf(queued, 'cloudevents')
    await senderWith().send(webhookTo(receiver.url), cloud)
    expect(receiver.got[0]?.headers['content-type']).toBe('application/cloudevents+json')
    // CloudEvents 1.0, "Required Attributes": specversion, id, source, type.
    expect(receiver.got[0]?.body).toMatchObject({
      specversion: '1.0',
      id: 'evt_1800000000001',
      source: 'urn:rollcall',
      type: 'rollcall.operation.ended',
      subject: 'web',
      time: '2027-01-15T08:00:00.000Z',
      datacontenttype: 'application/json',
      data: { operation: 'web-k7f3q' },
    })
  })
})

describe('what an answer means', () => {
  it.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [400, 'refused'],
    [413, 'refused'],
    [422, 'refused'],
    [410, 'gone'],
    [404, 'failed'],
    [429, 'failed'],
    [500, 'failed'],
    [503, 'failed'],
  ])('%s: %s', async (status, outcome) => {
    receiver.answers(status)
    expect(await send()).toMatchObject({ outcome, status })
  })

  it('a redirect is not followed', async () => {
    const elsewhere = await startReceiver()
    receiver.answers((response) => response.writeHead(307, { location: elsewhere.url }).end())
    expect(await send()).toMatchObject({ outcome: 'failed', status: 307 })
    expect(elsewhere.got).toEqual([])
    await elsewhere.stop()
  })

  it('a receiver says how long to wait', async () => {
    receiver.answers((response) => response.writeHead(429, { 'retry-after': '120' }).end())
    expect(await send()).toMatchObject({ outcome: 'failed', retryAfter: 120_000 })
    receiver.answers((response) => response.writeHead(503, { 'retry-after': 'soon' }).end())
    expect(await send()).not.toHaveProperty('retryAfter')
  })

  it('one that takes it and then talks without an end has taken it, and is not listened to', async () => {
    let closed = () => {}
    const ended = new Promise<void>((resolve) => (closed = resolve))
    receiver.answers((response) => {
      response.writeHead(200)
      const more = () => void (!response.destroyed && response.write(Buffer.alloc(32_768)))
      response.on('drain', more)
      response.on('close', () => closed())
      const again = setInterval(more, 1)
      response.on('close', () => clearInterval(again))
      more()
    })
    expect(await send(undefined, { timeout: 60_000 })).toMatchObject({ outcome: 'delivered', status: 200 })
    await ended
  })

  it('one that says nothing is given up in time; so is a name that is not found in time', async () => {
    receiver.answers(() => undefined)
    expect(await send(undefined, { timeout: 80 })).toMatchObject({ outcome: 'failed', why: 'timeout' })
    const silent = { timeout: 80, resolve: () => new Promise<readonly string[]>(() => {}) }
    const named = webhookTo('https://hooks.example.com/x')
    expect(await send(named, silent)).toMatchObject({ outcome: 'failed', why: 'timeout' })
  })

  it('nobody there is told by a word, without the address and its secrets', async () => {
    await receiver.stop()
    const sent = await send(webhookTo(`${receiver.url}?token=hunter2`))
    expect(sent).toMatchObject({ outcome: 'failed', why: 'ECONNREFUSED' })
    expect(JSON.stringify(sent)).not.toMatch(/hunter2|127\.0\.0\.1/)
    receiver = await startReceiver()
  })
})

describe('requests into the network', () => {
  const outside = (url: string) => webhookTo(url, { internal: false })
  const refused = { outcome: 'failed', why: 'address not allowed' }
  const never = async () => {
    throw new Error('no name is to be looked up')
  }

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0.0.0.0/',
    'https://10.0.0.8/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[2002:a9fe:a9fe::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
  ])('%s is not sent to', async (url) => {
    expect(await send(outside(url), { resolve: never })).toMatchObject(refused)
  })

  it('a name that leads into it is not followed there, whatever else it leads to', async () => {
    const url = `https://hooks.example.com:${receiver.port}/rollcall`
    for (const address of ['127.0.0.1', '169.254.169.254', '::ffff:127.0.0.1'])
      expect(await send(outside(url), { resolve: async () => [address] })).toMatchObject(refused)
    expect(await send(outside(url), { resolve: async () => [] })).toMatchObject({ why: 'no address' })
    expect(receiver.got).toEqual([])
  })

  it('a name is asked for once, and what was looked at is what is connected to', async () => {
    // The second answer would be another: a rebound name.
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return answers.shift() ?? []
    }
    const url = `http://hooks.example.com:${receiver.port}/rollcall`
    expect(await send(webhookTo(url), { resolve })).toMatchObject({ outcome: 'delivered' })
    expect(asked).toEqual(['hooks.example.com'])
    expect(receiver.got[0]?.headers.host).toBe(`hooks.example.com:${receiver.port}`)
    // And the next one is looked at anew.
    expect(await send(webhookTo(url), { resolve })).toMatchObject(refused)
  })

  it('one in one’s own network is sent to where the catalogue says so, but metadata never', async () => {
    expect(await send(webhookTo(receiver.url))).toMatchObject({ outcome: 'delivered' })
    expect(await send(outside(receiver.url))).toMatchObject({ outcome: 'failed', why: 'not https' })
    for (const url of ['http://169.254.169.254/', 'http://[fd00:ec2::254]/', 'http://100.100.100.200/'])
      expect(await send(webhookTo(url))).toMatchObject(refused)
  })
})
