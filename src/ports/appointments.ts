import type { Appointment } from '../domain/appointment'

/** Operations that are to start by themselves. All methods reject with StoreUnavailable when they cannot be reached. */
export interface Appointments {
  /** Makes it, or moves the one of its id. Resolves only when it is durable. */
  set(appointment: Appointment): Promise<void>
  /** Gives what was taken away. */
  cancel(id: string): Promise<Appointment | undefined>
  /** Those of a service, the earliest first. */
  of(service: string): Promise<readonly Appointment[]>
  /**
   * Calls `keep` with each one that is due, soon, the earliest first, and strikes it off when that resolves, unless it
   * was moved meanwhile. It may be called more than once for one appointment, by several workers too, and is called
   * again, later, when it rejects. Gives a function that stops it gracefully.
   */
  attend(keep: (appointment: Appointment) => Promise<void>): () => Promise<void>
}
