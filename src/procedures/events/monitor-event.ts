import { scheduledActionDelay } from '../../domain/events/base'
import {
  type PlannedMonitor,
  type ReadinessReport,
  type MonitorPeriod,
  occurrenceToMonitor,
} from '../../domain/events/monitoring'
import { failedLaunches } from '../../domain/events/reconstruct'
import { sameSizes } from '../../domain/events/sizes'
import { fingerprint } from '../../domain/operation/fingerprint'
import type { Plan } from '../../domain/operation/plan'
import { parseReason, reason, serializeReason } from '../../domain/reasons/reason'
import { failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { active, hasExcess, isServing, isShort, isWeighted, unitsOf } from '../../domain/fleet/serving'
import { monitorSteps } from '../../domain/steps/events'
import type { Step } from '../../domain/steps/step'
import { hour, type Instant, type Milliseconds, minute, second } from '../../domain/time/time'
import { done, failed, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned, type Runbook } from '../context'
import { setNextMonitorTimer } from './monitor-timers'
import { removeFromCalendar } from './calendar'
import { shortfallReason } from '../../facts/events/shortfall-reason'
import { observeEvent, currentOccurrence } from './observe-event'
import { longestScaleOut } from '../../facts/events/lead-time'
import { liveGroup } from '../../facts/fleet/live-group'
import { readiness } from '../../facts/events/readiness'
import type { PlanContext } from '../../facts/plan-context'

type MonitorEvent = Extract<Request, { procedure: 'monitor-event' }>

/** Nothing of it is waited for without its own end; this is beyond all of them. */
const noTimeout: Milliseconds = 60 * 24 * hour
/** How often readiness is looked at: rarely, and more often while there is something to fix. */
const readinessInterval: Milliseconds = 15 * minute
const problemInterval: Milliseconds = 2 * minute
/** How often the group is looked at while it is out and nothing is to happen. */
const scaledOutInterval: Milliseconds = 5 * minute
/** So long it may be short of an instance before that is said: a replacement takes as long. */
const shortfallGrace: Milliseconds = 10 * minute
const maxShortfallNotes = 4
/** AWS's two minutes, and the time that instances take to leave. */
const scaleInTimeout: Milliseconds = 20 * minute

/**
 * A live event, from an hour before its scale-out until it is scaled in: whether all is ready, how it scales out, what
 * happens while it is on, and what it came to. Started by its timer; changes nothing in AWS. Where nobody was there
 * to look, it tells what AWS remembers.
 */
export const monitorEvent: Runbook<MonitorEvent> = {
  async plan(request, context) {
    const { service, calendar, now } = context
    const known = (await calendar.of(service.name)).find(({ id }) => id === request.event)
    const found = known && occurrenceToMonitor(known, request.from, now)
    if (!known || !found)
      return failure(reason('unknown_event', { event: request.event, service: service.name }))
    const [took, group] = await Promise.all([longestScaleOut(context), liveGroup(context.account, service)])
    const weighted = group.ok && isWeighted(group.value)
    const { id, event, by } = known
    const plan: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: event.name ?? id,
      follow: {
        id,
        event,
        by,
        ...found,
        ...(took !== undefined && { took }),
        ...(weighted && { weighted }),
      },
      tasks: [],
      calls: [],
      warnings: [],
    }
    return ok({ ...plan, fingerprint: fingerprint(plan) })
  },

  async run(run, context) {
    const follow = planned(context.plan.follow, 'follow')
    const { id, event, by, occurrence } = follow
    await setNextMonitorTimer(run, context, { id, event, by, service: context.service.name }, occurrence.from)
    const ready = await watchReadiness(run, context, follow)
    if (ready.end === 'gone') return
    const out = await watchScaleOut(run, context, follow)
    const on = out.end === 'on' ? await watchScaledOut(run, context, follow, out.last) : out
    await watchScaleIn(run, context, follow, on)
    await closeEvent(run, context, follow)
  },
}

/** Checks whether all is ready until the scale-out. What was found stays with the step. */
const watchReadiness = (run: Run, context: Context, monitored: PlannedMonitor) =>
  run.wait<{ readonly end: 'out' | 'gone'; readonly report: string; readonly moved: boolean }>(
    monitorSteps.report,
    {
      timeout: noTimeout,
      onTimeout: () => reason('timed_out', { step: monitorSteps.report.label }),
      interval: readinessInterval,
      poll: async (memory) => {
        const { clock, calendar, service } = context
        const now = clock.now()
        const events = await calendar.of(service.name)
        const { known, occurrence } = currentOccurrence(events, monitored)
        const report = typeof memory === 'string' ? memory : ''
        if (!known || !occurrence) return done({ end: 'gone', report, moved: known !== undefined })
        if (now >= occurrence.outAt) return done({ end: 'out', report, moved: false })
        const found: ReadinessReport = await readiness(planContextOf(context), {
          ...monitored,
          event: known.event,
        })
        const next = now + (found.bad.length > 0 ? problemInterval : readinessInterval)
        return waiting(undefined, JSON.stringify(found), Math.min(next, occurrence.outAt))
      },
    },
  )

const planContextOf = (context: Context): PlanContext => {
  const now = context.clock.now()
  return { ...context, askedAt: now, now }
}

/** Follows the group out, until every instance that the event asks for is healthy; says it when that is late. */
const watchScaleOut = async (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
): Promise<MonitorPeriod> => {
  const inTime = await awaitScaleOut(
    run,
    context,
    monitored,
    monitorSteps.scaleOut,
    monitored.occurrence.outAt,
    true,
  )
  if (inTime.end !== 'late') return inTime
  await run.note(monitorSteps.scaleOutLate, parseReason(inTime.why))
  return awaitScaleOut(run, context, monitored, monitorSteps.scaleOutAfterAll, inTime.last, false)
}

const awaitScaleOut = (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
  step: Step<'wait'>,
  since: Instant,
  beforeStart: boolean,
): Promise<MonitorPeriod> =>
  run.wait<MonitorPeriod>(step, {
    timeout: noTimeout,
    onTimeout: () => reason('timed_out', { step: step.label }),
    ...(!beforeStart && { interval: 15 * second }),
    poll: async (memory, freshness) => {
      const found = await observeEvent(run, context, monitored, {
        memory,
        since,
        gapAfter: 3 * minute,
        freshness,
      })
      if (!found.ok) return failed(found.reason)
      const observed = found.value
      const { now, occurrence, healthy, due, fleet } = observed
      const ended = { at: now, ...observed.memory }
      if (!occurrence) return done({ end: 'gone', moved: observed.moved, ...ended })
      if (now >= occurrence.inAt) return done({ end: 'in', ...ended })
      if (fleet.group.desired >= due.desired && healthy >= due.desired) return done({ end: 'on', ...ended })
      if (beforeStart && now >= occurrence.from) {
        const why = await shortfallReason(context, monitored, observed)
        return done({ end: 'late', ...ended, why: serializeReason(why) })
      }
      const next = beforeStart ? occurrence.from : occurrence.inAt
      return waiting({ detail: `${healthy}/${due.desired}` }, observed.memory, next)
    },
  })

/** Watches the group while it is out, rarely; says it when it is short of instances for long. */
const watchScaledOut = async (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
  from: Instant,
): Promise<MonitorPeriod> => {
  let since = from
  for (let round = 1; ; round += 1) {
    const stretch = await awaitShortfall(run, context, monitored, {
      step: monitorSteps.whileOn.at({ round }),
      since,
      notes: round <= maxShortfallNotes,
    })
    if (stretch.end !== 'short') return stretch
    await run.note(monitorSteps.short.at({ round }), parseReason(stretch.why))
    since = stretch.last
  }
}

const awaitShortfall = (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
  { step, since, notes }: { readonly step: Step<'wait'>; readonly since: Instant; readonly notes: boolean },
): Promise<MonitorPeriod> =>
  run.wait<MonitorPeriod>(step, {
    timeout: noTimeout,
    onTimeout: () => reason('timed_out', { step: step.label }),
    interval: scaledOutInterval,
    poll: async (memory, freshness) => {
      const short = (memory as { readonly short?: number } | undefined)?.short ?? 0
      const found = await observeEvent(run, context, monitored, {
        memory,
        since,
        gapAfter: 3 * scaledOutInterval,
        freshness,
      })
      if (!found.ok) return failed(found.reason)
      const observed = found.value
      const { now, occurrence, healthy, due } = observed
      const ended = { at: now, ...observed.memory }
      if (!occurrence) return done({ end: 'gone', moved: observed.moved, ...ended })
      if (now >= occurrence.inAt) return done({ end: 'in', ...ended })
      const enough = healthy >= due.desired
      const shortSince = enough ? 0 : short || now
      if (notes && shortSince > 0 && now - shortSince >= shortfallGrace) {
        const why = await shortfallReason(context, monitored, observed)
        return done({ end: 'short', ...ended, why: serializeReason(why) })
      }
      const next = { ...observed.memory, ...(shortSince > 0 && { short: shortSince }) }
      return waiting({ detail: `${healthy}/${due.desired}` }, next, occurrence.inAt)
    },
  })

/** Follows the group in again, or to where it is to be after the event was taken away. */
const watchScaleIn = async (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
  before: MonitorPeriod,
): Promise<void> => {
  const stretch = await run.wait<MonitorPeriod>(monitorSteps.scaleIn, {
    timeout: noTimeout,
    onTimeout: () => reason('timed_out', { step: monitorSteps.scaleIn.label }),
    interval: 15 * second,
    poll: async (memory, freshness) => {
      const found = await observeEvent(run, context, monitored, {
        memory,
        since: before.last,
        gapAfter: 3 * minute,
        freshness,
      })
      if (!found.ok) return failed(found.reason)
      const observed = found.value
      const { now, fleet, due } = observed
      const { desired, name } = fleet.group
      const present = active(fleet.group)
      const ended = { at: now, ...observed.memory }
      const settled =
        !isShort(fleet) && !hasExcess(fleet.group) && present.every((one) => isServing(fleet, one))
      // Until its action has run, as late as it may, an event of other bounds alone is not over yet.
      const ran = sameSizes(fleet.group, due) || now - before.at >= scheduledActionDelay
      if (desired === due.desired && settled && ran) return done({ end: 'back', ...ended })
      if (now - before.at >= scaleInTimeout) {
        const why = reason('event_not_in', { group: name, desired, wanted: due.desired })
        return done({ end: 'late', ...ended, why: serializeReason(why) })
      }
      return waiting({ detail: `${unitsOf(present)}/${due.desired}` }, observed.memory)
    },
  })
  if (stretch.end === 'late') await run.note(monitorSteps.scaleInLate, parseReason(stretch.why))
}

/** What failed meanwhile is written down; an event that is over leaves the calendar. */
const closeEvent = async (run: Run, context: Context, monitored: PlannedMonitor): Promise<void> => {
  const { account, calendar, service, clock } = context
  await run.record(monitorSteps.failures, async () => {
    const found = await liveGroup(account, service)
    if (!found.ok) return { count: 0 }
    const group = found.value
    const span = { from: monitored.occurrence.outAt, to: clock.now() }
    return { ...failedLaunches(await account.groups.activities(group.name), span) }
  })
  const over = await run.record(monitorSteps.isOver, async () => {
    const { known, occurrence } = currentOccurrence(await calendar.of(service.name), monitored)
    return known?.event.times.kind === 'once' && occurrence !== undefined && occurrence.inAt <= clock.now()
  })
  if (over) await removeFromCalendar(run, context, monitorSteps.strikeCalendar, monitored.id)
}
