import { reason } from '../../../domain/reasons'
import { done, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import { staleFor } from '../shape'

/**
 * Waits until what was changed last can be seen in what AWS tells. A way back looks before it acts: what it does not see
 * it would leave as it is.
 */
export const letShow = async (run: Run, { clock }: Context, key: string): Promise<void> => {
  const until = await run.record(key, async () => clock.now() + staleFor)
  await run.wait(`${key} over`, {
    within: staleFor * 2,
    late: () => reason('timed_out', { step: key }),
    look: async () => (clock.now() >= until ? done(true) : waiting(undefined, undefined, until)),
  })
}
