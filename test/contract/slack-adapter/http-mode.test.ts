import { createHmac } from 'node:crypto'
import { request, type Server } from 'node:http'
import type { SlackGateway } from '../../../src/adapters/slack/gateway'
import { StoreUnavailable } from '../../../src/ports/failure'
import { watchToken } from '../../../src/adapters/slack/token-watch'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'
import { memoryReplays } from '../../support/memory-replays'
import { httpBot, message, RecordingInbox } from '../../support/slack-bot'
import { type SlackWorld, startSlack, until } from '../../support/slack-world'

let world: SlackWorld
let bot: SlackGateway
let url: string
let server: Server
let inbox: RecordingInbox

beforeEach(async () => {
  world = await startSlack()
  inbox = new RecordingInbox()
  ;({ bot, url, server } = await httpBot(world))
  await bot.start(inbox)
})
afterEach(async () => {
  await bot.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await world.close()
})

const command = (text: string) =>
  world.control('POST', 'command', { user: 'alice', channel: 'ops', text: `/asg ${text}` })

const body = (text = 'deploy web v2', trigger = 'T1.1.1') =>
  new URLSearchParams({
    command: '/asg',
    text,
    user_id: 'U0ALICE',
    team_id: 'T0SANDBOX',
    channel_id: 'C1',
    channel_name: 'ops',
    trigger_id: trigger,
    response_url: 'https://hooks.slack.com/commands/none',
  }).toString()

/** Sends what Slack would send; `skew` in seconds off the present. */
const send = async (
  sent: string,
  { skew = 0, secret = world.tokens.signingSecret, unsigned = false, path = '/slack/events' } = {},
): Promise<{ status: number; text: string }> => {
  const stamp = Math.floor(Date.now() / 1000) + skew
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${sent}`).digest('hex')}`
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    body: sent,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(unsigned ? {} : { 'x-slack-request-timestamp': String(stamp), 'x-slack-signature': signature }),
    },
  })
  return { status: response.status, text: await response.text() }
}

test('a command that Slack signs is heard and answered in the response', async () => {
  const { json } = await command('deploy web v2')
  expect(json.replies?.map(({ text }) => text)).toEqual(['heard: deploy web v2'])
  expect(inbox.lines[0]).toMatchObject({ text: 'deploy web v2', channelName: 'ops' })
})

test('a command that comes twice carries the same delivery', async () => {
  world.slack.faults.set({ kind: 'slack-duplicate', times: 1 })
  await command('deploy web v2')
  // The copy is the very same request, which counts as a replay, or was signed a second later.
  await until(() => inbox.lines.length >= 1)
  expect(new Set(inbox.lines.map(({ delivery }) => delivery)).size).toBe(1)
})

test('mentions, clicks and the Home are heard as well', async () => {
  const posted = await bot.chat.post('ops', {
    text: 'plan',
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'cancel', text: { type: 'plain_text', text: 'Cancel' }, value: '{}' },
        ],
      },
    ],
  })
  await world.control('POST', 'click', { user: 'bob', channel: 'ops', ts: posted.ts, action: 'cancel' })
  expect(inbox.clicks[0]).toMatchObject({ verb: 'cancel', person: { user: 'U0BOB' } })
  await world.control('POST', 'mention', { user: 'alice', channel: 'ops', text: '<@U0ROLLCALL> status' })
  await until(() => inbox.lines[0]?.text === 'status')
  await world.control('POST', 'home', { user: 'alice' })
  await until(() => inbox.homes.length === 1)
})

test.each([
  ['an old one', { skew: -301 }],
  ['one from the future', { skew: 301 }],
  ['one signed by somebody else', { secret: 'another' }],
  ['one without a signature', { unsigned: true }],
])('refuses %s', async (_, how) => {
  expect((await send(body(), how)).status).toBe(401)
  expect(inbox.lines).toEqual([])
})

test('takes a clock that is a little off, either way', async () => {
  expect((await send(body('one'), { skew: -240 })).status).toBe(200)
  expect((await send(body('two'), { skew: 240 })).status).toBe(200)
  expect(inbox.lines).toHaveLength(2)
})

describe('the very same request a second time', () => {
  /** Sends it with what Slack signed, and something behind the signature. */
  const signed = () => {
    const sent = body()
    const stamp = String(Math.floor(Date.now() / 1000))
    const signature = `v0=${createHmac('sha256', world.tokens.signingSecret).update(`v0:${stamp}:${sent}`).digest('hex')}`
    return (gateway: string, behind = '') =>
      fetch(`${gateway}/slack/events`, {
        method: 'POST',
        body: sent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': stamp,
          'x-slack-signature': signature + behind,
        },
      }).then(({ status }) => status)
  }

  test('is refused, also with something behind its signature', async () => {
    const post = signed()
    expect(await post(url)).toBe(200)
    for (const behind of ['', '=z', ' ', ',v0=0']) expect(await post(url, behind)).toBe(401)
    expect(inbox.lines).toHaveLength(1)
  })

  test('is refused at another gateway, and here where the store is away', async () => {
    const replays = memoryReplays()
    const [one, two] = [await httpBot(world, { replays }), await httpBot(world, { replays })]
    await Promise.all([one.bot.start(inbox), two.bot.start(inbox)])
    const post = signed()
    expect([await post(one.url), await post(two.url)]).toEqual([200, 401])
    const away = { isFirst: () => Promise.reject(new StoreUnavailable('away')) }
    const alone = await httpBot(world, { replays: away })
    await alone.bot.start(inbox)
    const other = signed()
    expect([await other(alone.url), await other(alone.url)]).toEqual([200, 401])
    for (const { bot, server } of [one, two, alone]) {
      await bot.stop()
      server.closeAllConnections()
      server.close()
    }
  })
})

describe('what a menu asks, over the wire', () => {
  const payloadOf = (more: object) =>
    new URLSearchParams({
      payload: JSON.stringify({
        team: { id: 'T0SANDBOX', domain: 'sandbox' },
        user: { id: 'U0ALICE', name: 'alice' },
        view: { id: 'V1', callback_id: 'deploy', private_metadata: '', state: { values: {} } },
        ...more,
      }),
    }).toString()
  const letter = (value: string) =>
    payloadOf({ type: 'block_suggestion', action_id: 'service', block_id: 'service', value })
  /** As Slack would send it within one second: the same stamp, and with it the same signature. */
  const within = async (sent: readonly string[], headers: object = {}) => {
    const stamp = String(Math.floor(Date.now() / 1000))
    const answers: { status: number; text: string }[] = []
    for (const one of sent) {
      const signature = createHmac('sha256', world.tokens.signingSecret).update(`v0:${stamp}:${one}`)
      const response = await fetch(`${url}/slack/events`, {
        method: 'POST',
        body: one,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': stamp,
          'x-slack-signature': `v0=${signature.digest('hex')}`,
          ...headers,
        },
      })
      answers.push({ status: response.status, text: await response.text() })
    }
    return answers
  }

  test('is answered each time: a letter typed, taken back and typed again within a second', async () => {
    const answers = await within(['w', '', 'w', 'we', 'w'].map(letter))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(JSON.parse(answers[2]?.text ?? '')).toEqual(JSON.parse(answers[0]?.text ?? ''))
    expect(inbox.suggestions.map(({ typed }) => typed)).toEqual(['w', '', 'w', 'we', 'w'])
  })

  test('nothing that changes something comes in twice behind it', async () => {
    const form = payloadOf({ type: 'view_submission', trigger_id: 'T3' })
    const click = payloadOf({
      type: 'block_actions',
      trigger_id: 'T4',
      container: { type: 'view', view_id: 'V1' },
      actions: [{ action_id: 'cancel', block_id: 'b', type: 'button', value: '{"type":"block_suggestion"}' }],
    })
    const line = body('deploy web v2 {"type":"block_suggestion"}')
    for (const sent of [form, click, line])
      expect((await within([sent, sent])).map(({ status }) => status)).toEqual([200, 401])
    expect([inbox.submissions, inbox.clicks, inbox.lines].map(({ length }) => length)).toEqual([1, 1, 1])
  })

  test('is read as a form only: its content type is not signed', async () => {
    const as = { 'content-type': 'application/json' }
    expect((await within([letter('w'), letter('w')], as)).map(({ status }) => status)).toEqual([400, 401])
  })
})

test.each([
  ['an id of ours', body().replace('U0ALICE', 'Rollcall')],
  ['a name for an id', body().replace('U0ALICE', 'alice')],
  ['nothing', 'null'],
  ['no JSON', 'payload=%7B'],
  ['no object', 'payload=null'],
  ['another shape', `payload=${encodeURIComponent('{"type":"block_actions","user":"U0ALICE"}')}`],
  [
    'a click of ours',
    `payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions', user: { id: 'Rollcall' }, team: { id: 'T0SANDBOX' }, container: { type: 'message' }, actions: [{ action_id: 'cancel', value: '{}' }] }))}`,
  ],
])('refuses what is signed and has not the form of Slack’s: %s', async (_, sent) => {
  expect((await send(sent)).status).toBe(400)
  expect([...inbox.lines, ...inbox.clicks]).toEqual([])
})

test('gives a body three seconds, whatever its signature', async () => {
  const slow = (headers: object): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sending = request(`${url}/slack/events`, { method: 'POST', headers: { ...headers } })
      const drip = setInterval(() => sending.write('x'), 200)
      sending.on('response', ({ statusCode }) => resolve(statusCode))
      sending.on('error', reject)
      sending.on('close', () => clearInterval(drip))
    })
  const before = Date.now()
  const stamp = String(Math.floor(Date.now() / 1000))
  const falsely = { 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${'0'.repeat(64)}` }
  expect(await Promise.all([slow({}), slow(falsely)])).toEqual([408, 408])
  expect(Date.now() - before).toBeLessThan(6_000)
  await until(
    () => new Promise<boolean>((resolve) => server.getConnections((_, count) => resolve(count === 0))),
  )
})

test('refuses a body that is too long, said or unsaid', async () => {
  const long = `text=${'x'.repeat(300_000)}`
  expect((await send(long)).status).toBe(413)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(`${url}/slack/events`, {
      method: 'POST',
      headers: {
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
        'x-slack-signature': `v0=${'0'.repeat(64)}`,
      },
    })
    sending.on('response', (response) => resolve(response.statusCode))
    sending.on('error', reject)
    for (let part = 0; part < 6; part++) sending.write('x'.repeat(50_000))
  })
  expect(status).toBe(413)
})

test('answers Slack’s probe of the certificate, and nothing that hides behind it', async () => {
  expect((await send('ssl_check=1&token=x', { unsigned: true })).status).toBe(200)
  expect((await send(`ssl_check=1&${body()}`, { unsigned: true })).status).toBe(200)
  expect(inbox.lines).toEqual([])
})

test('leaves other requests to whom they are for', async () => {
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await send(body(), { path: '/other' })).status).toBe(404)
  expect((await fetch(`${url}/slack/events`)).status).toBe(404)
})

test('before it hears and after it stopped, Slack is told to come again', async () => {
  const early = await httpBot(world)
  url = early.url
  expect((await send(body())).status).toBe(503)
  await early.bot.start(inbox)
  expect((await send(body())).status).toBe(200)
  await early.bot.stop()
  expect((await send(body('again', 'T2'))).status).toBe(503)
  early.server.closeAllConnections()
  early.server.close()
})

test('is not ready while Slack refuses the token, and ready again when it takes it', async () => {
  const time = new VirtualTime()
  const said: string[] = []
  const log = { ...silentLog, error: (_: object, sentence: string) => void said.push(sentence) }
  const watch = watchToken(bot.clients.control, { log, time })
  watch.start()
  const next = async (accepted: boolean) => {
    await time.pass(30_000)
    await until(() => watch.accepted() === accepted)
  }
  await next(true)
  world.slack.faults.set({ kind: 'slack-revoked' })
  await next(false)
  await time.pass(30_000)
  expect(said).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')])
  world.slack.faults.clear()
  await next(true)
  watch.stop()
})

test('a form that was sent is answered in the response', async () => {
  inbox.onSubmit = async () => ({ next: 'correct', errors: { version: 'No such version.' } })
  const payload = JSON.stringify({
    type: 'view_submission',
    team: { id: 'T0SANDBOX', domain: 'sandbox' },
    user: { id: 'U0ALICE', name: 'alice' },
    trigger_id: 'T3',
    view: { id: 'V1', callback_id: 'deploy', private_metadata: '', state: { values: {} } },
  })
  const { text } = await send(new URLSearchParams({ payload }).toString())
  expect(JSON.parse(text)).toEqual({ response_action: 'errors', errors: { version: 'No such version.' } })
})

test('a handler that fails leaves Slack with an answer all the same', async () => {
  inbox.onLine = async () => {
    throw new Error('unexpected')
  }
  expect((await send(body())).status).toBe(200)
})

test('an answer that comes too late for the response goes to the response_url', async () => {
  inbox.onLine = async (_, answer) => {
    await answer.ack()
    await answer.respond(message('at last'))
  }
  await command('status')
  await until(async () => {
    const { json } = await world.control('GET', 'messages?user=alice&channel=ops')
    return (json as unknown as { text: string }[]).some(({ text }) => text === 'at last')
  })
})
