import type { Catalogue, Service } from '../../src/domain/catalogue/catalogue'
import type { NewOperation, Operation, Signal } from '../../src/domain/operation/operation'
import type { Account } from '../../src/ports/account'
import type { Clock } from '../../src/ports/clock'
import { createAccounts } from '../../src/adapters/aws/accounts'
import { hearChanges } from '../../src/adapters/aws/client/operation-session'
import { timerHandler } from '../../src/worker/timers/fire-timer'
import { ensureDailyTimers } from '../../src/worker/timers/daily-image-update'
import { createTick } from '../../src/worker/tick'
import type { WorkerDeps } from '../../src/worker/deps'
import { pollInterval } from '../../src/durable/engine'
import { nextPoll } from '../../src/durable/next-look'
import { StoreUnavailable } from '../../src/ports/failure'
import { type Aws, createAws } from '../../src/sandbox/aws'
import { isRead } from '../../src/sandbox/aws/handlers'
import { seedFleet } from '../../src/sandbox/aws/seed'
import type { WireResponse } from '../../src/sandbox/aws/wire/answers'
import { callOf, type WireRequest } from '../../src/sandbox/aws/wire/calls'
import { createJumpingClock, type JumpingClock } from '../../src/sandbox/clock'
import { type CallSite, type CallFault, type FaultInjector, Killed, FaultyProcess } from './fault-injection'
import { inProcess, type WireAws } from './in-process-aws'
import { eventsOnTheWay } from './events-on-the-way'
import { memoryHints } from './memory-hints'
import { memoryStore } from './memory-journal'
import { silentLog } from './silent-log'
import type { OperationId } from '../../src/domain/operation/id'

/** What differs in a simulation from a day on which nothing goes wrong. */
export interface SimulationOptions {
  readonly catalogue: Catalogue
  readonly seed?: number
  /** What is done to AWS before the first tick. */
  readonly prepare?: (aws: Aws, clock: JumpingClock) => void
  /** Another account: where a service's role leads; its own hands in it are the test's. */
  readonly elsewhere?: (clock: JumpingClock, aws: Aws) => Aws
  /** The fault at each external call; none when absent. Asked of every process in turn. */
  readonly inject?: (site: CallSite) => CallFault | undefined
  /** Called before every tick, with the clock at its instant: for people who click and change things meanwhile. */
  readonly meanwhile?: (simulation: Simulation) => Promise<void> | void
  /** Called at the beginning of every tick, with what takes down where everything stands. */
  readonly onTick?: (take: () => Checkpoint) => void
  /** Whether spans of more than half a minute take real time as well, as in life; else none does. */
  readonly asInLife?: boolean
  /** Whether AWS's events come by a queue that the worker receives from, and its heartbeat with them. */
  readonly events?: boolean
  /** Whether what changes AWS is told of, with AWS's ids of the calls: these count all calls, also looks. */
  readonly hearsChanges?: boolean
  /** Whether every look is made, also those that can see nothing new: for counting them. Asked after each. */
  readonly everyLook?: boolean | (() => boolean)
  /** What comes between the worker and AWS, and answers in its place; `send` hands the call on. */
  readonly inTheWay?: (
    request: WireRequest,
    send: () => Promise<WireResponse>,
    clock: JumpingClock,
  ) => Promise<WireResponse>
  /** Fewest healthy targets that must hold at every simulated instant. */
  readonly guard?: Guard
}

/** In one target group; or in each of several that gets traffic by its weight, and one of them must. */
type Guard = { readonly minimum: number } & (
  | { readonly targetGroup: string }
  | { readonly weighted: readonly string[] }
)

const healthyIn = (aws: Aws, guard: Guard): number => {
  if ('targetGroup' in guard) return aws.healthyTargets(guard.targetGroup)
  const serving = aws
    .view()
    .targetGroups.filter(({ name, weight = 0 }) => guard.weighted.includes(name) && weight > 0)
  return serving.length === 0 ? 0 : Math.min(...serving.map(({ name }) => aws.healthyTargets(name)))
}

/** Where a simulation stood at the beginning of a tick: what another one of the same beginning needs to go on from there. */
export interface Checkpoint {
  readonly at: number
  /** How many calls had been traced. */
  readonly traced: number
  /** What had been changed in AWS over the wire, by everybody, since the first call. */
  readonly changes: readonly { readonly at: number; readonly request: WireRequest }[]
  /** All there was in AWS, and what was wrong with it. */
  readonly state: string
  readonly store: string
  readonly due: readonly (readonly [OperationId, number])[]
  readonly seen: readonly (readonly [string, number])[]
  readonly known: readonly string[]
}

export interface Simulation {
  readonly aws: Aws
  /** Somebody else's hands in the same account. */
  readonly account: Account
  readonly clock: JumpingClock
  readonly store: ReturnType<typeof memoryStore>
  /** Instants at which fewer targets were healthy than allowed. */
  readonly violations: { readonly at: number; readonly healthy: number }[]
  readonly trace: CallSite[]
  /** Ids of all operations that were started, and of those that a scenario takes to have been. */
  readonly known: Set<string>
  /** What a worker sees to at its start; one that was killed on it starts again. */
  begin(): Promise<void>
  start(operation: NewOperation): Promise<OperationId>
  signal(id: OperationId, signal: Omit<Signal, 'at'>): Promise<void>
  /** Lets time pass until every operation has ended; throws after `limit` simulated milliseconds. */
  untilEnded(limit?: number): Promise<void>
  /** Lets time pass until this one has ended, whatever goes on beside it; throws as `untilEnded` does. */
  untilOver(id: OperationId, limit?: number): Promise<Operation>
  /** Lets time pass, with what starts by itself meanwhile; beyond it where that ends later. */
  pass(span: number): Promise<void>
  operation(id: OperationId): Promise<Operation>
  /**
   * Goes on from where another simulation stood that began as this one did, with a new process: only what that one changed
   * is done again, without its reads. How often somebody reads does not change what happens in the simulated AWS. Gives
   * whether it came to the very same state; where it did not, this simulation is of no use any more.
   */
  resume(from: Checkpoint): Promise<boolean>
  /** Another process goes on, to which every call is the first of its kind. */
  reboot(): void
}

/** A killed worker's operations go on after so long (simulated; in life it is bounded in real seconds). */
const resurrection = 12_000
/** At most so long is skipped while nothing changes: time alone is waited for too. */
const quietFor = 60_000
/** And so long while a tick writes how far something is. As in life, a look is missed that comes later than this. */
const lookedAfter = 20_000
const day = 24 * 3_600_000
const start = Date.parse('2026-03-02T01:00:00Z')

/** An operation but for what a tick writes for people alone: how far its waits are, and when they looked. */
const standOf = (operation: Operation | undefined): string => {
  const { fence: _pen, revision: _writes, steps = [], fleet, ...rest } = operation ?? {}
  const decided = steps.map(({ progress: _shown, lookedAt: _looked, ...step }) => step)
  return JSON.stringify([rest, fleet?.cells, decided])
}

/** A worker, a journal and an AWS on one clock that jumps: whole deploys in a fraction of a second. */
export const simulate = (options: SimulationOptions): Simulation => {
  const clock = createJumpingClock(start)
  const simulated = createAws({ clock, seed: options.seed ?? 1 })
  const changes: { at: number; request: WireRequest }[] = []
  const aws: Aws = {
    ...simulated,
    handle: (request) => {
      if (!isRead(callOf(request).action)) changes.push({ at: clock.now(), request })
      return simulated.handle(request)
    },
  }
  seedFleet(aws)
  options.prepare?.(aws, clock)
  const prepared = changes.length
  const time: Clock = {
    now: () => clock.now(),
    real: (span) => (options.asInLife && span > 30_000 ? span : 0),
  }
  const store = memoryStore({ clock: time })
  const hints = memoryHints({ clock: time })
  const due = new Map<OperationId, number>()
  const violations: { at: number; healthy: number }[] = []
  const trace: CallSite[] = []
  const known = new Set<string>()
  const accounts = (wire: WireAws) =>
    createAccounts({ clock: time, clientConfig: inProcess(wire) })({ region: 'ap-northeast-2' })
  const { inTheWay } = options
  const workersAws: WireAws = inTheWay
    ? { handle: (request) => inTheWay(request, () => aws.handle(request), clock) }
    : aws
  const neighbour = options.elsewhere?.(clock, aws)
  const other = neighbour && accounts(neighbour)
  const { guard } = options
  if (guard) {
    aws.onChange(() => {
      const healthy = healthyIn(aws, guard)
      if (healthy < guard.minimum) violations.push({ at: clock.now(), healthy })
    })
  }

  const wake = async (id: OperationId) => {
    due.set(id, clock.now())
  }
  const source = options.events ? eventsOnTheWay({ aws, clock, time }) : undefined
  const catalogue: Catalogue = source
    ? { ...options.catalogue, regions: new Map([[source.region, { events: source.url }]]) }
    : options.catalogue
  let finishedSteps = 0
  const boot = (inject: SimulationOptions['inject']) => {
    const process: FaultyProcess = new FaultyProcess(() => finishedSteps, injectorFor(inject))
    const account = accounts(workersAws)
    const faulty: Account = {
      images: process.wrap('images', account.images),
      templates: process.wrap('templates', account.templates),
      groups: process.wrap('groups', account.groups),
      traffic: process.wrap('traffic', account.traffic),
      networks: process.wrap('networks', account.networks),
      securityGroups: process.wrap('securityGroups', account.securityGroups),
      targetGroups: process.wrap('targetGroups', account.targetGroups),
      loadBalancers: process.wrap('loadBalancers', account.loadBalancers),
      listeners: process.wrap('listeners', account.listeners),
      tagging: process.wrap('tagging', account.tagging),
      headroom: process.wrap('room', account.headroom),
      alarms: process.wrap('alarms', account.alarms),
      metrics: process.wrap('metrics', account.metrics),
    }
    const workshop: WorkerDeps = {
      catalogue,
      accounts: ({ role }) => (role !== undefined && other ? other : faulty),
      journal: process.wrap('journal', store.journal),
      locks: process.wrap('locks', store.locks),
      timers: process.wrap('timers', store.timers),
      calendar: process.wrap('calendar', store.calendar),
      people: { groupsOf: async (_, among) => among.filter((group) => group === 'everyone') },
      wakeups: process.wrap('wakeups', { wake }),
      ...(options.events && { hints }),
      ...(options.hearsChanges && { hearChanges }),
      clock: time,
      log: silentLog,
    }
    return {
      process,
      tick: createTick(workshop),
      keep: timerHandler(workshop),
      begin: () => ensureDailyTimers(workshop),
      receive: () => source?.receive({ ...workshop, hints }),
    }
  }
  /** The operation whose tick runs now: what a second worker would take too. */
  let current: OperationId | undefined
  const injectorFor = (inject: SimulationOptions['inject']): FaultInjector => ({
    inject: (site) => {
      trace.push(site)
      return inject?.(site)
    },
    concurrentTick: async () => {
      if (!current) return
      const next = await boot(undefined).tick(current)
      if (next) due.set(current, Math.min(due.get(current) ?? next.at, next.at))
    },
  })

  let worker = boot(options.inject)
  store.timers.subscribe(async (appointment) => {
    try {
      await worker.keep(appointment)
    } catch (thrown) {
      if (thrown instanceof Killed) worker = boot(options.inject)
      throw thrown
    }
    for (const id of await store.journal.unfinished()) known.add(id)
  })
  const countSteps = (id: OperationId) => {
    finishedSteps = store.standing(id)?.steps.filter((step) => step.state === 'done').length ?? 0
  }
  /** The first shared instant after the next change of AWS: polls before it would see what this one saw. */
  const afterNextChange = (at: number, idle: number) => {
    const change = Math.min(clock.nextEventAt() ?? at, at + idle)
    return Math.max(at, nextPoll(change, pollInterval))
  }
  const checkpoint = (): Checkpoint => ({
    at: clock.now(),
    traced: trace.length,
    changes: changes.slice(prepared),
    state: stateOf(aws),
    store: store.dump(),
    due: [...due],
    seen: [...worker.process.seen],
    known: [...known],
  })
  const turn = async (id: OperationId) => {
    options.onTick?.(checkpoint)
    current = id
    countSteps(id)
    due.delete(id)
    try {
      const revision = store.standing(id)?.revision
      const stood = standOf(store.standing(id))
      const next = await worker.tick(id)
      // A tick takes the pen, which is one write: when that was all, nothing changes before AWS does.
      const quiet = store.standing(id)?.revision === revision && !options.asInLife ? quietFor : lookedAfter
      const { everyLook } = options
      const isEveryLook = typeof everyLook === 'function' ? everyLook() : everyLook
      const idle = source || isEveryLook ? 0 : standOf(store.standing(id)) === stood ? quiet : 0
      if (next) due.set(id, Math.max(idle > 0 ? afterNextChange(next.at, idle) : next.at, clock.now()))
    } catch (thrown) {
      if (thrown instanceof Killed) worker = boot(options.inject)
      due.set(id, clock.now() + resurrection)
    }
  }

  /** Turn after turn until nothing is unfinished, or `enough` says so. */
  const live = async (limit: number, enough: () => Promise<boolean>): Promise<void> => {
    const until = clock.now() + limit
    for (;;) {
      await store.keepAppointments()
      if (await enough()) return
      const unfinished = await store.journal.unfinished()
      if (unfinished.length === 0) {
        const due = store.nextAppointment()
        if (due === undefined || due > clock.now()) return
        // One that could not be kept is tried again soon.
        if (clock.now() > until) throw new Error('an appointment is not kept in time')
        clock.advanceTo(clock.now() + 1_000)
        continue
      }
      // The reconciler: nothing unfinished stays without a wake-up for long.
      for (const id of unfinished) if (!due.has(id)) due.set(id, clock.now() + resurrection)
      const [id, at] = [...due].reduce((first, entry) => (entry[1] < first[1] ? entry : first))
      if (at > until) throw new Error(`not ended in time: ${unfinished.join(', ')}`)
      // One that is overdue could not be kept just now: it is tried again with the next turn.
      const appointment = store.nextAppointment() ?? Number.POSITIVE_INFINITY
      const appointed = appointment <= clock.now() ? Number.POSITIVE_INFINITY : appointment
      const next = Math.max(Math.min(at, appointed), clock.now())
      if (await source?.arrivesBefore(next)) {
        await worker.receive()
        continue
      }
      clock.advanceTo(next)
      if (appointed < at) continue
      await options.meanwhile?.(simulation)
      await turn(id)
    }
  }

  const simulation: Simulation = {
    aws,
    account: accounts(aws),
    clock,
    store,
    violations,
    trace,
    known,
    async begin() {
      try {
        await worker.begin()
      } catch (thrown) {
        if (!(thrown instanceof Killed || thrown instanceof StoreUnavailable)) throw thrown
        if (thrown instanceof Killed) worker = boot(options.inject)
        await this.begin()
      }
    },
    async start(operation) {
      known.add(operation.id)
      const { id } = await store.journal.create(
        { ...operation, createdAt: clock.now() },
        `delivery-${operation.id}`,
      )
      await wake(id)
      return id
    },
    async signal(id, signal) {
      await store.journal.signal(id, { ...signal, at: clock.now() })
      await wake(id)
    },
    untilEnded: (limit = day) => live(limit, async () => false),
    async untilOver(id, limit = day) {
      await live(limit, async () => (await simulation.operation(id)).ending !== undefined)
      return simulation.operation(id)
    },
    async pass(span) {
      const until = clock.now() + span
      for (;;) {
        const appointed = store.nextAppointment() ?? Number.POSITIVE_INFINITY
        if (appointed > until) break
        clock.advanceTo(Math.max(appointed, clock.now()))
        await this.untilEnded()
      }
      clock.advanceTo(Math.max(until, clock.now()))
    },
    reboot() {
      worker = boot(options.inject)
    },
    async resume(from) {
      for (const { at, request } of from.changes.slice(changes.length - prepared)) {
        clock.advanceTo(at)
        await aws.handle(request)
      }
      clock.advanceTo(from.at)
      if (stateOf(aws) !== from.state) return false
      store.restore(from.store)
      for (const [id, at] of from.due) due.set(id, at)
      for (const [site, times] of from.seen) worker.process.seen.set(site, times)
      for (const id of from.known) known.add(id)
      return true
    },
    async operation(id) {
      const found = await store.journal.read(id)
      if (!found) throw new Error(`no operation ${id}`)
      return found
    },
  }
  return simulation
}

/** The whole account as text, to compare: what no view tells counts too, e.g. that an instance is broken. */
const stateOf = (aws: Aws): string =>
  JSON.stringify({ world: aws.world, faults: aws.faults() }, (_key, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  )

/** A catalogue of one service in which alice may do everything. */
export const catalogueOf = (service: Service): Catalogue => ({
  services: new Map([[service.name, service]]),
  people: new Map([['operators', { users: ['U0ALICE'], groups: [] }]]),
  rules: [{ service: '*', actions: ['*'], allow: ['operators'] }],
})

/** The service `web` with S1's figures. */
export const webService = (facts: Partial<Service> = {}): Service => ({
  name: 'web',
  where: { region: 'ap-northeast-2' },
  timezone: 'Asia/Seoul',
  channel: 'ops',
  language: 'en',
  group: 'Web-ASG',
  template: 'Web',
  image: {
    name: 'Web Server {version}',
    description: 'LAMP web server AMI with RDS connection config',
    from: { tag: { Name: 'ASG-Web-Instance' } },
  },
  strategy: 'refresh',
  capacity: { min: 2, desired: 2, max: 4, cooldown: 30 },
  gate: { bake: 60_000, timeout: 20 * 60_000 },
  surge: 150,
  confirm: false,
  ...facts,
})
