import { type Broken, brokenEvents } from '../../domain/events/audit'
import { baseOf } from '../../domain/events/base'
import type { KnownEvent } from '../../domain/events/event'
import { outSizes, type PlannedFollow, type Report } from '../../domain/events/following'
import { roomTroubles, vcpusLeft } from '../../domain/events/room'
import { sameSizes } from '../../domain/events/sizes'
import type { Group } from '../../domain/fleet'
import { stoppedFor } from '../../domain/planning/events'
import { type Reason, type ReasonCode, reason } from '../../domain/reasons'
import type { OperationId } from '../../domain/operation'
import { active, serving } from '../../domain/serving'
import type { Instant } from '../../domain/time'
import type { Desk } from '../context'
import { refresh } from '../refresh'
import { answered } from './answered'
import { eventsOf, findLaunchTrouble } from './gather-events'
import { roomOf } from './room'
import { seeTargets } from './see'

/** What one check came to. */
interface Checked {
  readonly good?: Report['good']
  readonly bad?: Report['bad'][number] | Report['bad']
  readonly unknown?: Reason | readonly Reason[]
}

/**
 * Looks whether all is ready for an event: its actions, what would be launched, where to, and how those do that serve
 * now. A check that AWS does not answer says so, and nothing of the others. Changes nothing.
 */
export const readiness = async (desk: Desk, follow: PlannedFollow): Promise<Report> => {
  const { account, calendar, service, now } = desk
  const known = await answered(() => eventsOf(account, calendar, service))
  if (!known.ok) return { at: now, good: {}, bad: [], unknown: [known.reason] }
  const found = known.value
  if (!found.ok) return { at: now, good: {}, bad: [{ reason: found.reason }], unknown: [] }
  const { group, actions, events } = found.value
  const checks = await Promise.all(
    [
      async () => actionsOf(follow, { group, actions, events, now }),
      async () => baseOfEvent(desk, follow, { group, events, now }),
      async () => launchOf(desk, group),
      async () => newestOf(desk),
      async () => versionOf(desk, group),
      async () => healthOf(desk, group),
      async () => roomFor(desk, follow, group),
      async () => leadOf(follow),
    ].map(async (check): Promise<Checked> => {
      const found = await answered(check)
      return found.ok ? found.value : { unknown: found.reason }
    }),
  )
  return {
    at: now,
    good: Object.assign({}, ...checks.map(({ good }) => good ?? {})) as Report['good'],
    bad: checks.flatMap(({ bad }) => bad ?? []),
    unknown: checks.flatMap(({ unknown }) => unknown ?? []),
  }
}

/** Whether the scheduled actions are as they were made. */
const actionsOf = (
  { id }: PlannedFollow,
  facts: Parameters<typeof brokenEvents>[0] & { readonly group: Group },
): Checked => {
  const stopped = stoppedFor(facts.group)
  if (stopped) return { bad: { reason: stopped } }
  const broken = brokenEvents(facts).get(id)
  if (!broken) return { good: { actions: true } }
  return { bad: { reason: actionsChanged(id, broken), mend: `reschedule ${id}` } }
}

/** What somebody did to the actions of an event. */
export const actionsChanged = (id: OperationId, broken: readonly Broken[], name?: string): Reason => {
  const edges = (how: Broken['how']) => broken.filter((one) => one.how === how).map(({ edge }) => edge)
  const [gone, changed, added] = [edges('gone'), edges('changed'), edges('added')]
  return reason('event_actions_changed', { event: id, name, gone, changed, added })
}

/** Whether the event goes back to what the group has now; policies move the desired capacity as they like. */
const baseOfEvent = async (
  { account }: Desk,
  { id }: PlannedFollow,
  facts: { readonly group: Group; readonly events: readonly KnownEvent[]; readonly now: Instant },
): Promise<Checked> => {
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

const launchOf = async ({ account }: Desk, group: Group): Promise<Checked> => {
  const trouble = await findLaunchTrouble(account, group)
  return trouble ? { bad: { reason: trouble } } : {}
}

/** Whether a newer image waits to be taken, as `refresh` would find it. */
const newestOf = async (desk: Desk): Promise<Checked> => {
  const { service } = desk
  if (!service.image) return {}
  const planned = await refresh.plan({ procedure: 'refresh', service: service.name }, desk)
  if (planned.ok) {
    const { before, version } = planned.value
    const newer = reason('image_not_newest', { image: before, name: version })
    return { bad: { reason: newer, mend: `refresh ${service.name}` } }
  }
  if (planned.reason.code !== 'nothing_to_do') return { unknown: planned.reason }
  const id = planned.reason.facts['image']
  const [image] = typeof id === 'string' ? await desk.account.images.byId([id]) : []
  return { good: { ...(image && { image: image.name }) } }
}

/** Whether all that runs is what would be launched. */
const versionOf = async ({ account, service }: Desk, group: Group): Promise<Checked> => {
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

const healthOf = async ({ account }: Desk, group: Group): Promise<Checked> => {
  const fleet = await seeTargets(account, group, { maxAge: 5_000 })
  const healthy = serving(fleet).length
  if (healthy >= group.desired) return { good: { healthy } }
  const sick = [...fleet.targets.values()].flat().find(({ state }) => state !== 'healthy')
  return {
    bad: {
      reason: reason('targets_unhealthy', {
        group: group.name,
        healthy,
        wanted: group.desired,
        because: sick?.reason,
      }),
    },
  }
}

/** Whether the account has room for what comes. */
const roomFor = async ({ account }: Desk, follow: PlannedFollow, group: Group): Promise<Checked> => {
  const room = await roomOf(account, group)
  const short = roomTroubles(room, group, outSizes(follow).desired)
  const lacks = (code: ReasonCode) => short.some((one) => one.code === code)
  return {
    good: {
      ...(room.addresses !== undefined && !lacks('addresses_short') && { addresses: room.addresses }),
      ...(room.vcpus && !lacks('vcpus_short') && { vcpus: vcpusLeft(room.vcpus) }),
    },
    bad: short.map((one) => ({ reason: one })),
    unknown: room.unknown,
  }
}

/** Whether the group goes out early enough for what its last scale-outs took. */
const leadOf = ({ id, event, took }: PlannedFollow): Checked => {
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
