import type { App } from '@slack/bolt'
import { startSocketApp, stopSocketApp } from '../../support/bolt-app'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack, until } from '../../support/slack-world'

describe('a Bolt app on Socket Mode', () => {
  let world: SlackWorld
  let app: App
  let submitted: unknown

  beforeAll(async () => {
    world = await startSlack()
    app = await startSocketApp(world, (app) => {
      app.command('/asg', async ({ command, ack, respond, say, client, body }) => {
        if (command.text === 'silent') return
        if (command.text === 'body') return ack({ text: 'from the ack' })
        await ack()
        if (command.text === 'form') {
          await client.views.open({ trigger_id: body.trigger_id, view: form() })
          return
        }
        await respond(`heard: ${command.text}`)
        if (command.text.startsWith('deploy')) {
          const posted = await say({
            text: 'deploying',
            blocks: [
              { type: 'section', text: { type: 'mrkdwn', text: 'Deploying' } },
              {
                type: 'actions',
                elements: [
                  {
                    type: 'button',
                    action_id: 'cancel',
                    text: { type: 'plain_text', text: 'Cancel' },
                    confirm: { text: { type: 'plain_text', text: 'Really?' } },
                    value: 'op-1',
                  },
                ],
              },
            ],
          })
          await client.chat.update({ channel: command.channel_id, ts: posted.ts ?? '', text: 'done' })
        }
      })
      app.action('cancel', async ({ ack, respond, action }) => {
        await ack()
        await respond({ text: `cancelled ${action.type === 'button' ? action.value : ''}` })
      })
      app.options('team', async ({ ack, options: { value } }) => {
        const teams = ['payments', 'parts', 'search'].filter((team) => team.startsWith(value))
        const crowd = Array.from({ length: 101 }, (_, index) => `team${index}`)
        await ack({
          options: (value === 'crowd' ? crowd : teams).map((team) => ({
            text: { type: 'plain_text', text: team },
            value: team,
          })),
        })
      })
      app.view('deploy', async ({ ack, view }) => {
        submitted = view.state.values
        if (view.state.values['version']?.['version']?.value === 'bad') {
          await ack({ response_action: 'errors', errors: { version: 'No such version.' } })
        } else await ack()
      })
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `yes, ${event.user ?? ''}?`, thread_ts: event.ts })
      })
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Home' } }] },
        })
      })
    })
  })
  afterAll(async () => {
    await stopSocketApp(world, app)
    await world.close()
  })
  const command = (user: string, text: string) =>
    world.control('POST', 'command', { user, channel: 'ops', text: `/asg ${text}` })
  const messages = async (user: string) =>
    (await world.control('GET', `messages?user=${user}&channel=ops`)).json as unknown as {
      ts: string
      text: string
      blocks: unknown[]
      ephemeral: boolean
      edited: boolean
      thread_ts?: string
    }[]

  it('answers a command by its response_url, seen by its reader only', async () => {
    const { json } = await command('alice', 'status')
    expect(json).toMatchObject({ ok: true, replies: [{ text: 'heard: status' }] })
    expect((await messages('alice')).map((one) => one.text)).toContain('heard: status')
    expect((await messages('bob')).map((one) => one.text)).not.toContain('heard: status')
  })

  it('answers a command with its acknowledgement', async () => {
    expect((await command('bob', 'body')).json).toMatchObject({
      ok: true,
      replies: [{ text: 'from the ack' }],
    })
  })

  it('updates its message, and text alone takes the blocks away', async () => {
    await command('alice', 'deploy web v2')
    const done = await until(async () => (await messages('bob')).find((one) => one.text === 'done'))
    expect(done).toMatchObject({ blocks: [], edited: true, ephemeral: false })
  })

  it('names people and channels by id in the text of a command', async () => {
    const { json } = await command('alice', 'ping @bob in #ops & <b>')
    expect(json.replies?.[0]?.text).toBe('heard: ping <@U0BOB|bob> in <#C0OPS|ops> &amp; &lt;b&gt;')
  })

  it('shows the user that it did not respond, when it does not', async () => {
    const { json } = await command('mallory', 'silent')
    expect(json).toMatchObject({ ok: false, error: 'operation_timeout' })
    expect((await messages('mallory')).at(-1)?.text).toBe('/asg failed with the error "operation_timeout"')
  })

  it('asks for the confirmation of a button before it is clicked', async () => {
    const ts = world.slack.workspace.post({
      channel: 'C0OPS',
      user: 'U0ROLLCALL',
      text: 'plan',
      attachments: [],
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [
            {
              type: 'button',
              action_id: 'cancel',
              value: 'op-7',
              text: { type: 'plain_text', text: 'Cancel' },
              confirm: { text: { type: 'plain_text', text: 'Really?' } },
            },
          ],
        },
      ],
    }).ts
    const click = { user: 'bob', channel: 'ops', ts, action: 'Cancel' }
    const refused = await world.control('POST', 'click', click)
    expect(refused).toMatchObject({ status: 409, json: { error: 'confirm_required' } })
    const done = await world.control('POST', 'click', { ...click, confirm: true })
    expect(done.json).toMatchObject({ ok: true, replies: [{ text: 'cancelled op-7' }] })
    const unknown = await world.control('POST', 'click', { ...click, action: 'nope' })
    expect(unknown).toMatchObject({ status: 404, json: { error: 'unknown_action' } })
  })

  it('asks the app what a menu offers for what is typed, and takes nothing else', async () => {
    await command('alice', 'form')
    const options = (query: string) =>
      world.control('POST', 'options', { user: 'alice', view: 'deploy', action: 'team', query })
    const submit = (team: string) =>
      world.control('POST', 'submit', {
        user: 'alice',
        view: 'deploy',
        values: { service: 'web', version: 'v2', team },
      })
    expect((await options('p')).json).toEqual({ ok: true, options: [] })
    expect((await submit('payments')).json).toMatchObject({ ok: false, error: 'bad_value' })
    expect((await options('pa')).json).toMatchObject({
      ok: true,
      options: [{ value: 'payments' }, { value: 'parts' }],
    })
    expect((await options('crowd')).json).toMatchObject({ ok: false, error: 'invalid_response_action' })
    expect((await submit('payments')).json).toMatchObject({ ok: true, response_action: 'close' })
    expect(submitted).toMatchObject({ team: { team: { selected_option: { value: 'payments' } } } })
    world.slack.workspace.app.suggestions = false
    await command('alice', 'form')
    expect((await options('pa')).json).toMatchObject({ error: 'no_options_url' })
    world.slack.workspace.app.suggestions = true
    await world.control('POST', 'close', { user: 'alice', view: 'deploy' })
  })

  it('opens a form, refuses a value in it, and takes the next one', async () => {
    await command('alice', 'form')
    const submit = (values: object) =>
      world.control('POST', 'submit', { user: 'alice', view: 'deploy', values })
    expect(await submit({})).toMatchObject({ status: 400, json: { error: 'invalid_input' } })
    expect((await submit({ version: 'bad', service: 'web' })).json).toMatchObject({
      ok: true,
      response_action: 'errors',
      errors: { version: 'No such version.' },
    })
    expect((await submit({ version: 'v2' })).json).toMatchObject({ ok: true, response_action: 'close' })
    expect(submitted).toMatchObject({
      service: {
        service: {
          type: 'static_select',
          selected_option: { text: { type: 'plain_text', text: 'Web' }, value: 'web' },
        },
      },
      version: { version: { type: 'plain_text_input', value: 'v2' } },
    })
    expect((await world.control('GET', 'views?user=alice')).json).toEqual([])
  })

  it('answers a mention in its thread', async () => {
    const { json } = await world.control('POST', 'mention', { user: 'bob', channel: 'ops', text: 'status' })
    const answer = await until(async () => (await messages('alice')).find((one) => one.thread_ts === json.ts))
    expect(answer.text).toBe('yes, U0BOB?')
  })

  it('publishes its Home when it is opened', async () => {
    expect((await world.control('POST', 'home', { user: 'alice' })).json.ok).toBe(true)
    await until(() => world.slack.workspace.homes.get('U0ALICE'))
  })

  it('comes back when Slack recycles its connection', async () => {
    world.slack.sockets.refresh('all')
    await until(() => world.slack.sockets.count() === 0)
    const down = await command('alice', 'status')
    expect(down.json).toMatchObject({ ok: false, error: 'dispatch_failed' })
    await until(() => world.slack.sockets.count() === 1)
    expect((await command('alice', 'status')).json.ok).toBe(true)
  })
})

function form() {
  const plain = (text: string) => ({ type: 'plain_text' as const, text })
  return {
    type: 'modal' as const,
    callback_id: 'deploy',
    title: plain('Deploy'),
    submit: plain('Deploy'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'service',
        label: plain('Service'),
        element: {
          type: 'static_select' as const,
          action_id: 'service',
          options: [{ text: plain('Web'), value: 'web' }],
        },
      },
      {
        type: 'input' as const,
        block_id: 'version',
        label: plain('Version'),
        element: { type: 'plain_text_input' as const, action_id: 'version' },
      },
      {
        type: 'input' as const,
        block_id: 'team',
        label: plain('Team'),
        optional: true,
        element: { type: 'external_select' as const, action_id: 'team', min_query_length: 2 },
      },
    ],
  }
}
