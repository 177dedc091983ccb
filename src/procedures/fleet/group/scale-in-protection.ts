import type { Step } from '../../../domain/steps/step'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'

/** Scale-in protection of these instances on or off, for those that are still members. */
export const protect = async (
  run: Run,
  context: Context,
  step: Step<'step', 'protection'>,
  group: string,
  instances: readonly string[],
  on: boolean,
): Promise<void> => {
  const { groups } = context.account
  const toChange = async (): Promise<readonly string[]> => {
    const members = (await groups.describe(group))?.instances ?? []
    return members
      .filter((member) => instances.includes(member.id) && member.protected !== on)
      .filter((member) => member.lifecycle === 'InService')
      .map((member) => member.id)
  }
  await run.step(step, {
    choose: () => ({ group, instances, on }),
    observe: async () => ((await toChange()).length === 0 ? true : undefined),
    act: async () => {
      await groups.protect(group, await toChange(), on)
      return waiting()
    },
  })
}
