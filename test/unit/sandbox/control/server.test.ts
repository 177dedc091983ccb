import { request } from 'node:http'
import type { StreamEvent } from '../../../../src/sandbox/protocol'
import type { SlackWorld } from '../../../support/slack-world'
import { startSlack, until } from '../../../support/slack-world'

describe('the control server', () => {
  let world: SlackWorld
  beforeAll(async () => {
    world = await startSlack()
  })
  afterAll(() => world.close())

  /** A request with headers that fetch would not send. */
  const raw = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      request(`${world.url}${path}`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
  it.each(['//', '//evil.example', '/%', '/*'])('has nothing at %s', async (path) => {
    expect(await raw(path, {})).toBe(404)
  })
  const bearer = { authorization: 'Bearer test-token' }

  it('answers those who know the token of this start', async () => {
    expect(await raw('/control/fleet', bearer)).toBe(200)
    expect(await raw('/control/fleet', {})).toBe(401)
    expect(await raw('/control/fleet', { authorization: 'Bearer wrong' })).toBe(401)
    expect(await raw('/control/fleet?token=test-token', {})).toBe(401)
  })

  it('answers to no other name, and to no page of elsewhere', async () => {
    expect(await raw('/control/fleet', { ...bearer, host: 'evil.example' })).toBe(403)
    expect(await raw('/control/fleet', { ...bearer, origin: 'https://evil.example' })).toBe(403)
    expect(await raw('/control/fleet', { ...bearer, origin: world.url })).toBe(200)
    expect(await raw('/api/auth.test', { host: 'evil.example' })).toBe(403)
  })

  it('says what is wrong with a request', async () => {
    const command = (body: unknown) => world.control('POST', 'command', body)
    expect(await command({ user: 'alice' })).toMatchObject({ status: 400, json: { error: 'bad_request' } })
    expect(await command({ user: 'eve', channel: 'ops', text: 'x' })).toMatchObject({
      status: 404,
      json: { error: 'unknown_user', message: expect.stringContaining('alice, bob, mallory') },
    })
    expect(await command({ user: 'alice', channel: 'random', text: 'x' })).toMatchObject({
      status: 404,
      json: { error: 'unknown_channel' },
    })
    expect(await world.control('GET', 'nothing')).toMatchObject({
      status: 404,
      json: { error: 'unknown_route' },
    })
    expect(await world.control('GET', 'command')).toMatchObject({ status: 405 })
    expect(await world.control('POST', 'faults', { kind: 'throttle', time: 3 })).toMatchObject({
      status: 400,
    })
    const broken = await fetch(`${world.url}/control/speed`, { method: 'POST', headers: bearer, body: '{' })
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: 'bad_json' }])
    const huge = await fetch(`${world.url}/control/speed`, {
      method: 'POST',
      headers: bearer,
      body: 'x'.repeat(1024 * 1024 + 1),
    })
    expect(huge.status).toBe(413)
  })

  it('tells a user of a command that does not exist', async () => {
    const { status, json } = await world.control('POST', 'command', {
      user: 'alice',
      channel: 'ops',
      text: '/nope',
    })
    expect([status, json]).toMatchObject([404, { error: 'unknown_command' }])
  })

  it('switches daily backups, and takes nothing but on and off', async () => {
    const switched = await world.control('POST', 'backups', { on: true })
    expect(switched).toMatchObject({ status: 200, json: { ok: true, on: true } })
    expect((await world.control('POST', 'backups', { on: 'maybe' })).status).toBe(400)
  })

  it('streams to each user what that user sees', async () => {
    const heard = await listen(world, 'bob')
    const { workspace } = world.slack
    const said = { channel: 'C0OPS', user: 'U0ROLLCALL', blocks: [], attachments: [] }
    workspace.post({ ...said, text: 'for all' })
    workspace.post({ ...said, text: 'for alice', onlyFor: 'U0ALICE' })
    const mine = workspace.post({ ...said, text: 'for bob', onlyFor: 'U0BOB' })
    workspace.remove(mine)
    await world.control('POST', 'faults', { kind: 'slack-ratelimit', seconds: 1 })
    await until(() => heard.events.some((event) => event.type === 'faults'))
    heard.end()
    expect(heard.events[0]).toMatchObject({
      type: 'hello',
      app: { id: 'U0ROLLCALL' },
      personas: [
        { name: 'alice' },
        { name: 'bob', locale: 'ko-KR' },
        { name: 'mallory' },
        { name: 'gina', title: 'guest' },
        { name: 'uma' },
        { name: 'sora', title: 'another workspace' },
      ],
      channels: [{ name: 'ops' }, { direct: true }],
    })
    const texts = heard.events.flatMap((event) => (event.type === 'messages' ? event.messages : []))
    expect(texts.map((message) => message.text)).toEqual(['for all', 'for bob'])
    expect(heard.events).toContainEqual({
      type: 'messages',
      channel: 'C0OPS',
      messages: [],
      removed: [mine.ts],
    })
  })
})

async function listen(world: SlackWorld, user: string): Promise<{ events: StreamEvent[]; end(): void }> {
  const ending = new AbortController()
  const response = await fetch(`${world.url}/control/stream?user=${user}&token=test-token`, {
    signal: ending.signal,
  })
  const events: StreamEvent[] = []
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const read = async (): Promise<void> => {
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      text += piece.value
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as StreamEvent)
      }
    }
  }
  read().catch(() => {})
  await until(() => events.length > 0)
  return { events, end: () => ending.abort() }
}
