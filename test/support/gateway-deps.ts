import { beginning } from '../../src/domain/record/chain'
import type { GatewayDeps } from '../../src/gateway/deps'
import { createInbox } from '../../src/gateway/inbox'
import type { Catalogue, Rule, Service } from '../../src/domain/catalogue/catalogue'
import type { Json } from '../../src/domain/json'
import type { Operation } from '../../src/domain/operation/operation'
import type { Person } from '../../src/domain/access/person'
import { ChatFailure, type Form, type Home, type Message } from '../../src/ports/chat'
import type { Responder, Click, Inbox, Incoming } from '../../src/ports/inbox'
import type { Change } from '../../src/ports/journal'
import { MemoryChat } from './memory-chat'
import { memoryStore } from './memory-journal'
import { memoryReplays } from './memory-replays'
import { silentLog } from './silent-log'
import { VirtualTime } from './virtual-time'
import type { Query, QueryResults } from '../../src/domain/queries'

export const people = {
  alice: { user: 'U0ALICE', team: 'T0' },
  bob: { user: 'U0BOB', team: 'T0' },
  mallory: { user: 'U0MALLORY', team: 'T0' },
} as const satisfies Record<string, Person>
export type Name = keyof typeof people

const service = (name: string, more: Partial<Service> = {}): Service => ({
  name,
  where: { region: 'ap-northeast-2' },
  timezone: 'Asia/Seoul',
  channel: 'ops',
  language: 'en',
  group: `${name}-asg`,
  image: { name: `${name} {version}`, from: { instance: 'i-1' } },
  strategy: 'refresh',
  gate: { bake: 60_000, timeout: 1_200_000 },
  surge: 200,
  confirm: false,
  ...more,
})

const rules: readonly Rule[] = [
  { service: '*', actions: ['status', 'history', 'help'], allow: ['everyone'] },
  { service: 'web', actions: ['*'], allow: ['operators'] },
  {
    service: 'shop',
    actions: ['deploy'],
    allow: ['operators'],
    approval: { by: 'approvers', count: 1, expires: 3_600_000 },
  },
]

export const catalogue: Catalogue = {
  services: new Map([service('web'), service('shop', { channel: 'shop-ops' })].map((one) => [one.name, one])),
  people: new Map([
    ['operators', { users: ['U0ALICE'], groups: [] }],
    ['approvers', { users: ['U0BOB'], groups: [] }],
  ]),
  rules,
}

/** What one delivery was answered, in order. */
export interface Answered {
  readonly acks: (Message | undefined)[]
  readonly told: { readonly message: Message; readonly instead: boolean }[]
}

const answering = (): Answered & { readonly answer: Responder } => {
  const acks: Answered['acks'] = []
  const told: Answered['told'] = []
  return {
    acks,
    told,
    answer: {
      ack: async (message) => void acks.push(message),
      respond: async (message, { instead = false } = {}) => void told.push({ message, instead }),
    },
  }
}

/** All texts of an answer. */
export const texts = ({ acks, told }: Answered): string =>
  [...acks.map((message) => message?.text ?? ''), ...told.map(({ message }) => message.text)].join('\n')

/** The gateway's application layer on stores in memory; what people send is said by methods. */
export const frontDesk = (overrides: Partial<GatewayDeps> = {}) => {
  const time = new VirtualTime()
  const store = memoryStore({ clock: time })
  const chat = new MemoryChat(() => time.now())
  const woken: string[] = []
  const forms: { readonly view: string; readonly form: Form }[] = []
  const homes: { readonly user: string; readonly home: Home }[] = []
  const whispers: { readonly user: string; readonly text: string }[] = []
  const answers: { [A in Query['ask']]?: (question: Query) => Promise<QueryResults[A]> } = {}
  let delivery = 0

  const desk: GatewayDeps = {
    catalogue,
    clock: { now: () => time.now(), real: (span) => span },
    time,
    journal: store.journal,
    locks: store.locks,
    replays: memoryReplays(),
    unreadable: { of: () => [] },
    timers: store.timers,
    calendar: store.calendar,
    record: { lines: async () => [], head: async () => beginning },
    wakeups: { wake: async (id) => void woken.push(id) },
    workerRpc: {
      call: async (question) => {
        const asked = question as unknown as Query
        const answer = answers[asked.ask]
        if (answer === undefined) throw new Error('unanswered')
        return (await answer(asked)) as unknown as Json
      },
    },
    people: { groupsOf: async (_, among) => among.filter((group) => group === 'everyone') },
    readers: { of: async () => ({ language: 'en', timezone: 'Asia/Seoul' }), nameOf: () => undefined },
    chat: {
      post: chat.post.bind(chat),
      postEphemeral: async (_, user, { text }) => void whispers.push({ user, text }),
      open: async (trigger, form) => {
        if (trigger === '') throw new ChatFailure('expired_trigger_id')
        forms.push({ view: trigger, form })
        return trigger
      },
      change: async (view, form) => void forms.push({ view, form }),
      home: async (user, home) => void homes.push({ user, home }),
    },
    log: silentLog,
    command: '/asg',
    ...overrides,
  }
  const inbox: Inbox = createInbox(desk)
  const next = () => `delivery-${++delivery}`

  return {
    desk,
    inbox,
    time,
    ...store,
    chat,
    woken,
    forms,
    homes,
    whispers,
    answers,
    /** Somebody types a line. */
    async say(name: Name, text: string, more: Partial<Incoming> = {}): Promise<Answered> {
      const answered = answering()
      const incoming = {
        delivery: next(),
        person: people[name],
        channel: 'C0OPS',
        channelName: 'ops',
        text,
        trigger: `trigger-${delivery}`,
        ...more,
      }
      await inbox.command(incoming, answered.answer)
      return answered
    },
    /** Somebody mentions the bot, which brings no trigger. */
    async mention(name: Name, text: string): Promise<Answered> {
      const answered = answering()
      await inbox.command({ delivery: next(), person: people[name], channel: 'C0OPS', text }, answered.answer)
      return answered
    },
    /** Somebody clicks a button. */
    async click(name: Name, verb: string, value: object, more: Partial<Click> = {}): Promise<Answered> {
      const answered = answering()
      await inbox.click(
        {
          delivery: next(),
          person: people[name],
          verb,
          value: JSON.stringify(value),
          channel: 'C0OPS',
          trigger: `trigger-${delivery}`,
          message: { ts: '1.0', ephemeral: false },
          ...more,
        },
        answered.answer,
      )
      return answered
    },
    /** Every operation there is. */
    async operations(): Promise<readonly Operation[]> {
      const unfinished = await Promise.all((await store.journal.unfinished()).map(store.journal.read))
      return [
        ...unfinished.filter((one) => one !== undefined),
        ...(await store.journal.readableHistory(undefined, 100)),
      ]
    },
    /** Writes to an operation as a worker would. */
    async write(id: string, change: Change): Promise<void> {
      const taken = await store.journal.acquireLease(id)
      if (taken === undefined) throw new Error(`no ${id}`)
      await store.journal.write(taken.lease, change)
    },
  }
}
