import { reason } from '../../../domain/reasons'
import type { Step } from '../../../domain/steps/step'
import { done, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import { staleFor } from '../shape'

/** When it was changed last may be seen, and that it may. */
export interface Settling {
  readonly until: Step<'record'>
  readonly over: Step<'wait'>
}

/**
 * Waits until what was changed last can be seen in what AWS tells. A way back looks before it acts: what it does not see
 * it would leave as it is.
 */
export const letShow = async (run: Run, { clock }: Context, steps: Settling): Promise<void> => {
  const until = await run.record(steps.until, async () => clock.now() + staleFor)
  await run.wait(steps.over, {
    within: staleFor * 2,
    late: () => reason('timed_out', { step: steps.until.label }),
    look: async () => (clock.now() >= until ? done(true) : waiting(undefined, undefined, until)),
  })
}
