import { Webhook as Signer } from 'standardwebhooks'
import { hookSecret } from '../../../../src/sandbox/hooks/receiver'
import type { SlackWorld } from '../../../support/slack-world'
import { startSlack } from '../../../support/slack-world'

describe("the sandbox's receiver of webhooks", () => {
  let world: SlackWorld
  beforeAll(async () => {
    world = await startSlack()
  })
  afterAll(() => world.close())

  const signer = new Signer(hookSecret('test-token'))
  const send = async (text: string, at = new Date(), signature = signer.sign('evt_1', at, text)) => {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signature,
    }
    return (await fetch(`${world.url}/hooks`, { method: 'POST', body: text, headers })).status
  }
  const came = async () => (await world.control('GET', 'webhooks')).json

  it('takes what is signed by the library of Standard Webhooks, also beside another signature, and shows it', async () => {
    const at = new Date()
    expect(await send('{"type":"a"}', at)).toBe(204)
    expect(await send('{"type":"b"}', at, `v1,AAAA v1a,x ${signer.sign('evt_1', at, '{"type":"b"}')}`)).toBe(
      204,
    )
    expect(await came()).toMatchObject([
      { id: 'evt_1', verified: true, status: 204, contentType: 'application/json', body: { type: 'a' } },
      { verified: true, body: { type: 'b' } },
    ])
  })

  it('refuses what was altered, is signed otherwise or too old, and shows that too', async () => {
    const at = new Date()
    expect(await send('{"type":"c"}', at, signer.sign('evt_1', at, '{}'))).toBe(401)
    expect(await send('{}', at, 'v1,')).toBe(401)
    expect(await send('{}', new Date(Date.now() - 6 * 60_000))).toBe(401)
    expect(await came()).toMatchObject([{}, {}, { verified: false, status: 401 }, {}, { verified: false }])
    expect((await fetch(`${world.url}/hooks`)).status).toBe(405)
  })

  it('answers as it is told to', async () => {
    expect(await world.control('POST', 'webhooks', { status: 503 })).toMatchObject({ json: { status: 503 } })
    expect(await send('{}')).toBe(503)
    expect(await world.control('POST', 'webhooks', { status: 20 })).toMatchObject({ status: 400 })
    expect((await fetch(`${world.url}/control/webhooks`)).status).toBe(401)
  })
})
