import type { KnownEvent } from '../events/event'
import { isOver } from '../events/event'
import { isOwnImage } from '../images/own'
import type { Image, ScalingPolicy, ScheduledAction, Snapshot } from '../fleet/fleet'
import { expectedTasks } from '../operation/expected-durations'
import { fingerprint } from '../operation/fingerprint'
import type { Plan, PlannedPrune, PlannedTask } from '../operation/plan'
import type { Planned, PlannerInput } from '../operation/planning'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { type Instant, minute, second } from '../time/time'
import { makerOf } from '../images/own'
import { needsOf, type Others, type OwnedFleet, type WornSecurityGroup } from './needs'
import type { PlannedTeardown, RemovedKind, RemovedResource } from './planned-teardown'

/** All that is known before a fleet is taken away. */
export interface TeardownFacts {
  readonly now: Instant
  readonly owned: OwnedFleet
  readonly others: Others
  /** What the owned groups carry, by the group's name. */
  readonly policies: Readonly<Record<string, readonly ScalingPolicy[]>>
  readonly actions: Readonly<Record<string, readonly ScheduledAction[]>>
  /** What bears the service's names and not its tag. */
  readonly foreign: readonly RemovedResource[]
  /** Names of the owned load balancers whose deletion protection is on. */
  readonly protectedBalancers: readonly string[]
  /** Seconds that a leaving target drains, at most. */
  readonly drainSeconds: number
  readonly events: readonly KnownEvent[]
  /** The end of a window in which an old color stands by. */
  readonly windowUntil?: Instant
  /** An operation that is at work on the service. */
  readonly running?: string
  /** Images of the service and snapshots that carry its tag. */
  readonly images: readonly Image[]
  readonly snapshots: readonly Snapshot[]
}

/** The plan of taking a fleet away, by the tags of its service; or what still needs it. Pure. */
export const planTeardown = (
  { service, history }: PlannerInput,
  facts: TeardownFacts,
  { images: withImages }: { readonly images: boolean },
): Planned => {
  const refusal = refusalOf(service.name, facts)
  if (refusal) return failure(refusal)
  const resources = inOrder(facts)
  const images = facts.images.filter((image) => isOwnImage(image, service.name))
  const prune = withImages ? pruneOf(service.name, images, facts.snapshots) : undefined
  if (resources.length === 0 && !prune)
    return failure(
      reason('nothing_to_tear_down', {
        service: service.name,
        names: facts.foreign.map(({ name }) => name),
        images: images.map(({ name }) => name),
      }),
    )
  const teardown: PlannedTeardown = {
    resources,
    foreign: facts.foreign,
    kept: prune ? [] : images.map(({ id, name, snapshots }) => ({ id, name, snapshots: snapshots.length })),
  }
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: '',
    teardown,
    ...(prune && { prune }),
    confirm: true,
    tasks: expectedTasks(tasksOf(resources, prune, facts), history),
    calls: callsOf(resources, prune),
    warnings: [],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/** What stands in the way; nothing is taken away then. */
const refusalOf = (service: string, facts: TeardownFacts): Reason | undefined => {
  const { owned, now, windowUntil, running } = facts
  const events = facts.events.filter(({ event }) => !isOver(event, now))
  if (running !== undefined) return reason('teardown_while_running', { service, operation: running })
  if (windowUntil !== undefined) return reason('teardown_in_window', { service, until: windowUntil })
  if (events.length > 0) return reason('teardown_events', { service, events: events.map(({ id }) => id) })
  for (const { name, status, instances, suspended } of owned.groups) {
    if (status !== undefined) return reason('group_being_deleted', { group: name, status })
    const standby = instances.filter(({ lifecycle }) => lifecycle.endsWith('Standby')).map(({ id }) => id)
    if (standby.length > 0) return reason('teardown_standby', { group: name, instances: standby })
    if (suspended.includes('Terminate'))
      return reason('processes_suspended', { group: name, processes: ['Terminate'] })
  }
  const [protectedBalancer] = facts.protectedBalancers
  if (protectedBalancer !== undefined) return reason('balancer_protected', { name: protectedBalancer })
  const needs = needsOf(owned, facts.others)
  return needs.length > 0
    ? reason('teardown_needed', { service, needs: needs.map(({ name, by }) => `${name} ← ${by}`) })
    : undefined
}

const inOrder = ({ owned, policies, actions }: TeardownFacts): readonly RemovedResource[] => [
  ...owned.groups.flatMap(({ name: group }): readonly RemovedResource[] => [
    ...(actions[group] ?? []).map(({ name }) => ({
      kind: 'scheduled-action' as const,
      name,
      id: name,
      of: group,
    })),
    ...(policies[group] ?? []).map(({ name }) => ({ kind: 'policy' as const, name, id: name, of: group })),
    { kind: 'group', name: group, id: group },
  ]),
  ...owned.listeners.map(({ arn, port, loadBalancer }) => ({
    kind: 'listener' as const,
    name: `${owned.loadBalancers.find((one) => one.arn === loadBalancer)?.name ?? ''}:${port}`,
    id: arn,
    of: loadBalancer,
  })),
  ...owned.loadBalancers.map(({ arn, name }) => ({ kind: 'load-balancer' as const, name, id: arn })),
  ...owned.targetGroups.map(({ arn, name }) => ({ kind: 'target-group' as const, name, id: arn })),
  ...owned.templates.map(({ id, name }) => ({ kind: 'template' as const, name, id })),
  ...namersFirst(owned.securityGroups).map(({ group: { id, name, vpc } }) => ({
    kind: 'security-group' as const,
    name,
    id,
    of: vpc,
  })),
]

/** A group that another one's rule names stays until that one is gone (EC2 API reference, DeleteSecurityGroup). */
const namersFirst = (all: readonly WornSecurityGroup[]): readonly WornSecurityGroup[] => {
  const sorted: WornSecurityGroup[] = []
  let left = [...all]
  while (left.length > 0) {
    const isFree = ({ group, namedBy }: WornSecurityGroup) =>
      namedBy.every(({ id }) => id === group.id || !left.some((one) => one.group.id === id))
    const free = left.filter(isFree)
    // Groups that name each other could not be deleted in any order: AWS will say so.
    const next = free.length > 0 ? free : left
    sorted.push(...next)
    left = left.filter((one) => !next.includes(one))
  }
  return sorted
}

/** The images that Rollcall baked for the service, whatever is kept of them otherwise: each is looked at again before it goes. */
const pruneOf = (
  service: string,
  images: readonly Image[],
  snapshots: readonly Snapshot[],
): PlannedPrune | undefined => {
  const held = new Set(images.flatMap((image) => image.snapshots))
  const own = snapshots.filter((one) => makerOf(one, service) !== undefined && !held.has(one.id))
  if (images.length === 0 && own.length === 0) return undefined
  return {
    versions: [],
    images: images.map((image) => ({
      id: image.id,
      name: image.name,
      createdAt: image.createdAt,
      operation: makerOf(image, service) ?? '',
      snapshots: image.snapshots,
      ...(image.sizeGiB !== undefined && { sizeGiB: image.sizeGiB }),
    })),
    snapshots: own.map(({ id, sizeGiB, tags }) => ({
      id,
      sizeGiB,
      operation: makerOf({ tags }, service) ?? '',
    })),
    later: 0,
    kept: { used: 0, newest: 0, young: 0 },
  }
}

/** A deleted load balancer gives its interfaces back after minutes. */
const interfaceTime = 4 * minute
/** Shutting down, once a target has drained. */
const shutdownTime = 2 * minute

const tasksOf = (
  resources: readonly RemovedResource[],
  prune: PlannedPrune | undefined,
  { owned, drainSeconds }: TeardownFacts,
): readonly PlannedTask[] => {
  const has = (...kinds: readonly RemovedKind[]) => resources.some(({ kind }) => kinds.includes(kind))
  const runs = owned.groups.some(({ instances }) => instances.length > 0)
  const task = (name: PlannedTask['name'], expected: number): PlannedTask => ({ name, expected })
  return [
    ...(has('group') ? [task('group', runs ? drainSeconds * second + shutdownTime : 30 * second)] : []),
    ...(has('listener', 'load-balancer', 'target-group') ? [task('balancer', 10 * second)] : []),
    ...(has('template') ? [task('template', 2 * second)] : []),
    ...(has('security-group') ? [task('network', has('load-balancer') ? interfaceTime : 10 * second)] : []),
    ...(prune ? [task('images', (prune.images.length * minute) / 2 + 5 * second)] : []),
  ]
}

const deletingCalls: Readonly<Record<RemovedKind, readonly string[]>> = {
  'scheduled-action': ['DeleteScheduledAction'],
  policy: ['DeletePolicy'],
  group: ['UpdateAutoScalingGroup', 'DeleteAutoScalingGroup'],
  listener: ['DeleteListener'],
  'load-balancer': ['DeleteLoadBalancer'],
  'target-group': ['DeleteTargetGroup'],
  template: ['DeleteLaunchTemplate'],
  'security-group': ['DeleteSecurityGroup'],
}

const callsOf = (
  resources: readonly RemovedResource[],
  prune: PlannedPrune | undefined,
): readonly string[] => [
  ...new Set(resources.flatMap(({ kind }) => deletingCalls[kind])),
  ...(prune && prune.images.length > 0 ? ['DeregisterImage'] : []),
  ...(prune ? ['DeleteSnapshot'] : []),
]
