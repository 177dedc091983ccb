import type { Request } from '../../domain/operation/request'
import { type Timer, timerDelivery } from '../../domain/operation/timer'
import { rollcall } from '../../domain/access/person'
import { hour, type Milliseconds, minute } from '../../domain/time/time'
import { createOperation } from '../../durable/create-operation'
import { lostOperations } from '../../facts/images/lost-operations'
import { AwsFailure } from '../../ports/failure'
import type { RealTime } from '../../ports/real-time'
import type { WorkerDeps } from '../deps'

/** How often what operations made is compared with what the store knows. */
const checkInterval: Milliseconds = 24 * hour
/** A store that has no such timer is new, or was lost; one that changed hands may have lost what it knew last. */
const firstCheck: Milliseconds = 10 * minute
const soon: Milliseconds = minute

type Drift = Extract<Request, { procedure: 'detect-drift' }>
type LostTimer = Timer & { readonly request: Drift }

const idOf = (service: string): string => `lost ${service}`

/**
 * Looks for what operations left in AWS of which the store knows nothing, and says once what it is, by an operation of its
 * own. Nothing is deleted.
 */
export const fireLostCheck = async (deps: WorkerDeps, timer: LostTimer): Promise<void> => {
  const { catalogue, accounts, journal, timers, clock, log } = deps
  const { request, by } = timer
  // The catalogue has it no more: the timer is deleted, as every one that has fired.
  const service = catalogue.services.get(request.service)
  if (!service) return
  const next = (after: Milliseconds, told?: string): Timer => ({
    ...timer,
    at: clock.now() + after,
    request: { ...request, ...(told !== undefined && { told }) },
  })
  try {
    const found = await lostOperations(accounts(service.where), journal, service)
    const ids = found.flatMap(({ facts: { operation } }) =>
      typeof operation === 'string' ? [operation] : [],
    )
    const told = new Set(request.told?.split(' '))
    if (ids.some((id) => !told.has(id)))
      await createOperation(deps, { request }, { person: by }, timerDelivery(timer))
    await timers.set(next(checkInterval, ids.sort().join(' ')))
  } catch (failure) {
    if (!(failure instanceof AwsFailure)) throw failure
    log.warn(
      { service: service.name, error: failure.message },
      'what operations made could not be compared with what is on record; it is tried again in an hour',
    )
    await timers.set(next(hour))
  }
}

/** Ensures that it is looked for in every service; `sooner` where the store may have lost what it knew. */
const ensureLostChecks = async (
  { catalogue, timers, clock }: Pick<WorkerDeps, 'catalogue' | 'timers' | 'clock'>,
  sooner: boolean,
): Promise<void> => {
  for (const { name } of catalogue.services.values()) {
    const known = (await timers.of(name)).find(({ id }) => id === idOf(name))
    if (known && !sooner) continue
    const at = clock.now() + (sooner ? soon : firstCheck)
    if (known && known.at <= at) continue
    const request: Drift = { procedure: 'detect-drift', service: name, about: 'lost' }
    await timers.set(known ? { ...known, at } : { id: idOf(name), at, request, by: rollcall })
  }
}

/** Real milliseconds until a store that was not there is tried again. */
const storeRetryDelay = 1_000

/** Ensures the checks, as soon as the store can be reached, and hastens them whenever it has changed hands. */
export const startLostChecks = (
  deps: Pick<WorkerDeps, 'catalogue' | 'timers' | 'clock' | 'log'>,
  onChangedHands: (listener: () => void) => () => void,
  time: RealTime,
): (() => Promise<void>) => {
  let stopped = false
  let callOff = (): void => undefined
  let running: Promise<void> = Promise.resolve()
  const attempt = (sooner: boolean): void => {
    callOff()
    running = ensureLostChecks(deps, sooner).catch((error: unknown) => {
      deps.log.warn({ error: String(error) }, 'the looks for lost operations are not appointed yet')
      if (!stopped) callOff = time.after(storeRetryDelay, () => attempt(sooner))
    })
  }
  const unsubscribe = onChangedHands(() => attempt(true))
  attempt(false)
  return async () => {
    stopped = true
    unsubscribe()
    callOff()
    await running
  }
}
