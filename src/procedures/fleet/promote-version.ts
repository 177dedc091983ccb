import { sameSizes } from '../../domain/events/sizes'
import type { TemplatePin } from '../../domain/fleet/fleet'
import { reason } from '../../domain/reasons/reason'
import { colorPromotionSteps } from '../../domain/steps/blue-green/version'
import { promotionSteps } from '../../domain/steps/fleet'
import { waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { GroupChange } from '../../ports/groups'
import { type Context, planned } from '../context'
import { rebaseEvents } from '../events/rebase-events'
import { followedSizes } from './group/followed-sizes'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'

/** The end of a roll that passed: the default moves, and the group is handed back in its own shape. */
export const promoteVersion = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<void> => {
  await moveDefault(run, context, before, version)
  const pin = await pinAfter(run, context, before, version)
  const { after, before: shown } = planned(context.plan.group, 'group')
  // Whom somebody, or an alarm, has scaled in between the plan and the snapshot are not brought back.
  const desired = after.desired > shown.desired ? after.desired : Math.min(after.desired, before.desired)
  const change: GroupChange = {
    cooldown: after.cooldown,
    template: { id: before.templateId, pin },
    terminationPolicies: before.terminationPolicies,
  }
  const sizes = await followedSizes(run, context, before, {
    due: promotionSteps.sizesAfter,
    followed: promotionSteps.sizesFollowed,
    target: { ...after, desired },
  })
  const { handBack, handBackFollowed } = promotionSteps
  await setGroup(run, context, handBack, before.name, { ...change, ...sizes }, handBackFollowed)
  if (!sameSizes(shown, after)) await rebaseEvents(run, context)
}

/** Moves the template's default to a version, once. A procedure that moves several names each of them. */
export const moveDefault = async (
  run: Run,
  context: Context,
  before: Pick<GroupSnapshot, 'templateId'>,
  version: number,
  name?: string,
): Promise<void> => {
  const { templates } = context.account
  const step =
    name === undefined ? promotionSteps.moveDefault : colorPromotionSteps.moveDefault.at({ template: name })
  await run.step(step, {
    choose: () => ({ version, token: `rollcall-${context.operation.id}-default${name ?? ''}` }),
    observe: async () =>
      (await templates.version(before.templateId, '$Default'))?.number === version ? true : undefined,
    act: async ({ token }) => {
      await templates.setDefault(before.templateId, version, token)
      return waiting()
    },
  })
}

/**
 * How the group follows its template from now on: as before. One that was pinned is pinned to the new number;
 * `$Latest` is given back only while it means the version that passed.
 */
const pinAfter = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<TemplatePin> => {
  if (typeof before.pin === 'number') return version
  if (before.pin === '$Default') return '$Default'
  const latest = await run.record(promotionSteps.latest, async () => {
    const found = await context.account.templates.version(before.templateId, '$Latest')
    return found?.number
  })
  if (latest === version) return '$Latest'
  await run.note(
    promotionSteps.staysPinned,
    reason('group_changed', { group: before.name, what: '$Latest', was: version, is: latest }),
  )
  return version
}
