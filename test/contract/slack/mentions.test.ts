import type { Obj } from '../../../src/sandbox/slack/json'
import type { Delivery } from '../../../src/sandbox/slack/deliver/delivery'
import { testClient } from '../../support/slack-client'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack, until } from '../../support/slack-world'

let world: SlackWorld
let heard: Delivery[]
beforeEach(async () => {
  world = await startSlack()
  heard = []
  // The app's side of the wire: what Slack would have sent, acknowledged at once.
  world.slack.sockets.deliver = async (delivery) => {
    heard.push(delivery)
    return { ok: true, body: {} }
  }
})
afterEach(() => world.close())

const mention = async (body: object): Promise<string> => {
  const { json } = await world.control('POST', 'mention', { channel: 'ops', text: 'status', ...body })
  expect(json).toMatchObject({ ok: true })
  return json.ts ?? ''
}
const events = (type: string): Promise<Obj[]> =>
  until(() => {
    const found = heard.map(({ payload }) => payload).filter(({ event }) => (event as Obj)['type'] === type)
    return found.length > 0 && found
  })

it('an edit of a mention is told again: a new event id, the old ts, edited', async () => {
  const ts = await mention({ user: 'alice', text: 'deploy web v2' })
  expect(await mention({ user: 'alice', text: 'deploy web v3', edit: ts })).toBe(ts)
  const [first, second] = await events('app_mention')
  expect(first?.['event']).toMatchObject({ ts, text: '<@U0ROLLCALL> deploy web v2' })
  expect(second?.['event']).toMatchObject({
    ts,
    text: '<@U0ROLLCALL> deploy web v3',
    edited: { user: 'U0ALICE' },
  })
  expect(second?.['event_id']).not.toBe(first?.['event_id'])
  const denied = await world.control('POST', 'mention', { user: 'bob', channel: 'ops', text: 'x', edit: ts })
  expect(denied).toMatchObject({ status: 404, json: { error: 'unknown_message' } })
})

it('an edit of a direct message comes as message_changed, and only if subscribed to', async () => {
  const { json } = await world.control('POST', 'message', {
    user: 'alice',
    channel: 'rollcall',
    text: 'help',
  })
  await world.control('POST', 'mention', {
    user: 'alice',
    channel: 'rollcall',
    text: 'status',
    edit: json.ts,
  })
  const told = await until(async () => (await events('message')).length === 2 && events('message'))
  expect(told[1]?.['event']).toMatchObject({ subtype: 'message_changed', message: { ts: json.ts } })
  heard = []
  world.slack.workspace.app.events = ['app_mention']
  await world.control('POST', 'message', { user: 'alice', channel: 'rollcall', text: 'help' })
  await mention({ user: 'alice' })
  await events('app_mention')
  expect(heard).toHaveLength(1)
})

it('people of another workspace come with their team, whoever they are', async () => {
  await mention({ user: 'sora' })
  await mention({ user: 'alice', team: 'T0OTHER' })
  await mention({ user: 'U0STRANGE', team: 'T0OTHER' })
  const [sora, alice, strange] = await events('app_mention')
  expect(sora).toMatchObject({ is_ext_shared_channel: true, event: { user: 'U0SORA', team: 'T0PARTNER' } })
  expect(alice).toMatchObject({ event: { user: 'U0ALICE', user_team: 'T0OTHER', team: 'T0OTHER' } })
  expect(strange).toMatchObject({ event: { user: 'U0STRANGE', source_team: 'T0OTHER' } })
  const info = await testClient(world).users.info({ user: 'U0STRANGE' })
  expect(info.user).toMatchObject({ team_id: 'T0OTHER' })
})

it('other apps come with their bot_id, guests and who has left are known to users.info', async () => {
  await mention({ user: 'pipeline' })
  expect((await events('app_mention'))[0]).toMatchObject({ event: { bot_id: 'B0PIPELINE' } })
  const known = async (user: string) => (await testClient(world).users.info({ user })).user
  expect(await known('U0GINA')).toMatchObject({ is_restricted: true, is_ultra_restricted: false })
  expect(await known('U0UMA')).toMatchObject({ is_restricted: true, is_ultra_restricted: true })
  expect(await known('U0DANA')).toMatchObject({ deleted: true })
  expect(await known('U0PIPELINE')).toMatchObject({ is_bot: true, profile: { bot_id: 'B0PIPELINE' } })
})

it('the app’s commands are its own workspace’s alone', async () => {
  const { json } = await world.control('POST', 'command', { user: 'sora', channel: 'ops', text: 'status' })
  expect(json).toMatchObject({ ok: false, error: 'unknown_command' })
  expect(heard).toEqual([])
})
