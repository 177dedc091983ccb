import { lateness } from '../domain/events/base'
import { type PlannedFollow, type Report, type Stretch, toFollow } from '../domain/events/following'
import { failedLaunches } from '../domain/events/rebuild'
import { sameSizes } from '../domain/events/sizes'
import { fingerprint } from '../domain/fingerprint'
import type { Plan } from '../domain/plan'
import { parseReason, reason, serializeReason } from '../domain/reasons'
import { failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import { active, isServing } from '../domain/serving'
import { monitorSteps } from '../domain/steps/events'
import type { Step } from '../domain/steps/step'
import { hour, type Instant, type Milliseconds, minute, second } from '../domain/time'
import { done, failed, waiting } from '../durable/look'
import type { Run } from '../durable/run'
import { type Context, type Desk, planned, type Runbook } from './context'
import { appointNext } from './parts/appoint-follow'
import { strikeFromCalendar } from './parts/calendar'
import { whyBehind } from './parts/following/behind'
import { observe, stillThere } from './parts/following/observe'
import { longestScaleOut } from './parts/lead'
import { liveGroup } from './parts/live-group'
import { readiness } from './parts/readiness'

type Follow = Extract<Request, { procedure: 'follow' }>

/** Nothing of it is waited for without its own end; this is beyond all of them. */
const ever: Milliseconds = 60 * 24 * hour
/** How often readiness is looked at: rarely, and more often while there is something to mend. */
const readyEvery: Milliseconds = 15 * minute
const mendEvery: Milliseconds = 2 * minute
/** How often the group is looked at while it is out and nothing is to happen. */
const onEvery: Milliseconds = 5 * minute
/** So long it may be short of an instance before that is said: a replacement takes as long. */
const shortFor: Milliseconds = 10 * minute
const mostTold = 4
/** AWS's two minutes, and the time that instances take to leave. */
const backWithin: Milliseconds = 20 * minute

/**
 * A live event, from an hour before its group goes out until it is in again: whether all is ready, how it goes out, what
 * happens while it is on, and what it came to. Started by its appointment; changes nothing in AWS. Where nobody was there
 * to look, it tells what AWS remembers.
 */
export const follow: Runbook<Follow> = {
  async plan(request, desk) {
    const { service, calendar, now } = desk
    const known = (await calendar.of(service.name)).find(({ id }) => id === request.event)
    const found = known && toFollow(known, request.from, now)
    if (!known || !found)
      return failure(reason('unknown_event', { event: request.event, service: service.name }))
    const took = await longestScaleOut(desk)
    const { id, event, by } = known
    const plan: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: event.name ?? id,
      follow: { id, event, by, ...found, ...(took !== undefined && { took }) },
      tasks: [],
      calls: [],
      warnings: [],
    }
    return ok({ ...plan, fingerprint: fingerprint(plan) })
  },

  async run(run, context) {
    const follow = planned(context.plan.follow, 'follow')
    const { id, event, by, occurrence } = follow
    await appointNext(run, context, { id, event, by, service: context.service.name }, occurrence.from)
    const ready = await beReady(run, context, follow)
    if (ready.end === 'gone') return
    const out = await seeOut(run, context, follow)
    const on = out.end === 'on' ? await seeOn(run, context, follow, out.last) : out
    await seeIn(run, context, follow, on)
    await close(run, context, follow)
  },
}

/** Looks whether all is ready until the group goes out. What was found stays with the step. */
const beReady = (run: Run, context: Context, follow: PlannedFollow) =>
  run.wait<{ readonly end: 'out' | 'gone'; readonly report: string; readonly moved: boolean }>(
    monitorSteps.report,
    {
      within: ever,
      late: () => reason('timed_out', { step: monitorSteps.report.label }),
      every: readyEvery,
      look: async (memory) => {
        const { clock, calendar, service } = context
        const now = clock.now()
        const events = await calendar.of(service.name)
        const { known, occurrence } = stillThere(events, follow)
        const report = typeof memory === 'string' ? memory : ''
        if (!known || !occurrence) return done({ end: 'gone', report, moved: known !== undefined })
        if (now >= occurrence.outAt) return done({ end: 'out', report, moved: false })
        const found: Report = await readiness(deskOf(context), { ...follow, event: known.event })
        const next = now + (found.bad.length > 0 ? mendEvery : readyEvery)
        return waiting(undefined, JSON.stringify(found), Math.min(next, occurrence.outAt))
      },
    },
  )

const deskOf = (context: Context): Desk => {
  const now = context.clock.now()
  return { ...context, askedAt: now, now }
}

/** Follows the group out, until every instance that the event asks for is healthy; says it when that is late. */
const seeOut = async (run: Run, context: Context, follow: PlannedFollow): Promise<Stretch> => {
  const soon = await outUntil(run, context, follow, monitorSteps.scaleOut, follow.occurrence.outAt, true)
  if (soon.end !== 'late') return soon
  await run.note(monitorSteps.scaleOutLate, parseReason(soon.why))
  return outUntil(run, context, follow, monitorSteps.scaleOutAfterAll, soon.last, false)
}

const outUntil = (
  run: Run,
  context: Context,
  follow: PlannedFollow,
  step: Step<'wait'>,
  since: Instant,
  inTime: boolean,
): Promise<Stretch> =>
  run.wait<Stretch>(step, {
    within: ever,
    late: () => reason('timed_out', { step: step.label }),
    ...(!inTime && { every: 15 * second }),
    look: async (memory, freshness) => {
      const found = await observe(run, context, follow, { memory, since, rarely: 3 * minute, freshness })
      if (!found.ok) return failed(found.reason)
      const seen = found.value
      const { now, occurrence, healthy, due, fleet } = seen
      const ended = { at: now, ...seen.memory }
      if (!occurrence) return done({ end: 'gone', moved: seen.moved, ...ended })
      if (now >= occurrence.inAt) return done({ end: 'in', ...ended })
      if (fleet.group.desired >= due.desired && healthy >= due.desired) return done({ end: 'on', ...ended })
      if (inTime && now >= occurrence.from) {
        const why = await whyBehind(context, follow, seen)
        return done({ end: 'late', ...ended, why: serializeReason(why) })
      }
      const next = inTime ? occurrence.from : occurrence.inAt
      return waiting({ detail: `${healthy}/${due.desired}` }, seen.memory, next)
    },
  })

/** Watches the group while it is out, rarely; says it when it is short of instances for long. */
const seeOn = async (run: Run, context: Context, follow: PlannedFollow, from: Instant): Promise<Stretch> => {
  let since = from
  for (let turn = 1; ; turn += 1) {
    const stretch = await onUntil(run, context, follow, {
      step: monitorSteps.whileOn.at({ round: turn }),
      since,
      tells: turn <= mostTold,
    })
    if (stretch.end !== 'short') return stretch
    await run.note(monitorSteps.short.at({ round: turn }), parseReason(stretch.why))
    since = stretch.last
  }
}

const onUntil = (
  run: Run,
  context: Context,
  follow: PlannedFollow,
  { step, since, tells }: { readonly step: Step<'wait'>; readonly since: Instant; readonly tells: boolean },
): Promise<Stretch> =>
  run.wait<Stretch>(step, {
    within: ever,
    late: () => reason('timed_out', { step: step.label }),
    every: onEvery,
    look: async (memory, freshness) => {
      const short = (memory as { readonly short?: number } | undefined)?.short ?? 0
      const found = await observe(run, context, follow, {
        memory,
        since,
        rarely: 3 * onEvery,
        freshness,
      })
      if (!found.ok) return failed(found.reason)
      const seen = found.value
      const { now, occurrence, healthy, due } = seen
      const ended = { at: now, ...seen.memory }
      if (!occurrence) return done({ end: 'gone', moved: seen.moved, ...ended })
      if (now >= occurrence.inAt) return done({ end: 'in', ...ended })
      const enough = healthy >= due.desired
      const shortSince = enough ? 0 : short || now
      if (tells && shortSince > 0 && now - shortSince >= shortFor) {
        const why = await whyBehind(context, follow, seen)
        return done({ end: 'short', ...ended, why: serializeReason(why) })
      }
      const next = { ...seen.memory, ...(shortSince > 0 && { short: shortSince }) }
      return waiting({ detail: `${healthy}/${due.desired}` }, next, occurrence.inAt)
    },
  })

/** Follows the group in again, or to where it is to be after the event was taken away. */
const seeIn = async (run: Run, context: Context, follow: PlannedFollow, before: Stretch): Promise<void> => {
  const stretch = await run.wait<Stretch>(monitorSteps.scaleIn, {
    within: ever,
    late: () => reason('timed_out', { step: monitorSteps.scaleIn.label }),
    every: 15 * second,
    look: async (memory, freshness) => {
      const found = await observe(run, context, follow, {
        memory,
        since: before.last,
        rarely: 3 * minute,
        freshness,
      })
      if (!found.ok) return failed(found.reason)
      const seen = found.value
      const { now, fleet, due } = seen
      const { desired, name } = fleet.group
      const present = active(fleet.group)
      const ended = { at: now, ...seen.memory }
      const settled = present.length === desired && present.every((one) => isServing(fleet, one))
      // Until its action has run, as late as it may, an event of other bounds alone is not over yet.
      const ran = sameSizes(fleet.group, due) || now - before.at >= lateness
      if (desired === due.desired && settled && ran) return done({ end: 'back', ...ended })
      if (now - before.at >= backWithin) {
        const why = reason('event_not_in', { group: name, desired, wanted: due.desired })
        return done({ end: 'late', ...ended, why: serializeReason(why) })
      }
      return waiting({ detail: `${present.length}/${due.desired}` }, seen.memory)
    },
  })
  if (stretch.end === 'late') await run.note(monitorSteps.scaleInLate, parseReason(stretch.why))
}

/** What failed meanwhile is written down; an event that is over leaves the calendar. */
const close = async (run: Run, context: Context, follow: PlannedFollow): Promise<void> => {
  const { account, calendar, service, clock } = context
  await run.record(monitorSteps.failures, async () => {
    const found = await liveGroup(account, service)
    if (!found.ok) return { count: 0 }
    const group = found.value
    const span = { from: follow.occurrence.outAt, to: clock.now() }
    return { ...failedLaunches(await account.groups.activities(group.name), span) }
  })
  const over = await run.record(monitorSteps.isOver, async () => {
    const { known, occurrence } = stillThere(await calendar.of(service.name), follow)
    return known?.event.times.kind === 'once' && occurrence !== undefined && occurrence.inAt <= clock.now()
  })
  if (over) await strikeFromCalendar(run, context, monitorSteps.strikeCalendar, follow.id)
}
