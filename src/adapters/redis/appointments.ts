import { z } from 'zod'
import type { Appointment } from '../../domain/appointment'
import type { Appointments } from '../../ports/appointments'
import type { Clock } from '../../ports/clock'
import type { Barrier } from './durability'
import { valueOf } from './records'
import { dueAppointments, setAppointment, strikeAppointment } from './scripts/appointments'
import type { Store } from './store'

const shape = z.looseObject({
  id: z.string(),
  at: z.number(),
  request: z.looseObject({ procedure: z.string(), service: z.string() }),
  by: z.looseObject({ user: z.string() }),
})
const appointmentOf = (text: string) => valueOf('an appointment', text, shape) as Appointment

/** Real milliseconds between looks. Every worker looks: one look is one small read. */
const interval = 500
/** Appointments kept in one look. */
const most = 50
const texts = z.array(z.string().nullable())

interface Parts {
  readonly store: Store
  readonly clock: Clock
  readonly barrier: Barrier
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Appointments on Redis, by the clock that all processes share. */
export const redisAppointments = ({ store, clock, barrier, log }: Parts): Appointments => {
  const keys = [store.keys.appointments, store.keys.appointmentsDue]

  const strike = async (id: string, at?: number): Promise<Appointment | undefined> => {
    const struck = await store.run(strikeAppointment, keys, [id, at ?? '', store.deadline()])
    if (struck === 'late') throw store.late()
    await barrier.pass()
    return typeof struck === 'string' ? appointmentOf(struck) : undefined
  }

  const keepOne = async (
    appointment: Appointment,
    keep: (appointment: Appointment) => Promise<void>,
  ): Promise<void> => {
    try {
      await keep(appointment)
      await strike(appointment.id, appointment.at)
    } catch (error) {
      log('appointment not kept yet', { appointment: appointment.id, error })
    }
  }

  return {
    set: async (appointment) => {
      const { id, at } = appointment
      const parameters = [id, JSON.stringify(appointment), at, store.deadline()]
      if ((await store.run(setAppointment, keys, parameters)) !== 1) throw store.late()
      await barrier.pass()
    },
    cancel: (id) => strike(id),
    of: async (service) =>
      (await store.ask((client) => client.hvals(store.keys.appointments)))
        .map(appointmentOf)
        .filter(({ request }) => request.service === service)
        .toSorted((a, b) => a.at - b.at),

    attend: (keep) => {
      const look = async () => {
        const due = texts.parse(await store.run(dueAppointments, keys, [clock.now(), most]))
        for (const text of due) if (text !== null) await keepOne(appointmentOf(text), keep)
      }
      let stopped = false
      let timer: NodeJS.Timeout | undefined
      let running: Promise<void> = Promise.resolve()
      const loop = () => {
        timer = setTimeout(() => {
          running = look()
            .catch((error: unknown) => log('appointments', { error }))
            .finally(() => {
              if (!stopped) loop()
            })
        }, interval)
      }
      loop()
      return async () => {
        stopped = true
        clearTimeout(timer)
        await running
      }
    },
  }
}
