import { reason } from '../../../domain/reasons/reason'
import { done, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import { readDelay } from '../../fleet/group/snapshot-group'

/**
 * Waits until what was changed last can be seen in what AWS tells. A way back looks before it acts: what it does not see
 * it would leave as it is.
 */
export const awaitVisibility = async (run: Run, { clock }: Context, key: string): Promise<void> => {
  const until = await run.record(key, async () => clock.now() + readDelay)
  await run.wait(`${key} over`, {
    timeout: readDelay * 2,
    onTimeout: () => reason('timed_out', { step: key }),
    poll: async () => (clock.now() >= until ? done(true) : waiting(undefined, undefined, until)),
  })
}
