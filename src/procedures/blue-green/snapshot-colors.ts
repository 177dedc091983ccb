import type { PlannedColors } from '../../domain/blue-green/planned-colors'
import type { Scaling } from '../../domain/blue-green/scaling'
import type { ColorsSnapshot, ComponentSnapshot, GroupSnapshot } from '../../domain/blue-green/snapshot'
import type { Group } from '../../domain/fleet/fleet'
import { type Reason, reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import { active, isStandby, isWeighted, unitsOf } from '../../domain/fleet/serving'
import { keptColorSteps } from '../../domain/steps/blue-green/capacity'
import { copySteps } from '../../domain/steps/blue-green/scaling'
import { standbySteps } from '../../domain/steps/blue-green/standby'
import { colorVersionSteps } from '../../domain/steps/blue-green/version'
import type { Step } from '../../domain/steps/step'
import { done, failed, type PollResult, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Account } from '../../ports/account'
import { type Context, planned } from '../context'
import { runningRefresh } from '../../facts/fleet/gather-fleet'
import { readDelay } from '../fleet/group/snapshot-group'
import { scalingOf } from '../../facts/blue-green/gather-colors'
import { asPlainData } from './transfer-scaling'

/**
 * Writes down both colors as they are now, whole, before anything is changed. Fails when they are no more what the
 * plan was made for, as they may be after the time that an image takes.
 */
export const snapshotColors = (run: Run, context: Context): Promise<ColorsSnapshot> =>
  recordSnapshot(run, context, { step: colorVersionSteps.snapshot, unless: idleChanged, read: scalingOf })

/**
 * The same before a color is brought back that is kept warm, but for what scales either of them: people wait for the
 * calls that bring it back, and those reads can come after them (`recordScaling`).
 */
export const snapshotKeptColors = (run: Run, context: Context): Promise<ColorsSnapshot> => {
  const read = async () => ({ policies: [], actions: [] })
  return recordSnapshot(
    run,
    context,
    // At weight 0 it runs.
    context.plan.colors?.weights
      ? { step: keptColorSteps.snapshot, unless: () => undefined, read }
      : { step: standbySteps.snapshot, unless: standbyChanged, read },
  )
}

/** Both colors with what scales them now, written down before that is touched. */
export const snapshotScaling = async (
  run: Run,
  { account, plan }: Context,
  { components }: ColorsSnapshot,
): Promise<ColorsSnapshot> => {
  const { scalingNow } = plan.colors?.weights ? copySteps : standbySteps
  const completed: ComponentSnapshot[] = []
  for (const { name, from, to } of components) {
    const scaling = await run.record(scalingNow.at({ component: name }), async () => {
      const [serving, other] = await Promise.all([scalingOf(account, from.name), scalingOf(account, to.name)])
      return { from: asPlainData(serving), to: asPlainData(other) }
    })
    completed.push({ name, from: { ...from, ...scaling.from }, to: { ...to, ...scaling.to } })
  }
  return { components: completed }
}

interface SnapshotSpec {
  readonly step: Step<'step', 'none'>
  /** Why the color that is to come up is not as it was planned for. */
  readonly unless: (group: Group) => Reason | undefined
  /** Reads what scales a group. */
  readonly read: (account: Account, group: string) => Promise<Scaling>
}

const recordSnapshot = (
  run: Run,
  context: Context,
  { step, unless, read }: SnapshotSpec,
): Promise<ColorsSnapshot> => {
  let last: PollResult<ColorsSnapshot> = waiting()
  return run.step(step, {
    choose: () => run.now(),
    observe: async () => {
      last = await readSnapshot(context, { unless, read })
      return last.kind === 'done' ? last.outcome : undefined
    },
    // Nothing is done here but to bear for a while what looks changed.
    act: async (since) => (run.now() - since >= readDelay ? last : waiting()),
  })
}

const readSnapshot = async (
  context: Context,
  { unless, read }: Pick<SnapshotSpec, 'unless' | 'read'>,
): Promise<PollResult<ColorsSnapshot>> => {
  const colors = planned(context.plan.colors, 'colors')
  const components: ComponentSnapshot[] = []
  for (const { name, from, to } of colors.components) {
    const [serving, idle] = await Promise.all([
      groupSnapshotOf(context, colors, from.name, read),
      groupSnapshotOf(context, colors, to.name, read),
    ])
    if (!serving.ok) return failed(serving.reason)
    if (!idle.ok) return failed(idle.reason)
    const changed =
      (serving.value.group.desired === 0 && capacityChanged(from.name, from.desired, 0)) ||
      unless(idle.value.group)
    if (changed) return failed(changed)
    components.push({ name, from: serving.value.snapshot, to: idle.value.snapshot })
  }
  return done({ components })
}

const capacityChanged = (group: string, was: number, is: number): Reason =>
  reason('group_changed', { group, what: 'desired capacity', was, is })

/** The color that is to come up must still be at zero: what is in it would not be on the version that it is given. */
const idleChanged = (group: Group): Reason | undefined => {
  const standby = unitsOf(group.instances.filter(isStandby))
  const there = Math.max(group.desired, unitsOf(active(group)), standby)
  return there > 0 ? capacityChanged(group.name, 0, there) : undefined
}

const standbyChanged = (group: Group): Reason | undefined => {
  const there = Math.max(group.desired, unitsOf(active(group)))
  return there > 0 ? capacityChanged(group.name, 0, there) : undefined
}

const groupSnapshotOf = async (
  { account, service }: Context,
  colors: PlannedColors,
  name: string,
  read: SnapshotSpec['read'],
): Promise<Result<{ readonly group: Group; readonly snapshot: GroupSnapshot }>> => {
  const group = await account.groups.describe(name)
  if (!group) return failure(reason('group_not_found', { group: name, region: service.where.region }))
  if (group.status) return failure(reason('group_being_deleted', { group: name, status: group.status }))
  const running = (await account.groups.refreshes(name)).find(({ status }) => runningRefresh.has(status))
  if (running) return failure(reason('refresh_already_running', { group: name, refresh: running.id }))
  const [{ policies, actions }, template] = await Promise.all([
    read(account, name),
    colors.components.some((component) => component.template) ? templateOf(account, group) : undefined,
  ])
  const tag = service.versionTag === undefined ? undefined : group.tags[service.versionTag]
  const { min, desired, max, suspended, targetGroups } = group
  const snapshot: GroupSnapshot = {
    name,
    min,
    desired,
    max,
    suspended,
    policies,
    actions,
    targetGroups,
    standby: group.instances.filter(isStandby).map(({ id }) => id),
    ...(isWeighted(group) && {
      weighted: true as const,
      standbyUnits: unitsOf(group.instances.filter(isStandby)),
    }),
    ...(tag !== undefined && { tag }),
    ...(template && { template }),
  }
  return ok({ group, snapshot })
}

const templateOf = async (
  { templates }: Context['account'],
  { template }: Group,
): Promise<GroupSnapshot['template']> => {
  if (!template) return undefined
  const { id, name, pin } = template
  const [version, standard] = await Promise.all([
    templates.version(id, pin),
    templates.version(id, '$Default'),
  ])
  return version && standard
    ? {
        id,
        name,
        pin,
        version: version.number,
        default: standard.number,
        ...(version.imageId !== undefined && { imageId: version.imageId }),
      }
    : undefined
}
