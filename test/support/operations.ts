import type { NewOperation, Signal, StepRecord } from '../../src/domain/operation/operation'
import type { Person } from '../../src/domain/access/person'

export const alice: Person = { user: 'U0ALICE', team: 'T0' }
export const bob: Person = { user: 'U0BOB', team: 'T0' }

/** A deploy of `service`, not yet recorded. */
export const newOperation = (id: string, service = 'web'): NewOperation => ({
  id,
  request: { procedure: 'deploy', service, version: 'v2' },
  requester: alice,
  channel: 'ops',
  createdAt: 1_000,
  why: 'release',
})

export const newSignal = (id: string, kind: Signal['kind'] = 'cancel'): Signal => ({
  id,
  kind,
  by: bob,
  at: 2_000,
})

export const newStep = (key: string, order: number, state: StepRecord['state'] = 'done'): StepRecord => ({
  key,
  order,
  state,
  startedAt: 3_000,
  choice: { name: 'Web Server v2', tags: {}, list: [] },
})
