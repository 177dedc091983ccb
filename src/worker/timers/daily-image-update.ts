import type { Timer } from '../../domain/operation/timer'
import { timerDelivery } from '../../domain/operation/timer'
import type { Service } from '../../domain/catalogue/catalogue'
import { type Daily, dailyTimer, dailyId, dailyOf, nextDaily, ruleOf } from '../../domain/images/daily-update'
import { checkCommand } from '../../domain/access/gates'
import { rollcall } from '../../domain/access/person'
import { type Reason, reason } from '../../domain/reasons/reason'
import { closureAt } from '../../domain/windows/closures'
import { hour, type Instant, type Milliseconds, minute } from '../../domain/time/time'
import type { RealTime } from '../../ports/real-time'
import { planOperation } from '../admission'
import { createOperation } from '../../durable/create-operation'
import type { WorkerDeps } from '../deps'
import { canonicalJson } from '../../domain/json'

type DailyTimer = NonNullable<Timer['daily']>

/** How long AWS may be silent before an operation is recorded, which goes on asking and says so in the end. */
const awsTimeout: Milliseconds = hour
/** When it is looked at again: while AWS is silent or another operation is at work, and while a lock holds. */
const retryDelay: Milliseconds = 5 * minute
const lockedRetryDelay: Milliseconds = hour

/** What came of a look at a service at its time. */
type CheckResult =
  /** Nothing is newer: nothing is recorded, and nothing said. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'change' }
  /** What a person is to know of. `why` tells it from what was said before. */
  | { readonly kind: 'trouble'; readonly why: string }
  /** A window of the calendar is closed: left out, and looked at the next night and not as soon as it opens. */
  | { readonly kind: 'skipped'; readonly why: string }
  /** Not now: looked at again then. `why` where it is a person's doing that may go on for days. */
  | { readonly kind: 'later'; readonly at: Instant; readonly why?: string }

/**
 * A service's daily refresh is due. The plan is made first: an operation is recorded only where something is to change,
 * or is wrong and was not said before. Whatever came of it, the next one is appointed.
 */
export const fireDailyUpdate = async (deps: WorkerDeps, timer: Timer, state: DailyTimer): Promise<void> => {
  const service = deps.catalogue.services.get(timer.request.service)
  const daily = service && dailyOf(service)
  // The catalogue asks for it no more: it is deleted, as every timer that has fired.
  if (!service || !daily) return
  const since = state.since ?? timer.at
  const found = await checkService(deps, service, since)
  const now = deps.clock.now()
  const next = (reported?: string) => dailyTimer(service.name, daily, nextDaily(daily, now), reported)

  if (found.kind === 'later' && now < nextDaily(daily, since)) {
    // Put off until then, but not beyond the day: what still holds it by then is told.
    const at = Math.max(now + 1, Math.min(found.at, nextDaily(daily, since)))
    await deps.timers.set({
      ...next(state.told),
      at,
      daily: { ...state, rule: ruleOf(daily), since },
    })
    return
  }
  const reported = found.kind === 'nothing' || found.kind === 'change' ? undefined : found.why
  if (found.kind === 'change' || (reported !== undefined && reported !== state.told)) {
    const operationRequest = { request: timer.request }
    await createOperation(
      deps,
      operationRequest,
      { person: timer.by },
      timerDelivery({ id: timer.id, at: since }),
    )
  }
  // What holds it may end at any time of the day: the image of the night is then not waited for until the next.
  const recheck = found.kind === 'later' ? { at: now + lockedRetryDelay, since: now } : undefined
  const nextTimer = next(reported)
  await deps.timers.set(
    recheck && nextTimer.daily
      ? { ...nextTimer, at: recheck.at, daily: { ...nextTimer.daily, since: recheck.since } }
      : nextTimer,
  )
}

const checkService = async (deps: WorkerDeps, service: Service, since: Instant): Promise<CheckResult> => {
  const now = deps.clock.now()
  const request = { procedure: 'update-image', service: service.name } as const
  // Another operation may be about to move the template: what it leaves is looked at.
  if ((await deps.journal.queue(service.name)).length > 0) return { kind: 'later', at: now + retryDelay }
  const planned = await planOperation(deps, service, { request, createdAt: now })
  if ('unanswered' in planned)
    return now - since < awsTimeout
      ? { kind: 'later', at: now + retryDelay }
      : { kind: 'trouble', why: 'silence' }
  if (!planned.ok && planned.reason.code === 'nothing_to_do') return { kind: 'nothing' }
  const refusal = await refusalBy(deps, service)
  // By its name alone: of each night that it holds the end is another, and is not worth a word of its own.
  const closed = closureAt(deps.catalogue.windows ?? [], service.name, now)
  if (closed && refusal?.code === 'window_closed')
    return { kind: 'skipped', why: reasonKey(reason('window_closed', { window: closed.window })) }
  if (refusal) {
    const until = refusal.facts['until']
    const at = Math.min(now + lockedRetryDelay, typeof until === 'number' ? until : Number.POSITIVE_INFINITY)
    return { kind: 'later', at, why: reasonKey(refusal) }
  }
  return planned.ok ? { kind: 'change' } : { kind: 'trouble', why: reasonKey(planned.reason) }
}

/** A person's lock, the freeze after a rollback, or a closed window. */
const refusalBy = async (
  { catalogue, locks, clock }: WorkerDeps,
  { name }: Service,
): Promise<Reason | undefined> => {
  const verdict = checkCommand({
    catalogue,
    action: 'update-image',
    service: name,
    actor: { user: rollcall.user, memberships: [] },
    locks: await locks.of(name),
    now: clock.now(),
  })
  return verdict.verdict === 'refuse' ? verdict.reason : undefined
}

const reasonKey = ({ code, facts }: Reason): string => `${code} ${canonicalJson(facts)}`

/**
 * Ensures that every service has the timer that the catalogue asks for: made where there is none, moved where
 * its time was changed, taken away where it is asked for no more. One that fell due while nobody was there stays due.
 */
export const ensureDailyTimers = async (
  deps: Pick<WorkerDeps, 'catalogue' | 'timers' | 'clock'>,
): Promise<void> => {
  const { catalogue, timers, clock } = deps
  for (const service of catalogue.services.values()) {
    const known = (await timers.of(service.name)).find(({ id }) => id === dailyId(service.name))
    const daily = dailyOf(service)
    if (daily && !isUpToDate(known, daily, clock.now()))
      await timers.set(dailyTimer(service.name, daily, nextDaily(daily, clock.now())))
    if (!daily && known) await timers.cancel(known.id)
  }
}

const isUpToDate = (known: Timer | undefined, daily: Daily, now: Instant): boolean =>
  known !== undefined && (known.at <= now || known.daily?.rule === ruleOf(daily))

/** Real milliseconds until a store that was not there is tried again. */
const storeRetryDelayMs = 1_000

/** Ensures the dailies as soon as the store can be reached. Gives a function that stops trying. */
export const startDailyTimers = (deps: WorkerDeps, time: RealTime): (() => Promise<void>) => {
  let stopped = false
  let cancelRetry = (): void => {}
  const attempt = async (): Promise<void> => {
    try {
      await ensureDailyTimers(deps)
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the daily refreshes are not appointed yet')
      if (stopped) return
      cancelRetry = time.after(storeRetryDelayMs, () => {
        running = attempt()
      })
    }
  }
  let running = attempt()
  return async () => {
    stopped = true
    cancelRetry()
    await running
  }
}
