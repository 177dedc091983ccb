import { completeness } from '../domain/colors/handover'
import { type Colors, sides } from '../domain/colors/state'
import type { PlannedWeights } from '../domain/colors/plan'
import { stickiest } from '../domain/colors/weights'
import { putIntoStandby, shiftedAt, type Swapped, swappedBy, windowId } from '../domain/colors/window'
import type { Operation } from '../domain/operation'
import { minimumOf } from '../domain/planning/colors'
import type { Planned } from '../domain/planning/facts'
import { type AlarmsNow, planFinish, type Serving } from '../domain/planning/standby'
import { reason } from '../domain/reasons'
import { failure } from '../domain/result'
import type { Request } from '../domain/request'
import { type Milliseconds, minute, second } from '../domain/time'
import type { AlarmState } from '../ports/alarms'
import type { Desk, Runbook } from './context'
import { giveUpStandby } from './parts/colors/give-up'
import { findColors } from './parts/colors/find'
import { gatherColors } from './parts/colors/gather'
import { gatherWeights } from './parts/colors/routes'
import { gatherStanding, keeperOf } from './parts/colors/standing'
import { pastOf } from './parts/past'
import { see } from './parts/see'

type Finish = Extract<Request, { procedure: 'finish' }>

/** A color that loses instances to their health within this time has not settled. */
const settles: Milliseconds = 15 * minute
/** Operations that are looked through for who put instances into Standby. */
const recent = 50

/**
 * `/asg finish <service>`: the end of a window. What is kept is terminated, and the old color is idle. It starts by
 * itself when the window is over, and does nothing while the color that serves is not whole; by itself it does nothing
 * either while an alarm of the service rings.
 */
export const finish: Runbook<Finish> = {
  async plan(request, desk) {
    const { service, account, appointments, now } = desk
    const none = failure(reason('no_window', { service: service.name }))
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    const standing = await gatherStanding(desk, colors)
    if (standing.ours.size === 0) return none
    const keeper = colors.warm ? await keeperOf(desk, colors) : await ownerOf(desk, standing.ours)
    const owner = keeper && swappedBy(keeper)
    // A button under an older swap speaks of a window that is over.
    if (request.operation !== undefined && request.operation !== owner?.operation) return none
    const [window] = (await appointments.of(service.name)).filter(({ id }) => id === windowId(service.name))
    const moved = request.due !== undefined && window !== undefined && window.at > now
    if (moved) return failure(reason('window_moved', { service: service.name, until: window.at }))
    const kept = { swapped: owner, byItself: request.due !== undefined }
    if (!colors.warm) return plan(desk, colors, standing, kept)
    const routed = await gatherWeights(desk, colors, [])
    if (!routed.ok) return routed
    const weights = routed.value
    const until = (keeper ? shiftedAt(keeper) : 0) + stickiest(weights.routes) * second
    const [group] = namesOfIdle(colors)
    if (until > now) return failure(reason('sticky_left', { group, until }))
    return plan(desk, colors, standing, { ...kept, weights })
  },

  run: (run, context) => giveUpStandby(run, context),
}

const namesOfIdle = ({ components, idle }: Colors): readonly string[] =>
  components.map((component) => component[idle].name)

/** What ends: the swap that keeps it, where it is known, and the routes where it is at weight 0. */
interface Kept {
  readonly swapped: Swapped | undefined
  readonly weights?: PlannedWeights
  /** Nobody asked for it: the window is over. */
  readonly byItself: boolean
}

const plan = async (
  desk: Desk,
  colors: Colors,
  standing: Parameters<typeof planFinish>[2],
  { swapped, weights, byItself }: Kept,
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
  if (known.length < live.length) return failure(reason('group_not_found', {}))
  return planFinish({ service: desk.service, past }, facts, standing, {
    live: known,
    within: settles,
    alarms,
    byItself,
    ...(swapped && { swapped }),
    ...(weights && { weights }),
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
): Promise<Operation | undefined> =>
  (await journal.history(service.name, recent)).find((operation) => {
    const put = putIntoStandby([operation])
    return swappedBy(operation) !== undefined && [...ours].some((id) => put.has(id))
  })

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
