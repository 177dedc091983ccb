import { type Appointment, deliveryOf } from '../domain/appointment'
import { keepDaily } from './daily'
import { record } from './record'
import type { Workshop } from './worker'

/** Keeps an appointment: records the operation that it asks for, once, and wakes it. */
export const appointmentKeeper =
  (workshop: Workshop) =>
  async (appointment: Appointment): Promise<void> => {
    if (appointment.daily) return keepDaily(workshop, appointment, appointment.daily)
    const { request, why, by } = appointment
    await record(
      workshop,
      { request, ...(why !== undefined && { why }) },
      { person: by },
      deliveryOf(appointment),
    )
  }
