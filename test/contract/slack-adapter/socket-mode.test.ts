import type { SlackGateway } from '../../../src/adapters/slack/gateway'
import { TokenRefused } from '../../../src/adapters/slack/identity'
import { slackGateway } from '../../../src/adapters/slack/gateway'
import { botOptions, message, RecordingInbox, socketBot } from '../../support/slack-bot'
import { type SlackWorld, startSlack, until } from '../../support/slack-world'

let world: SlackWorld
let bot: SlackGateway
let inbox: RecordingInbox

beforeEach(async () => {
  world = await startSlack()
  bot = socketBot(world)
  inbox = new RecordingInbox()
  await bot.start(inbox)
  await until(() => world.slack.sockets.count() === 2)
})
afterEach(async () => {
  await bot.stop()
  await world.close()
})

const command = (text: string) =>
  world.control('POST', 'command', { user: 'alice', channel: 'ops', text: `/asg ${text}` })

test('stands on two connections and is ready', () => {
  expect(bot.ready()).toBe(true)
})

test('a command comes in as plain values, and its answer rides on the acknowledgement', async () => {
  const { json } = await command('deploy web v2')
  expect(json.replies?.map(({ text }) => text)).toEqual(['heard: deploy web v2'])
  expect(inbox.lines).toEqual([
    {
      delivery: expect.any(String),
      person: { user: 'U0ALICE', team: 'T0SANDBOX' },
      channel: expect.stringMatching(/^C/),
      channelName: 'ops',
      text: 'deploy web v2',
      trigger: expect.any(String),
    },
  ])
})

test('an answer may follow its acknowledgement', async () => {
  inbox.onLine = async (_, answer) => {
    await answer.ack()
    await answer.respond(message('at last'))
  }
  await command('status')
  const seen = await until(async () => {
    const { json } = await world.control('GET', 'messages?user=alice&channel=ops')
    return (json as unknown as { text: string; ephemeral: boolean }[]).find(({ text }) => text === 'at last')
  })
  expect(seen.ephemeral).toBe(true)
})

test('the same command delivered twice carries the same delivery', async () => {
  world.slack.faults.set({ kind: 'slack-duplicate', times: 1 })
  await command('deploy web v2')
  await until(() => inbox.lines.length === 2)
  expect(inbox.lines[0]?.delivery).toBe(inbox.lines[1]?.delivery)
  await command('deploy web v2')
  expect(inbox.lines[2]?.delivery).not.toBe(inbox.lines[0]?.delivery)
})

test('a mention comes in without the mention, from a thread with its thread', async () => {
  const posted = await bot.chat.post('ops', message('running'))
  await world.control('POST', 'mention', {
    user: 'alice',
    channel: 'ops',
    text: '<@U0ROLLCALL> status web',
    thread_ts: posted.ts,
  })
  const line = await until(() => inbox.lines[0])
  expect(line).toMatchObject({ text: 'status web', thread: posted.ts, channel: posted.channel })
  expect(line.trigger).toBeUndefined()
})

test('a mention and its edits, each with an event id of its own, are one delivery; another mention is another', async () => {
  const mention = async (body: object) => {
    const { json } = await world.control('POST', 'mention', { user: 'alice', channel: 'ops', ...body })
    return (json as unknown as { ts: string }).ts
  }
  const ts = await mention({ text: 'scale web 4' })
  await mention({ text: 'scale web 5', edit: ts })
  await mention({ text: 'scale web 4', edit: ts })
  await mention({ text: 'scale web 6' })
  await until(() => inbox.lines.length === 4)
  const [first, ...others] = inbox.lines.toSorted((a, b) => (a.editedAfter ?? 0) - (b.editedAfter ?? 0))
  expect(new Set(inbox.lines.map(({ delivery }) => delivery)).size).toBe(2)
  expect(first?.editedAfter).toBeUndefined()
  const edits = others.filter(({ editedAfter }) => editedAfter !== undefined)
  expect(edits.map(({ text }) => text)).toEqual(['scale web 5', 'scale web 4'])
})

test('who writes from another workspace, or is an app, is marked as external', async () => {
  const mention = (body: object) =>
    world.control('POST', 'mention', { channel: 'ops', text: 'status', ...body })
  await mention({ user: 'alice' })
  await mention({ user: 'sora' })
  await mention({ user: 'alice', team: 'T0OTHER' })
  await mention({ user: 'pipeline' })
  await until(() => inbox.lines.length === 4)
  const externals = inbox.lines.map(
    ({ person }) => `${person.user} ${person.team} ${String(person.external ?? false)}`,
  )
  expect(new Set(externals)).toEqual(
    new Set([
      'U0ALICE T0OTHER true',
      'U0ALICE T0SANDBOX false',
      'U0PIPELINE T0SANDBOX true',
      'U0SORA T0PARTNER true',
    ]),
  )
})

test('a click comes in with its verb, its value and where it stands', async () => {
  const posted = await bot.chat.post('ops', {
    text: 'plan',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'cancel:2',
            text: { type: 'plain_text', text: 'Cancel' },
            value: '{"operation":"web-k7f3q"}',
          },
        ],
      },
    ],
  })
  const { json } = await world.control('POST', 'click', {
    user: 'bob',
    channel: 'ops',
    ts: posted.ts,
    action: 'Cancel',
  })
  expect(json.ok).toBe(true)
  expect(inbox.clicks[0]).toMatchObject({
    person: { user: 'U0BOB' },
    verb: 'cancel',
    value: '{"operation":"web-k7f3q"}',
    channel: posted.channel,
    message: { ts: posted.ts, ephemeral: false },
  })
})

test('a form opens, is filled, corrected and sent', async () => {
  inbox.onLine = async ({ trigger }, answer) => {
    await answer.ack()
    const view = await bot.chat.open(trigger ?? '', {
      type: 'modal',
      callback_id: 'deploy',
      title: { type: 'plain_text', text: 'Loading' },
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Loading' } }],
    })
    await bot.chat.change(view, {
      type: 'modal',
      callback_id: 'deploy',
      private_metadata: '{"form":"deploy"}',
      title: { type: 'plain_text', text: 'Deploy' },
      submit: { type: 'plain_text', text: 'Run' },
      blocks: [
        {
          type: 'input',
          block_id: 'version',
          label: { type: 'plain_text', text: 'Version' },
          element: { type: 'plain_text_input', action_id: 'version' },
        },
      ],
    })
  }
  await command('')
  await until(() => JSON.stringify(world.slack.workspace.stacks.get('U0ALICE') ?? '').includes('version'))
  const submit = (version: string) => world.control('POST', 'submit', { user: 'alice', values: { version } })
  inbox.onSubmit = async () => ({ next: 'correct', errors: { version: 'No such version.' } })
  expect((await submit('bad')).json).toMatchObject({ errors: { version: 'No such version.' } })
  inbox.onSubmit = async () => ({ next: 'close' })
  await submit('v2')
  expect(inbox.submissions.at(-1)?.view).toMatchObject({
    form: 'deploy',
    metadata: '{"form":"deploy"}',
    values: { version: 'v2' },
  })
})

test('a menu that searches is answered with what there is for what was typed', async () => {
  inbox.onLine = async (incoming, answer) => {
    await answer.ack()
    await bot.chat.open(incoming.trigger ?? '', {
      type: 'modal',
      callback_id: 'deploy',
      private_metadata: '{"form":"deploy"}',
      title: { type: 'plain_text', text: 'Deploy' },
      submit: { type: 'plain_text', text: 'Run' },
      blocks: [
        {
          type: 'input',
          block_id: 'service',
          label: { type: 'plain_text', text: 'Service' },
          element: { type: 'external_select', action_id: 'choose_service', min_query_length: 0 },
        },
      ],
    })
  }
  await command('')
  await until(() =>
    JSON.stringify(world.slack.workspace.stacks.get('U0ALICE') ?? '').includes('choose_service'),
  )
  const find = { user: 'alice', view: 'deploy', action: 'choose_service', query: 'svc-117' }
  expect((await world.control('POST', 'options', find)).json).toMatchObject({
    ok: true,
    options: [{ value: 'svc-117' }],
  })
  expect(inbox.suggestions.at(-1)).toMatchObject({
    person: { user: 'U0ALICE' },
    menu: 'choose_service',
    typed: 'svc-117',
    view: { form: 'deploy', metadata: '{"form":"deploy"}' },
  })
  await world.control('POST', 'submit', { user: 'alice', values: { service: 'svc-117' } })
  expect(inbox.submissions.at(-1)?.view.values).toEqual({ service: 'svc-117' })
})

test('the Home is asked for when it is opened', async () => {
  await world.control('POST', 'home', { user: 'alice' })
  await until(() => inbox.homes[0]?.user === 'U0ALICE')
})

test('a recycled connection is replaced, and what came over it is still acknowledged over it', async () => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  inbox.onLine = async (_, answer) => {
    await held
    await answer.ack(message('late but here'))
  }
  const asked = command('deploy web v2')
  await until(() => inbox.lines.length === 1)
  world.slack.sockets.refresh('all')
  await until(() => world.slack.sockets.count() >= 3)
  release()
  expect((await asked).json.replies?.map(({ text }) => text)).toEqual(['late but here'])
})

test('connections that are cut come back, and commands are heard again', async () => {
  world.slack.sockets.cut()
  await until(() => !bot.ready())
  await until(() => world.slack.sockets.count() === 2)
  expect((await command('status')).json.replies).toHaveLength(1)
})

test('an acknowledgement that the lost connection does not take is answered another way, and nothing throws', async () => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let first = true
  inbox.onLine = async (_, answer) => {
    if (first) {
      first = false
      await held
    }
    await answer.ack(message('taken'))
  }
  const asked = command('deploy web v2')
  await until(() => inbox.lines.length === 1)
  world.slack.sockets.cut()
  await until(() => !bot.ready())
  await until(() => world.slack.sockets.count() === 2)
  release()
  await asked
  expect(bot.ready()).toBe(true)
})

test('an envelope that the library cannot digest does not bring the bot down', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  void world.slack.sockets.deliver({
    type: 'events_api',
    payload: { type: 'app_rate_limited', team_id: 'T0SANDBOX', minute_rate_limited: 1 },
    acceptsPayload: false,
  })
  await command('status')
  expect((await command('status')).json.replies).toHaveLength(1)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('a stop waits for what is being answered', async () => {
  inbox.onLine = async (_, answer) => {
    await new Promise((resolve) => setImmediate(resolve))
    await answer.ack(message('done'))
  }
  const asked = command('deploy web v2')
  await until(() => inbox.lines.length === 1)
  const stopping = bot.stop()
  expect((await asked).json.replies?.map(({ text }) => text)).toEqual(['done'])
  await stopping
  await until(() => world.slack.sockets.count() === 0)
  expect(bot.ready()).toBe(false)
})

test('a token that Slack refuses stops the start with its name', async () => {
  const options = botOptions(world, { appToken: world.tokens.appToken })
  const stranger = slackGateway({ ...options, token: 'xoxb-nobody' })
  await expect(stranger.start(inbox)).rejects.toThrow(TokenRefused)
  await expect(stranger.start(inbox)).rejects.toThrow('SLACK_BOT_TOKEN: invalid_auth')
})

test('a start while Slack is down waits, and hears when Slack is back', async () => {
  world.slack.faults.set({ kind: 'slack-down' })
  const late = socketBot(world)
  const heard = late.start(inbox)
  expect(late.ready()).toBe(false)
  world.slack.faults.clear()
  await heard
  expect(late.ready()).toBe(true)
  await late.stop()
})
