import type { ColorsSnapshot, GroupSnapshot } from '../../domain/blue-green/snapshot'
import type { Swapped } from '../../domain/blue-green/window'
import { reason } from '../../domain/reasons/reason'
import { colorPromotionSteps, colorVersionSteps } from '../../domain/steps/blue-green/version'
import type { ScopedStep } from '../../domain/steps/step'
import { waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { moveDefault } from '../fleet/promote-version'
import { setGroup } from '../fleet/group/set-group'
import { deleteVersion, makeVersion } from '../fleet/group/template-version'

/** What instances of a color launch from, by group; empty where the version is in the tag alone. */
export type Launches = ReadonlyMap<
  string,
  { readonly id: string; readonly name: string; readonly version: number }
>

/**
 * Gives the idle color its version: the tag that its instances get at launch, a numbered template version, or both, as
 * the plan says. Where templates are moved both colors are pinned to numbers first: one that follows `$Latest` or
 * `$Default` would launch the new version at its next scale-out, and the old color still must not, even in Standby.
 */
export const assignVersion = async (
  run: Run,
  context: Context,
  shape: ColorsSnapshot,
  image: string | undefined,
): Promise<Launches> => {
  const colors = planned(context.plan.colors, 'colors')
  const launches = new Map<string, { readonly id: string; readonly name: string; readonly version: number }>()
  for (const { name, to, template } of colors.components) {
    const was = shape.components.find((component) => component.name === name)
    if (!template || !was) continue
    await pinTo(run, context, colorVersionSteps.pin, was.from, was.from.template?.version)
    const known = [...launches.values()].find(({ id }) => id === template.id)
    const version = known?.version ?? (await versionFor(run, context, template, image))
    await pinTo(run, context, colorVersionSteps.launchFrom, was.to, version)
    launches.set(to.name, { id: template.id, name: template.name, version })
  }
  const { tag } = colors
  if (tag !== undefined) {
    for (const { to } of colors.components)
      await setTag(run, context, colorVersionSteps.tag, to.name, tag, context.plan.version)
  }
  return launches
}

type Template = NonNullable<NonNullable<Context['plan']['colors']>['components'][number]['template']>

const versionFor = (
  run: Run,
  context: Context,
  { id, name, target }: Template,
  image: string | undefined,
): Promise<number> | number =>
  target.how === 'existing'
    ? target.number
    : makeVersion(run, context, {
        templateId: id,
        from: target.from,
        imageId: planned(image, 'image'),
        token: `rollcall-${context.operation.id}-version-${id}`,
        steps: {
          create: colorVersionSteps.create.at({ template: name }),
          compare: colorVersionSteps.compare.at({ template: name }),
          differs: colorVersionSteps.differs.at({ template: name }),
        },
      })

const pinTo = async (
  run: Run,
  context: Context,
  step: ScopedStep<'step', 'group', boolean, 'group'>,
  { name, template }: GroupSnapshot,
  pin: number | undefined,
): Promise<void> => {
  if (!template || pin === undefined || template.pin === pin) return
  await setGroup(run, context, step.at({ group: name }), name, { template: { id: template.id, pin } })
}

/** Sets a tag that instances get at launch, once. */
const setTag = async (
  run: Run,
  { account }: Context,
  step: ScopedStep<'step', 'tag', boolean, 'group'>,
  group: string,
  tag: string,
  value: string,
): Promise<void> => {
  await run.step(step.at({ group }), {
    choose: () => ({ group, tag, value }),
    observe: async () => {
      const now = await account.groups.describe(group)
      return now?.tags[tag] === value && now.propagated?.includes(tag) ? true : undefined
    },
    act: async () => {
      await account.groups.tag(group, { [tag]: value }, { propagate: true })
      return waiting()
    },
  })
}

/** Tags and template versions of both colors as they were: the way back. */
export const restoreVersion = async (
  run: Run,
  context: Context,
  shape: ColorsSnapshot,
  launches: Launches,
): Promise<void> => {
  const colors = planned(context.plan.colors, 'colors')
  for (const { to } of shape.components) {
    if (colors.tag === undefined) break
    if (to.tag === undefined) await removeTag(run, context, to.name, colors.tag)
    else await setTag(run, context, colorPromotionSteps.tag, to.name, colors.tag, to.tag)
  }
  for (const { id, name, version } of distinct(launches)) {
    const followed = shape.components.some(({ from, to }) =>
      [from, to].some(({ template }) => template?.id === id && template.pin === '$Latest'),
    )
    const made = colors.components.some(
      ({ template }) => template?.id === id && template.target.how === 'new',
    )
    // A group may follow `$Latest` again only once the version that did not pass is gone.
    if (!followed || !made) continue
    await deleteVersion(run, context, colorPromotionSteps.deleteVersion.at({ template: name }), id, version)
  }
  if (launches.size === 0) return
  for (const group of shape.components.flatMap(({ from, to }) => [from, to])) {
    await restorePin(run, context, group, group.template?.version)
  }
}

/**
 * Gives a group back how it followed its template. One that serves follows `$Latest` only while that `means` the version
 * that it should launch.
 */
const restorePin = async (
  run: Run,
  context: Context,
  { name, template }: GroupSnapshot,
  requiredLatest?: number,
): Promise<void> => {
  if (!template) return
  const { id, pin } = template
  if (pin === '$Latest' && requiredLatest !== undefined) {
    const latest = await run.record(colorPromotionSteps.latest.at({ group: name }), async () => {
      const found = await context.account.templates.version(id, '$Latest')
      return found?.number
    })
    if (latest !== requiredLatest) {
      const stays = reason('group_changed', { group: name, what: '$Latest', was: requiredLatest, is: latest })
      await run.note(colorPromotionSteps.staysPinned.at({ group: name }), stays)
      return
    }
  }
  await setGroup(run, context, colorPromotionSteps.follow.at({ group: name }), name, {
    template: { id, pin },
  })
}

const removeTag = async (run: Run, { account }: Context, group: string, tag: string): Promise<void> => {
  await run.step(colorPromotionSteps.untag.at({ group }), {
    choose: () => ({ group, tag }),
    observe: async () => {
      const now = await account.groups.describe(group)
      return now && now.tags[tag] === undefined ? true : undefined
    },
    act: async () => {
      await account.groups.untag(group, [tag])
      return waiting()
    },
  })
}

const distinct = (launches: Launches) => [
  ...new Map([...launches.values()].map((launch) => [launch.id, launch])).values(),
]

/**
 * The new version has passed: it becomes the templates' default, and its color follows its template as it did before.
 * The old color stays pinned to the old number for as long as it may be brought back.
 */
export const promoteColorVersion = async (
  run: Run,
  context: Context,
  shape: ColorsSnapshot,
  launches: Launches,
): Promise<void> => {
  for (const { id, name, version } of distinct(launches)) {
    await moveDefault(run, context, { templateId: id }, version, name)
  }
  for (const { to } of shape.components) {
    const launch = launches.get(to.name)
    // One that was pinned stays pinned, to the new number.
    if (launch && typeof to.template?.pin === 'string') await restorePin(run, context, to, launch.version)
  }
}

/**
 * The version is given up again after it had passed: the templates' default goes back unless somebody has moved it on,
 * the old color follows its template as it did, and the new one is tagged as an idle color was.
 */
export const revertVersion = async (
  run: Run,
  context: Context,
  { snapshot: shape, moved }: Pick<Swapped, 'snapshot' | 'moved'>,
): Promise<void> => {
  const { templates } = context.account
  const seen = new Set<string>()
  for (const { template } of shape.components.map(({ from }) => from)) {
    if (!template || seen.has(template.id)) continue
    seen.add(template.id)
    const { id, name, default: was } = template
    const is = await run.record(
      colorPromotionSteps.defaultNow.at({ template: name }),
      async () => (await templates.version(id, '$Default'))?.number,
    )
    if (is === moved[id]) await moveDefault(run, context, { templateId: id }, was, name)
  }
  const { tag } = planned(context.plan.colors, 'colors')
  for (const { from, to } of shape.components) {
    if (typeof from.template?.pin === 'string') await restorePin(run, context, from, from.template.version)
    await unpinIdle(run, context, to)
    if (tag !== undefined && to.tag !== undefined)
      await setTag(run, context, colorPromotionSteps.tag, to.name, tag, to.tag)
  }
}

/** A color that is not brought back any more follows its template as it did before: nothing is launched from it. */
export const unpinIdle = async (run: Run, context: Context, group: GroupSnapshot): Promise<void> => {
  if (typeof group.template?.pin === 'string') await restorePin(run, context, group)
}
