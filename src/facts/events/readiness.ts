import { type DriftedAction, driftOf } from '../../domain/events/drift'
import { baseOf } from '../../domain/events/base'
import type { KnownEvent } from '../../domain/events/event'
import { scaledOutSizes, type PlannedMonitor, type ReadinessReport } from '../../domain/events/monitoring'
import { headroomProblems, vcpusLeft } from '../../domain/events/headroom'
import { sameSizes } from '../../domain/events/sizes'
import type { Group } from '../../domain/fleet/fleet'
import { stoppedFor } from '../../domain/events/plan-event'
import { type Reason, reason } from '../../domain/reasons/reason'
import { active, instancesFor, serving, unitsOf } from '../../domain/fleet/serving'
import type { Instant } from '../../domain/time/time'
import { planUpdate } from '../images/plan-update'
import { checkedRead } from '../checked-read'
import { eventsOf, findLaunchProblem } from './gather-events'
import { readHeadroom } from '../fleet/headroom'
import { readTargets } from '../fleet/read-fleet'
import type { OperationId } from '../../domain/operation/id'
import type { ReasonCode } from '../../domain/reasons/reason-facts'
import type { PlanContext } from '../plan-context'

/** What one check came to. */
interface CheckResult {
  readonly good?: ReadinessReport['good']
  readonly bad?: ReadinessReport['bad'][number] | ReadinessReport['bad']
  readonly unknown?: Reason | readonly Reason[]
}

/**
 * Looks whether all is ready for an event: its actions, what would be launched, where to, and how those do that serve
 * now. A check that AWS does not answer says so, and nothing of the others. Changes nothing.
 */
export const readiness = async (
  context: PlanContext,
  monitored: PlannedMonitor,
): Promise<ReadinessReport> => {
  const { account, calendar, service, now } = context
  const known = await checkedRead(() => eventsOf(account, calendar, service))
  if (!known.ok) return { at: now, good: {}, bad: [], unknown: [known.reason] }
  const found = known.value
  if (!found.ok) return { at: now, good: {}, bad: [{ reason: found.reason }], unknown: [] }
  const { group, actions, events } = found.value
  const checks = await Promise.all(
    [
      async () => checkActions(monitored, { group, actions, events, now }),
      async () => checkBase(context, monitored, { group, events, now }),
      async () => checkLaunch(context, group),
      async () => checkNewestImage(context),
      async () => checkVersions(context, group),
      async () => checkHealth(context, group),
      async () => checkHeadroom(context, monitored, group),
      async () => checkLead(monitored),
    ].map(async (check): Promise<CheckResult> => {
      const found = await checkedRead(check)
      return found.ok ? found.value : { unknown: found.reason }
    }),
  )
  return {
    at: now,
    good: Object.assign({}, ...checks.map(({ good }) => good ?? {})) as ReadinessReport['good'],
    bad: checks.flatMap(({ bad }) => bad ?? []),
    unknown: checks.flatMap(({ unknown }) => unknown ?? []),
  }
}

/** Whether the scheduled actions are as they were made. */
const checkActions = (
  { id }: PlannedMonitor,
  facts: Parameters<typeof driftOf>[0] & { readonly group: Group },
): CheckResult => {
  const stopped = stoppedFor(facts.group)
  if (stopped) return { bad: { reason: stopped } }
  const drifted = driftOf(facts).get(id)
  if (!drifted) return { good: { actions: true } }
  return { bad: { reason: actionsChanged(id, drifted), mend: `reschedule ${id}` } }
}

/** What somebody did to the actions of an event. */
export const actionsChanged = (id: OperationId, drifted: readonly DriftedAction[], name?: string): Reason => {
  const edges = (how: DriftedAction['how']) =>
    drifted.filter((one) => one.how === how).map(({ edge }) => edge)
  const [gone, changed, added] = [edges('gone'), edges('changed'), edges('added')]
  return reason('event_actions_changed', { event: id, name, gone, changed, added })
}

/** Whether the event goes back to what the group has now; policies move the desired capacity as they like. */
const checkBase = async (
  { account }: PlanContext,
  { id }: PlannedMonitor,
  facts: { readonly group: Group; readonly events: readonly KnownEvent[]; readonly now: Instant },
): Promise<CheckResult> => {
  const is = baseOf(facts)
  const was = facts.events.find((event) => event.id === id)?.event.base
  if (!was || sameSizes(was, is)) return {}
  const policies = await account.groups.policies(facts.group.name)
  if (policies.some(({ enabled }) => enabled) && was.min === is.min && was.max === is.max) return {}
  const { name } = facts.group
  return {
    bad: {
      reason: reason('event_base_differs', {
        event: id,
        group: name,
        restores: { ...was },
        current: { ...is },
      }),
      mend: `reschedule ${id}`,
    },
  }
}

const checkLaunch = async ({ account }: PlanContext, group: Group): Promise<CheckResult> => {
  const problem = await findLaunchProblem(account, group)
  return problem ? { bad: { reason: problem } } : {}
}

/** Whether a newer image waits to be taken, as `update-image` would find it. */
const checkNewestImage = async (context: PlanContext): Promise<CheckResult> => {
  const { service } = context
  if (!service.image) return {}
  const planned = await planUpdate({ procedure: 'update-image', service: service.name }, context)
  if (planned.ok) {
    const { before, version } = planned.value
    const newer = reason('image_not_newest', { image: before, name: version })
    return { bad: { reason: newer, mend: `update-image ${service.name}` } }
  }
  if (planned.reason.code !== 'nothing_to_do') return { unknown: planned.reason }
  const id = planned.reason.facts['image']
  const [image] = typeof id === 'string' ? await context.account.images.byId([id]) : []
  return { good: { ...(image && { image: image.name }) } }
}

/** Whether all that runs is what would be launched. */
const checkVersions = async ({ account, service }: PlanContext, group: Group): Promise<CheckResult> => {
  if (!group.template) return {}
  const next = await account.templates.version(group.template.id, group.template.pin)
  if (!next) return {}
  const running = active(group).map(({ templateVersion }) => templateVersion)
  const others = [...new Set(running)].filter((version) => version !== next.number)
  return others.length === 0
    ? { good: { version: next.number } }
    : {
        bad: {
          reason: reason('versions_differ', {
            group: group.name,
            version: next.number,
            versions: others.map((version) => String(version ?? '?')),
          }),
          mend: `roll ${service.name} ${next.number}`,
        },
      }
}

const checkHealth = async ({ account }: PlanContext, group: Group): Promise<CheckResult> => {
  const fleet = await readTargets(account, group, { maxAge: 5_000 })
  const healthy = serving(fleet).length
  if (unitsOf(serving(fleet)) >= group.desired) return { good: { healthy } }
  const unhealthyTarget = [...fleet.targets.values()].flat().find(({ state }) => state !== 'healthy')
  return {
    bad: {
      reason: reason('targets_unhealthy', {
        group: group.name,
        healthy,
        wanted: instancesFor(group, group.desired),
        because: unhealthyTarget?.reason,
      }),
    },
  }
}

/** Whether the account has room for what comes. */
const checkHeadroom = async (
  { account }: PlanContext,
  monitored: PlannedMonitor,
  group: Group,
): Promise<CheckResult> => {
  const headroom = await readHeadroom(account, group)
  const short = headroomProblems(headroom, group, instancesFor(group, scaledOutSizes(monitored).desired))
  const isShort = (code: ReasonCode) => short.some((one) => one.code === code)
  return {
    good: {
      ...(headroom.addresses !== undefined &&
        !isShort('addresses_short') && { addresses: headroom.addresses }),
      ...(headroom.vcpus && !isShort('vcpus_short') && { vcpus: vcpusLeft(headroom.vcpus) }),
    },
    bad: short.map((one) => ({ reason: one })),
    unknown: headroom.unknown,
  }
}

/** Whether the group scales out early enough for what its last scale-outs took. */
const checkLead = ({ id, event, took }: PlannedMonitor): CheckResult => {
  if (took === undefined) return {}
  return took <= event.lead
    ? { good: { took } }
    : {
        bad: {
          reason: reason('event_lead_short', { took, lead: event.lead }),
          mend: `reschedule ${id}`,
        },
      }
}
