import type { Json } from '../json'
import { type Instant, type Milliseconds, minute } from '../time/time'
import type { GroupInstance } from './fleet'
import { type FleetNow, isServing } from './serving'

/** What looks at a group remember of how the instances of a new version start; instants of observed time. */
export interface Starts {
  readonly [key: string]: Json | undefined
  /** Since when one of them is in service for its group. */
  readonly since?: Instant
  /** Once one serves no start is judged any more: what is sick then may be a machine. */
  readonly served?: true
  /** How long the first took from being in service to serving; absent where nobody looked while it did. */
  readonly took?: Milliseconds
  /** How long they are waited for. */
  readonly timeout?: Milliseconds
  /** Those that AWS gave up before one had served. */
  readonly givenUp?: readonly string[]
}

/** A group, and which of its instances are of the new version. */
export interface Starting {
  readonly fleet: FleetNow
  readonly isNew: (instance: GroupInstance) => boolean
}

/** What is known of the starts after one more look. */
export const seenStarts = (
  { fleet, isNew }: Starting,
  { now, gap }: { readonly now: Instant; readonly gap: boolean },
  before: Starts = {},
): Starts => {
  if (before.served) return before
  const own = fleet.group.instances.filter(isNew)
  if (own.some((one) => isServing(fleet, one)))
    return { served: true, ...(before.since !== undefined && !gap && { took: now - before.since }) }
  const isInService = own.some(({ lifecycle }) => lifecycle === 'InService')
  const since = before.since ?? (isInService ? now : undefined)
  const dead = own.filter((one) => !one.healthy && isUnhealthyTarget(fleet, one)).map(({ id }) => id)
  const givenUp = [...new Set([...(before.givenUp ?? []), ...dead])]
  return { ...(since !== undefined && { since }), ...(givenUp.length > 0 && { givenUp }) }
}

/** Two that AWS replaces for their health, one after the other or at once, are no bad luck where none has served. */
const givenUpAtLeast = 2

/**
 * Whether a version cannot get healthy, as far as can be known before the gate's time is over: none of it has ever served,
 * and AWS gives its instances up, or calls all of them unhealthy for longer than the service's own starts let expect.
 * aws: "Health checks for Application Load Balancer target groups": `initial` is a target that is still being registered
 * or checked first, and is no verdict.
 */
export const cannotGetHealthy = (
  { fleet, isNew }: Starting,
  starts: Starts,
  { now, timeout }: { readonly now: Instant; readonly timeout: Milliseconds },
): boolean => {
  if (starts.served || starts.since === undefined) return false
  if ((starts.givenUp ?? []).length >= givenUpAtLeast) return true
  const inService = fleet.group.instances.filter((one) => isNew(one) && one.lifecycle === 'InService')
  return (
    now - starts.since >= timeout &&
    inService.length > 0 &&
    inService.every((one) => !one.healthy || isUnhealthyTarget(fleet, one))
  )
}

const isUnhealthyTarget = ({ group, targets }: FleetNow, { id }: GroupInstance): boolean =>
  group.targetGroups.some((arn) =>
    targets.get(arn)?.some(({ instance, state }) => instance === id && state === 'unhealthy'),
  )

/** No start is judged sooner than this, however fast the others were. */
const leastTimeout: Milliseconds = 5 * minute
/** No two starts take the same time, and a new version may have more to do at its first. */
const margin = 3

/** How long a new version may be unhealthy in service, where the longest start of the service took so long. */
export const startTimeoutFor = (longest: Milliseconds): Milliseconds =>
  Math.max(leastTimeout, margin * longest)
