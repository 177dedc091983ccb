import type { WebClient } from '@slack/web-api'
import { postBy, refusalOf, testClient } from '../../support/slack-client'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack } from '../../support/slack-world'

let world: SlackWorld
let client: WebClient
beforeEach(async () => {
  world = await startSlack()
  client = testClient(world)
})
afterEach(() => world.close())

const set = async (fault: object): Promise<void> => {
  expect(await world.control('POST', 'faults', fault)).toMatchObject({ status: 200 })
}
const post = (channel: string, thread_ts?: string) =>
  postBy(client, { channel, text: 'hello', ...(thread_ts ? { thread_ts } : {}) })
const code = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).error

it('an archived channel takes no message, no change and no typing, until it is one no more', async () => {
  const { ts = '' } = await post('ops')
  await set({ kind: 'slack-archived', channel: 'ops' })
  expect(await code(post('ops'))).toBe('is_archived')
  expect(await code(post('C0OPS', ts))).toBe('is_archived')
  expect(await code(client.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ALICE', text: 'x' }))).toBe(
    'is_archived',
  )
  expect(await code(client.chat.update({ channel: 'C0OPS', ts, text: 'x' }))).toBe('is_inactive')
  expect((await client.conversations.info({ channel: 'C0OPS' })).channel).toMatchObject({ is_archived: true })
  const typed = await world.control('POST', 'command', { user: 'alice', channel: 'ops', text: 'status' })
  expect(typed).toMatchObject({ status: 400, json: { error: 'is_archived' } })
  await world.control('DELETE', 'faults')
  await post('ops')
})

it('a channel that the bot was taken out of is closed to it', async () => {
  const { ts = '' } = await post('ops')
  await set({ kind: 'slack-removed', channel: 'C0OPS' })
  expect(await code(post('ops'))).toBe('not_in_channel')
  expect(await code(client.chat.update({ channel: 'C0OPS', ts, text: 'x' }))).toBe('channel_not_found')
  await world.control('DELETE', 'faults')
  await client.chat.update({ channel: 'C0OPS', ts, text: 'x' })
})

it.each([
  ['chat.update', 'edit_window_closed'],
  ['chat.postMessage', 'restricted_action_thread_locked'],
  ['chat.postMessage', 'a_code_that_nobody_has_heard_of'],
  ['views.publish', 'two_factor_setup_required'],
])('%s refuses with %s where that is set, by method, by channel and by times', async (method, error) => {
  await set({ kind: 'slack-refuses', method, error, times: 1 })
  expect(await code(client.apiCall(method, { channel: 'C0OPS' }))).toBe(error)
  expect(await code(client.apiCall(method, { channel: 'C0OPS' }))).not.toBe(error)
  await set({ kind: 'slack-refuses', error, channel: 'ops' })
  expect(await code(client.apiCall(method, { channel: 'C0OPS' }))).toBe(error)
  expect(await code(client.apiCall(method, { channel: 'D0ALICE' }))).not.toBe(error)
  expect(await code(client.auth.test())).toBe('none: it was accepted')
})

it('a response_url refuses too', async () => {
  await set({ kind: 'slack-refuses', method: 'response_url', error: 'expired_url' })
  const id = world.slack.responses.issue({ user: 'U0ALICE', channel: 'C0OPS' })
  const response = await fetch(`${world.url}/responses/${id}`, { method: 'POST', body: '{"text":"x"}' })
  expect([response.status, await response.text()]).toEqual([404, 'expired_url'])
})

it('a revoked token is refused in every call, the app’s own token is not', async () => {
  await set({ kind: 'slack-revoked' })
  expect(await code(client.auth.test())).toBe('token_revoked')
  expect(await code(post('ops'))).toBe('token_revoked')
  expect(await code(testClient(world, world.tokens.appToken).apps.connections.open({}))).toBe(
    'none: it was accepted',
  )
  await world.control('DELETE', 'faults')
  await set({ kind: 'slack-revoked', error: 'account_inactive' })
  expect(await code(client.auth.test())).toBe('account_inactive')
})

it('wants for each kind of conversation its own scope', async () => {
  const { app } = world.slack.workspace
  app.botScopes = app.botScopes.filter((scope) => !scope.endsWith(':history'))
  for (const [channel, needed] of [
    ['C0OPS', 'channels:history'],
    ['U0ALICE', 'im:history'],
  ] as const)
    expect(await refusalOf(client.conversations.history({ channel }))).toMatchObject({ needed })
})

it('opens direct messages and the Home as the manifest says', async () => {
  const { home } = world.slack.workspace.app
  home.readOnly = true
  const write = () => world.control('POST', 'message', { user: 'alice', channel: 'rollcall', text: 'status' })
  expect(await write()).toMatchObject({ json: { error: 'messages_tab_read_only' } })
  await post('U0ALICE')
  home.messagesTab = false
  expect(await code(post('U0ALICE'))).toBe('messages_tab_disabled')
  home.homeTab = false
  const view = { type: 'home' as const, blocks: [] }
  expect(await code(client.views.publish({ user_id: 'U0ALICE', view }))).toBe('not_enabled')
})

it('cannot write to somebody who has left', async () => {
  expect(await code(post('U0DANA'))).toBe('channel_not_found')
})
