import type { Timer } from '../../src/domain/operation/timer'
import type { KnownEvent } from '../../src/domain/events/event'
import type { Ending } from '../../src/domain/operation/operation'
import { reason } from '../../src/domain/reasons/reason'
import { Superseded } from '../../src/ports/failure'
import type { Timers } from '../../src/ports/timers'
import type { Calendar } from '../../src/ports/calendar'
import type { Change, Journal, Lease } from '../../src/ports/journal'
import type { Lock, Locks } from '../../src/ports/locks'
import type { Posts } from '../../src/ports/posts'
import { alice, newOperation, newSignal, newStep } from '../support/operations'
import type { OperationId } from '../../src/domain/operation/id'

export interface Opened {
  readonly journal: Journal
  readonly locks: Locks
  readonly timers: Timers
  readonly calendar: Calendar
  readonly posts: Posts
  /** Clock time goes on by `ms`. */
  readonly pass: (ms: number) => void
  /** Real time goes on by `ms`, or is waited for. */
  readonly passReal: (ms: number) => Promise<void>
  /** Real milliseconds after which a change comes again to a notifier. */
  readonly returns: number
  /** How many ended operations of a service are kept. */
  readonly keep: number
}

const succeeded: Ending = { kind: 'succeeded', at: 9_000, left: [] }

/** The story that every journal, with its locks and posts, has to tell. `open` gives a fresh, empty one. */
export const journalSuite = (open: () => Promise<Opened>): void => {
  let store: Opened
  let journal: Journal
  beforeEach(async () => {
    store = await open()
    journal = store.journal
  })

  const created = async (id: string, service = 'web'): Promise<OperationId> =>
    (await journal.create(newOperation(id, service), `delivery of ${id}`)).id
  const penOf = async (id: OperationId): Promise<Lease> => {
    const taken = await journal.acquireLease(id)
    if (taken === undefined) throw new Error(`no pen for ${id}`)
    return taken.lease
  }
  const writing = async (id: OperationId, change: Change) => journal.write(await penOf(id), change)

  describe('creating', () => {
    it('records an operation as it was asked for', async () => {
      expect(await journal.create(newOperation('web-aaaaa'), 'd1')).toEqual({
        id: 'web-aaaaa',
        created: true,
      })
      expect(await journal.read('web-aaaaa')).toEqual({
        ...newOperation('web-aaaaa'),
        phase: 'planning',
        steps: [],
        signals: [],
        notes: [],
        fence: 0,
        revision: 0,
      })
      expect(await journal.unfinished()).toEqual(['web-aaaaa'])
    })

    it('creates one operation for one delivery, however often and at once it arrives', async () => {
      const answers = await Promise.all(
        ['web-aaaaa', 'web-bbbbb', 'web-ccccc', 'web-ddddd'].map((id) =>
          journal.create(newOperation(id), 'the same'),
        ),
      )
      expect(answers.filter((answer) => answer.created)).toHaveLength(1)
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
      expect(await journal.unfinished()).toHaveLength(1)
    })

    it('never puts one operation over another of the same id', async () => {
      await created('web-aaaaa')
      await expect(journal.create(newOperation('web-aaaaa', 'shop'), 'another')).rejects.toThrow('taken')
      expect((await journal.read('web-aaaaa'))?.request.service).toBe('web')
    })

    it('knows nothing of an operation that nobody created', async () => {
      expect(await journal.read('web-zzzzz')).toBeUndefined()
      expect(await journal.acquireLease('web-zzzzz')).toBeUndefined()
      expect(await journal.queue('web')).toEqual([])
      expect(await journal.history('web', 10)).toEqual([])
    })
  })

  describe('writing', () => {
    it('gives back all that was written, in the order of the steps', async () => {
      const id = await created('web-aaaaa')
      const pen = await penOf(id)
      await journal.write(pen, { phase: 'running', startedAt: 2_000, step: newStep('fleet/start', 2) })
      await journal.write(pen, { step: newStep('image/create', 1, 'intended'), note: reason('locked') })
      const fleet = { group: 'Web-ASG', at: 4_000, desired: 2, cells: [] }
      await journal.write(pen, { step: newStep('image/create', 1), fleet })
      expect(await journal.read(id)).toMatchObject({
        phase: 'running',
        startedAt: 2_000,
        steps: [newStep('image/create', 1), newStep('fleet/start', 2)],
        notes: [{ code: 'locked', facts: {} }],
        fleet,
        fence: pen.fence,
        revision: 3,
      })
    })

    it('keeps the type of every value: numbers, empty lists and empty objects', async () => {
      const id = await created('web-aaaaa')
      const outcome = {
        empty: [],
        none: null,
        map: {},
        big: 1_763_718_795_123,
        half: 0.5,
        no: false,
        text: '',
      }
      const step = { ...newStep('image/create', 1), outcome }
      await writing(id, { step })
      expect((await journal.read(id))?.steps).toEqual([step])
    })

    it('refuses a zombie: only the newest pen writes, and nothing of an older one is recorded', async () => {
      const id = await created('web-aaaaa')
      const zombie = await penOf(id)
      const living = await penOf(id)
      await expect(
        journal.write(zombie, { phase: 'running', step: newStep('image/create', 1), join: true }),
      ).rejects.toThrow(Superseded)
      expect(living.fence).toBeGreaterThan(zombie.fence)
      const { fence } = living
      expect(await journal.read(id)).toMatchObject({ phase: 'planning', steps: [], revision: 0, fence })
      expect(await journal.queue('web')).toEqual([])
      await journal.write(living, { phase: 'running' })
      expect(await journal.read(id)).toMatchObject({ phase: 'running' })
    })

    it('gives every tick a pen of its own, also when they come at once', async () => {
      const id = await created('web-aaaaa')
      const pens = await Promise.all(Array.from({ length: 10 }, () => penOf(id)))
      expect(new Set(pens.map(({ fence }) => fence)).size).toBe(10)
      const outcomes = await Promise.allSettled(pens.map((pen) => journal.write(pen, { phase: 'running' })))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('refuses a write after the ending', async () => {
      const id = await created('web-aaaaa')
      const pen = await penOf(id)
      await journal.write(pen, { ending: succeeded })
      await expect(journal.write(pen, { note: reason('locked') })).rejects.toThrow('has ended')
      await expect(writing(id, { ending: { ...succeeded, kind: 'cancelled' } })).rejects.toThrow('has ended')
      expect(await journal.read(id)).toMatchObject({ phase: 'ended', ending: succeeded, notes: [] })
    })
  })

  describe('the line of a service', () => {
    it('is first in, first out; the owner is first', async () => {
      const ids = ['web-aaaaa', 'web-bbbbb', 'web-ccccc']
      for (const id of ids) await created(id)
      expect(await writing('web-aaaaa', { join: true })).toEqual({ place: 0 })
      expect(await writing('web-bbbbb', { join: true })).toEqual({ place: 1 })
      expect(await writing('web-ccccc', { join: true })).toEqual({ place: 2 })
      expect(await writing('web-bbbbb', { join: true })).toEqual({ place: 1 })
      expect(await writing('web-bbbbb', { note: reason('locked') })).toEqual({ place: 1 })
      expect(await journal.queue('web')).toEqual(ids)
    })

    it('is each service’s own', async () => {
      for (const [id, service] of [
        ['web-aaaaa', 'web'],
        ['shop-aaaaa', 'shop'],
        ['web-bbbbb', 'web'],
        ['shop-bbbbb', 'shop'],
      ] as const)
        await created(id, service)
      expect(await writing('web-aaaaa', { join: true })).toEqual({ place: 0 })
      expect(await writing('shop-aaaaa', { join: true })).toEqual({ place: 0 })
      expect(await writing('web-bbbbb', { join: true })).toEqual({ place: 1 })
      expect(await writing('shop-bbbbb', { join: true })).toEqual({ place: 1 })
      expect(await writing('shop-aaaaa', { ending: succeeded })).toEqual({ place: -1, next: 'shop-bbbbb' })
      expect(await journal.queue('web')).toEqual(['web-aaaaa', 'web-bbbbb'])
      expect(await journal.queue('shop')).toEqual(['shop-bbbbb'])
    })

    it('names the next owner when the owner leaves or ends, and only then', async () => {
      for (const id of ['web-aaaaa', 'web-bbbbb', 'web-ccccc', 'web-ddddd']) await created(id)
      for (const id of ['web-aaaaa', 'web-bbbbb', 'web-ccccc']) await writing(id, { join: true })
      expect(await writing('web-ddddd', { ending: succeeded })).toEqual({ place: -1 })
      expect(await writing('web-bbbbb', { leave: true })).toEqual({ place: -1 })
      expect(await writing('web-aaaaa', { leave: true, phase: 'approving' })).toEqual({
        place: -1,
        next: 'web-ccccc',
      })
      expect(await writing('web-ccccc', { ending: succeeded })).toEqual({ place: -1 })
      expect(await journal.queue('web')).toEqual([])
      expect(await writing('web-aaaaa', { join: true })).toEqual({ place: 0 })
    })

    it('has one owner, however many join at once', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `web-${String(index).padStart(5, '0')}`)
      await Promise.all(ids.map((id) => created(id)))
      const places = await Promise.all(ids.map((id) => writing(id, { join: true })))
      expect(places.map(({ place }) => place).sort((a, b) => a - b)).toEqual(ids.map((_, index) => index))
    })
  })

  describe('signals', () => {
    it('are recorded once, in the order they came', async () => {
      const id = await created('web-aaaaa')
      const answers = await Promise.all([1, 2, 3].map(() => journal.signal(id, newSignal('click 1'))))
      expect(answers.toSorted()).toEqual(['already', 'already', 'recorded'])
      expect(await journal.signal(id, newSignal('click 2', 'go back'))).toBe('recorded')
      const operation = await journal.read(id)
      expect(operation?.signals).toEqual([newSignal('click 1'), newSignal('click 2', 'go back')])
      expect(operation?.revision).toBe(2)
    })

    it('need no pen and take none away', async () => {
      const id = await created('web-aaaaa')
      const pen = await penOf(id)
      await journal.signal(id, newSignal('click 1'))
      await expect(journal.write(pen, { phase: 'running' })).resolves.toEqual({ place: -1 })
    })

    it('say when it is too late, and when there is nobody to hear', async () => {
      const id = await created('web-aaaaa')
      await journal.signal(id, newSignal('click 1'))
      await writing(id, { ending: succeeded })
      expect(await journal.signal(id, newSignal('click 1'))).toBe('already')
      expect(await journal.signal(id, newSignal('click 2'))).toBe('ended')
      expect(await journal.signal('web-zzzzz', newSignal('click 3'))).toBe('unknown')
      expect((await journal.read(id))?.signals).toHaveLength(1)
    })
  })

  describe('the history', () => {
    it('tells ended operations, the newest first, of one service or of all', async () => {
      for (const [id, service] of [
        ['web-aaaaa', 'web'],
        ['shop-aaaaa', 'shop'],
        ['web-bbbbb', 'web'],
        ['web-ccccc', 'web'],
      ] as const)
        await created(id, service)
      for (const id of ['web-bbbbb', 'shop-aaaaa', 'web-aaaaa']) await writing(id, { ending: succeeded })
      const ids = async (service: string | undefined, limit: number) =>
        (await journal.readableHistory(service, limit)).map(({ id }) => id)
      expect(await ids(undefined, 10)).toEqual(['web-aaaaa', 'shop-aaaaa', 'web-bbbbb'])
      expect(await ids(undefined, 2)).toEqual(['web-aaaaa', 'shop-aaaaa'])
      expect(await ids('web', 10)).toEqual(['web-aaaaa', 'web-bbbbb'])
      expect(await ids('web', 0)).toEqual([])
      expect(await journal.unfinished()).toEqual(['web-ccccc'])
      expect((await journal.history('web', 1))[0]).toEqual(await journal.read('web-aaaaa'))
    })

    it('keeps as many of a service as configured, and forgets the oldest whole', async () => {
      await created('shop-aaaaa', 'shop')
      await writing('shop-aaaaa', { ending: succeeded })
      const ids = Array.from({ length: store.keep + 2 }, (_, index) => `web-${10_000 + index}`)
      for (const id of ids) {
        await created(id)
        await journal.signal(id, newSignal('click'))
        await writing(id, { ending: succeeded, step: newStep('image/create', 1), note: reason('locked') })
      }
      const kept = ids.slice(2).toReversed()
      expect((await journal.history('web', 100)).map(({ id }) => id)).toEqual(kept)
      expect((await journal.readableHistory(undefined, 100)).map(({ id }) => id)).toEqual([
        ...kept,
        'shop-aaaaa',
      ])
      expect(await journal.read('web-10000')).toBeUndefined()
      expect(await journal.takeChanged(100)).toEqual(['shop-aaaaa', ...kept.toReversed()])
    })
  })

  describe('changes for the notifier', () => {
    const answered = (id: string, holder = 'me', options?: { again: number }) =>
      store.posts.releaseLease(id, holder, options)
    const taken = async (holder = 'me') => {
      const ids = await journal.takeChanged(10)
      for (const id of ids) await store.posts.acquireLease(id, holder, store.returns / 3)
      return ids
    }

    it('are given once, the longest waiting first, and again after the next change', async () => {
      await created('web-aaaaa')
      await store.passReal(2)
      await created('web-bbbbb')
      await store.passReal(2)
      await created('web-ccccc')
      expect(await journal.takeChanged(2)).toEqual(['web-aaaaa', 'web-bbbbb'])
      expect(await journal.takeChanged(2)).toEqual(['web-ccccc'])
      expect(await journal.takeChanged(2)).toEqual([])
      await writing('web-bbbbb', { phase: 'running' })
      expect(await journal.takeChanged(2)).toEqual(['web-bbbbb'])
      await journal.signal('web-aaaaa', newSignal('click'))
      expect(await journal.takeChanged(2)).toEqual(['web-aaaaa'])
    })

    it('are given to one of several notifiers', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `web-${10_000 + index}`)
      for (const id of ids) await created(id)
      const shares = await Promise.all([1, 2, 3, 4].map(() => journal.takeChanged(4)))
      expect(shares.flat().toSorted()).toEqual(ids)
    })

    it('are not given while another notifier speaks, but right after it', async () => {
      await created('web-aaaaa')
      expect(await taken()).toEqual(['web-aaaaa'])
      await writing('web-aaaaa', { phase: 'running' })
      expect(await journal.takeChanged(10)).toEqual([])
      await answered('web-aaaaa')
      expect(await taken()).toEqual(['web-aaaaa'])
      await answered('web-aaaaa')
      expect(await taken()).toEqual([])
    })

    it('come again when the notifier that took them died', async () => {
      await created('web-aaaaa')
      expect(await taken()).toEqual(['web-aaaaa'])
      await store.passReal(store.returns + 50)
      expect(await taken('other')).toEqual(['web-aaaaa'])
      await answered('web-aaaaa', 'me')
      await answered('web-aaaaa', 'other')
      await store.passReal(store.returns + 50)
      expect(await taken()).toEqual([])
    })

    it('come again when they are given back', async () => {
      await created('web-aaaaa')
      expect(await taken()).toEqual(['web-aaaaa'])
      await answered('web-aaaaa', 'me', { again: 300 })
      expect(await taken()).toEqual([])
      await store.passReal(320)
      expect(await taken()).toEqual(['web-aaaaa'])
    })

    it('call the listener until it is stopped', async () => {
      let calls = 0
      let heard: () => void = () => {}
      const stop = journal.onChange(() => {
        calls += 1
        heard()
      })
      const called = new Promise<void>((resolve) => (heard = resolve))
      await created('web-aaaaa')
      await called
      stop()
      const before = calls
      await writing('web-aaaaa', { phase: 'running' })
      await store.passReal(50)
      expect(calls).toBe(before)
    })
  })

  describe('posts', () => {
    const post = { channel: 'C0OPS', ts: '1.2', shown: 'abc', logged: 3 }

    it('are remembered', async () => {
      expect(await store.posts.get('web-aaaaa')).toBeUndefined()
      await store.posts.put('web-aaaaa', post)
      await store.posts.put('web-aaaaa', { ...post, shown: 'def' })
      expect(await store.posts.get('web-aaaaa')).toEqual({ ...post, shown: 'def' })
    })

    it('are held by one at a time, which may prolong, and free after its time', async () => {
      expect(await store.posts.acquireLease('web-aaaaa', 'me', 200)).toBe(true)
      expect(await store.posts.acquireLease('web-aaaaa', 'other', 200)).toBe(false)
      expect(await store.posts.acquireLease('web-aaaaa', 'me', 400)).toBe(true)
      await store.passReal(250)
      expect(await store.posts.acquireLease('web-aaaaa', 'other', 200)).toBe(false)
      await store.passReal(200)
      expect(await store.posts.acquireLease('web-aaaaa', 'other', 200)).toBe(true)
      await store.posts.releaseLease('web-aaaaa', 'me')
      expect(await store.posts.acquireLease('web-aaaaa', 'me', 200)).toBe(false)
      await store.posts.releaseLease('web-aaaaa', 'other')
      expect(await store.posts.acquireLease('web-aaaaa', 'me', 200)).toBe(true)
    })
  })

  describe('locks', () => {
    const lock: Lock = { kind: 'lock', service: 'web', why: 'incident 42', by: alice, since: 1_000 }
    const freeze: Lock = { ...lock, kind: 'freeze', why: 'rolled back', operation: 'web-aaaaa' }

    it('hold their service, and all services where they say so', async () => {
      await store.locks.set(lock)
      await store.locks.set(freeze)
      await store.locks.set({ ...lock, service: 'shop' })
      await store.locks.set({ ...lock, service: '*', why: 'christmas' })
      const why = (locks: readonly Lock[]) =>
        locks.map(({ kind, service, why }) => `${kind} ${service} ${why}`).toSorted()
      expect(why(await store.locks.of('web'))).toEqual([
        'freeze web rolled back',
        'lock * christmas',
        'lock web incident 42',
      ])
      expect(why(await store.locks.of('api'))).toEqual(['lock * christmas'])
      expect(await store.locks.all()).toHaveLength(4)
    })

    it('are replaced, not stacked, and cleared one kind at a time', async () => {
      await store.locks.set(lock)
      await store.locks.set({ ...lock, why: 'incident 43' })
      await store.locks.set(freeze)
      expect(await store.locks.clear('web', 'lock')).toEqual({ ...lock, why: 'incident 43' })
      expect(await store.locks.clear('web', 'lock')).toBeUndefined()
      expect(await store.locks.of('web')).toEqual([freeze])
    })

    it('are the first one’s of two people, and are cleared as they were seen or not at all', async () => {
      const theirs = { ...lock, by: { ...alice, user: 'U0BOB' }, since: 2_000, until: 61_000 }
      const first = await Promise.all([store.locks.acquire(theirs), store.locks.acquire(lock)])
      expect(first.filter((held) => held !== undefined)).toHaveLength(1)
      await store.locks.set(theirs)
      expect(await store.locks.acquire(lock)).toEqual(theirs)
      expect(await store.locks.clear('web', 'lock', 1_000)).toBeUndefined()
      expect(await store.locks.of('web')).toEqual([theirs])
      expect(await store.locks.clear('web', 'lock', 2_000)).toEqual(theirs)
      expect(await store.locks.acquire(theirs)).toBeUndefined()
      store.pass(61_000)
      expect(await store.locks.acquire(lock)).toBeUndefined()
    })

    it('run out by the clock', async () => {
      await store.locks.set({ ...lock, until: 61_000 })
      store.pass(59_999)
      expect(await store.locks.of('web')).toHaveLength(1)
      store.pass(1)
      expect(await store.locks.of('web')).toEqual([])
      expect(await store.locks.all()).toEqual([])
      expect(await store.locks.clear('web', 'lock')).toBeUndefined()
    })
  })

  describe('appointments', () => {
    const finish = (at: number): Timer => ({
      id: 'finish web',
      at,
      request: { procedure: 'rollback', service: 'web' },
      by: alice,
    })
    const daily: Timer = { ...finish(2_000), id: 'daily web' }
    const attended = async (fails = 0) => {
      const kept: string[] = []
      let failures = fails
      const stop = store.timers.subscribe(async ({ id, at }) => {
        if (failures-- > 0) throw new Error('the store was away')
        kept.push(`${id} ${at}`)
      })
      return { kept, stop }
    }

    it('are of a service, the earliest first, and moved when they are made again', async () => {
      await store.timers.set(finish(3_000))
      await store.timers.set(daily)
      await store.timers.set({
        ...daily,
        id: 'daily shop',
        request: { ...daily.request, service: 'shop' },
      })
      expect(await store.timers.of('web')).toEqual([daily, finish(3_000)])
      await store.timers.set(finish(1_500))
      expect(await store.timers.of('web')).toEqual([finish(1_500), daily])
    })

    it('are kept when they are due, once, and not before', async () => {
      await store.timers.set(finish(3_000))
      await store.timers.set(daily)
      const { kept, stop } = await attended()
      store.pass(1_000)
      await store.passReal(1_200)
      expect(kept).toEqual(['daily web 2000'])
      store.pass(1_000)
      await store.passReal(1_200)
      await stop()
      expect(kept).toEqual(['daily web 2000', 'finish web 3000'])
      expect(await store.timers.of('web')).toEqual([])
    })

    it('are kept later where it did not succeed', async () => {
      await store.timers.set(daily)
      store.pass(1_000)
      const { kept, stop } = await attended(1)
      await store.passReal(1_200)
      await store.passReal(1_200)
      await stop()
      expect(kept).toEqual(['daily web 2000'])
    })

    it('are given back when they are cancelled, and kept no more', async () => {
      await store.timers.set(daily)
      expect(await store.timers.cancel('daily web')).toEqual(daily)
      expect(await store.timers.cancel('daily web')).toBeUndefined()
      store.pass(5_000)
      const { kept, stop } = await attended()
      await store.passReal(1_200)
      await stop()
      expect(kept).toEqual([])
    })

    it('that are moved while they are kept stand at their new time', async () => {
      await store.timers.set(daily)
      store.pass(1_000)
      const stop = store.timers.subscribe(() => store.timers.set({ ...daily, at: 90_000 }))
      await store.passReal(1_200)
      await stop()
      expect(await store.timers.of('web')).toEqual([{ ...daily, at: 90_000 }])
    })
  })

  describe('the calendar', () => {
    const event: KnownEvent = {
      id: 'web-aaaaa',
      service: 'web',
      event: {
        name: 'Christmas live',
        times: { kind: 'once', from: 60_000, to: 120_000, zone: 'Asia/Seoul', outAt: 0, inAt: 120_000 },
        lead: 60_000,
        desired: 10,
        base: { min: 2, desired: 2, max: 4 },
      },
      by: alice,
    }
    const moved: KnownEvent = { ...event, event: { ...event.event, desired: 12 } }

    it('holds the events of a service, each once', async () => {
      await store.calendar.put({ ...event, id: 'web-bbbbb' })
      await store.calendar.put(event)
      await store.calendar.put({ ...event, id: 'shop-aaaaa', service: 'shop' })
      expect(await store.calendar.of('web')).toEqual([event, { ...event, id: 'web-bbbbb' }])
      await store.calendar.put(moved)
      expect(await store.calendar.of('web')).toEqual([moved, { ...event, id: 'web-bbbbb' }])
    })

    it('gives back what is struck off, once', async () => {
      await store.calendar.put(event)
      expect(await store.calendar.strike(event.id)).toEqual(event)
      expect(await store.calendar.strike(event.id)).toBeUndefined()
      expect(await store.calendar.of('web')).toEqual([])
    })
  })
}
