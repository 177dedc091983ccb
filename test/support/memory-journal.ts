import {
  changeRedeliveryTimeout,
  deliveryDedupPeriod,
  maxHistory,
} from '../../src/adapters/redis/connection/limits'
import type { Timer } from '../../src/domain/operation/timer'
import type { KnownEvent } from '../../src/domain/events/event'
import type { NewOperation, Operation, Signal } from '../../src/domain/operation/operation'
import { Superseded } from '../../src/ports/failure'
import type { Timers } from '../../src/ports/timers'
import type { Calendar } from '../../src/ports/calendar'
import type { Change, Journal, Lease } from '../../src/ports/journal'
import type { Lock, Locks } from '../../src/ports/locks'
import type { Post, Posts } from '../../src/ports/posts'
import type { OperationId } from '../../src/domain/operation/id'

type Writable<T> = { -readonly [key in keyof T]: T[key] }

interface Options {
  /** Clock time, by which locks run out. */
  readonly clock: { now(): number }
  /** Real milliseconds, by which deliveries are forgotten and holds run out; the clock's when absent. */
  readonly real?: () => number
  /** Ended operations kept for each service. */
  readonly keep?: number
}

/** What goes in and out is copied as JSON would: nothing is shared with the caller. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Adds or replaces the record of the same key, and keeps the order of the log. */
const withStep = (steps: Operation['steps'], step: NonNullable<Change['step']>): Operation['steps'] =>
  [...steps.filter(({ key }) => key !== step.key), step].toSorted(
    (a, b) => a.order - b.order || (a.key < b.key ? -1 : 1),
  )

/**
 * The journal, the locks and the posts in memory, with the semantics of the Redis ones: `test/contract/
 * journal.suite.ts` holds both to the same story. For tests that crash and repeat everything around it.
 */
export const memoryStore = ({ clock, real = () => clock.now(), keep = maxHistory }: Options) => {
  const operations = new Map<OperationId, Writable<Operation>>()
  const deliveries = new Map<string, { id: OperationId; until: number }>()
  const lines = new Map<string, OperationId[]>()
  const ended: OperationId[] = []
  const changed = new Map<OperationId, { visible: number; taken?: number }>()
  const posts = new Map<OperationId, Post>()
  const holds = new Map<OperationId, { holder: string; until: number }>()
  const locks = new Map<string, Lock>()
  const listeners = new Set<() => void>()

  const lineOf = (service: string) => {
    const line = lines.get(service) ?? []
    lines.set(service, line)
    return line
  }
  const touched = (operation: Writable<Operation>) => {
    operation.revision += 1
    changed.set(operation.id, { ...changed.get(operation.id), visible: real() })
    queueMicrotask(() => listeners.forEach((listener) => listener()))
  }
  const forgetOldest = (service: string) => {
    const own = ended.filter((id) => operations.get(id)?.request.service === service)
    for (const id of own.slice(0, Math.max(0, own.length - keep))) {
      ended.splice(ended.indexOf(id), 1)
      for (const map of [operations, changed, posts, holds]) map.delete(id)
    }
  }
  const holdOf = (id: OperationId) => {
    const hold = holds.get(id)
    return hold !== undefined && hold.until > real() ? hold : undefined
  }

  const create = (operation: NewOperation, delivery: string) => {
    const known = deliveries.get(delivery)
    if (known !== undefined && known.until > real()) return { id: known.id, created: false }
    if (operations.has(operation.id)) throw new Error(`the operation's id is taken: ${operation.id}`)
    const created: Writable<Operation> = {
      ...copy(operation),
      phase: 'planning',
      steps: [],
      signals: [],
      notes: [],
      fence: 0,
      revision: -1,
    }
    operations.set(created.id, created)
    deliveries.set(delivery, { id: created.id, until: real() + deliveryDedupPeriod })
    touched(created)
    return { id: created.id, created: true }
  }

  const write = (pen: Lease, change: Change) => {
    const operation = operations.get(pen.operation)
    if (operation === undefined) throw new Error(`no such operation: ${pen.operation}`)
    if (operation.fence !== pen.fence) throw new Superseded(`a newer tick writes to ${pen.operation}`)
    if (operation.ending !== undefined) throw new Error(`the operation has ended: ${pen.operation}`)
    const { step, note, join, leave, ...fields } = copy(change)
    Object.assign(operation, fields)
    if (step !== undefined) operation.steps = withStep(operation.steps, step)
    if (note !== undefined) operation.notes = [...operation.notes, note]
    if (fields.ending !== undefined) operation.phase = 'ended'

    const { service } = operation.request
    const line = lineOf(service)
    const owned = line[0] === operation.id
    if (join && !line.includes(operation.id)) line.push(operation.id)
    if ((leave || fields.ending !== undefined) && line.includes(operation.id))
      line.splice(line.indexOf(operation.id), 1)
    touched(operation)
    if (fields.ending !== undefined) {
      ended.push(operation.id)
      forgetOldest(service)
    }
    const [first] = line
    const place = line.indexOf(operation.id)
    return owned && place === -1 && first !== undefined ? { place, next: first } : { place }
  }

  const signal = (id: OperationId, said: Signal) => {
    const operation = operations.get(id)
    if (operation === undefined) return 'unknown'
    if (operation.signals.some((known) => known.id === said.id)) return 'already'
    if (operation.ending !== undefined) return 'ended'
    operation.signals = [...operation.signals, copy(said)]
    touched(operation)
    return 'recorded'
  }

  const takeChanged = (limit: number) => {
    const due = [...changed]
      .filter(([id, { visible }]) => visible <= real() && holdOf(id) === undefined)
      .toSorted(([, a], [, b]) => a.visible - b.visible)
      .slice(0, limit)
    for (const [id] of due) {
      const revision = operations.get(id)?.revision ?? -1
      changed.set(id, { visible: real() + changeRedeliveryTimeout, taken: revision })
    }
    return due.map(([id]) => id)
  }

  const history = (service: string | undefined, limit: number) =>
    ended
      .map((id) => operations.get(id))
      .filter((operation) => operation !== undefined)
      .filter(({ request }) => service === undefined || request.service === service)
      .toReversed()
      .slice(0, limit)
      .map(copy)

  const journal: Journal = {
    create: async (operation, delivery) => create(operation, delivery),
    read: async (id) => copy(operations.get(id) ?? null) ?? undefined,
    acquireLease: async (id) => {
      const operation = operations.get(id)
      if (operation === undefined) return undefined
      operation.fence += 1
      return { lease: { operation: id, fence: operation.fence }, operation: copy(operation) }
    },
    write: async (pen, change) => write(pen, change),
    signal: async (id, said) => signal(id, said),
    queue: async (service) => [...(lines.get(service) ?? [])],
    unfinished: async () =>
      [...operations.values()].filter(({ ending }) => ending === undefined).map(({ id }) => id),
    history: async (service, limit) => history(service, limit),
    readableHistory: async (service, limit) => history(service, limit),
    takeChanged: async (limit) => takeChanged(limit),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  const postsPort: Posts = {
    get: async (id) => posts.get(id),
    put: async (id, post) => void posts.set(id, copy(post)),
    acquireLease: async (id, holder, ms) => {
      const hold = holdOf(id)
      if (hold !== undefined && hold.holder !== holder) return false
      holds.set(id, { holder, until: real() + ms })
      return true
    },
    releaseLease: async (id, holder, { again } = {}) => {
      if (holdOf(id)?.holder !== holder) return
      holds.delete(id)
      const change = changed.get(id)
      const revision = operations.get(id)?.revision
      if (revision === undefined) return
      if (again !== undefined) changed.set(id, { visible: real() + again })
      else if (change !== undefined && change.taken === revision) changed.delete(id)
      else if (change !== undefined) changed.set(id, { visible: real() })
    },
  }

  const holding = () => [...locks.values()].filter(({ until }) => until === undefined || until > clock.now())
  const locksPort: Locks = {
    of: async (service) =>
      holding()
        .filter((lock) => lock.service === service || lock.service === '*')
        .map(copy),
    all: async () => holding().map(copy),
    set: async (lock) => void locks.set(`${lock.kind}:${lock.service}`, copy(lock)),
    acquire: async (lock) => {
      const held = holding().find(({ service, kind }) => service === lock.service && kind === lock.kind)
      if (held !== undefined && held.by.user !== lock.by.user) return copy(held)
      locks.set(`${lock.kind}:${lock.service}`, copy(lock))
      return undefined
    },
    clear: async (service, kind, since) => {
      const stored = locks.get(`${kind}:${service}`)
      if (since !== undefined && stored?.since !== since) return undefined
      const lock = holding().find((held) => held.service === service && held.kind === kind)
      locks.delete(`${kind}:${service}`)
      return lock
    },
  }

  const appointed = new Map<string, Timer>()
  const earliestFirst = (appointments: Iterable<Timer>) =>
    [...appointments].toSorted((a, b) => a.at - b.at).map(copy)
  const keepers = new Set<(appointment: Timer) => Promise<void>>()
  const timers: Timers = {
    set: async (appointment) => void appointed.set(appointment.id, copy(appointment)),
    cancel: async (id) => {
      const appointment = appointed.get(id)
      appointed.delete(id)
      return appointment
    },
    of: async (service) =>
      earliestFirst(appointed.values()).filter(({ request }) => request.service === service),
    subscribe: (keep) => {
      keepers.add(keep)
      return async () => void keepers.delete(keep)
    },
  }
  /** One look at what is due, as the store's own timer has it. */
  const keepAppointments = async (): Promise<void> => {
    const due = earliestFirst(appointed.values()).filter(({ at }) => at <= clock.now())
    for (const keep of keepers) {
      for (const appointment of due) {
        try {
          await keep(appointment)
        } catch {
          continue
        }
        if (appointed.get(appointment.id)?.at === appointment.at) appointed.delete(appointment.id)
      }
    }
  }
  /** When the next one is due. */
  const nextAppointment = (): number | undefined =>
    appointed.size === 0 ? undefined : Math.min(...[...appointed.values()].map(({ at }) => at))

  const events = new Map<string, KnownEvent>()
  const calendar: Calendar = {
    put: async (event) => void events.set(event.id, copy(event)),
    strike: async (id) => {
      const event = events.get(id)
      events.delete(id)
      return event
    },
    of: async (service) =>
      [...events.values()]
        .filter((event) => event.service === service)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(copy),
  }

  const kept = { operations, deliveries, lines, changed, posts, holds, locks, appointed, events }
  return {
    journal,
    posts: postsPort,
    locks: locksPort,
    timers,
    calendar,
    keepAppointments,
    nextAppointment,
    /** An operation as it stands, to be looked at alone: cheaper than a copy. */
    standing: (id: OperationId): Operation | undefined => operations.get(id),
    /** All that is kept, for `restore` of another store. */
    dump: (): string =>
      JSON.stringify({ ended, kept: Object.entries(kept).map(([name, map]) => [name, [...map]]) }),
    /** Puts what another store kept in the place of what is kept here. */
    restore: (dumped: string): void => {
      const found = JSON.parse(dumped) as {
        ended: OperationId[]
        kept: [keyof typeof kept, [never, never][]][]
      }
      ended.splice(0, ended.length, ...found.ended)
      for (const [name, entries] of found.kept) {
        kept[name].clear()
        for (const [key, value] of entries) kept[name].set(key, value)
      }
    },
  }
}
