import { Notifier } from '../../../src/gateway/notifier/notifier'
import type { Operation } from '../../../src/domain/operation/operation'
import type { KnownBlock } from '@slack/types'
import { refusalOf } from '../../../src/domain/interaction/slack-refusal'
import { ChatFailure } from '../../../src/ports/chat'
import { StoreUnavailable } from '../../../src/ports/failure'
import type { Change } from '../../../src/ports/journal'
import { errorsOf } from '../../support/slack-errors'
import { MemoryChat } from '../../support/memory-chat'
import { memoryStore } from '../../support/memory-journal'
import { newOperation, newStep } from '../../support/operations'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'

/** A message that shows the phase, how many steps there are, and the running time. */
const text = (operation: Operation, now: number): string =>
  operation.phase === 'running'
    ? `${operation.id} running ${operation.steps.length} at ${Math.floor(now / 1000)}`
    : `${operation.id} ${operation.ending?.kind ?? operation.phase}`

const world = () => {
  const time = new VirtualTime()
  const store = memoryStore({ clock: time })
  const chat = new MemoryChat(() => time.now())
  const notifier = (holder: string, other: Partial<ConstructorParameters<typeof Notifier>[0]> = {}) =>
    new Notifier({
      journal: store.journal,
      posts: store.posts,
      chat,
      time,
      log: silentLog,
      holder,
      view: {
        message: async (operation) => ({ text: text(operation, time.now()), blocks: [] }),
        log: ({ steps }, from) =>
          steps.length > from
            ? {
                entries: steps.length,
                message: {
                  text: steps
                    .slice(from)
                    .map(({ key }) => key)
                    .join(),
                  blocks: [],
                },
              }
            : { entries: steps.length },
        related: async () => [],
        mention: async () => undefined,
      },
      ...other,
    })
  const create = (id: string) => store.journal.create(newOperation(id), `delivery-${id}`)
  const write = async (id: string, change: Change) => {
    const taken = await store.journal.acquireLease(id)
    if (taken === undefined) throw new Error(`no ${id}`)
    await store.journal.write(taken.lease, change)
  }
  const step = (id: string, order: number) => write(id, { step: newStep(`step-${order}`, order) })
  const end = (id: string) => write(id, { ending: { kind: 'succeeded', at: time.now(), left: [] } })
  return { time, store, chat, notifier, create, write, step, end }
}
const unreachable = new ChatFailure('unreachable')

test('an operation gets one message, posted at once and then updated in place', async () => {
  const { time, chat, notifier, create, write, end } = world()
  notifier('one').start()
  await create('web-1')
  await time.pass(0)
  expect(chat.texts('post')).toEqual(['web-1 planning'])
  await write('web-1', { phase: 'queued' })
  await time.pass(3_000)
  await end('web-1')
  await time.pass(3_000)
  expect(chat.texts('post')).toHaveLength(1)
  expect(chat.texts('update')).toEqual(['web-1 queued', 'web-1 succeeded'])
  expect(new Set(chat.said.map(({ ts }) => ts)).size).toBe(1)
})

test('many changes in a row are one update of the newest state, at most every three seconds', async () => {
  const { time, chat, notifier, create, write, step } = world()
  notifier('one').start()
  await create('web-1')
  await time.pass(0)
  await write('web-1', { phase: 'running' })
  for (let order = 1; order <= 30; order++) {
    await step('web-1', order)
    await time.pass(200)
  }
  await time.pass(4_000)
  const updates = chat.said.filter(({ how }) => how === 'update')
  const gaps = updates.slice(1).map(({ at }, index) => at - (updates[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000)
  expect(updates.at(-1)?.text).toContain('running 30')
  expect(updates.length).toBeLessThanOrEqual(5)
})

test('a running operation’s clock goes on while nothing changes, a waiting one’s does not', async () => {
  const { time, chat, notifier, create, write } = world()
  notifier('one').start()
  await create('web-1')
  await create('web-2')
  await write('web-1', { phase: 'running' })
  await time.pass(61_000)
  expect(chat.texts('update').filter((one) => one.startsWith('web-1')).length).toBeGreaterThanOrEqual(3)
  expect(chat.texts('update').filter((one) => one.startsWith('web-1')).length).toBeLessThanOrEqual(6)
  expect(chat.texts('update').filter((one) => one.startsWith('web-2'))).toEqual([])
})

test('however many operations and notifiers run, no minute sees more than fifty updates, and all get some', async () => {
  const { time, chat, notifier, create, write, step } = world()
  notifier('one').start()
  notifier('two').start()
  const ids = Array.from({ length: 30 }, (_, index) => `web-${index}`)
  for (const id of ids) {
    await create(id)
    await write(id, { phase: 'running' })
  }
  for (let second = 0; second < 180; second++) {
    for (const id of ids) await step(id, second)
    await time.pass(1_000)
  }
  const at = chat.said.filter(({ how }) => how === 'update').map((one) => one.at)
  for (const start of at)
    expect(at.filter((one) => one >= start && one < start + 60_000).length).toBeLessThanOrEqual(50)
  expect(at.length).toBeGreaterThan(120)
  expect(new Set(chat.texts('update').map((one) => one.split(' ')[0])).size).toBe(30)
})

test('endings go before everything that waits', async () => {
  const { time, chat, notifier, create, write, step, end } = world()
  notifier('one').start()
  const ids = Array.from({ length: 40 }, (_, index) => `web-${index}`)
  for (const id of ids) {
    await create(id)
    await write(id, { phase: 'running' })
  }
  for (let second = 0; second < 60; second++) {
    for (const id of ids) await step(id, second)
    await time.pass(1_000)
  }
  const ended = ['web-5', 'web-11', 'web-17', 'web-23', 'web-39']
  for (const id of ended) await end(id)
  await time.pass(4_000)
  for (const id of ended) expect(chat.texts('update')).toContain(`${id} succeeded`)
})

test('the log goes to the thread in few messages, whole and in order, and is complete at the end', async () => {
  const { time, chat, notifier, create, write, step, end } = world()
  notifier('one').start()
  await create('web-1')
  await time.pass(0)
  await write('web-1', { phase: 'running' })
  for (let order = 1; order <= 20; order++) {
    await step('web-1', order)
    await time.pass(500)
  }
  await end('web-1')
  await time.pass(3_000)
  expect(chat.texts('reply').join()).toBe(
    Array.from({ length: 20 }, (_, index) => `step-${index + 1}`).join(),
  )
  expect(chat.texts('reply').length).toBeLessThanOrEqual(5)
})

test('after an outage of Slack the message catches up with the newest state, posted once', async () => {
  const { time, chat, notifier, create, write, end } = world()
  chat.fault = () => ({ before: unreachable })
  notifier('one').start()
  await create('web-1')
  await time.pass(20_000)
  await write('web-1', { phase: 'running' })
  await time.pass(60_000)
  await end('web-1')
  await time.pass(10_000)
  expect(chat.said).toEqual([])
  chat.fault = () => undefined
  await time.pass(31_000)
  expect(chat.texts('post')).toEqual(['web-1 succeeded'])
})

test('while Slack is away it is asked seldom, not in a injectAwsFaults', async () => {
  const { time, chat, notifier, create } = world()
  let asked = 0
  chat.fault = () => {
    asked += 1
    return { before: unreachable }
  }
  notifier('one').start()
  for (let one = 0; one < 20; one++) await create(`web-${one}`)
  await time.pass(300_000)
  expect(asked).toBeLessThan(150)
})

test('a 429 is waited out, as long as Slack said, by all updates', async () => {
  const { time, chat, notifier, create, write } = world()
  notifier('one').start()
  await create('web-1')
  await create('web-2')
  await time.pass(0)
  const asked: number[] = []
  chat.fault = (how) => {
    if (how !== 'update') return undefined
    asked.push(time.now())
    return asked.length === 1 ? { before: new ChatFailure('ratelimited', 20_000) } : undefined
  }
  await time.pass(5_000)
  await write('web-1', { phase: 'queued' })
  await time.pass(1_000)
  await write('web-2', { phase: 'queued' })
  await time.pass(40_000)
  expect(chat.texts('update')).toEqual(expect.arrayContaining(['web-1 queued', 'web-2 queued']))
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(20_000)
})

test('a post whose answer was lost is found again rather than posted twice', async () => {
  const { time, chat, notifier, create, write } = world()
  let first = true
  chat.fault = () => {
    const lost = first
    first = false
    return lost ? { after: unreachable } : undefined
  }
  notifier('one').start()
  await create('web-1')
  await time.pass(5_000)
  expect(chat.texts('post')).toHaveLength(1)
  await write('web-1', { phase: 'queued' })
  await time.pass(5_000)
  expect(chat.texts('post')).toHaveLength(1)
  expect(chat.said.at(-1)).toMatchObject({ how: 'update', text: 'web-1 queued' })
})

test('blocks that Slack refuses are sent as plain text rather than not at all', async () => {
  const { time, chat, notifier, create, end } = world()
  let refused = 0
  const refuse = chat.update.bind(chat)
  chat.update = async (ref, message) => {
    if (message.blocks.length === 0 && refused++ === 0) throw new ChatFailure('invalid_blocks')
    await refuse(ref, message)
  }
  notifier('one').start()
  await create('web-1')
  await time.pass(3_000)
  await end('web-1')
  await time.pass(3_000)
  expect(chat.texts('update')).toEqual(['web-1 succeeded'])
})

test('buttons stay where other blocks are refused, and the next update tries all of them again', async () => {
  const { time, chat, notifier, create, write, end } = world()
  const blocks: readonly KnownBlock[] = [
    { type: 'plan', title: 'as it goes' },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'cancel', text: { type: 'plain_text', text: 'Cancel' } }],
    },
  ]
  const shown: string[] = []
  let refusing = true
  chat.update = async (_, message) => {
    const types = message.blocks.map(({ type }) => type)
    if (refusing && types.includes('plan')) throw new ChatFailure('invalid_blocks')
    shown.push(types.join())
  }
  const view = {
    message: async (operation: Operation) => ({ text: text(operation, 0), blocks }),
    log: () => ({ entries: 0 }),
    related: async () => [],
    mention: async () => undefined,
  }
  notifier('one', { view }).start()
  await create('web-1')
  await time.pass(3_000)
  await write('web-1', { phase: 'queued' })
  await time.pass(3_000)
  expect(shown).toEqual(['section,actions'])
  refusing = false
  await end('web-1')
  await time.pass(3_000)
  expect(shown).toEqual(['section,actions', 'plan,actions'])
})

test('a notifier that starts anew goes on with the same message and the same log', async () => {
  const { time, chat, notifier, create, write, step, end } = world()
  const old = notifier('old')
  old.start()
  await create('web-1')
  await write('web-1', { phase: 'running' })
  await step('web-1', 1)
  await time.pass(5_000)
  await old.stop()
  await step('web-1', 2)
  notifier('new').start()
  await time.pass(6_000)
  await end('web-1')
  await time.pass(6_000)
  expect(chat.texts('post')).toHaveLength(1)
  expect(chat.texts('reply').join()).toBe('step-1,step-2')
  expect(chat.said.at(-1)?.text).toBe('web-1 succeeded')
})

test('of two notifiers one speaks; when it dies without a word, the other goes on within fifteen seconds', async () => {
  const { time, store, chat, notifier, create, write } = world()
  let dead = false
  const dying = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => unknown
        return (...args: unknown[]) => {
          if (dead) return name === 'onChange' ? () => {} : new Promise(() => {})
          return method.apply(target, args)
        }
      },
    })
  notifier('first', { journal: dying(store.journal), posts: dying(store.posts) }).start()
  await time.pass(0)
  notifier('second').start()
  await create('web-1')
  await time.pass(4_000)
  expect(chat.texts('post')).toHaveLength(1)
  dead = true
  await write('web-1', { phase: 'queued' })
  const before = time.now()
  await time.pass(20_000)
  const said = chat.said.find(({ text }) => text === 'web-1 queued')
  expect((said?.at ?? Number.POSITIVE_INFINITY) - before).toBeLessThanOrEqual(15_000)
  expect(chat.texts('update')).toEqual(['web-1 queued'])
})

test('a store that fails for a while loses nothing', async () => {
  const { time, store, chat, notifier, create, write, end } = world()
  let down = false
  const failing = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => unknown
        return (...args: unknown[]) => {
          if (down && name !== 'onChange') return Promise.reject(new StoreUnavailable('down'))
          return method.apply(target, args)
        }
      },
    })
  notifier('one', { journal: failing(store.journal), posts: failing(store.posts) }).start()
  await create('web-1')
  await time.pass(3_000)
  down = true
  await write('web-1', { phase: 'queued' })
  await end('web-1')
  await time.pass(30_000)
  down = false
  await time.pass(16_000)
  expect(chat.texts('post')).toHaveLength(1)
  expect(chat.said.at(-1)?.text).toBe('web-1 succeeded')
})

test('where the channel does not take the bot’s messages, its requester is told directly', async () => {
  const { time, chat, notifier, create, end } = world()
  const post = chat.post.bind(chat)
  chat.post = async (channel, ...rest) => {
    if (channel === 'ops') throw new ChatFailure('not_in_channel')
    return post(channel, ...rest)
  }
  notifier('one').start()
  await create('web-1')
  await time.pass(3_000)
  await end('web-1')
  await time.pass(3_000)
  expect(chat.said.map(({ channel, text }) => [channel, text])).toEqual([
    ['U0ALICE', 'web-1 planning'],
    ['U0ALICE', 'web-1 succeeded'],
  ])
})

describe('whatever code Slack refuses an update with, the ending is told once, at the stated pace', () => {
  const ending = 'web-1 succeeded'
  /** What was said after the first message, where the channel refuses updates with a code from then on, or replies too. */
  const told = async (code: string, refuses: (how: string, channel: string) => boolean) => {
    const { time, chat, notifier, create, write, step, end } = world()
    const attempts: number[] = []
    notifier('one').start()
    await create('web-1')
    await write('web-1', { phase: 'running' })
    await time.pass(5_000)
    const before = chat.said.length
    const refuse = (how: string, channel: string) => {
      if (!refuses(how, channel)) return
      attempts.push(time.now())
      throw new ChatFailure(code)
    }
    const { post, update } = chat
    chat.post = async (...args) => {
      const [channel, , options] = args
      refuse(options?.thread === undefined ? 'post' : 'reply', channel)
      return post.apply(chat, args)
    }
    chat.update = async (ref, message) => {
      refuse('update', ref.channel)
      return update.call(chat, ref, message)
    }
    await step('web-1', 1)
    await time.pass(10_000)
    await end('web-1')
    await time.pass(120_000)
    const endings = chat.said.slice(before).filter(({ text: said }) => said === ending)
    return { endings: endings.map(({ how, channel }) => [how, channel]), attempts, time, chat }
  }
  const gapsOf = (attempts: readonly number[]) =>
    attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0))

  test.each(errorsOf('chat.update'))('chat.update in a channel: %s', async (code) => {
    const { endings, attempts } = await told(code, (how, channel) => how !== 'post' && channel === 'ops')
    switch (refusalOf(code)) {
      case 'closed':
        expect(endings).toEqual([['update', 'U0ALICE']])
        return
      case 'gone':
        expect(endings).toHaveLength(1)
        expect(endings[0]?.[1]).toBe('ops')
        return
      default:
        expect(endings).toEqual([])
        if (refusalOf(code) !== 'content') expect(Math.min(...gapsOf(attempts))).toBeGreaterThanOrEqual(1_000)
    }
  })

  test.each(errorsOf('chat.postMessage').filter((code) => refusalOf(code) === 'closed'))(
    'chat.postMessage and chat.update in a channel: %s',
    async (code) => {
      const { endings } = await told(code, (_, channel) => channel === 'ops')
      expect(endings).toEqual([['update', 'U0ALICE']])
    },
  )

  test('where no way is open, the next try is never sooner than was said, and rarer each time', async () => {
    const { endings, attempts } = await told('is_archived', () => true)
    expect(endings).toEqual([])
    // An update, and a direct message: both within one try.
    const tries = attempts.filter((at, index) => at - (attempts[index - 1] ?? 0) > 100)
    expect(Math.min(...gapsOf(tries))).toBeGreaterThanOrEqual(30_000)
    expect(gapsOf(tries)).toEqual(gapsOf(tries).toSorted((a, b) => a - b))
  })

  test('what a person is called to is told directly where the thread is closed', async () => {
    const { time, chat, notifier, create, end } = world()
    const view = {
      message: async (operation: Operation) => ({ text: text(operation, 0), blocks: [] }),
      log: () => ({ entries: 0 }),
      related: async () => [],
      mention: async ({ ending: done }: Operation) =>
        done && { key: 'ended', message: { text: 'come and look', blocks: [] } },
    }
    const { post } = chat
    chat.post = async (...args) => {
      const [, , options] = args
      if (options?.thread !== undefined) throw new ChatFailure('restricted_action_thread_locked')
      return post.apply(chat, args)
    }
    notifier('one', { view }).start()
    await create('web-1')
    await time.pass(3_000)
    await end('web-1')
    await time.pass(60_000)
    const calls = chat.said.filter(({ text: said }) => said === 'come and look')
    expect(calls.map(({ how, channel }) => [how, channel])).toEqual([['post', 'U0ALICE']])
  })
})

test('a message that somebody deleted is posted anew', async () => {
  const { time, chat, notifier, create, end } = world()
  notifier('one').start()
  await create('web-1')
  await time.pass(3_000)
  chat.fault = (how) => (how === 'update' ? { before: new ChatFailure('message_not_found') } : undefined)
  await end('web-1')
  await time.pass(3_000)
  expect(chat.texts('post')).toEqual(['web-1 planning', 'web-1 succeeded'])
})

describe('a message that counts down to something after its operation has ended', () => {
  const counting = (...ids: readonly string[]) => {
    const there = world()
    const open = new Set(ids)
    const { time, notifier, write } = there
    const over = time.now() + 3_600_000
    /** Minutes left, in steps of five. */
    const left = (): number => Math.max(0, Math.ceil((over - time.now()) / 300_000) * 5)
    const showing = {
      message: async (operation: Operation) => ({
        text: operation.ending ? `${operation.id} ${left()} min` : text(operation, time.now()),
        blocks: [],
      }),
      log: () => ({ entries: 0 }),
      related: async () => [],
      mention: async () => undefined,
    }
    const start = async () => {
      notifier('one', { view: showing, countdownOperations: async () => [...open] }).start()
      for (const id of ids) {
        await there.create(id)
        await write(id, { ending: { kind: 'succeeded', at: 0, left: [] } })
      }
      await time.pass(10_000)
    }
    return { ...there, open, start }
  }

  it('goes on by itself, is sent only when it reads otherwise, and stops when there is nothing left to count', async () => {
    const { time, chat, open, start } = counting('web-1')
    await start()
    const before = chat.said.length
    await time.pass(20 * 60_000)
    expect(chat.said.slice(before).map((one) => one.text)).toEqual([
      'web-1 55 min',
      'web-1 50 min',
      'web-1 45 min',
      'web-1 40 min',
    ])
    open.clear()
    await time.pass(20 * 60_000)
    expect(chat.said).toHaveLength(before + 4)
  })

  it('leaves the minute’s updates to what is news, however many count', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `web-${index}`)
    const { time, chat, start, create, write, end: finish } = counting(...ids)
    await start()
    await time.pass(60_000)
    const before = chat.said.length
    await create('shop-1')
    await write('shop-1', { phase: 'running' })
    await time.pass(20 * 60_000)
    await finish('shop-1')
    const asked = time.now()
    await time.pass(4_000)
    const said = chat.said.slice(before)
    const countdowns = said.filter((one) => one.how === 'update' && one.text.startsWith('web-'))
    for (const { at } of countdowns)
      expect(countdowns.filter((one) => one.at >= at && one.at < at + 60_000).length).toBeLessThanOrEqual(8)
    // Each of them gets its turn.
    expect(new Set(countdowns.map((one) => one.text.split(' ')[0])).size).toBe(60)
    const ending = said.find((one) => one.text.startsWith('shop-1') && one.text.endsWith('min'))
    expect((ending?.at ?? Number.POSITIVE_INFINITY) - asked).toBeLessThanOrEqual(3_000)
  })
})
