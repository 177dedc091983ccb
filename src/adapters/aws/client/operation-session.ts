import { AsyncLocalStorage } from 'node:async_hooks'
import type { OperationId } from '../../../domain/operation/id'
import type { ChangingCall } from '../../../domain/operation/operation'
import type { HearChanges } from '../../../ports/hear-changes'
import type { SdkClients } from './sdk-clients'

const ticks = new AsyncLocalStorage<OperationId>()
const changes = new AsyncLocalStorage<OperationId>()
const ears = new AsyncLocalStorage<(call: ChangingCall) => void>()

/** Does the work of an operation: what it changes in AWS bears its name, where a role is assumed for it. */
export const duringOperation = <T>(operation: OperationId, work: () => Promise<T>): Promise<T> =>
  ticks.run(operation, work)

/** Sends a call that changes something, for the operation that is at work. */
export const sendChange = <T>(call: () => Promise<T>): Promise<T> => {
  const operation = ticks.getStore()
  return operation === undefined ? call() : changes.run(operation, call)
}

/** Does a step's work, and tells of the calls by which it changes something. */
export const hearChanges: HearChanges = (heard, work) => ears.run(heard, work)

/** AWS's id of a request, in its answer or in the error that the SDK made of it. */
const requestIn = (answer: unknown): string | undefined =>
  (answer as { readonly $metadata?: { readonly requestId?: string } } | undefined)?.$metadata?.requestId

/** Tells whoever listens of a call that was to change something, by its answer; one that is not from AWS has no id. */
export const changeAnswered = (action: string, answer: unknown, error?: string): void => {
  const request = requestIn(answer)
  if (request !== undefined) ears.getStore()?.({ action, request, ...(error !== undefined && { error }) })
}

/** Operations whose clients are kept: those that have changed something lately. */
const most = 50

/** AWS takes 2 to 64 of these signs (STS API reference, AssumeRole, RoleSessionName); an operation's id has no others. */
const sessionName = (operation: OperationId): string => `rollcall-${operation}`.slice(0, 64)

/**
 * Clients that send each change under a session named after its operation, so that CloudTrail names it; reads, which
 * operations share, go under the common one.
 */
export const clientsByOperation = (shared: SdkClients, open: (session: string) => SdkClients): SdkClients => {
  const known = new Map<OperationId, SdkClients>()
  const clientsNow = (): SdkClients => {
    const operation = changes.getStore()
    if (operation === undefined) return shared
    const clients = known.get(operation) ?? open(sessionName(operation))
    known.delete(operation)
    known.set(operation, clients)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return clients
  }
  /** Whose methods are those of the client that is meant at each call. */
  const dispatching = <Name extends keyof SdkClients>(name: Name): SdkClients[Name] =>
    new Proxy(shared[name], {
      get: (_, property) => {
        const client = clientsNow()[name]
        const value: unknown = Reflect.get(client, property, client)
        return typeof value === 'function' ? (value.bind(client) as unknown) : value
      },
    })
  return {
    ec2: dispatching('ec2'),
    autoScaling: dispatching('autoScaling'),
    elb: dispatching('elb'),
    quotas: dispatching('quotas'),
    cloudWatch: dispatching('cloudWatch'),
  }
}
