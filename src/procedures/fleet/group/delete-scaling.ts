import type { Step } from '../../../domain/steps/step'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { AwsFailure } from '../../../ports/failure'
import type { Context } from '../../context'

/** Something that a group has by a name. */
interface GroupItem {
  readonly group: string
  readonly name: string
}

/** Deletes a group's scheduled action, until it is gone. */
export const deleteScheduledAction = (
  run: Run,
  { account: { groups } }: Context,
  step: Step<'step', 'action' | 'none'>,
  { group, name }: GroupItem,
): Promise<void> =>
  deleteUntilGone(
    run,
    step,
    { group, name },
    () => groups.scheduled(group),
    () => groups.unschedule(group, name),
  )

/** Deletes a group's scaling policy, until it is gone. */
export const deleteScalingPolicy = (
  run: Run,
  { account: { groups } }: Context,
  step: Step<'step', 'policy' | 'none'>,
  { group, name }: GroupItem,
): Promise<void> =>
  deleteUntilGone(
    run,
    step,
    { group, name },
    () => groups.policies(group),
    () => groups.deletePolicy(group, name),
  )

const deleteUntilGone = async (
  run: Run,
  step: Step<'step', 'action' | 'policy' | 'none'>,
  { group, name }: GroupItem,
  all: () => Promise<readonly Pick<GroupItem, 'name'>[]>,
  remove: () => Promise<void>,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ group, name }),
    observe: async () => ((await all()).some((found) => found.name === name) ? undefined : true),
    act: async () => {
      await remove().catch(ignoreNotFound)
      return waiting()
    },
  })
}

/** What is gone already need not be deleted: an action that ran, or a lost answer. */
const ignoreNotFound = (failure: unknown): void => {
  if (failure instanceof AwsFailure && /not found/i.test(failure.words)) return
  throw failure
}
