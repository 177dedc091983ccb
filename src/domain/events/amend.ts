import type { Capacity } from '../catalogue/catalogue'
import type { ScheduledAction } from '../fleet/fleet'
import { isSameZone } from '../time/canonical-zone'
import type { Instant } from '../time/time'
import { takeCron } from '../time/phrases/every'
import { actionName, type Edge, eventOf, type PlannedAction } from './event'
import { nextTime } from './occurrences'
import { sameSizes } from './sizes'
import type { Wanted } from './timetable'
import type { OperationId } from '../operation/id'

/** What brings a group's own scheduled actions to what a timetable says. */
interface Amendment {
  /** Deleted before anything is made: AWS takes no second action for the instant at which these begin. */
  readonly first?: readonly ScheduledAction[]
  readonly put: readonly PlannedAction[]
  readonly remove: readonly ScheduledAction[]
}

/**
 * An update of an action may leave what it does not name as it was (API reference of PutScheduledUpdateGroupAction, up
 * to 2021: "if you leave a parameter unspecified when updating, the corresponding value remains unchanged"). So an end
 * time is taken away by another one that never comes.
 */
export const never: Instant = Date.UTC(2099, 11, 31)

/** When an action that recurs names its next time; undefined for one that runs once. */
export const nextRun = (
  { recurrence, timezone = 'UTC' }: Pick<ScheduledAction, 'recurrence' | 'timezone'>,
  after: Instant,
): Instant | undefined => {
  const cron = recurrence === undefined ? undefined : takeCron(recurrence)
  if (cron === undefined || cron === 'unsupported') return undefined
  return nextTime({ ...cron, zone: timezone }, after)
}

/**
 * Compares what there must be with what there is. What stands is left alone; what differs is replaced in its place where
 * it would run next at the same instant (AWS takes one start time once), else made beside the old one, which goes last:
 * at no moment is there neither. `ids`: the events that are spoken of; actions of no others are touched. What runs now
 * is left to run.
 */
export const amend = (
  wanted: readonly Wanted[],
  actions: readonly ScheduledAction[],
  ids: ReadonlySet<OperationId>,
  now: Instant,
): Amendment => {
  const own = actions.flatMap((action) => {
    const found = eventOf(action.name)
    return found && ids.has(found.id) ? [{ ...found, action }] : []
  })
  const used = new Set<ScheduledAction>()
  const of = ({ id, edge }: Wanted) => own.filter((one) => one.id === id && one.edge === edge)
  const free = (want: Wanted) => of(want).filter(({ action }) => !used.has(action))
  const open = wanted.filter((want) => {
    const matching = free(want).find(({ action }) => stands(action, want, now))
    if (matching) used.add(matching.action)
    return !matching
  })
  const taken = new Set(own.map(({ action }) => action.name))
  const nameFor = ({ id, edge }: Wanted): number => {
    let index = 1
    while (taken.has(actionName(id ?? '', edge, index))) index += 1
    taken.add(actionName(id ?? '', edge, index))
    return index
  }
  const put = open.map((want): PlannedAction => {
    const there = placeOf(want, free(want), now)
    if (there) used.add(there.action)
    return planned(want, there?.index ?? nameFor(want), there?.action, now)
  })
  const remove = own
    .map(({ action }) => action)
    .filter((action) => !used.has(action))
    // What runs once and runs just now is gone by itself.
    .filter(({ recurrence, startAt = now }) => recurrence !== undefined || startAt > now)
    .toSorted((a, b) => rank(b) - rank(a))
  const begins = new Set(put.filter(({ was }) => !was).map((action) => action.at ?? nextRun(action, now)))
  const [first, last] = [true, false].map((inTheWay) =>
    remove.filter(({ startAt }) => begins.has(startAt) === inTheWay),
  )
  return { ...(first?.length && { first }), put: inOrder(put), remove: last ?? [] }
}

const rank = ({ name }: ScheduledAction): number => (eventOf(name)?.edge === 'out' ? 1 : 0)

/** The scale-ins first, so that a group that scales out surely comes back. */
const inOrder = (put: readonly PlannedAction[]): readonly PlannedAction[] => {
  const first = (edge: Edge) => put.filter((one) => one.edge === edge)
  return [...first('in'), ...first('out')]
}

const planned = (
  want: Wanted,
  index: number,
  was: ScheduledAction | undefined,
  now: Instant,
): PlannedAction => {
  const { id, edge, at, until, recurrence, timezone, sizes } = want
  const bounds = was === undefined ? { at, until } : boundsOver(want, was, now)
  return {
    ...(id !== undefined && { event: id }),
    edge,
    ...(index > 1 && { index }),
    ...(bounds.at !== undefined && { at: bounds.at }),
    ...(bounds.until !== undefined && { until: bounds.until }),
    ...(recurrence !== undefined && { recurrence }),
    ...(timezone !== undefined && { timezone }),
    sizes,
    ...(was && { was: asMade(was, now) }),
  }
}

/** The bounds of an action that replaces another: said outright where the other one had some. */
const boundsOver = (want: Wanted, was: ScheduledAction, now: Instant) => ({
  at: want.at ?? (hasStart(was, now) ? nextRun(want, now) : undefined),
  until: want.until ?? (was.endAt === undefined ? undefined : never),
})

/** Whether one that recurs begins later than the time that it names next. AWS gives the next run either way. */
const hasStart = (action: ScheduledAction, now: Instant): boolean => {
  const natural = nextRun(asWanted(action), now)
  return natural !== undefined && action.startAt !== undefined && action.startAt > natural
}

/** An action as it would be made again: what AWS computes of it must not be sent back. */
const asMade = (action: ScheduledAction, now: Instant): ScheduledAction => {
  if (action.recurrence === undefined || hasStart(action, now)) return action
  const { startAt: _, ...rest } = action
  return rest
}

const asWanted = (action: ScheduledAction): Wanted => ({
  edge: 'out',
  sizes: sizesSet(action),
  ...(action.recurrence !== undefined && { recurrence: action.recurrence }),
  ...(action.timezone !== undefined && { timezone: action.timezone }),
})

/** The sizes that an action of an event sets: always all three. */
export const sizesSet = ({ min = 0, desired = 0, max = 0 }: ScheduledAction): Capacity => ({
  min,
  desired,
  max,
})

/** Whether an action is already as it must be. */
const stands = (action: ScheduledAction, want: Wanted, now: Instant): boolean =>
  sameSizes(sizesSet(action), want.sizes) &&
  action.recurrence === want.recurrence &&
  (want.recurrence === undefined || isSameZone(action.timezone, want.timezone)) &&
  endOf(action.endAt) === endOf(want.until) &&
  runsAt(action, want, now)

const endOf = (at: Instant | undefined): Instant => at ?? never

/** An action that is just running still tells the time of this run. */
const runsAt = ({ startAt }: ScheduledAction, want: Wanted, now: Instant): boolean =>
  startAt === (want.at ?? nextRun(want, now)) ||
  (want.recurrence !== undefined && want.at === undefined && startAt !== undefined && startAt <= now)

/**
 * The action that another one replaces under its name: AWS would take no second one for the same instant beside it. What
 * recurs is never replaced by what runs once, nor the other way: an update that names no recurrence keeps the old one.
 */
const placeOf = <One extends { readonly action: ScheduledAction }>(
  want: Wanted,
  there: readonly One[],
  now: Instant,
): One | undefined => {
  const next = want.at ?? nextRun(want, now)
  const alike = there.filter(
    ({ action }) => (action.recurrence === undefined) === (want.recurrence === undefined),
  )
  return (
    alike.find(({ action }) => action.startAt === next) ??
    alike.find(({ action }) => want.recurrence !== undefined && action.recurrence === want.recurrence)
  )
}
