import { realTime } from '../../../src/adapters/real-time'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import type { SlackGateway } from '../../../src/adapters/slack/gateway'
import { slackPeople } from '../../../src/adapters/slack/people'
import { slackUserLocales } from '../../../src/adapters/slack/user-locales'
import { createGateway } from '../../../src/gateway/gateway'
import type { Notifier } from '../../../src/gateway/notifier/notifier'
import { catalogue } from '../../support/gateway-deps'
import { silentLog } from '../../support/silent-log'
import { eventually, startRedis, type TestRedis } from '../../support/redis'
import { socketBot } from '../../support/slack-bot'
import { type SlackWorld, startSlack } from '../../support/slack-world'

// The whole gateway: Bolt over the wire, the real store, the real messages.
let redis: TestRedis
let store: ConnectedStore
let world: SlackWorld
let bot: SlackGateway
let notifier: Notifier
let warnings: string[]

beforeEach(async () => {
  warnings = []
  redis = await startRedis()
  const clock = { now: () => Date.now(), real: (span: number) => span }
  store = connectStore({ url: redis.url, clock })
  await store.ready(5_000)
  world = await startSlack()
  bot = socketBot(world)
  const client = bot.clients.control
  const people = slackPeople({ client, store: store.people, groups: [], time: realTime, log: silentLog })
  const readers = slackUserLocales({ client, time: realTime, log: silentLog })
  const gateway = createGateway({
    ...store,
    catalogue,
    clock,
    time: realTime,
    people,
    readers,
    chat: bot.chat,
    command: '/asg',
    log: { ...silentLog, warn: (_, sentence) => void warnings.push(sentence) },
  })
  notifier = gateway.notifier
  notifier.start()
  await bot.start(gateway.inbox)
})
afterEach(async () => {
  await bot.stop()
  await notifier.stop()
  await store.close()
  await redis.stop()
  await world.close()
})

const command = async (text: string): Promise<{ text: string; took: number }> => {
  const before = performance.now()
  const { json } = await world.control('POST', 'command', {
    user: 'alice',
    channel: 'ops',
    text: `/asg ${text}`,
  })
  return {
    text: (json.replies ?? []).map((reply) => reply.text).join('\n'),
    took: performance.now() - before,
  }
}
const channel = async () =>
  (await world.control('GET', 'messages?user=bob&channel=ops')).json as unknown as {
    text: string
    ts: string
  }[]

test('a deploy is taken, and its message stands in the channel for everybody', async () => {
  const { text } = await command('deploy web v2')
  const [id = ''] = await store.journal.unfinished()
  expect(text).toContain(id)
  const posted = await eventually(async () => (await channel()).find((one) => one.text.includes(id)))
  expect(posted.text).toContain('v2')
})

test('with the store frozen it is refused within two seconds, and nothing comes of it when it thaws', async () => {
  await command('status web')
  redis.freeze()
  const { text, took } = await command('deploy web v2')
  redis.thaw()
  expect(took).toBeLessThan(2_000)
  expect(text).toContain('Redis')
  const again = await eventually(async () => {
    const { text } = await command('deploy web v3')
    return text.includes('Redis') ? undefined : text
  })
  const unfinished = await Promise.all((await store.journal.unfinished()).map(store.journal.read))
  expect(unfinished.map((operation) => operation?.request)).toEqual([
    { procedure: 'deploy', service: 'web', version: 'v3' },
  ])
  expect(again).toContain(unfinished[0]?.id)
})

test('with the store gone it is refused at once, buttons too; when it is back, all goes on', async () => {
  const taken = await command('deploy web v2')
  const [id = ''] = await store.journal.unfinished()
  expect(taken.text).toContain(id)
  const posted = await eventually(async () => (await channel()).find((one) => one.text.includes(id)))
  await redis.kill()
  const refused = await command('deploy web v3')
  expect(refused.took).toBeLessThan(2_000)
  expect(refused.text).toContain('Redis')
  const { json } = await world.control('POST', 'click', {
    user: 'alice',
    channel: 'ops',
    ts: posted.ts,
    action: 'cancel',
    confirm: true,
  })
  expect(json.replies?.map(({ text }) => text).join()).toContain('Redis')
  await redis.restart()
  await eventually(async () => ((await command('cancel web')).text.includes(id) ? true : undefined))
  expect((await store.journal.read(id))?.signals.map(({ kind }) => kind)).toEqual(['cancel'])
})

test('the same delivery over two connections starts one operation', async () => {
  world.slack.faults.set({ kind: 'slack-duplicate', times: 1 })
  await command('deploy web v2')
  await eventually(async () => ((await channel()).length > 0 ? true : undefined))
  expect(await store.journal.unfinished()).toHaveLength(1)
})

test('an outage of Slack delays the message and nothing else', async () => {
  const { text } = await command('deploy web v2')
  const [id = ''] = await store.journal.unfinished()
  expect(text).toContain(id)
  await eventually(async () => (await channel()).find((one) => one.text.includes(id)))
  world.slack.faults.set({ kind: 'slack-down' })
  const taken = await store.journal.acquireLease(id)
  if (taken === undefined) throw new Error(`no ${id}`)
  await store.journal.write(taken.lease, {
    ending: {
      kind: 'cancelled',
      at: Date.now(),
      left: [],
      reason: { code: 'cancelled_by_person', facts: {} },
    },
  })
  await eventually(() => (warnings.some((one) => one.includes('not sent')) ? true : undefined))
  world.slack.faults.clear()
  const before = (await channel()).filter((one) => one.text.includes(id))
  await eventually(async () => (await channel()).find((one) => /cancelled/i.test(one.text)), 20_000)
  expect((await channel()).filter(({ ts }) => ts === before[0]?.ts)).toHaveLength(1)
})
