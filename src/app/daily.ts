import type { Appointment } from '../domain/appointment'
import { deliveryOf } from '../domain/appointment'
import type { Service } from '../domain/catalogue'
import { type Daily, dailyAppointment, dailyId, dailyOf, nextDaily, ruleOf } from '../domain/daily'
import { canonicalJson } from '../domain/fingerprint'
import { atCommand } from '../domain/gates'
import { rollcall } from '../domain/person'
import type { Reason } from '../domain/reasons'
import { hour, type Instant, type Milliseconds, minute } from '../domain/time'
import type { RealTime } from '../ports/real-time'
import { planAfresh } from './prepare'
import { record } from './record'
import type { Workshop } from './worker'

type Rhythm = NonNullable<Appointment['daily']>

/** How long AWS may be silent before an operation is recorded, which goes on asking and says so in the end. */
const silence: Milliseconds = hour
/** When it is looked at again: while AWS is silent or another operation is at work, and while a lock holds. */
const soon: Milliseconds = 5 * minute
const nowAndThen: Milliseconds = hour

/** What came of a look at a service at its time. */
type Found =
  /** Nothing is newer: nothing is recorded, and nothing said. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'change' }
  /** What a person is to know of. `why` tells it from what was said before. */
  | { readonly kind: 'trouble'; readonly why: string }
  /** Not now: looked at again then. `why` where it is a person's doing that may go on for days. */
  | { readonly kind: 'later'; readonly at: Instant; readonly why?: string }

/**
 * A service's daily refresh is due. The plan is made first: an operation is recorded only where something is to change,
 * or is wrong and was not said before. Whatever came of it, the next one is appointed.
 */
export const keepDaily = async (
  workshop: Workshop,
  appointment: Appointment,
  rhythm: Rhythm,
): Promise<void> => {
  const service = workshop.catalogue.services.get(appointment.request.service)
  const daily = service && dailyOf(service)
  // The catalogue asks for it no more: it is struck off, as every appointment that was kept.
  if (!service || !daily) return
  const since = rhythm.since ?? appointment.at
  const found = await look(workshop, service, since)
  const now = workshop.clock.now()
  const next = (told?: string) => dailyAppointment(service.name, daily, nextDaily(daily, now), told)

  if (found.kind === 'later' && now < nextDaily(daily, since)) {
    // Put off until then, but not beyond the day: what still holds it by then is told.
    const at = Math.max(now + 1, Math.min(found.at, nextDaily(daily, since)))
    await workshop.appointments.set({
      ...next(rhythm.told),
      at,
      daily: { ...rhythm, rule: ruleOf(daily), since },
    })
    return
  }
  const told = found.kind === 'trouble' || found.kind === 'later' ? found.why : undefined
  if (found.kind === 'change' || (told !== undefined && told !== rhythm.told)) {
    const asked = { request: appointment.request }
    await record(workshop, asked, { person: appointment.by }, deliveryOf({ id: appointment.id, at: since }))
  }
  // What holds it may end at any time of the day: the image of the night is then not waited for until the next.
  const again = found.kind === 'later' ? { at: now + nowAndThen, since: now } : undefined
  const coming = next(told)
  await workshop.appointments.set(
    again && coming.daily
      ? { ...coming, at: again.at, daily: { ...coming.daily, since: again.since } }
      : coming,
  )
}

const look = async (workshop: Workshop, service: Service, since: Instant): Promise<Found> => {
  const now = workshop.clock.now()
  const request = { procedure: 'refresh', service: service.name } as const
  // Another operation may be about to move the template: what it leaves is looked at.
  if ((await workshop.journal.line(service.name)).length > 0) return { kind: 'later', at: now + soon }
  const planned = await planAfresh(workshop, service, { request, createdAt: now })
  if (planned === 'later')
    return now - since < silence ? { kind: 'later', at: now + soon } : { kind: 'trouble', why: 'silence' }
  if (!planned.ok && planned.reason.code === 'nothing_to_do') return { kind: 'nothing' }
  const held = await heldBy(workshop, service)
  if (held) {
    const until = held.facts['until']
    const at = Math.min(now + nowAndThen, typeof until === 'number' ? until : Number.POSITIVE_INFINITY)
    return { kind: 'later', at, why: keyOf(held) }
  }
  return planned.ok ? { kind: 'change' } : { kind: 'trouble', why: keyOf(planned.reason) }
}

/** A person's lock, or the freeze after a rollback. */
const heldBy = async (
  { catalogue, locks, clock }: Workshop,
  { name }: Service,
): Promise<Reason | undefined> => {
  const verdict = atCommand({
    catalogue,
    action: 'refresh',
    service: name,
    actor: { user: rollcall.user, memberships: [] },
    locks: await locks.of(name),
    now: clock.now(),
  })
  return verdict.verdict === 'refuse' ? verdict.reason : undefined
}

const keyOf = ({ code, facts }: Reason): string => `${code} ${canonicalJson(facts)}`

/**
 * Sees to it that every service has the appointment that the catalogue asks for: made where there is none, moved where
 * its time was changed, taken away where it is asked for no more. One that fell due while nobody was there stays due.
 */
export const ensureDailies = async (
  workshop: Pick<Workshop, 'catalogue' | 'appointments' | 'clock'>,
): Promise<void> => {
  const { catalogue, appointments, clock } = workshop
  for (const service of catalogue.services.values()) {
    const known = (await appointments.of(service.name)).find(({ id }) => id === dailyId(service.name))
    const daily = dailyOf(service)
    if (daily && !stands(known, daily, clock.now()))
      await appointments.set(dailyAppointment(service.name, daily, nextDaily(daily, clock.now())))
    if (!daily && known) await appointments.cancel(known.id)
  }
}

const stands = (known: Appointment | undefined, daily: Daily, now: Instant): boolean =>
  known !== undefined && (known.at <= now || known.daily?.rule === ruleOf(daily))

/** Real milliseconds until a store that was not there is tried again. */
const pause = 1_000

/** Ensures the dailies as soon as the store can be reached. Gives a function that stops trying. */
export const startDailies = (workshop: Workshop, time: RealTime): (() => Promise<void>) => {
  let stopped = false
  let callOff = (): void => {}
  const attempt = async (): Promise<void> => {
    try {
      await ensureDailies(workshop)
    } catch (error) {
      workshop.log.warn({ error: String(error) }, 'the daily refreshes are not appointed yet')
      if (stopped) return
      callOff = time.after(pause, () => {
        running = attempt()
      })
    }
  }
  let running = attempt()
  return async () => {
    stopped = true
    callOff()
    await running
  }
}
