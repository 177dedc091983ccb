import { defined } from '../../domain/defined'
import { isMachine, isRollcall, type Person } from '../../domain/access/person'
import type { Operation } from '../../domain/operation/operation'
import type { Phase } from '../../domain/operation/phase'
import type { Locale } from '../../messages/locale'
import { operationTexts } from '../../messages/door/texts'
import type { MessageRef } from '../../ports/chat'
import { StoreUnavailable } from '../../ports/failure'
import { factsOf } from '../operation-view/operation-view'
import type { ApiDeps } from './deps'
import type { OperationBody } from './schema'

const states: Readonly<Record<Phase, OperationBody['state']>> = {
  planning: 'planning',
  confirming: 'awaiting_confirmation',
  approving: 'awaiting_approval',
  queued: 'queued',
  running: 'running',
  held: 'held',
  finishing: 'finishing',
  returning: 'returning',
  ended: 'ended',
}

const endings: Readonly<
  Record<NonNullable<Operation['ending']>['kind'], NonNullable<OperationBody['ending']>>
> = {
  succeeded: 'succeeded',
  'rolled back': 'rolled_back',
  'failed clean': 'failed_clean',
  'needs attention': 'needs_attention',
  refused: 'refused',
  cancelled: 'cancelled',
}

export const endingWord = ({ kind }: NonNullable<Operation['ending']>) => endings[kind]

export const isoTime = (at: number): string => new Date(at).toISOString()

export const operationPath = (id: string): string => `/v1/operations/${id}`
export const servicePath = (name: string): string => `/v1/services/${name}`

const requestedBy = (person: Person): OperationBody['requestedBy'] => ({
  kind: isMachine(person) ? 'machine' : isRollcall(person) ? 'rollcall' : 'person',
  id: person.user,
  ...defined({ title: person.caller?.title, url: person.caller?.url }),
})

/** An operation as the door tells of it. Rejects with StoreUnavailable. */
export const operationJson = async (
  deps: ApiDeps,
  operation: Operation,
  locale: Locale,
): Promise<OperationBody> => {
  const [facts, post] = await Promise.all([
    factsOf(deps, operation, locale),
    // Where it is shown is worth nothing to whom it fails.
    deps.posts.get(operation.id).catch((error: unknown) => {
      if (error instanceof StoreUnavailable) return undefined
      throw error
    }),
  ])
  const { request, plan, ending, phase } = operation
  const { service } = request
  const { wait, queue } = facts
  return {
    id: operation.id,
    service,
    action: request.procedure,
    ...defined({ version: 'version' in request ? request.version : plan?.version }),
    state: ending ? 'ended' : states[phase],
    ...(ending && { ending: endingWord(ending), ...defined({ code: ending.reason?.code }) }),
    ...operationTexts(facts),
    ...(plan && {
      expectedSeconds: Math.round(plan.tasks.reduce((sum, { expected }) => sum + expected, 0) / 1_000),
    }),
    requestedBy: requestedBy(operation.requester),
    ...defined({ reason: operation.why }),
    ...(wait?.for === 'approval' && {
      approval: { count: wait.count, given: wait.given.length, until: isoTime(wait.until) },
    }),
    ...(wait?.for === 'window' && {
      window: {
        name: wait.closure.window,
        ...defined({ until: wait.until === undefined ? undefined : isoTime(wait.until) }),
      },
    }),
    ...(queue && { queue }),
    createdAt: isoTime(operation.createdAt),
    ...defined({
      startedAt: operation.startedAt === undefined ? undefined : isoTime(operation.startedAt),
      endedAt: ending && isoTime(ending.at),
    }),
    channel: operation.channel,
    ...defined({ url: post && deps.linkTo?.(post satisfies MessageRef) }),
    revision: operation.revision,
    links: { self: operationPath(operation.id), service: servicePath(service) },
  }
}
