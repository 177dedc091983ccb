import type { App } from '@slack/bolt'
import { WebSocket } from 'ws'
import { startSocketApp, stopSocketApp } from '../../support/bolt-app'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack, until } from '../../support/slack-world'

describe('Socket Mode connections', () => {
  let world: SlackWorld
  const apps: App[] = []
  const sockets: WebSocket[] = []

  beforeEach(async () => {
    world = await startSlack()
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate()
    for (const app of apps.splice(0)) await stopSocketApp(world, app)
    await world.close()
  })
  const open = async () => {
    const response = await fetch(`${world.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.tokens.appToken}` },
    })
    const { url } = (await response.json()) as { url: string }
    const socket = new WebSocket(url)
    sockets.push(socket)
    return { socket, hello: await first(socket) }
  }
  const first = (socket: WebSocket) =>
    new Promise<{ type: string; reason?: string; envelope_id?: string }>((resolve) => {
      socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as { type: string }))
    })
  const command = () =>
    world.control('POST', 'command', { user: 'alice', channel: 'ops', text: '/asg status' })

  it('gives each command to one of two', async () => {
    const heard: string[] = []
    for (const name of ['a', 'b']) {
      apps.push(
        await startSocketApp(world, (app) => {
          app.command('/asg', async ({ ack }) => {
            heard.push(name)
            await ack({ text: name })
          })
        }),
      )
    }
    for (let times = 0; times < 4; times += 1) expect((await command()).json.ok).toBe(true)
    expect(heard).toHaveLength(4)
    expect(new Set(heard)).toEqual(new Set(['a', 'b']))
  })

  it('gives what a lost connection did not acknowledge to the other one', async () => {
    const [{ socket: one }, { socket: two }] = [await open(), await open()]
    const seen: string[] = []
    for (const socket of [one, two]) {
      socket.on('message', (data: Buffer) => {
        const { envelope_id: id = '' } = JSON.parse(data.toString()) as { envelope_id?: string }
        seen.push(id)
        if (seen.length === 1) socket.terminate()
        else socket.send(JSON.stringify({ envelope_id: id, payload: { text: 'done' } }))
      })
    }
    expect((await command()).json).toMatchObject({ ok: true, replies: [{ text: 'done' }] })
    expect(seen).toHaveLength(2)
    expect(seen[0]).toBe(seen[1])
  })

  it('delivers twice while that fault is set', async () => {
    let heard = 0
    apps.push(
      await startSocketApp(world, (app) => {
        app.command('/asg', async ({ ack }) => {
          heard += 1
          await ack()
        })
      }),
    )
    await world.control('POST', 'faults', { kind: 'slack-duplicate', times: 1 })
    await command()
    await until(() => heard === 2)
  })

  it('takes ten and no more, and no ticket twice', async () => {
    for (let times = 0; times < 10; times += 1) {
      expect((await open()).hello).toMatchObject({ type: 'hello' })
    }
    const eleventh = await open()
    expect(eleventh.hello).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
    const again = new WebSocket(eleventh.socket.url)
    const refused = await new Promise<Error>((resolve) => again.once('error', resolve))
    expect(refused.message).toContain('401')
  })

  it('repeats an event that was not acknowledged, and says so', async () => {
    const { socket } = await open()
    const seen: { retry_attempt?: number }[] = []
    socket.on('message', (data: Buffer) => void seen.push(JSON.parse(data.toString()) as object))
    await world.control('POST', 'mention', { user: 'alice', channel: 'ops', text: 'hello' })
    await until(() => seen.length === 2)
    expect(seen[0]).not.toHaveProperty('retry_attempt')
    expect(seen[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' })
  })
})
