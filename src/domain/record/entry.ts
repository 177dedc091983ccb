import type { Person } from '../access/person'
import type { Catalogue } from '../catalogue/catalogue'
import type { Lock } from '../access/lock'
import type { Ending, Operation, Signal } from '../operation/operation'
import type { OperationId } from '../operation/id'
import { serviceOf } from '../operation/id'
import { operationSteps } from '../steps/operation'
import type { Instant } from '../time/time'

/** What one line of the record tells: an operation that ended, or a change of who may do what. */
export interface Entry {
  readonly at: Instant
  readonly kind: EntryKind
  /** Absent where it is about all of them. */
  readonly service?: string
  readonly operation?: OperationId
  readonly by?: Person
  readonly [detail: string]: unknown
}

type EntryKind =
  | 'operation'
  | Signal['kind']
  | 'lock'
  | 'freeze'
  | 'unlock'
  | 'unfreeze'
  | 'catalogue'
  | 'replay'

/** The parts of a plan that an auditor asks for: what it was, what it was to be, and what let it through. */
const recordedParts = new Set([
  'fingerprint',
  'version',
  'before',
  'strategy',
  'image',
  'template',
  'group',
  'checks',
  'override',
  'calls',
])

/** An operation at its ending: who asked for what and why, who agreed, what was done, and how it came out. */
export const endedEntry = (operation: Operation, ending: Ending): Entry => {
  const { id, request, requester, why, atWindow, createdAt, startedAt, plan, signals, steps } = operation
  return {
    at: ending.at,
    kind: 'operation',
    service: request.service,
    operation: id,
    by: requester,
    request,
    reason: why,
    atWindow,
    createdAt: iso(createdAt),
    startedAt: startedAt === undefined ? undefined : iso(startedAt),
    plan: plan && Object.fromEntries(Object.entries(plan).filter(([part]) => recordedParts.has(part))),
    passed: steps.find(({ key }) => key === operationSteps.passed.key)?.outcome,
    said: signals.map(({ kind, by, at, fingerprint }) => ({ kind, by: by.user, at: iso(at), fingerprint })),
    steps: steps.map(({ key, state, startedAt, endedAt, failure, calls }) => ({
      key,
      state,
      startedAt: iso(startedAt),
      endedAt: endedAt === undefined ? undefined : iso(endedAt),
      failure: failure?.code,
      calls,
    })),
    ending: ending.kind,
    code: ending.reason?.code,
    facts: ending.reason?.facts,
    left: ending.left.map(({ code, facts }) => ({ code, facts })),
  }
}

/** What a person said to an operation: an approval above all. */
export const saidEntry = (id: OperationId, { kind, by, at, fingerprint }: Signal): Entry => ({
  at,
  kind,
  service: serviceOf(id) ?? '',
  operation: id,
  by,
  fingerprint,
})

export const lockedEntry = ({ kind, service, why, by, since, until, operation }: Lock): Entry => ({
  at: since,
  kind,
  service,
  ...(operation !== undefined && { operation }),
  by,
  reason: why,
  until: until === undefined ? undefined : iso(until),
})

/** Who cleared which lock of whom. */
export const unlockedEntry = (lock: Lock, by: Person | undefined, at: Instant): Entry => ({
  at,
  kind: lock.kind === 'freeze' ? 'unfreeze' : 'unlock',
  service: lock.service,
  ...(lock.operation !== undefined && { operation: lock.operation }),
  ...(by && { by }),
  lock: { reason: lock.why, by: lock.by.user, since: iso(lock.since) },
})

/** Another catalogue than before decides who may do what: all of it that does, for the file is not kept here. */
export const catalogueEntry = (catalogue: Catalogue, at: Instant): Entry => {
  const { sha256, rules, people, machines, override, windows } = catalogue
  return {
    at,
    kind: 'catalogue',
    sha256,
    rules,
    people: Object.fromEntries(people),
    machines: [...(machines?.values() ?? [])].map(({ tokens, ...machine }) => ({
      ...machine,
      tokens: tokens.map(({ sha256, expires }) => ({ sha256, expires: iso(expires) })),
    })),
    override,
    windows: windows?.map(({ times, ...window }) => ({
      ...window,
      // As its file says it: what it comes to is as long as the calendar is, and is found again by the SHA-256.
      times: times.kind === 'calendar' ? { kind: times.kind, file: times.file } : times,
    })),
  }
}

/** Somebody had events sent again that a webhook did not take, or switched it on again. */
export const replayEntry = (webhook: string, by: Person, at: Instant): Entry => ({
  at,
  kind: 'replay',
  by,
  webhook,
})

const iso = (at: Instant): string => new Date(at).toISOString()
