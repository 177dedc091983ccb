import { rollcall } from '../../domain/access/person'
import { deniedPermission } from '../../domain/analysis/denied'
import { firstMinute } from '../../domain/analysis/minutes'
import type { Evidence } from '../../domain/analysis/traffic'
import { judge } from '../../domain/analysis/verdict'
import type { WatchedSwap } from '../../domain/analysis/watched-swap'
import {
  newestMinutes,
  nothingSeen,
  windowBackId,
  type WindowSeen,
  type WindowWatched,
  withMinutes,
} from '../../domain/analysis/window'
import { windowId } from '../../domain/blue-green/window'
import { fingerprint } from '../../domain/operation/fingerprint'
import type { Operation } from '../../domain/operation/operation'
import type { Plan } from '../../domain/operation/plan'
import type { Request } from '../../domain/operation/request'
import { parseReason, reason, serializeReason } from '../../domain/reasons/reason'
import { failure, ok } from '../../domain/result'
import { checkSteps, windowMonitorSteps } from '../../domain/steps/checks'
import { outcomeOf } from '../../domain/steps/records'
import { hour, type Milliseconds, minute } from '../../domain/time/time'
import { done, type PollResult, waiting } from '../../durable/poll'
import { readAlarms, readTraffic } from '../../facts/analysis/read-traffic'
import { badReason } from '../analysis/pass-checks'
import type { TrafficBefore } from '../analysis/traffic-before'
import { type Context, planned, type Runbook } from '../context'
import { setTimer } from '../timers'

type MonitorWindow = Extract<Request, { procedure: 'monitor-window' }>

/** CloudWatch tells of whole minutes. */
const interval: Milliseconds = minute
/** It ends with its window, however often that is kept open longer. */
const noTimeout: Milliseconds = 60 * 24 * hour

/**
 * Looks at customers while a swap's old color is kept: what is bad now can be gone back from at once. It goes back by
 * itself where the catalogue says so, else a person is called. Started by its timer; changes nothing in AWS itself.
 */
export const monitorWindow: Runbook<MonitorWindow> = {
  async plan(request, { service, journal }) {
    const swap = await journal.read(request.operation)
    const { plan } = swap ?? {}
    const colors = plan?.colors
    if (!swap || !plan?.checks || !colors || !beforeOf(swap))
      return failure(reason('no_window', { service: service.name }))
    const watched: WatchedSwap = { operation: swap.id, by: swap.requester, kept: colors.from }
    const planned: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: plan.version,
      ...(plan.before !== undefined && { before: plan.before }),
      watched,
      checks: plan.checks,
      tasks: [],
      calls: [],
      warnings: [],
    }
    return ok({ ...planned, fingerprint: fingerprint(planned) })
  },

  async run(run, context) {
    const { plan, service, clock } = context
    const { operation } = planned(plan.watched, 'watched')
    const from = await run.record(windowMonitorSteps.begins, async () => firstMinute(clock.now(), 0))
    const watched = await run.wait<WindowWatched>(windowMonitorSteps.verdict, {
      timeout: noTimeout,
      onTimeout: () => reason('timed_out', { step: windowMonitorSteps.verdict.label }),
      interval,
      poll: (memory) => lookOnce(context, from, (memory as unknown as WindowSeen | undefined) ?? nothingSeen),
    })
    if (watched.end !== 'bad') return
    await run.note(windowMonitorSteps.bad, parseReason(watched.why))
    if (plan.checks?.window !== 'back') return
    const at = await run.record(windowMonitorSteps.backAt, async () => clock.now())
    await setTimer(run, context, windowMonitorSteps.back, {
      id: windowBackId(service.name),
      at,
      request: { procedure: 'rollback', service: service.name, operation },
      by: rollcall,
    })
  },
}

/** What customers met before the swap, as the swap wrote it down. */
const beforeOf = ({ steps }: Pick<Operation, 'steps'>): TrafficBefore | undefined =>
  outcomeOf(steps, checkSteps.before) as unknown as TrafficBefore | undefined

const lookOnce = async (
  { account, clock, journal, timers, plan, service }: Context,
  from: number,
  seen: WindowSeen,
): Promise<PollResult<WindowWatched>> => {
  const checks = planned(plan.checks, 'checks')
  const { operation } = planned(plan.watched, 'watched')
  const [swap, ends, queue] = await Promise.all([
    journal.read(operation),
    timers.of(service.name),
    journal.queue(service.name),
  ])
  const before = swap && beforeOf(swap)
  if (!before || (swap.ending && swap.ending.kind !== 'succeeded')) return done({ ...seen, end: 'closed' })
  // Whoever is at work on the service now changes what customers meet; the swap itself may be ending.
  if (!swap.ending || queue.length > 0) return waiting(undefined, seen)
  const isOpen = ends.some(
    ({ id, request }) =>
      id === windowId(service.name) && request.procedure === 'finish' && request.operation === operation,
  )
  // The end of a window that came to nothing is tried again: its timer is away for a moment only.
  if (!isOpen)
    return seen.closing ? done({ ...seen, end: 'closed' }) : waiting(undefined, { ...seen, closing: true })

  const now = clock.now()
  const [traffic, alarms] = await Promise.all([
    readTraffic(account, before.new, {}),
    readAlarms(account, checks.alarms ?? []),
  ])
  const denied = [
    ...new Set([traffic, alarms].flatMap((read) => (read.ok ? [] : (deniedPermission(read.reason) ?? [])))),
  ]
  const { observed, looked } = newestMinutes(traffic.ok ? traffic.value : [], from, now)
  const evidence: Evidence = { before: before.before, observed, looked }
  const verdict = judge(checks, evidence)
  const { figures } = verdict
  const fresh = observed.map((one) => one.new)
  const latest: WindowSeen = {
    ...(traffic.ok ? withMinutes(seen, fresh) : seen),
    ...(observed.length > 0 && { figures, newest: observed }),
    ...(denied.length > 0 && { denied }),
  }
  const bad = (check: 'errors' | 'latency' | 'alarms', rings?: readonly string[]) =>
    done<WindowWatched>({
      ...latest,
      end: 'bad',
      why: serializeReason(badReason(plan.version, check, figures, rings)),
    })
  const { ringing } = before
  const rings = alarms.ok && ringing ? alarms.value.ringing.filter((name) => !ringing.includes(name)) : []
  if (rings.length > 0) return bad('alarms', rings)
  return verdict.kind === 'bad' ? bad(verdict.check) : waiting(undefined, latest)
}
