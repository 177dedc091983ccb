import type { Group } from '../../../domain/fleet/fleet'
import type { Step } from '../../../domain/steps/step'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { GroupChange } from '../../../ports/groups'
import type { Context } from '../../context'

/** Sets fields of the group to fixed values, once: UpdateAutoScalingGroup, skipped where they stand so already. */
export const setGroup = async (
  run: Run,
  context: Context,
  step: Step<'step', 'group'>,
  name: string,
  change: GroupChange,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ group: name, ...change, template: change.template && { ...change.template } }),
    observe: async () => {
      const group = await context.account.groups.describe(name)
      return group && isInPlace(group, change) ? true : undefined
    },
    act: async () => {
      await context.account.groups.update(name, change)
      return waiting()
    },
  })
}

const isInPlace = (group: Group, change: GroupChange): boolean =>
  (change.min === undefined || group.min === change.min) &&
  (change.desired === undefined || group.desired === change.desired) &&
  (change.max === undefined || group.max === change.max) &&
  (change.cooldown === undefined || group.cooldown === change.cooldown) &&
  (change.template === undefined || group.template?.pin === change.template.pin) &&
  (change.terminationPolicies === undefined ||
    group.terminationPolicies.join() === change.terminationPolicies.join())
