import { isRollcall } from '../access/person'
import type { Operation } from '../operation/operation'
import { hour, type Instant, type Milliseconds } from '../time/time'

/** A median and of how many; undefined where there is nothing to take one of. */
export interface Median {
  readonly value: number
  readonly n: number
}

/** So long is looked back, in whole weeks, so that no day of the week counts more than another. */
export const weeks = 4
export const week: Milliseconds = 7 * 24 * hour
/** A rollback, or a deploy after one, belongs to what was before it for so long. */
export const linked: Milliseconds = 24 * hour

/** What a service's own endings say of how it is delivered. */
export interface Stats {
  readonly since: Instant
  /** Where the journal keeps less than that: since when it knows. */
  readonly knownSince?: Instant
  readonly deploys: number
  readonly perWeek: Median | undefined
  /** From the command to the new version serving alone. */
  readonly toServing: Median | undefined
  readonly failed: { readonly count: number; readonly of: number }
  readonly recovery: Median | undefined
  readonly rework: { readonly count: number; readonly of: number }
  /** From the command to the first change: in line, for a confirmation, for an approval. */
  readonly waiting: Median | undefined
  readonly overrides: number
  /** By day from `since` on: deploys, and changes that failed. */
  readonly days: readonly { readonly deploys: number; readonly failed: number }[]
}

type Ended = Operation & { readonly ending: NonNullable<Operation['ending']> }

const isEnded = (operation: Operation): operation is Ended => operation.ending !== undefined

/** A person, or a machine for one, brings another version: a swap changes none, a nightly update replaces nothing. */
const isDeploy = ({ request, requester }: Operation): boolean =>
  (request.procedure === 'deploy' || request.procedure === 'roll') && !isRollcall(requester)

export const median = (values: readonly number[]): Median | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? undefined : { value: (low + high) / 2, n: sorted.length }
}

/**
 * DORA's measures of one service, from endings alone. `ended` is what the journal keeps of it, newest first; `whole` says
 * whether that reaches back far enough.
 */
export const statsOf = (ended: readonly Operation[], now: Instant, whole: boolean): Stats => {
  const since = now - weeks * week
  const all = ended.filter(isEnded).toSorted((a, b) => a.ending.at - b.ending.at)
  const recent = all.filter(({ ending }) => ending.at >= since)
  const changes = recent.filter(
    (one) => isDeploy(one) && one.startedAt !== undefined && one.ending.kind !== 'refused',
  )
  const deploys = changes.filter(({ ending }) => ending.kind === 'succeeded')
  const rollbacks = all.filter(
    ({ request, ending }) => request.procedure === 'rollback' && ending.kind === 'succeeded',
  )
  const recoveries = changes.flatMap((change) => {
    const recovered = recoveryOf(change, all, rollbacks)
    return recovered === undefined ? [] : [{ change, ...recovered }]
  })
  const reached = changes.filter(
    ({ ending }) => ending.kind !== 'failed clean' && ending.kind !== 'cancelled',
  )
  const wayBacks = recoveries.flatMap(({ at }) => at ?? [])
  const reworks = deploys.filter(({ createdAt }) =>
    wayBacks.some((at) => at <= createdAt && createdAt - at < linked),
  )
  const oldest = all[0]?.ending.at
  return {
    since,
    ...(!whole && oldest !== undefined && oldest > since && { knownSince: oldest }),
    deploys: deploys.length,
    perWeek: deploys.length === 0 ? undefined : median(countsBy(deploys, since, week, weeks)),
    toServing: median(deploys.map(({ ending, createdAt }) => ending.at - createdAt)),
    failed: { count: recoveries.length, of: reached.length },
    recovery: median(
      recoveries.flatMap(({ change, at }) => (at === undefined ? [] : [at - started(change)])),
    ),
    rework: { count: reworks.length, of: deploys.length },
    waiting: median(changes.map((change) => started(change) - change.createdAt)),
    overrides: changes.filter(({ plan }) => plan?.override).length,
    days: zip(
      countsBy(deploys, since, 24 * hour, weeks * 7),
      countsBy(
        recoveries.map(({ change }) => change),
        since,
        24 * hour,
        weeks * 7,
      ),
    ),
  }
}

const started = ({ startedAt, createdAt }: Operation): Instant => startedAt ?? createdAt

const countsBy = (
  operations: readonly Ended[],
  since: Instant,
  span: Milliseconds,
  count: number,
): readonly number[] => {
  const counts = Array.from({ length: count }, () => 0)
  for (const { ending } of operations) {
    const at = Math.min(count - 1, Math.floor((ending.at - since) / span))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

const zip = (deploys: readonly number[], failed: readonly number[]): Stats['days'] =>
  deploys.map((count, day) => ({ deploys: count, failed: failed[day] ?? 0 }))

/**
 * Whether a change failed, and when the service was well again: it went back by itself; or a person took it back within
 * a day; or it needed one, until the next that succeeded. Undefined for a change that did not fail.
 */
const recoveryOf = (
  change: Ended,
  all: readonly Ended[],
  rollbacks: readonly Ended[],
): { readonly at?: Instant } | undefined => {
  const { kind, at } = change.ending
  if (kind === 'rolled back') return { at }
  if (kind === 'needs attention') {
    const next = all.find(
      (one) =>
        one.ending.at > at &&
        one.ending.kind === 'succeeded' &&
        (isDeploy(one) || one.request.procedure === 'rollback'),
    )
    return next ? { at: next.ending.at } : {}
  }
  if (kind !== 'succeeded') return undefined
  const back = rollbacks.find((one) => undoes(one, change, all) && one.createdAt - at < linked)
  return back && { at: back.ending.at }
}

/** By the operation that it names, or else the newest change before it. */
const undoes = (rollback: Ended, change: Ended, all: readonly Ended[]): boolean => {
  const { request, plan, createdAt } = rollback
  const named = (request.procedure === 'rollback' ? request.operation : undefined) ?? plan?.colors?.of
  if (named !== undefined) return named === change.id
  const before = all.findLast(
    (one) => isDeploy(one) && one.ending.kind === 'succeeded' && one.ending.at <= createdAt,
  )
  return before?.id === change.id
}
