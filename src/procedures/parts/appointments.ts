import type { Appointment } from '../../domain/appointment'
import type { Step } from '../../domain/steps/step'
import { done, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import type { Context } from '../context'

/** Makes an appointment, or moves the one of its id: what it asks for then starts by itself. */
export const makeAppointment = async (
  run: Run,
  { appointments }: Context,
  step: Step<'step', 'none'>,
  appointment: Appointment,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ id: appointment.id, at: appointment.at }),
    observe: async ({ id, at }) =>
      (await appointments.of(appointment.request.service)).some((one) => one.id === id && one.at === at)
        ? true
        : undefined,
    act: async ({ at }) => {
      await appointments.set({ ...appointment, at })
      // It may be kept, and so be gone, before anyone looks for it.
      return done(true)
    },
  })
}

/** Takes an appointment away, where it still stands. */
export const cancelAppointment = async (
  run: Run,
  { appointments, service }: Context,
  step: Step<'step', 'none'>,
  id: string,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ id }),
    observe: async () =>
      (await appointments.of(service.name)).some((one) => one.id === id) ? undefined : true,
    act: async () => {
      await appointments.cancel(id)
      return waiting()
    },
  })
}
