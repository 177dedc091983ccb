import { reason } from '../../../domain/reasons/reason'
import type { Step } from '../../../domain/steps/step'
import { done, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import { readDelay } from '../../fleet/group/snapshot-group'

/** When it was changed last may be seen, and that it may. */
export interface Settling {
  readonly until: Step<'record'>
  readonly over: Step<'wait'>
}

/**
 * Waits until what was changed last can be seen in what AWS tells. A way back looks before it acts: what it does not see
 * it would leave as it is.
 */
export const awaitVisibility = async (run: Run, { clock }: Context, steps: Settling): Promise<void> => {
  const until = await run.record(steps.until, async () => clock.now() + readDelay)
  await run.wait(steps.over, {
    timeout: readDelay * 2,
    onTimeout: () => reason('timed_out', { step: steps.until.label }),
    poll: async () => (clock.now() >= until ? done(true) : waiting(undefined, undefined, until)),
  })
}
