import type { KnownEvent } from '../../domain/events/event'
import type { Service } from '../../domain/catalogue/catalogue'
import type { Group, ScheduledAction } from '../../domain/fleet/fleet'
import type { EventFacts } from '../../domain/events/plan-event'
import { securityGroupsProblem } from '../../domain/fleet/security-groups'
import { type Reason, reason } from '../../domain/reasons/reason'
import { type Result, ok } from '../../domain/result'
import type { Account } from '../../ports/account'
import type { Calendar } from '../../ports/calendar'
import type { Freshness } from '../../ports/freshness'
import { liveGroup } from '../fleet/live-group'
import { readHeadroom } from '../fleet/headroom'
import type { PlanContext } from '../plan-context'

/** The events of a service, and the scheduled actions of the group that serves: of the color that is live. */
export const eventsOf = async (
  account: Account,
  calendar: Pick<Calendar, 'of'>,
  service: Service,
  freshness?: Freshness,
): Promise<
  Result<{
    readonly group: Group
    readonly actions: readonly ScheduledAction[]
    readonly events: readonly KnownEvent[]
  }>
> => {
  const found = await liveGroup(account, service, freshness)
  if (!found.ok) return found
  const group = found.value
  const [actions, events] = await Promise.all([
    account.groups.scheduled(group.name),
    calendar.of(service.name),
  ])
  return ok({ group, actions, events })
}

/** All that planning an event wants to know, or why it cannot be planned. */
export const gatherEvents = async (context: PlanContext): Promise<Result<EventFacts>> => {
  const { account, service, calendar, now } = context
  const found = await eventsOf(account, calendar, service)
  if (!found.ok) return found
  const known = found.value
  const [launchProblem, headroom, policies] = await Promise.all([
    findLaunchProblem(account, known.group),
    readHeadroom(account, known.group),
    account.groups.policies(known.group.name),
  ])
  return ok({ now, ...known, headroom, policies, ...(launchProblem && { launchProblem }) })
}

/** What would keep the group from launching at the hour: found when it is scheduled. */
export const findLaunchProblem = async (account: Account, group: Group): Promise<Reason | undefined> => {
  if (!group.template) return reason('group_without_template', { group: group.name })
  const { id, name, pin } = group.template
  const version = await account.templates.version(id, pin)
  if (!version)
    return reason('template_version_not_found', {
      template: name,
      ...(typeof pin === 'number' && { version: pin }),
    })
  const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
  if (image?.state !== 'available') {
    return reason('image_not_found', { image: version.imageId, name: `${name} ${version.number}` })
  }
  return securityGroupsProblem(version, group)
}
