import { type KnownEvent, eventOf } from '../../domain/events/event'
import type { Group, ScheduledAction } from '../../domain/fleet'
import type { EventFacts } from '../../domain/planning/events'
import { groupsTrouble } from '../../domain/planning/security-groups'
import { type Reason, reason } from '../../domain/reasons'
import type { Account } from '../../ports/account'
import type { Journal } from '../../ports/journal'
import type { Desk } from '../context'
import { liveGroup } from './live-group'

/** The scheduled actions of a group, and the events that they belong to as they were planned. */
export const eventsOf = async (
  account: Account,
  journal: Pick<Journal, 'read'>,
  group: string,
): Promise<{ readonly actions: readonly ScheduledAction[]; readonly events: readonly KnownEvent[] }> => {
  const actions = await account.groups.scheduled(group)
  const ids = [...new Set(actions.flatMap(({ name }) => eventOf(name)?.id ?? []))]
  const operations = await Promise.all(ids.map((id) => journal.read(id)))
  const events = operations.flatMap((operation) => {
    const event = operation?.plan?.schedule?.event
    return operation && event ? [{ id: operation.id, event }] : []
  })
  return { actions, events }
}

/** All that planning an event wants to know, or why it cannot be planned. */
export const gatherEvents = async (desk: Desk): Promise<EventFacts | Reason> => {
  const { account, service, journal, now } = desk
  const group = await liveGroup(account, service)
  if ('code' in group) return group
  const [known, launchTrouble] = await Promise.all([
    eventsOf(account, journal, group.name),
    findLaunchTrouble(account, group),
  ])
  return { group, now, ...known, ...(launchTrouble && { launchTrouble }) }
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
