import { firstMinute, observedFrom } from '../../domain/analysis/minutes'
import type { Checked } from '../../domain/analysis/checked'
import type { Observed } from '../../domain/analysis/comparison'
import { deniedPermission } from '../../domain/analysis/denied'
import type { Doubt, Figures, Verdict } from '../../domain/analysis/judgement'
import type { ObservedMinute } from '../../domain/analysis/traffic'
import { judge } from '../../domain/analysis/verdict'
import type { Checks } from '../../domain/catalogue/catalogue'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { CheckSteps } from '../../domain/steps/checks'
import { type Instant, type Milliseconds, minute, second } from '../../domain/time/time'
import { done, failed, type PollResult, waiting } from '../../durable/poll'
import type { Look, Run } from '../../durable/run'
import { readAlarms, readTraffic } from '../../facts/analysis/read-traffic'
import { type Context, planned } from '../context'
import type { TrafficBefore } from './traffic-before'

/** How often CloudWatch is asked: it tells of whole minutes, and each question has its price. */
export const checkInterval: Milliseconds = 30 * second
/** Metrics that are later than this are not waited for any longer. */
const dataTimeout: Milliseconds = 9 * minute
/** So long it is looked whether a doubt can be settled. */
const doubtTimeout: Milliseconds = 16 * minute
/** How long each doubt may last. A right that is missing is not given in a moment, but may be seen late. */
const timeouts: Readonly<Record<Doubt, Milliseconds>> = {
  denied: 2 * minute,
  alarms_unknown: dataTimeout,
  no_data: dataTimeout,
  few_requests: dataTimeout,
  few_minutes: doubtTimeout,
  nothing_to_compare: doubtTimeout,
  undecided: doubtTimeout,
}
/** The longest that a verdict takes. */
export const verdictTimeout: Milliseconds = doubtTimeout + minute
/** Without metrics of requests alarms alone are watched, for as long as minutes would be. */
const alarmsAlone: Milliseconds = 7 * minute

/** One look at a new version that has customers. */
export interface CheckSpec {
  readonly steps: CheckSteps
  readonly before: TrafficBefore
  /** What was observed at smaller shares of the traffic. */
  readonly earlier?: readonly ObservedMinute[]
  /** Which part of the targets are of the new version, where both are mixed: 0 to 1. */
  readonly fraction: () => Promise<number | undefined>
  /** Looks at the fleets meanwhile, and asks for a judgement as long as they are well. */
  readonly watch: (
    step: CheckSteps['verdict'],
    look: (at: Look) => Promise<PollResult<Checked>>,
  ) => Promise<Checked>
}

/**
 * Waits until it is known whether customers notice the new version. Bad fails, and so goes the way back; of what is not
 * known a person decides, or it passes, as the catalogue says. Gives what was observed.
 */
export const passChecks = async (
  run: Run,
  context: Context,
  spec: CheckSpec,
): Promise<readonly ObservedMinute[]> => {
  const { steps, before } = spec
  const checks = planned(context.plan.checks, 'checks')
  const begins = await run.record(steps.begins, async () => {
    const fraction = before.mixed ? await spec.fraction() : 1
    const from = firstMinute(context.clock.now(), context.service.gate.bake)
    return fraction === undefined ? undefined : { from, at: run.now(), fraction }
  })
  const checked = await spec.watch(steps.verdict, (look) => lookOnce(context, spec, begins, look))
  if (checked.verdict === 'unsure') {
    const why = unsureReason(context, checks, checked)
    await run.note(steps.doubt, why)
    if (checks.unsure === 'hold') await run.pause(steps.unsure, why)
  }
  return checked.observed ?? []
}

interface Begins {
  /** The first minute that counts. */
  readonly from: Instant
  /** When it began, in observed time. */
  readonly at: Instant
  readonly fraction: number
}

const lookOnce = async (
  { account, clock, plan }: Context,
  { before, earlier = [] }: CheckSpec,
  begins: Begins,
  { now }: Look,
): Promise<PollResult<Checked>> => {
  const checks = planned(plan.checks, 'checks')
  const [fresh, old, alarms] = await Promise.all([
    readTraffic(account, before.new, {}),
    readTraffic(account, before.old, {}),
    readAlarms(account, checks.alarms ?? []),
  ])
  const minutes = fresh.ok && old.ok ? { new: fresh.value, old: old.value } : { new: [], old: [] }
  const here = observedFrom(begins.from, clock.now(), { ...minutes, fraction: begins.fraction })
  const observed = [...earlier, ...here]
  const verdict = judge(checks, { before: before.before, observed }, here.length)
  const { figures } = verdict
  const spent = now - begins.at

  const rings = alarms.ok ? alarms.value.ringing.filter((name) => !(before.ringing ?? []).includes(name)) : []
  const memory: Observed = { observed }
  if (rings.length > 0 && before.ringing)
    return failed(badReason(plan.version, 'alarms', figures, rings), memory)
  if (verdict.kind === 'bad') return failed(badReason(plan.version, verdict.check, figures), memory)

  const permissions = [
    ...new Set(
      [fresh, old, alarms].flatMap((read) => (read.ok ? [] : (deniedPermission(read.reason) ?? []))),
    ),
  ]
  const told = doubtOf(checks, verdict, {
    denied: permissions.length > 0,
    alarmsKnown: before.ringing !== undefined && alarms.ok && alarms.value.unknown.length === 0,
    spent,
  })
  const outcome = { figures, observed }
  if (told === undefined) return done({ verdict: 'good', ...outcome })
  if (spent >= timeouts[told])
    return done({
      verdict: 'unsure',
      doubt: told,
      ...(permissions.length > 0 && { permissions }),
      ...outcome,
    })
  return waiting(here.length === 0 ? undefined : { detail: shortFigures(figures) }, memory)
}

/** What a look has seen, where the fleet holds it up that was looked at beside: to be remembered with it. */
export const seenBy = (look: PollResult<Checked>): Observed | undefined => {
  if (look.kind === 'done') return { observed: look.outcome.observed ?? [] }
  return look.kind === 'waiting' ? (look.memory as Observed | undefined) : undefined
}

/** Why it cannot be called good yet; undefined where it can. */
const doubtOf = (
  checks: Checks,
  verdict: Exclude<Verdict, { kind: 'bad' }>,
  {
    denied,
    alarmsKnown,
    spent,
  }: { readonly denied: boolean; readonly alarmsKnown: boolean; readonly spent: Milliseconds },
): Doubt | undefined => {
  if (denied) return 'denied'
  if (checks.alarms && !alarmsKnown) return 'alarms_unknown'
  if (!checks.errors && !checks.latency) return spent >= alarmsAlone ? undefined : 'few_minutes'
  return verdict.kind === 'good' ? undefined : verdict.doubt
}

/** What is seen so far, in numbers and signs that every language has. */
const shortFigures = ({ requests, errors, latency, oldLatency, percentile }: Figures): string =>
  [
    `5xx ${errors} / ${requests}`,
    ...(latency === undefined
      ? []
      : [
          `p${percentile ?? ''} ${oldLatency === undefined ? '' : `${Math.round(oldLatency)} → `}${Math.round(latency)} ms`,
        ]),
  ].join(' · ')

export const badReason = (
  version: string,
  check: 'errors' | 'latency' | 'alarms',
  figures: Figures,
  alarms?: readonly string[],
): Reason => reason('version_bad', { version, check, ...figures, alarms })

const unsureReason = (
  { plan }: Context,
  { least, alarms }: Checks,
  { doubt, permissions, figures }: Checked,
): Reason =>
  reason('version_unsure', { version: plan.version, doubt, least, permissions, ...figures, alarms })
