import type { PlannedColors } from '../../../domain/colors/plan'
import type { Scaling } from '../../../domain/colors/scaling'
import type { ColorsShape, ComponentShape, GroupShape } from '../../../domain/colors/shape'
import type { Group } from '../../../domain/fleet'
import { type Reason, reason } from '../../../domain/reasons'
import { type Result, failure, ok } from '../../../domain/result'
import { active, isStandby } from '../../../domain/serving'
import { keptColorSteps } from '../../../domain/steps/blue-green/capacity'
import { copySteps } from '../../../domain/steps/blue-green/scaling'
import { standbySteps } from '../../../domain/steps/blue-green/standby'
import { colorVersionSteps } from '../../../domain/steps/blue-green/version'
import type { Step } from '../../../domain/steps/step'
import { done, failed, type Look, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import type { Account } from '../../../ports/account'
import { type Context, planned } from '../../context'
import { runningRefresh } from '../gather'
import { staleFor } from '../shape'
import { scalingOf } from './gather'
import { asData } from './scaling'

/**
 * Writes down both colors as they are now, whole, before anything is changed. Fails when they are no more what the
 * plan was made for, as they may be after the time that an image takes.
 */
export const recordColors = (run: Run, context: Context): Promise<ColorsShape> =>
  recordAs(run, context, { step: colorVersionSteps.snapshot, unless: unlessIdle, read: scalingOf })

/**
 * The same before a color is brought back that is kept warm, but for what scales either of them: people wait for the
 * calls that bring it back, and those reads can come after them (`recordScaling`).
 */
export const recordStanding = (run: Run, context: Context): Promise<ColorsShape> => {
  const read = async () => ({ policies: [], actions: [] })
  return recordAs(
    run,
    context,
    // At weight 0 it runs.
    context.plan.colors?.weights
      ? { step: keptColorSteps.snapshot, unless: () => undefined, read }
      : { step: standbySteps.snapshot, unless: unlessStanding, read },
  )
}

/** Both colors with what scales them now, written down before that is touched. */
export const recordScaling = async (
  run: Run,
  { account, plan }: Context,
  { components }: ColorsShape,
): Promise<ColorsShape> => {
  const { scalingNow } = plan.colors?.weights ? copySteps : standbySteps
  const whole: ComponentShape[] = []
  for (const { name, from, to } of components) {
    const scaling = await run.record(scalingNow.at({ component: name }), async () => {
      const [serving, other] = await Promise.all([scalingOf(account, from.name), scalingOf(account, to.name)])
      return { from: asData(serving), to: asData(other) }
    })
    whole.push({ name, from: { ...from, ...scaling.from }, to: { ...to, ...scaling.to } })
  }
  return { components: whole }
}

interface Recording {
  readonly step: Step<'step', 'none'>
  /** Why the color that is to come up is not as it was planned for. */
  readonly unless: (group: Group) => Reason | undefined
  /** Reads what scales a group. */
  readonly read: (account: Account, group: string) => Promise<Scaling>
}

const recordAs = (run: Run, context: Context, { step, unless, read }: Recording): Promise<ColorsShape> => {
  let last: Look<ColorsShape> = waiting()
  return run.step(step, {
    choose: () => context.clock.now(),
    observe: async () => {
      last = await shapeNow(context, { unless, read })
      return last.kind === 'done' ? last.outcome : undefined
    },
    // Nothing is done here but to bear for a while what looks changed.
    act: async (since) => (context.clock.now() - since >= staleFor ? last : waiting()),
  })
}

const shapeNow = async (
  context: Context,
  { unless, read }: Pick<Recording, 'unless' | 'read'>,
): Promise<Look<ColorsShape>> => {
  const colors = planned(context.plan.colors, 'colors')
  const components: ComponentShape[] = []
  for (const { name, from, to } of colors.components) {
    const [serving, idle] = await Promise.all([
      shapeOf(context, colors, from.name, read),
      shapeOf(context, colors, to.name, read),
    ])
    if (!serving.ok) return failed(serving.reason)
    if (!idle.ok) return failed(idle.reason)
    const changed =
      (serving.value.group.desired === 0 && whatChanged(from.name, from.desired, 0)) ||
      unless(idle.value.group)
    if (changed) return failed(changed)
    components.push({ name, from: serving.value.shape, to: idle.value.shape })
  }
  return done({ components })
}

const whatChanged = (group: string, was: number, is: number): Reason =>
  reason('group_changed', { group, what: 'desired capacity', was, is })

/** The color that is to come up must still be at zero: what is in it would not be on the version that it is given. */
const unlessIdle = (group: Group): Reason | undefined => {
  const there = Math.max(group.desired, active(group).length, group.instances.filter(isStandby).length)
  return there > 0 ? whatChanged(group.name, 0, there) : undefined
}

const unlessStanding = (group: Group): Reason | undefined => {
  const there = Math.max(group.desired, active(group).length)
  return there > 0 ? whatChanged(group.name, 0, there) : undefined
}

const shapeOf = async (
  { account, service }: Context,
  colors: PlannedColors,
  name: string,
  read: Recording['read'],
): Promise<Result<{ readonly group: Group; readonly shape: GroupShape }>> => {
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
  const shape: GroupShape = {
    name,
    min,
    desired,
    max,
    suspended,
    policies,
    actions,
    targetGroups,
    standby: group.instances.filter(isStandby).map(({ id }) => id),
    ...(tag !== undefined && { tag }),
    ...(template && { template }),
  }
  return ok({ group, shape })
}

const templateOf = async (
  { templates }: Context['account'],
  { template }: Group,
): Promise<GroupShape['template']> => {
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
