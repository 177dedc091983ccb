import type { UsersListResponse, WebClient } from '@slack/web-api'
import { ErrorCode } from '@slack/web-api'
import { postBy, refusalOf, testClient } from '../../support/slack-client'
import type { SlackWorld } from '../../support/slack-world'
import { forwardTimer, startSlack } from '../../support/slack-world'

describe('the Web API, by its own client', () => {
  const timer = forwardTimer()
  let world: SlackWorld
  let client: WebClient
  const post = (message: Parameters<typeof postBy>[1]) => postBy(client, message)
  const trigger = () => world.slack.triggers.issue({ user: 'U0ALICE', channel: 'C0OPS' })
  const modal = { type: 'modal' as const, title: plain('Title'), blocks: [] }

  beforeAll(async () => {
    world = await startSlack({ timer })
    client = testClient(world)
  })
  afterAll(() => world.close())

  it('knows the bot by its token', async () => {
    expect(await client.auth.test()).toMatchObject({ ok: true, user_id: 'U0ROLLCALL', team_id: 'T0SANDBOX' })
    expect(await refusalOf(testClient(world, 'xoxb-wrong').auth.test())).toMatchObject({
      error: 'invalid_auth',
    })
    expect(await refusalOf(testClient(world, '').auth.test())).toMatchObject({ error: 'not_authed' })
    expect(await refusalOf(testClient(world, world.tokens.appToken).auth.test())).toMatchObject({
      error: 'not_allowed_token_type',
    })
  })

  it('wants the scope of each method', async () => {
    expect(
      await refusalOf(client.reactions.add({ channel: 'C0OPS', timestamp: '1.2', name: 'eyes' })),
    ).toMatchObject({
      error: 'missing_scope',
      needed: 'reactions:write',
    })
  })

  it('says the zone and language of people, and who is in a group', async () => {
    const { user } = await client.users.info({ user: 'U0BOB', include_locale: true })
    expect(user).toMatchObject({ name: 'bob', locale: 'ko-KR', tz: 'Asia/Seoul', tz_offset: 32_400 })
    expect((await client.usergroups.users.list({ usergroup: 'S0OPS' })).users).toEqual(['U0ALICE', 'U0BOB'])
    const names: string[] = []
    for await (const page of client.paginate('users.list', { limit: 3 })) {
      names.push(...((page as UsersListResponse).members ?? []).map(({ name = '' }) => name))
    }
    expect(names).toEqual(['alice', 'bob', 'mallory', 'gina', 'uma', 'dana', 'pipeline', 'rollcall'])
  })

  it('posts, threads, updates and deletes its own messages only', async () => {
    const { ts = '' } = await post({
      channel: '#ops',
      text: 'one',
      blocks: [section('one')],
    })
    const reply = await post({ channel: 'C0OPS', text: 'two', thread_ts: ts })
    expect(reply.message).toMatchObject({ thread_ts: ts })
    const updated = await client.chat.update({ channel: 'C0OPS', ts, text: 'only text' })
    expect(updated.message).not.toHaveProperty('blocks')
    const persons = world.slack.workspace.post({
      channel: 'C0OPS',
      user: 'U0ALICE',
      text: 'mine',
      blocks: [],
      attachments: [],
    })
    expect(
      await refusalOf(client.chat.update({ channel: 'C0OPS', ts: persons.ts, text: 'x' })),
    ).toMatchObject({
      error: 'cant_update_message',
    })
    const long = 'x'.repeat(4001)
    expect(await refusalOf(client.chat.update({ channel: 'C0OPS', ts, text: long }))).toMatchObject({
      error: 'msg_too_long',
    })
    await client.chat.delete({ channel: 'C0OPS', ts })
    expect(await refusalOf(client.chat.update({ channel: 'C0OPS', ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('keeps ephemeral messages to their reader, and never updates them', async () => {
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel: 'C0OPS',
      user: 'U0BOB',
      text: 'psst',
    })
    const { messages } = world.slack.workspace
    expect(messages.visible('C0OPS', 'U0BOB').map((one) => one.text)).toContain('psst')
    expect(messages.visible('C0OPS', 'U0ALICE').map((one) => one.text)).not.toContain('psst')
    expect(await refusalOf(client.chat.update({ channel: 'C0OPS', ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('refuses blocks that break a rule, with the place of each fault', async () => {
    const blocks = [{ type: 'header', text: plain('x'.repeat(151)) }, { type: 'nonsense' }, section('')]
    const { error, response_metadata } = await refusalOf(post({ channel: 'C0OPS', text: 't', blocks }))
    expect(error).toBe('invalid_blocks')
    expect(response_metadata?.messages).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      '[ERROR] unsupported type: nonsense [json-pointer:/blocks/1/type]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/2/text/text]',
    ])
    const many = Array.from({ length: 5 }, () => section('x'.repeat(2900)))
    expect(await refusalOf(post({ channel: 'C0OPS', text: 't', blocks: many }))).toMatchObject({
      error: 'msg_blocks_too_long',
    })
    expect(await refusalOf(post({ channel: 'C0OPS', text: '' }))).toMatchObject({
      error: 'no_text',
    })
    expect(await refusalOf(post({ channel: 'nowhere', text: 'x' }))).toMatchObject({
      error: 'channel_not_found',
    })
  })

  it('takes a trigger once, and within 3 s', async () => {
    const once = trigger()
    await client.views.open({ trigger_id: once, view: modal })
    expect(await refusalOf(client.views.open({ trigger_id: once, view: modal }))).toMatchObject({
      error: 'exchanged_trigger_id',
    })
    const late = trigger()
    timer.forward(3_001)
    expect(await refusalOf(client.views.open({ trigger_id: late, view: modal }))).toMatchObject({
      error: 'expired_trigger_id',
    })
    expect(await refusalOf(client.views.open({ trigger_id: 'made up', view: modal }))).toMatchObject({
      error: 'invalid_arguments',
    })
  })

  it('updates a view that has not changed since, and stacks three at most', async () => {
    const { view } = await client.views.open({ trigger_id: trigger(), view: modal })
    const [viewId, hash] = [view?.id ?? '', view?.hash ?? '']
    await client.views.update({ view_id: viewId, hash, view: modal })
    expect(await refusalOf(client.views.update({ view_id: viewId, hash, view: modal }))).toMatchObject({
      error: 'hash_conflict',
    })
    const push = () =>
      client.views.push({
        trigger_id: world.slack.triggers.issue({ user: 'U0ALICE', view: viewId }),
        view: modal,
      })
    await push()
    await push()
    expect(await refusalOf(push())).toMatchObject({ error: 'push_limit_reached' })
    const inputs = [{ type: 'input', label: plain('L'), element: { type: 'plain_text_input' } }]
    const { error, response_metadata } = await refusalOf(
      client.views.open({
        trigger_id: trigger(),
        view: { ...modal, title: plain('x'.repeat(25)), blocks: inputs },
      }),
    )
    expect(error).toBe('invalid_arguments')
    expect(response_metadata?.messages).toEqual([
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
      expect.stringContaining('`submit` is required'),
    ])
  })

  it('answers 429 with Retry-After while that fault is set', async () => {
    await world.control('POST', 'faults', {
      kind: 'slack-ratelimit',
      method: 'chat.update',
      seconds: 7,
      times: 1,
    })
    const update = () => client.chat.update({ channel: 'C0OPS', ts: '1.2', text: 'x' })
    await expect(update()).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 })
    expect(await refusalOf(update())).toMatchObject({ error: 'message_not_found' })
  })

  it('answers nothing while Slack is down', async () => {
    const { json } = await world.control('POST', 'faults', { kind: 'slack-down' })
    await expect(client.auth.test()).rejects.toMatchObject({ code: ErrorCode.RequestError })
    await world.control('DELETE', `faults?id=${String(json['id'])}`)
    expect((await client.auth.test()).ok).toBe(true)
  })

  it('lets a response_url be used five times within half an hour', async () => {
    const path = () =>
      `${world.url}/responses/${world.slack.responses.issue({ user: 'U0ALICE', channel: 'C0OPS' })}`
    const use = async (url: string) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'hi' }) })
      return `${response.status} ${await response.text()}`
    }
    const url = path()
    for (let times = 1; times <= 5; times += 1) expect(await use(url)).toBe('200 ok')
    expect(await use(url)).toBe('404 used_url')
    const old = path()
    timer.forward(30 * 60_000 + 1)
    expect(await use(old)).toBe('404 expired_url')
  })
})

it('holds the tiers where its real limits are on', async () => {
  const world = await startSlack({ limits: true })
  const client = testClient(world)
  for (let made = 0; made < 20; made += 1) await client.usergroups.users.list({ usergroup: 'S0OPS' })
  await expect(client.usergroups.users.list({ usergroup: 'S0OPS' })).rejects.toMatchObject({
    code: ErrorCode.RateLimitedError,
  })
  await world.close()
})

function plain(text: string) {
  return { type: 'plain_text' as const, text }
}
function section(text: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text } }
}
