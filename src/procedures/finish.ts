import { completeness } from '../domain/colors/handover'
import { type Colors, sides } from '../domain/colors/state'
import { putIntoStandby, type Swapped, swappedBy, windowId } from '../domain/colors/window'
import { minimumOf } from '../domain/planning/colors'
import { type Planned, refusedPlan } from '../domain/planning/facts'
import { type AlarmsNow, planFinish, type Serving } from '../domain/planning/standby'
import { reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { type Milliseconds, minute } from '../domain/time'
import type { AlarmState } from '../ports/alarms'
import type { Desk, Runbook } from './context'
import { giveUpStandby } from './parts/colors/give-up'
import { findColors } from './parts/colors/find'
import { gatherColors } from './parts/colors/gather'
import { gatherStanding } from './parts/colors/standing'
import { pastOf } from './parts/past'
import { see } from './parts/see'

type Finish = Extract<Request, { procedure: 'finish' }>

/** A color that loses instances to their health within this time has not settled. */
const settles: Milliseconds = 15 * minute
/** Operations that are looked through for who put instances into Standby. */
const recent = 50

/**
 * `/asg finish <service>`: the end of a window. What stands by is terminated, and the old color is idle. It starts by
 * itself when the window is over, and does nothing while the color that serves is not whole; by itself it does nothing
 * either while an alarm of the service rings.
 */
export const finish: Runbook<Finish> = {
  async plan(request, desk) {
    const { service, account, appointments, now } = desk
    const none = refusedPlan(reason('no_window', { service: service.name }))
    const colors = await findColors(account, service)
    if ('code' in colors) return refusedPlan(colors)
    const standing = await gatherStanding(desk, colors)
    if (standing.ours.size === 0) return none
    const owner = await ownerOf(desk, standing.ours)
    // A button under an older swap speaks of a window that is over.
    if (request.operation !== undefined && request.operation !== owner?.operation) return none
    const [window] = (await appointments.of(service.name)).filter(({ id }) => id === windowId(service.name))
    const moved = request.due !== undefined && window !== undefined && window.at > now
    if (moved) return refusedPlan(reason('window_moved', { service: service.name, until: window.at }))
    return plan(desk, colors, standing, { swapped: owner, byItself: request.due !== undefined })
  },

  run: (run, context) => giveUpStandby(run, context),
}

const plan = async (
  desk: Desk,
  colors: Colors,
  standing: Parameters<typeof planFinish>[2],
  { swapped, byItself }: { readonly swapped: Swapped | undefined; readonly byItself: boolean },
): Promise<Planned> => {
  const [facts, past, alarms, live] = await Promise.all([
    gatherColors(desk, colors),
    pastOf(desk, 'finish'),
    alarmsOf(desk),
    Promise.all(
      colors.components.map((component) => servingOf(desk, sides(component, colors.live).from.name)),
    ),
  ])
  const known = live.filter((one) => one !== undefined)
  if (known.length < live.length) return refusedPlan(reason('group_not_found', {}))
  return planFinish({ service: desk.service, past }, facts, standing, {
    live: known,
    within: settles,
    alarms,
    byItself,
    ...(swapped && { swapped }),
  })
}

/** The service's alarms that ring, and those that do not exist. Where the catalogue names none, none are read. */
const alarmsOf = async ({ service, account }: Desk): Promise<AlarmsNow> => {
  const names = service.alarms ?? []
  const states = names.length > 0 ? await account.alarms.states(names) : new Map<string, AlarmState>()
  return {
    ringing: names.filter((name) => states.get(name) === 'ALARM'),
    unknown: names.filter((name) => !states.has(name)),
  }
}

/** The swap that put them into Standby. */
const ownerOf = async (
  { journal, service }: Desk,
  ours: ReadonlySet<string>,
): Promise<Swapped | undefined> => {
  const owner = (await journal.history(service.name, recent)).find((operation) => {
    const put = putIntoStandby([operation])
    return swappedBy(operation) !== undefined && [...ours].some((id) => put.has(id))
  })
  return owner && swappedBy(owner)
}

/** Instances that a group took out because of their health (wording of DescribeScalingActivities, Cause). */
const forHealth = /health check/i

const servingOf = async ({ account, service, now }: Desk, name: string): Promise<Serving | undefined> => {
  const [fleet, activities] = await Promise.all([see(account, name, {}), account.groups.activities(name)])
  if (!fleet) return undefined
  const { serving, wanted, complete } = completeness(fleet, minimumOf(service, fleet.group))
  const lost = activities.filter(
    ({ startedAt, description, cause }) =>
      startedAt >= now - settles && description.startsWith('Terminating') && forHealth.test(cause),
  )
  return { group: name, serving, wanted, complete, lost: lost.length }
}
