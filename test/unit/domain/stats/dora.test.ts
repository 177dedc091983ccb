import type { Operation } from '../../../../src/domain/operation/operation'
import type { EndingKind } from '../../../../src/domain/operation/phase'
import type { Request } from '../../../../src/domain/operation/request'
import { rollcall } from '../../../../src/domain/access/person'
import { median, statsOf } from '../../../../src/domain/stats/dora'
import { hour, minute } from '../../../../src/domain/time/time'
import { alice } from '../../../support/operations'

const now = Date.parse('2026-11-29T00:00:00Z')
const day = 24 * hour

/** An operation that ended so long ago; it waited 2 min and took 10. */
const ended = (
  id: string,
  ago: number,
  kind: EndingKind = 'succeeded',
  more: Partial<Operation> & { readonly request?: Request } = {},
): Operation => ({
  id,
  request: { procedure: 'deploy', service: 'web', version: id },
  requester: alice,
  channel: 'ops',
  createdAt: now - ago - 12 * minute,
  startedAt: now - ago - 10 * minute,
  phase: 'ended',
  steps: [],
  signals: [],
  notes: [],
  fence: 0,
  revision: 0,
  ending: { kind, at: now - ago, left: [] },
  ...more,
})
const rollback = (id: string, ago: number, operation?: string) =>
  ended(id, ago, 'succeeded', {
    request: { procedure: 'rollback', service: 'web', ...(operation !== undefined && { operation }) },
  })
const stats = (...operations: readonly Operation[]) => statsOf(operations, now, true)

test('a median says of how many', () => {
  expect([median([]), median([3]), median([9, 1, 2]), median([4, 1, 2, 3])]).toEqual([
    undefined,
    { value: 3, n: 1 },
    { value: 2, n: 3 },
    { value: 2.5, n: 4 },
  ])
})

test('counts what people brought out in four whole weeks, and nothing else', () => {
  const found = stats(
    ended('a', day),
    ended('b', 8 * day),
    ended('c', 9 * day, 'succeeded', { request: { procedure: 'roll', service: 'web' } }),
    ended('old', 29 * day),
    ended('nightly', day, 'succeeded', { requester: rollcall }),
    ended('refused', day, 'refused'),
    ended('scaled', day, 'succeeded', { request: { procedure: 'scale', service: 'web', desired: 3 } }),
  )
  expect(found).toMatchObject({
    deploys: 3,
    perWeek: { value: 0.5, n: 4 },
    toServing: { value: 12 * minute, n: 3 },
    waiting: { value: 2 * minute, n: 3 },
    failed: { count: 0, of: 3 },
    recovery: undefined,
    rework: { count: 0, of: 3 },
  })
  expect(found.days.map(({ deploys }) => deploys).filter((count) => count > 0)).toEqual([1, 1, 1])
})

test('a change failed that went back by itself, needed attention, or was rolled back within a day', () => {
  const found = stats(
    ended('by itself', 5 * day, 'rolled back'),
    ended('stuck', 4 * day, 'needs attention'),
    ended('mended', 4 * day - 3 * hour),
    ended('taken back', 3 * day),
    rollback('r1', 3 * day - 2 * hour, 'taken back'),
    ended('changed nothing', 2 * day, 'failed clean'),
    ended('late regret', 2 * day),
    rollback('r2', day - hour, 'late regret'),
  )
  expect(found.failed).toEqual({ count: 3, of: 5 })
  // 10 min by itself, 3 h 10 min until the next deploy stood, 2 h 10 min until the rollback stood.
  expect(found.recovery).toEqual({ value: 2 * hour + 10 * minute, n: 3 })
})

test('a rollback without a name is of the newest deploy before it; what follows within a day is rework', () => {
  const found = stats(
    ended('good', 3 * day),
    ended('bad', 2 * day),
    rollback('r', 2 * day - hour),
    ended('again', 2 * day - 5 * hour),
    ended('later', hour),
  )
  expect(found.failed).toEqual({ count: 1, of: 4 })
  expect(found.recovery).toEqual({ value: hour + 10 * minute, n: 1 })
  expect(found.rework).toEqual({ count: 1, of: 4 })
})

test('one that is not recovered yet has no recovery time, and a short journal says since when it knows', () => {
  expect(stats(ended('stuck', day, 'needs attention'))).toMatchObject({
    failed: { count: 1, of: 1 },
    recovery: undefined,
  })
  expect(statsOf([ended('a', 3 * day)], now, false).knownSince).toBe(now - 3 * day)
  expect(statsOf([ended('a', 30 * day)], now, false).knownSince).toBeUndefined()
})
