import type { VirtualClock } from '../clock'
import type { CallRecord, Fault, FleetView } from '../protocol'
import { Backups } from './backups'
import { CallLog } from './call-log'
import { dryRunCode } from './ec2/common'
import { tellEvents } from './events/sources'
import { untilMessage } from './events/long-poll'
import { runGroups } from './autoscaling/engine'
import { watchTargets } from './elbv2/target-health'
import { Faults } from './engine/faults'
import { History } from './engine/history'
import { Simulation, type TimelineEntry } from './engine/simulation'
import { isRead } from './handlers'
import { createTraffic, type Traffic } from './traffic'
import { fleetView } from './view'
import { failure, success, type WireResponse } from './wire/answers'
import { callOf, type WireRequest } from './wire/calls'
import { AwsError } from './wire/error'
import { actionOf, type Service } from './wire/services'
import { emptyWorld, type World } from './world'

/** That nothing comes back: whoever asked finds out by waiting. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** One simulated AWS account in one region. */
export interface Aws {
  /** Answers one request of the query protocols or of AWS JSON. Pure wire: no sockets. */
  handle(request: WireRequest): Promise<WireResponse>
  view(): FleetView
  /** The last calls with a sequence number above this one. */
  calls(since?: number): CallRecord[]
  /** Sets a fault and gives its id. Slack's faults are not AWS's: they are refused. */
  setFault(fault: Fault): string
  clearFaults(id?: string): void
  faults(): { id: string; fault: Fault }[]
  /** Calls the listener after every change of the world, at its simulated instant. Gives the way to end it. */
  onChange(listener: () => void): () => void
  onCall(listener: (call: CallRecord) => void): () => void
  /** All there is, to look at and, in tests, to seed. */
  readonly world: World
  /** The world in motion, for seeding. */
  readonly simulation: Simulation
  /** Clients of the load balancers. */
  readonly traffic: Traffic
  /** AWS Backup's nightly images of the web server; none are taken until it is started. */
  readonly backups: Backups
  /** Targets of a target group, by name or ARN, that are healthy now. */
  healthyTargets(targetGroup: string): number
  /** How long AWS itself took for what has ended so far. */
  timeline(): readonly TimelineEntry[]
}

export interface AwsOptions {
  readonly clock: VirtualClock
  /** The account's id; another one's stands beside it, with `shareImages` between them. */
  readonly account?: string
  /** The same seed gives the same world. Default 1. */
  readonly seed?: number
  /** How long a call takes, in simulated milliseconds. Default: no time. */
  readonly latency?: () => number
  /** The clock's pace, for the view. */
  readonly speed?: () => number
}

const ownAccount = '123456789012'
const region = 'ap-northeast-2'
const zones = ['a', 'b', 'c', 'd'].map((letter, at) => ({
  name: `${region}${letter}`,
  id: `apne2-az${at + 1}`,
}))

/** Creates an empty account. */
export function createAws({
  clock,
  account = ownAccount,
  seed = 1,
  latency,
  speed = () => 1,
}: AwsOptions): Aws {
  const world = emptyWorld(account, region, zones)
  const faults = new Faults()
  const log = new CallLog()
  const changeListeners = new Set<() => void>()
  const callListeners = new Set<(call: CallRecord) => void>()
  // Not drawn from the world's chance: how often someone looks must not change what happens.
  let requests = 0
  const changed = () => {
    const lateness = faults.lateness()
    if (lateness > 0) history.keep(clock.now(), world, lateness)
    for (const listener of changeListeners) listener()
  }
  const simulation = new Simulation(world, clock, faults, seed, changed)
  const history = new History({ faults, metrics: simulation.metrics })
  watchTargets(simulation)
  runGroups(simulation)
  tellEvents(simulation, simulation.bus)
  const backups = new Backups(simulation)
  const traffic = createTraffic(simulation)

  const seen = () => {
    const lateness = faults.lateness()
    return (lateness > 0 && history.at(clock.now() - lateness)) || simulation
  }
  const act = (service: Service, { action, input: read }: ReturnType<typeof callOf>, note: Noted) => {
    const { operation, handler } = actionOf(service, action)
    const input = read(operation.input, service)
    note.input = input
    if (faults.denies(action)) throw denied(service, action)
    const fault = service.name === 'sts' ? undefined : faults.forCall(action)
    if (fault?.kind === 'throttle') throw asked(fault, service.throttled())
    if (fault?.kind === 'error-before') throw asked(fault, service.failed())
    const looks = isRead(action)
    const output = handler((looks ? seen() : simulation) as never, input as never)
    if (!looks) changed()
    if (fault?.kind === 'error-after') throw asked(fault, service.failed())
    note.result = output
    return { operation, output }
  }

  return {
    async handle(request) {
      if (faults.silent()) throw new NoAnswer('the fault `silent` is set')
      const delay = latency?.() ?? 0
      if (delay > 0) await new Promise<void>((resolve) => clock.at(clock.now() + delay, resolve))
      requests += 1
      const requestId = `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`
      const call = callOf(request)
      const { service, action } = call
      const note: Noted = { input: {} }
      try {
        if (!service)
          throw new AwsError(
            'InvalidAction',
            `The action ${action} of this version is not valid for this endpoint.`,
          )
        const first = act(service, call, note)
        const isEmpty = action === 'ReceiveMessage' && !('Messages' in Object(first.output))
        if (isEmpty)
          await untilMessage(simulation, note.input as object, (run) => listen(changeListeners, run))
        const { operation, output } = isEmpty ? act(service, call, note) : first
        return success(service, action, operation, output, requestId)
      } catch (error) {
        const answer = error instanceof AwsError ? error : broken(error)
        note.error = answer.code
        return failure(service, answer, requestId)
      } finally {
        if (service && service.name !== 'sts') {
          const record = log.add({
            time: clock.now(),
            service: service.name,
            action,
            mutating: !isRead(action) && note.error !== dryRunCode,
            ...note,
          })
          for (const listener of callListeners) listener(record)
        }
      }
    },
    view: () => ({ ...fleetView(world, clock.now(), speed()), ...(backups.on && { backups: true }) }),
    calls: (since) => log.since(since),
    setFault(fault) {
      if (fault.kind === 'slack-down' || fault.kind === 'slack-ratelimit')
        throw new Error(`${fault.kind} is a fault of Slack`)
      const id = faults.add(fault)
      if (fault.kind === 'late-consistency') history.keep(clock.now(), world, fault.seconds * 1000)
      return id
    },
    clearFaults(id) {
      faults.clear(id)
      if (faults.lateness() === 0) history.forget()
    },
    faults: () => faults.list(),
    onChange: (listener) => listen(changeListeners, listener),
    onCall: (listener) => listen(callListeners, listener),
    world,
    simulation,
    traffic,
    backups,
    healthyTargets(wanted) {
      for (const targetGroup of world.targetGroups.values())
        if (targetGroup.name === wanted || targetGroup.arn === wanted)
          return [...targetGroup.targets.values()].filter((target) => target.state === 'healthy').length
      return 0
    },
    timeline: () => simulation.timeline,
  }
}

interface Noted {
  input: unknown
  result?: unknown
  error?: string
}

/** The error that a fault asks for; what it does not say is as the service usually answers. */
function asked({ code, message, status }: Partial<AwsErrorParts>, usual: AwsError): AwsError {
  if (code === undefined && message === undefined && status === undefined) return usual
  const words = message ?? (code === undefined ? usual.message : `${code} (a fault that was asked for)`)
  return new AwsError(code ?? usual.code, words, status ?? usual.status)
}

type AwsErrorParts = Pick<AwsError, 'code' | 'message' | 'status'>

/** EC2's "Error codes"; the common errors of the others. */
function denied({ ec2, name }: Service, action: string): AwsError {
  const who = 'arn:aws:sts::123456789012:assumed-role/rollcall/i-0123456789abcdef0'
  const what = `is not authorized to perform: ${name}:${action} because no identity-based policy allows the ${name}:${action} action`
  return ec2
    ? new AwsError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. User: ${who} ${what}`,
        403,
      )
    : new AwsError('AccessDenied', `User: ${who} ${what}`, 403)
}

/** A mistake in the simulator answers as AWS's internal error, with its own words for whoever looks. */
function broken(error: unknown): AwsError {
  return new AwsError(
    'InternalFailure',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    500,
  )
}

function listen<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
