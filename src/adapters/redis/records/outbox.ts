import { z } from 'zod'
import { addressed, type WebhookEvent } from '../../../domain/webhooks/event'
import type { QueuedEvent } from '../../../domain/webhooks/message'
import { keptFor } from '../../../domain/webhooks/retry'
import { anyWants, type Webhook, type WebhookEventType } from '../../../domain/webhooks/webhook'
import type { Instant } from '../../../domain/time/time'
import type {
  Attempt,
  Delivery,
  Lane,
  LaneState,
  Outbox,
  Settled,
  WebhookNotice,
} from '../../../ports/outbox'
import {
  acquireLane,
  deadInLane,
  laneSize,
  readLane,
  releaseLane,
  replayLane,
  setEventAside,
  setNoticeAside,
  settleLane,
} from '../scripts/outbox'
import type { Store } from '../connection/store'
import { UnreadableRecord } from '../../../ports/failure'
import { replayEntry } from '../../../domain/record/entry'
import type { Chain } from './audit-record'
import { valueOf } from './read-record'
import type { UnreadableRecords } from './unreadable'

/** Puts events into outboxes in somebody else's write. */
export interface Announcer {
  /** Whether anybody wants to be told of any of these types. */
  wants(types: readonly WebhookEventType[]): boolean
  /** The events as scripts read them (`announce`); '' where nobody wants any of them. */
  text(events: readonly WebhookEvent[]): string
  /** Says that what was written is there: whoever sends need not look for it. */
  wake(text: string): void
}

/** `wake` is to be quick and never to reject. */
export const announcerFor = (webhooks: readonly Webhook[], wake: (webhook: string) => void): Announcer => ({
  wants: (types) => anyWants(webhooks, types),
  text: (events) => {
    const all = addressed(webhooks, events).map(({ event, to }) => ({
      event: JSON.stringify(event),
      at: event.at.toFixed(0),
      to,
    }))
    return all.length === 0 ? '' : JSON.stringify(all)
  },
  wake: (text) => {
    if (text === '') return
    const entries = JSON.parse(text) as readonly { readonly to: readonly string[] }[]
    for (const name of new Set(entries.flatMap(({ to }) => to))) wake(name)
  },
})

/** A change as the script reads it: numbers are texts, so that Lua has none to round. */
interface Settlement {
  readonly state: Readonly<Partial<Record<keyof LaneState, string>>>
  readonly at: string
  readonly delivered?: string
  readonly aside?: { readonly sequence: string; readonly until: string }
  readonly attempt?: { readonly sequence: string; readonly record: string }
  readonly dead?: string
  readonly before?: string
  readonly recent?: string
}

const settlementOf = ({ state, delivered, aside, attempt, dead, at, delivery }: Settled): Settlement => ({
  state: {
    ...(state.failures > 0 && { failures: String(state.failures) }),
    ...(state.since !== undefined && { since: state.since.toFixed(0) }),
    ...(state.until !== undefined && { until: state.until.toFixed(0) }),
    ...(state.off !== undefined && { off: state.off }),
  },
  at: at.toFixed(0),
  ...(delivered !== undefined && { delivered: String(delivered) }),
  ...(aside && { aside: { sequence: String(aside.sequence), until: aside.until.toFixed(0) } }),
  ...(attempt && { attempt: attemptText(attempt) }),
  ...(dead === 'all' && { dead }),
  ...(typeof dead === 'object' &&
    ('before' in dead ? { dead: 'old', before: dead.before.toFixed(0) } : { dead: String(dead.sequence) })),
  ...(delivery && { recent: JSON.stringify(delivery) }),
})

const attemptText = ({ sequence, ...record }: NonNullable<Settled['attempt']>) => ({
  sequence: String(sequence),
  record: JSON.stringify(record),
})

const eventShape = z.looseObject({
  type: z.string(),
  at: z.number(),
  service: z.string(),
  data: z.record(z.string(), z.unknown()),
})
const attemptShape = z.looseObject({ at: z.number(), tries: z.number() })
const deliveryShape = z.looseObject({
  at: z.number(),
  sequence: z.number(),
  type: z.string(),
  service: z.string(),
  outcome: z.string(),
  tries: z.number(),
  took: z.number(),
})
const noticeShape = z.looseObject({
  webhook: z.string(),
  kind: z.enum(['off', 'dead']),
  at: z.number(),
  events: z.number(),
})
const texts = z.array(z.string())
/** Number, event, attempts; nothing of one that is not there. */
const entry = z.union([z.tuple([z.string(), z.string(), z.string()]), z.tuple([])])
const laneAnswer = z.tuple([texts, entry, entry, z.string()])
const sizeAnswer = z.tuple([z.number(), z.number(), z.string(), z.string()])
/** Notices that wait to be told: more of them tell nobody more. */
const maxNotices = 100

const eventOf = (sequence: string, text: string): QueuedEvent => ({
  sequence: Number(sequence),
  event: valueOf(`event ${sequence} of the outbox`, text, eventShape) as WebhookEvent,
})
const attemptOf = (sequence: string, text: string): Attempt | undefined =>
  text === ''
    ? undefined
    : (valueOf(`attempts at event ${sequence} of the outbox`, text, attemptShape) as Attempt)

const stateOf = (flat: readonly string[]): LaneState => {
  const fields = Object.fromEntries(
    flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : [])),
  ) as Readonly<Record<string, string | undefined>>
  const { failures = '0', since, until, off } = fields
  return {
    failures: Number(failures),
    ...(since !== undefined && { since: Number(since) }),
    ...(until !== undefined && { until: Number(until) }),
    ...(off !== undefined && { off }),
  }
}

interface Parts {
  readonly store: Store
  readonly chain: Chain
  readonly unreadable: UnreadableRecords
  /** Says that a webhook has something to be told. */
  readonly wake: (webhook: string) => void
}

/** The outboxes on Redis. What cannot be read in them holds up nothing else: it is set aside, and the log says so. */
export const redisOutbox = ({ store, chain, unreadable, wake }: Parts): Outbox => {
  const { keys } = store
  const laneOf = (webhook: string) => keys.outboxLane(webhook)
  const whole = (found: z.output<typeof entry>) => {
    const [sequence, event = '', attempt = ''] = found
    if (sequence === undefined) return undefined
    const tried = unreadable.skip(undefined, () => attemptOf(sequence, attempt))
    return { ...eventOf(sequence, event), attempt: tried }
  }
  /** The event, or `aside` where it could not be read and is no longer in the lane. */
  const wholeOrAside = async (webhook: string, found: z.output<typeof entry>) => {
    try {
      return whole(found)
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error
      unreadable.note(undefined, error)
      const { state, base } = laneOf(webhook)
      await store.run(setEventAside, [state], [base, found[0] ?? ''])
      return 'aside'
    }
  }
  const readOnce = async (webhook: string, now: Instant): Promise<Lane | 'aside'> => {
    const { state, base } = laneOf(webhook)
    const answer = laneAnswer.parse(await store.run(readLane, [state], [base, now.toFixed(0)]))
    const [fields, firstOne, againOne, againAt] = answer
    const first = await wholeOrAside(webhook, firstOne)
    const again = await wholeOrAside(webhook, againOne)
    if (first === 'aside' || again === 'aside') return 'aside'
    return {
      ...(first && { first: { sequence: first.sequence, event: first.event } }),
      ...(again && { again: { sequence: again.sequence, event: again.event } }),
      attempts: new Map(
        [first, again].flatMap((one) => (one?.attempt ? [[one.sequence, one.attempt] as const] : [])),
      ),
      ...(againAt !== '' && { againAt: Number(againAt) }),
      state: stateOf(fields),
    }
  }
  return {
    acquire: async (webhook, holder, ms) =>
      (await store.run(acquireLane, [laneOf(webhook).sender], [holder, ms])) === 1,
    release: async (webhook, holder, { until }) => {
      const { sender, base } = laneOf(webhook)
      const due = until === undefined ? '' : until.toFixed(0)
      await store.run(releaseLane, [sender, keys.outboxDue], [holder, base, webhook, due])
    },
    read: async (webhook, now) => {
      for (;;) {
        const lane = await readOnce(webhook, now)
        if (lane !== 'aside') return lane
      }
    },
    settle: async (webhook, holder, settled) => {
      const { sender, state, base } = laneOf(webhook)
      const forgotten = (settled.at - keptFor).toFixed(0)
      const parameters = [holder, base, JSON.stringify(settlementOf(settled)), forgotten]
      const dead = Number(await store.run(settleLane, [sender, state], parameters))
      return dead < 0 ? false : { dead }
    },
    size: async (webhook) => {
      const { state, base } = laneOf(webhook)
      const answer = sizeAnswer.parse(await store.run(laneSize, [state], [base]))
      const [waiting, dead, oldest, dropped] = answer
      const first = unreadable.skip(undefined, () => (oldest === '' ? undefined : eventOf('', oldest)))
      return {
        waiting,
        dead,
        ...(first && { oldest: first.event.at }),
        dropped: Number(dropped),
      }
    },
    state: async (webhook) =>
      stateOf(Object.entries(await store.ask((client) => client.hgetall(laneOf(webhook).state))).flat()),
    deliveries: async (webhook, most) => {
      const found = await store.ask((client) => client.lrange(laneOf(webhook).recent, 0, most - 1))
      return found.flatMap(
        (text) =>
          unreadable.skip(undefined, () => valueOf('a delivery', text, deliveryShape) as Delivery) ?? [],
      )
    },
    dead: async (webhook, most) => {
      const { state, base } = laneOf(webhook)
      const found = z.array(entry).parse(await store.run(deadInLane, [state], [base, most]))
      return found.flatMap((one) => {
        const read = unreadable.skip(undefined, () => whole(one))
        if (!read) return []
        const { attempt, ...event } = read
        return { ...event, ...(attempt && { attempt }) }
      })
    },
    replay: async (webhook, by, at) => {
      const { state, base } = laneOf(webhook)
      const again = await chain.with(replayEntry(webhook, by, at), (chained) =>
        store.run(replayLane, [state, keys.outboxDue], [base, webhook, keys.base, chained]),
      )
      wake(webhook)
      return Number(again)
    },
    tell: async (notice) => {
      const text = JSON.stringify(notice)
      await store.ask((client) =>
        client.multi().rpush(keys.outboxNotices, text).ltrim(keys.outboxNotices, -maxNotices, -1).exec(),
      )
    },
    notice: async () => {
      for (;;) {
        const [text] = await store.ask((client) => client.lrange(keys.outboxNotices, 0, 0))
        if (text === undefined) return undefined
        const what = 'a notice of a webhook'
        const notice = unreadable.skip(undefined, () => valueOf(what, text, noticeShape) as WebhookNotice)
        if (notice) return notice
        await store.run(setNoticeAside, [keys.outboxNotices, keys.outboxUnreadable], [text])
      }
    },
    told: async (notice) => {
      await store.ask((client) => client.lrem(keys.outboxNotices, 1, JSON.stringify(notice)))
    },
  }
}
