import { realTime } from '../../../src/adapters/real-time'
import type { SlackGateway } from '../../../src/adapters/slack/gateway'
import { slackPeople } from '../../../src/adapters/slack/people'
import { slackUserLocales } from '../../../src/adapters/slack/user-locales'
import { StoreUnavailable } from '../../../src/ports/failure'
import { silentLog } from '../../support/silent-log'
import { eventually } from '../../support/redis'
import { message, socketBot } from '../../support/slack-bot'
import { type SlackWorld, startSlack } from '../../support/slack-world'
import { VirtualTime } from '../../support/virtual-time'

let world: SlackWorld
let bot: SlackGateway

beforeEach(async () => {
  world = await startSlack()
  bot = socketBot(world)
})
afterEach(async () => {
  await bot.stop()
  await world.close()
})

const seenBy = async (user: string) =>
  (await world.control('GET', `messages?user=${user}&channel=ops`)).json as unknown as {
    ts: string
    text: string
    ephemeral: boolean
    thread_ts?: string
    edited: boolean
  }[]

test('posts to a channel by its name, updates in place and adds to the thread', async () => {
  const ref = await bot.chat.post('ops', message('running'), { operation: 'web-k7f3q' })
  expect(ref).toEqual({ channel: expect.stringMatching(/^C/), ts: expect.any(String) })
  await bot.chat.update(ref, message('done'))
  await bot.chat.post(ref.channel, message('step 1'), { thread: ref.ts })
  const seen = await seenBy('bob')
  expect(seen.find(({ ts }) => ts === ref.ts)).toMatchObject({ text: 'done', edited: true })
  expect(seen.find(({ text }) => text === 'step 1')).toMatchObject({ thread_ts: ref.ts })
})

test('a whisper is seen by one person alone', async () => {
  await bot.chat.postEphemeral('ops', 'U0ALICE', message('for you'))
  expect((await seenBy('alice')).map(({ text }) => text)).toContain('for you')
  expect((await seenBy('bob')).map(({ text }) => text)).not.toContain('for you')
})

test('a rate limit is a failure that says how long to wait, and does not hold back the next call', async () => {
  world.slack.faults.set({ kind: 'slack-ratelimit', method: 'chat.postMessage', seconds: 7, times: 1 })
  await expect(bot.chat.post('ops', message('one'))).rejects.toMatchObject({
    name: 'ChatFailure',
    code: 'ratelimited',
    retryAfter: 7_000,
  })
  await bot.chat.post('ops', message('two'))
})

test('a Slack that is away is unreachable, at once', async () => {
  world.slack.faults.set({ kind: 'slack-down' })
  const before = Date.now()
  await expect(bot.chat.post('ops', message('one'))).rejects.toMatchObject({ code: 'unreachable' })
  expect(Date.now() - before).toBeLessThan(2_000)
})

test.each([
  ['channel_not_found', () => bot.chat.post('nowhere', message('one'))],
  ['message_not_found', () => bot.chat.update({ channel: 'C0OPS', ts: '1.000001' }, message('one'))],
])('Slack’s own word comes through: %s', async (code, call) => {
  await expect(call()).rejects.toMatchObject({ name: 'ChatFailure', code: expect.stringMatching(code) })
})

test('a lost post is found by its operation where the bot may look, and not where it may not', async () => {
  const ref = await bot.chat.post('ops', message('running'), { operation: 'web-k7f3q' })
  const { botScopes } = world.slack.workspace.app
  botScopes.splice(botScopes.indexOf('channels:history'), 1)
  expect(await bot.chat.find('ops', 'web-k7f3q')).toBeUndefined()
  botScopes.push('channels:history')
  expect(await bot.chat.find('ops', 'web-k7f3q')).toEqual(ref)
  expect(await bot.chat.find('ops', 'web-00000')).toBeUndefined()
})

describe('who is in a user group', () => {
  const memory = () => {
    const left = new Map<string, readonly string[]>()
    return {
      left,
      store: {
        remember: async (group: string, users: readonly string[]) => void left.set(group, users),
        rememberFullMember: async (user: string, is: boolean) =>
          void left.set(`everyone ${user}`, is ? [user] : []),
        groupsOf: async (user: string, among: readonly string[]) =>
          among.filter((group) =>
            left.get(group === 'everyone' ? `everyone ${user}` : group)?.includes(user),
          ),
      },
    }
  }
  const group = () => {
    const [id = ''] = world.slack.workspace.groups.keys()
    return id
  }
  const members = () => world.slack.workspace.groups.get(group())?.users ?? []

  test('is asked of Slack once for a while, and left in the store for the worker', async () => {
    const { left, store } = memory()
    const time = new VirtualTime()
    const people = slackPeople({
      client: bot.clients.control,
      store,
      groups: [group()],
      time,
      log: silentLog,
    })
    const [member = ''] = members()
    expect(await people.groupsOf(member, [group()])).toEqual([group()])
    expect(await people.groupsOf('U0STRANGER', [group()])).toEqual([])
    expect(left.get(group())).toEqual([...members()])
    world.slack.faults.set({ kind: 'slack-down' })
    await time.pass(10 * 60_000)
    expect(await people.groupsOf(member, [group()])).toEqual([group()])
  })

  test('is left in the store before anybody relies on it, also when the store came up later than we', async () => {
    const { left, store } = memory()
    let up = false
    const late = {
      ...store,
      remember: (name: string, users: readonly string[]) =>
        up ? store.remember(name, users) : Promise.reject(new StoreUnavailable('not yet')),
    }
    const options = {
      client: bot.clients.control,
      groups: [group()],
      time: new VirtualTime(),
      log: silentLog,
    }
    const people = slackPeople({ ...options, store: late })
    const [member = ''] = members()
    await expect(people.groupsOf(member, [group()])).rejects.toThrow(StoreUnavailable)
    up = true
    expect(await people.groupsOf(member, [group()])).toEqual([group()])
    expect(left.get(group())).toEqual([...members()])
  })

  test('is the store’s word while Slack cannot be asked, and nobody’s where neither knows', async () => {
    const { store } = memory()
    const options = { client: bot.clients.control, groups: [], time: realTime, log: silentLog }
    world.slack.faults.set({ kind: 'slack-down' })
    await store.remember('S0OPS', ['U0ALICE'])
    const people = slackPeople({ ...options, store })
    expect(await people.groupsOf('U0ALICE', ['S0OPS', 'S0OTHER'])).toEqual(['S0OPS'])
    const down = { ...store, groupsOf: () => Promise.reject(new StoreUnavailable('down')) }
    await expect(slackPeople({ ...options, store: down }).groupsOf('U0ALICE', ['S0OPS'])).rejects.toThrow(
      StoreUnavailable,
    )
  })
})

describe('who is everyone', () => {
  const members = (time = new VirtualTime()) => {
    const left = new Map<string, boolean>()
    const store = {
      remember: async () => {},
      rememberFullMember: async (user: string, is: boolean) => void left.set(user, is),
      groupsOf: async (user: string, among: readonly string[]) => among.filter(() => left.get(user) === true),
    }
    const people = slackPeople({
      client: bot.clients.control,
      store,
      groups: ['everyone'],
      time,
      log: silentLog,
    })
    return {
      people,
      left,
      time,
      is: async (user: string) => (await people.groupsOf(user, ['everyone'])).length > 0,
    }
  }

  test.each([
    ['alice, a full member', 'U0ALICE', true],
    ['gina, a guest', 'U0GINA', false],
    ['uma, a guest of one channel', 'U0UMA', false],
    ['sora, of another workspace', 'U0SORA', false],
    ['dana, who has left', 'U0DANA', false],
    ['another app', 'U0PIPELINE', false],
    ['nobody', 'U0NOBODY', false],
    ['ourselves', 'Rollcall', false],
  ])('%s: %s %s; and the worker is told the same', async (_, user, is) => {
    const asked = members()
    expect(await asked.is(user)).toBe(is)
    expect(asked.left.get(user) ?? false).toBe(is)
  })

  test('a member who becomes a guest is one no more within minutes; what Slack said is believed while it is silent', async () => {
    const asked = members()
    expect(await asked.is('U0ALICE')).toBe(true)
    world.slack.faults.set({ kind: 'slack-down' })
    await asked.time.pass(10 * 60_000)
    expect(await asked.is('U0ALICE')).toBe(true)
    world.slack.faults.clear()
    const alice = world.slack.workspace.users.get('U0ALICE')
    if (alice) alice.guest = 'multi'
    await asked.time.pass(10 * 60_000)
    expect(await asked.is('U0ALICE')).toBe(false)
    expect(asked.left.get('U0ALICE')).toBe(false)
    if (alice) delete alice.guest
  })

  test('whoever leaves after a word of theirs is known to have left within minutes, though nobody asks', async () => {
    const asked = members()
    expect(await asked.is('U0BOB')).toBe(true)
    const bob = world.slack.workspace.users.get('U0BOB')
    if (bob) bob.guest = 'multi'
    await asked.time.pass(6 * 60_000)
    asked.people.start()
    await eventually(async () => (asked.left.get('U0BOB') === false ? true : undefined))
    asked.people.stop()
    if (bob) delete bob.guest
  })
})

describe('how a person reads', () => {
  const readers = () => slackUserLocales({ client: bot.clients.control, time: realTime, log: silentLog })

  test('is what Slack tells: language and zone', async () => {
    const asked = readers()
    // Who asks is not kept waiting: where Slack is slower than that, the next one is told.
    const told = (user: string) =>
      eventually(async () => {
        const reader = await asked.of(user)
        return reader.language === undefined ? undefined : reader
      })
    expect(await told('U0BOB')).toEqual({ language: 'ko', timezone: 'Asia/Seoul' })
    expect(await told('U0ALICE')).toEqual({ language: 'en', timezone: 'America/New_York' })
  })

  test('names people once Slack has told, and no group, no machine and nobody', async () => {
    const asked = readers()
    expect(asked.nameOf('U0BOB')).toBeUndefined()
    expect(await eventually(async () => asked.nameOf('U0BOB'))).toBe('bob')
    expect(['S0OPS', 'machines.ci', 'Rollcall', ''].map((id) => asked.nameOf(id))).toEqual(
      Array(4).fill(undefined),
    )
  })

  test('is unknown, at once, where Slack cannot tell', async () => {
    expect(await readers().of('U0NOBODY')).toEqual({})
    world.slack.faults.set({ kind: 'slack-down' })
    const before = Date.now()
    expect(await readers().of('U0BOB')).toEqual({})
    expect(Date.now() - before).toBeLessThan(1_000)
  })
})
