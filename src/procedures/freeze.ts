import { promotionSteps } from '../domain/steps/fleet'
import { waiting } from '../durable/poll'
import type { Run } from '../durable/run'
import type { Context } from './context'

/** Has forward deploys of the service wait for a person's word: who went back once does not want the same again. */
export const freeze = async (run: Run, context: Context): Promise<void> => {
  const { id, requester, why } = context.operation
  const service = context.service.name
  await run.step(promotionSteps.freeze, {
    choose: () => ({ since: context.clock.now() }),
    observe: async () => {
      const locks = await context.locks.of(service)
      return locks.some((lock) => lock.kind === 'freeze' && lock.operation === id) ? true : undefined
    },
    act: async ({ since }) => {
      await context.locks.set({
        kind: 'freeze',
        service,
        why: why ?? '',
        by: requester,
        since,
        operation: id,
      })
      return waiting()
    },
  })
}
