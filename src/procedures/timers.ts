import type { Timer } from '../domain/operation/timer'
import type { Step } from '../domain/steps/step'
import { done, waiting } from '../durable/poll'
import type { Run } from '../durable/run'
import type { Context } from './context'

/** Sets a timer, or moves the one of its id: what it asks for then starts by itself. */
export const setTimer = async (
  run: Run,
  { timers }: Context,
  step: Step<'step', 'none'>,
  timer: Timer,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ id: timer.id, at: timer.at }),
    observe: async ({ id, at }) =>
      (await timers.of(timer.request.service)).some((one) => one.id === id && one.at === at)
        ? true
        : undefined,
    act: async ({ at }) => {
      await timers.set({ ...timer, at })
      // It may be kept, and so be gone, before anyone looks for it.
      return done(true)
    },
  })
}

/** Deletes a timer, where it still stands. */
export const cancelTimer = async (
  run: Run,
  { timers, service }: Context,
  step: Step<'step', 'none'>,
  id: string,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ id }),
    observe: async () => ((await timers.of(service.name)).some((one) => one.id === id) ? undefined : true),
    act: async () => {
      await timers.cancel(id)
      return waiting()
    },
  })
}
