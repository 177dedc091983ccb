import type { TemplateVersion } from '../../domain/fleet'
import { canonicalJson } from '../../domain/fingerprint'
import { reason } from '../../domain/reasons'
import { done, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { setGroup } from './set-group'
import type { Shape } from './shape'

/**
 * A group that follows `$Default` or `$Latest` is pinned to the number that it resolves to before anything else:
 * with `$Latest` the new version would go live at its creation, and an instance refresh of a following group
 * cannot roll back (EC2 Auto Scaling user guide, "Undo changes with a rollback").
 */
export const pinGroup = async (run: Run, context: Context, before: Shape): Promise<void> => {
  if (typeof before.pin === 'number') return
  const template = { id: before.templateId, pin: before.version }
  run.undo('pin', async (back) => {
    if (before.pin === '$Latest') await meansTheOld(back, context, before)
    await setGroup(back, context, 'template/follow again', before.name, {
      template: { id: before.templateId, pin: before.pin },
    })
  })
  await setGroup(run, context, 'template/pin', before.name, { template })
}

/**
 * A group goes back to `$Latest` only while that means what it did: a version that could not be deleted, or that
 * somebody else made, would be launched at the next scale-out without ever having passed.
 */
const meansTheOld = async (back: Run, context: Context, before: Shape): Promise<void> => {
  const latest = await back.record('template/latest', async () => {
    const found = await context.account.templates.version(before.templateId, '$Latest')
    return found?.number
  })
  if (latest === before.version) return
  await back.fail(
    'template/stays pinned',
    reason('group_changed', { group: before.name, what: '$Latest', was: before.version, is: latest }),
  )
}

/** The number of the version that the fleet moves to: an existing one, or a new one with the image alone changed. */
export const bringVersion = async (
  run: Run,
  context: Context,
  before: Pick<Shape, 'pin'>,
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
      if (made !== undefined) await deleteVersion(back, context, 'template/delete version', template.id, made)
    })
  }
  made = await makeVersion(run, context, {
    templateId: template.id,
    from,
    imageId,
    token: `rollcall-${context.operation.id}-version`,
    keys: { make: 'template/create version', compare: 'template/compare', differs: 'template/differs' },
  })
  return made
}

/** A template version to be made of another one. */
interface Making {
  readonly templateId: string
  readonly from: number
  readonly imageId: string
  /** The same token gives the same version. */
  readonly token: string
  readonly keys: { readonly make: string; readonly compare: string; readonly differs: string }
}

/** Makes a version from another one with the image alone changed, once, and reads both back. Gives its number. */
export const makeVersion = async (run: Run, context: Context, making: Making): Promise<number> => {
  const { templateId, from, imageId, token, keys } = making
  const who = context.operation
  const description = `${context.plan.version} by rollcall ${who.id} for ${who.requester.user}`
  const made = await run.step(keys.make, {
    choose: () => ({ token, description }),
    observe: async (choice) =>
      (await context.account.templates.versions(templateId)).find(
        (version) => version.description === choice.description,
      )?.number,
    act: async (choice) => {
      const version = await context.account.templates.createVersion({
        templateId,
        from,
        imageId,
        ...choice,
      })
      return done(version.number)
    },
  })
  await compare(run, context, making, made)
  return made
}

/** Reads both versions back: nothing but the image may differ. */
const compare = async (
  run: Run,
  context: Context,
  { templateId, from, imageId, keys }: Making,
  to: number,
): Promise<void> => {
  const verdict = await run.record(keys.compare, async () => {
    const [was, is] = await Promise.all([
      context.account.templates.version(templateId, from),
      context.account.templates.version(templateId, to),
    ])
    // A fresh version may not be readable yet; `record` asks again until both are.
    if (!was || !is) return undefined
    return is.imageId === imageId && withoutImage(was) === withoutImage(is) ? 'same' : 'different'
  })
  if (verdict === 'different') {
    await run.fail(keys.differs, reason('template_mismatch', { template: templateId, from, version: to }))
  }
}

const withoutImage = (version: TemplateVersion): string => {
  const { ImageId: _, ...rest } = JSON.parse(version.data) as Record<string, unknown>
  return canonicalJson(rest)
}

/** Deletes a version, once. */
export const deleteVersion = async (
  run: Run,
  context: Context,
  key: string,
  templateId: string,
  number: number,
): Promise<void> => {
  await run.step(key, {
    choose: () => number,
    observe: async () =>
      (await context.account.templates.version(templateId, number)) === undefined ? true : undefined,
    act: async () => {
      await context.account.templates.deleteVersion(templateId, number)
      return waiting()
    },
  })
}
