import type { KnownEvent } from '../../domain/events/event'
import type { Service } from '../../domain/catalogue'
import type { Group, ScheduledAction } from '../../domain/fleet'
import type { EventFacts } from '../../domain/planning/events'
import { groupsTrouble } from '../../domain/planning/security-groups'
import { type Reason, reason } from '../../domain/reasons'
import type { Account } from '../../ports/account'
import type { Calendar } from '../../ports/calendar'
import type { Freshness } from '../../ports/freshness'
import type { Desk } from '../context'
import { liveGroup } from './live-group'
import { roomOf } from './room'

/** The events of a service, and the scheduled actions of the group that serves: of the color that is live. */
export const eventsOf = async (
  account: Account,
  calendar: Pick<Calendar, 'of'>,
  service: Service,
  freshness?: Freshness,
): Promise<
  | {
      readonly group: Group
      readonly actions: readonly ScheduledAction[]
      readonly events: readonly KnownEvent[]
    }
  | Reason
> => {
  const group = await liveGroup(account, service, freshness)
  if ('code' in group) return group
  const [actions, events] = await Promise.all([
    account.groups.scheduled(group.name),
    calendar.of(service.name),
  ])
  return { group, actions, events }
}

/** All that planning an event wants to know, or why it cannot be planned. */
export const gatherEvents = async (desk: Desk): Promise<EventFacts | Reason> => {
  const { account, service, calendar, now } = desk
  const known = await eventsOf(account, calendar, service)
  if ('code' in known) return known
  const [launchTrouble, room] = await Promise.all([
    findLaunchTrouble(account, known.group),
    roomOf(account, known.group),
  ])
  return { now, ...known, room, ...(launchTrouble && { launchTrouble }) }
}

/** What would keep the group from launching at the hour: found when it is scheduled. */
export const findLaunchTrouble = async (account: Account, group: Group): Promise<Reason | undefined> => {
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
  return groupsTrouble(version, group)
}
