import { describedAs } from '../../../domain/images/own'
import type { Plan } from '../../../domain/operation/plan'
import { keptVolumes, withVolumes } from '../../../domain/fleet/volumes'
import { comparable, groupsById } from '../../../domain/fleet/security-groups'
import { reason } from '../../../domain/reasons/reason'
import { templateSteps } from '../../../domain/steps/fleet'
import type { Step } from '../../../domain/steps/step'
import { done, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { setGroup } from './set-group'
import type { GroupSnapshot } from './snapshot-group'
import { canonicalJson } from '../../../domain/json'

/**
 * A group that follows `$Default` or `$Latest` is pinned to the number that it resolves to before anything else:
 * with `$Latest` the new version would go live at its creation, and an instance refresh of a following group
 * cannot roll back (EC2 Auto Scaling user guide, "Undo changes with a rollback").
 */
export const pinGroup = async (run: Run, context: Context, before: GroupSnapshot): Promise<void> => {
  if (typeof before.pin === 'number') return
  const template = { id: before.templateId, pin: before.version }
  run.undo('pin', async (back) => {
    if (before.pin === '$Latest') await requireLatestUnchanged(back, context, before)
    await setGroup(back, context, templateSteps.followAgain, before.name, {
      template: { id: before.templateId, pin: before.pin },
    })
  })
  await setGroup(run, context, templateSteps.pin, before.name, { template })
}

/**
 * A group goes back to `$Latest` only while that means what it did: a version that could not be deleted, or that
 * somebody else made, would be launched at the next scale-out without ever having passed.
 */
const requireLatestUnchanged = async (back: Run, context: Context, before: GroupSnapshot): Promise<void> => {
  const latest = await back.record(templateSteps.latest, async () => {
    const found = await context.account.templates.version(before.templateId, '$Latest')
    return found?.number
  })
  if (latest === before.version) return
  await back.fail(
    templateSteps.staysPinned,
    reason('group_changed', { group: before.name, what: '$Latest', was: before.version, is: latest }),
  )
}

/** The number of the version that is moved to: an existing one, or a new one with what the plan says changed. */
export const ensureTemplateVersion = async (
  run: Run,
  context: Context,
  before: Pick<GroupSnapshot, 'pin'>,
  image: string | undefined,
): Promise<number> => {
  const template = planned(context.plan.template, 'template')
  if (template.target.how === 'existing') return template.target.number
  const imageId = planned(image, 'image')
  const from = template.target.from

  // A group that follows `$Latest` may be handed back to it only once this version is gone again.
  let made: number | undefined
  if (before.pin === '$Latest') {
    run.undo('template version', async (back) => {
      if (made !== undefined) await deleteVersion(back, context, templateSteps.delete, template.id, made)
    })
  }
  made = await makeVersion(run, context, {
    templateId: template.id,
    from,
    imageId,
    ...(template.groupIds && { groupIds: template.groupIds }),
    token: `rollcall-${context.operation.id}-version`,
    steps: templateSteps,
  })
  return made
}

/** A template version to be made of another one. */
interface VersionSpec {
  readonly templateId: string
  readonly from: number
  readonly imageId: string
  /** Ids of the security groups that it names, where it is to give them by id. */
  readonly groupIds?: NonNullable<Plan['template']>['groupIds']
  /** The same token gives the same version. */
  readonly token: string
  readonly steps: {
    readonly create: Step<'step', 'template version'>
    readonly compare: Step<'record'>
    readonly differs: Step<'failure'>
  }
}

/** Makes a version from another one, once, and reads both back. Gives its number. */
export const makeVersion = async (run: Run, context: Context, spec: VersionSpec): Promise<number> => {
  const { templateId, token, steps } = spec
  const operation = context.operation
  const description = describedAs(context.plan.version, operation.id, operation.requester.user)
  const made = await run.step(steps.create, {
    choose: () => ({ token, description }),
    observe: async (choice) =>
      (await context.account.templates.versions(templateId)).find(
        (version) => version.description === choice.description,
      )?.number,
    act: async (choice) => {
      const content = await contentOf(context, spec)
      if (!content) return waiting()
      const version = await context.account.templates.createVersion({ templateId, ...content, ...choice })
      return done(version.number)
    },
  })
  await compare(run, context, spec, made)
  return made
}

/**
 * What a new version is made of. Security groups by name cannot be taken out of a version that another is made from, so
 * one that gives them by id is made of its whole data (aws: CreateLaunchTemplateVersion, SourceVersion). Undefined while
 * that cannot be read.
 */
const contentOf = async (context: Context, { templateId, from, imageId, groupIds }: VersionSpec) => {
  const source = await context.account.templates.version(templateId, from)
  if (!source) return undefined
  const devices = keptVolumes(source, await rootDeviceOf(context, imageId))
  if (!groupIds) return { from, imageId, ...(devices !== undefined && { devices }) }
  return { data: withImage(withVolumes(groupsById(source, groupIds), devices), imageId) }
}

const rootDeviceOf = async ({ account }: Context, imageId: string): Promise<string | undefined> => {
  const [image] = await account.images.byId([imageId])
  return image?.rootDevice
}

/** Reads both versions back: nothing but the image, and the security groups where that was planned, may differ. */
const compare = async (
  run: Run,
  context: Context,
  { templateId, from, imageId, groupIds, steps }: VersionSpec,
  to: number,
): Promise<void> => {
  const verdict = await run.record(steps.compare, async () => {
    const [was, is] = await Promise.all([
      context.account.templates.version(templateId, from),
      context.account.templates.version(templateId, to),
    ])
    // A fresh version may not be readable yet; `record` asks again until both are.
    if (!was || !is) return undefined
    const volumes = keptVolumes(was, await rootDeviceOf(context, imageId))
    const kept = withVolumes(groupIds ? groupsById(was, groupIds) : comparable(was), volumes)
    const wanted = withImage(kept, imageId)
    return comparable(is) === wanted ? 'same' : 'different'
  })
  if (verdict === 'different') {
    await run.fail(steps.differs, reason('template_mismatch', { template: templateId, from, version: to }))
  }
}

const withImage = (data: string, imageId: string): string =>
  canonicalJson({ ...(JSON.parse(data) as object), ImageId: imageId })

/** Deletes a version, once. */
export const deleteVersion = async (
  run: Run,
  context: Context,
  step: Step<'step', 'template version'>,
  templateId: string,
  number: number,
): Promise<void> => {
  await run.step(step, {
    choose: () => number,
    observe: async () =>
      (await context.account.templates.version(templateId, number)) === undefined ? true : undefined,
    act: async () => {
      await context.account.templates.deleteVersion(templateId, number)
      return waiting()
    },
  })
}
