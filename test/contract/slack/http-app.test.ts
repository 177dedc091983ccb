import type { App } from '@slack/bolt'
import { startHttpApp } from '../../support/bolt-app'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack, until } from '../../support/slack-world'

describe('a Bolt app on signed HTTP', () => {
  let world: SlackWorld
  let app: App | undefined

  beforeEach(async () => {
    world = await startSlack()
  })
  afterEach(async () => {
    await app?.stop()
    app = undefined
    await world.close()
  })
  const command = (text: string) => world.control('POST', 'command', { user: 'alice', channel: 'ops', text })

  it('takes commands, clicks and events that Slack has signed', async () => {
    const clicked: string[] = []
    app = await startHttpApp(world, (app) => {
      app.command('/asg', async ({ ack, respond, command }) => {
        await ack()
        await respond({ text: `heard ${command.text}`, blocks: [button()] })
      })
      app.action('again', async ({ ack, respond, body }) => {
        clicked.push(body.user.id)
        await ack()
        await respond({ text: 'settled', replace_original: true })
      })
      app.event('app_mention', async ({ say }) => {
        await say('mentioned')
      })
    })
    const { json } = await command('/asg status')
    expect(json.replies?.map((reply) => reply.text)).toEqual(['heard status'])
    const ts = json.replies?.[0]?.ts
    await world.control('POST', 'click', { user: 'alice', channel: 'ops', ts, action: 'Again' })
    expect(clicked).toEqual(['U0ALICE'])
    const seen = () => world.slack.workspace.messages.visible('C0OPS', 'U0ALICE').map((one) => one.text)
    expect(seen()).toEqual(['settled'])
    await world.control('POST', 'mention', { user: 'bob', channel: 'ops', text: 'hello' })
    await until(() => seen().includes('mentioned'))
  })

  it('refuses what was signed with another secret, and the user is told', async () => {
    app = await startHttpApp(world, () => {}, 'another-secret-than-this-one')
    expect((await command('/asg status')).json).toMatchObject({ ok: false, error: 'dispatch_failed' })
  })

  it('leaves the user a notice when nobody listens', async () => {
    world.slack.setRequestUrl('http://127.0.0.1:9/slack/events')
    expect((await command('/asg status')).json).toMatchObject({ ok: false, error: 'dispatch_failed' })
    const notice = world.slack.workspace.messages.visible('C0OPS', 'U0ALICE').at(-1)
    expect(notice?.text).toBe('/asg failed with the error "dispatch_failed"')
  })
})

const button = () => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: 'again', text: { type: 'plain_text', text: 'Again' } }],
})
