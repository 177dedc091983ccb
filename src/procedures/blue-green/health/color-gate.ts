import type { Capacity } from '../../../domain/catalogue/catalogue'
import { followCapacity } from '../../../domain/blue-green/capacity'
import { completeness } from '../../../domain/blue-green/drain-to-standby'
import { dueBy } from '../../../domain/blue-green/scaling'
import { launchHookTime } from '../../../domain/fleet/launch-hooks'
import { sameSizes, sizesOf } from '../../../domain/events/sizes'
import type { ScheduledAction } from '../../../domain/fleet/fleet'
import type { Json } from '../../../domain/json'
import { type Reason, reason } from '../../../domain/reasons/reason'
import { active, isOn } from '../../../domain/fleet/serving'
import { gateStepsAt } from '../../../domain/steps/blue-green/gate'
import type { Step } from '../../../domain/steps/step'
import { type Instant, type Milliseconds, minute, second } from '../../../domain/time/time'
import { afterLoss, done, failed, type PollResult, waiting } from '../../../durable/poll'
import type { Look, Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { setGroup } from '../../fleet/group/set-group'
import { readDelay } from '../../fleet/group/snapshot-group'
import type { Launches } from '../color-version'
import { type ComponentFleets, type Pair, watchColors } from './watch-colors'
import { scheduledActionDelay } from '../../../domain/events/base'

/** What the color that comes up must be to pass. */
export interface ColorGate {
  readonly bake: Milliseconds
  /** Sizes that the color coming up was given last, by group. */
  readonly given: ReadonlyMap<string, Capacity>
  /** Instances that are wanted in any case, by group. */
  readonly atLeast?: ReadonlyMap<string, number>
  readonly launches?: Launches
  /** The share of the traffic that it gets already, in percent: with too few healthy ones it fails at once then. */
  readonly share?: number
  /** Whether it follows the look at customers. */
  readonly checked?: true
  /** Whether actions that are about to run are let run first; `run` where nothing is said. */
  readonly actions?: 'run' | 'leave'
  readonly onTimeout: (last: readonly ComponentFleets[] | undefined, after?: Milliseconds) => Reason
}

/** Transferring the scaling takes seconds; no action may fall due in its middle. */
const dueWithin: Milliseconds = 30 * second
/** Actions may follow each other so often before it goes on all the same; the moves that follow bear them too. */
const maxWaits = 5

type Verdict = {
  readonly follow: string
  readonly min: number
  readonly desired: number
  readonly max: number
}
const passed: Verdict = { follow: '', min: 0, desired: 0, max: 0 }

/**
 * Waits until every instance of the color that comes up is InService, healthy and target-healthy, and stays so through
 * the bake time, with as many as the other color has by then: what others do to that one meanwhile is followed, and an
 * action that falls due is let run on both before anything is taken from either. Gives the sizes that it ends with.
 */
export const passColorGate = async (
  run: Run,
  context: Context,
  pairs: readonly Pair[],
  gate: ColorGate,
): Promise<ReadonlyMap<string, Capacity>> => {
  const given = new Map(gate.given)
  const { share } = gate
  const steps = gateStepsAt(gate.checked ? 'checked' : share)
  const began = await run.record(steps.begins, async () => run.now())
  let waits = 0
  for (let turn = 1; ; turn += 1) {
    const verdict = await watchColors(run, context, pairs, {
      step: steps.whole(turn),
      ...(share !== undefined && { share }),
      // Every change that is followed has its own time, but all of them together no more than twice that.
      timeout: Math.max(
        minute,
        Math.min(
          gateTimeout(context, gate, pairs),
          began + 2 * gateTimeout(context, gate, pairs) - run.now(),
        ),
      ),
      onTimeout: gate.onTimeout,
      launching: 'to',
      ...(gate.launches && { launches: gate.launches, starting: true }),
      judge: (both, at) => judge(context, gate, given, both, at),
    })
    if (verdict.follow !== '') {
      const { min, desired, max } = verdict
      const served = pairs.find(({ to }) => to.name === verdict.follow)?.from.name
      const followed = reason('capacity_followed', { group: verdict.follow, desired, other: served })
      await run.note(steps.followed(turn), followed)
      await setGroup(run, context, steps.follow(turn), verdict.follow, { min, desired, max })
      given.set(verdict.follow, { min, desired, max })
      continue
    }
    if (gate.actions === 'leave' || waits === maxWaits) return given
    const actions = { due: steps.due(turn), runs: steps.actionsRun(turn) }
    if (!(await awaitDueActions(run, context, pairs, actions))) return given
    waits += 1
  }
}

/** Lets a scheduled action that is about to run on either color do so. Gives whether there was one. */
export const awaitDueActions = async (
  run: Run,
  context: Context,
  pairs: readonly Pair[],
  { due, runs }: { readonly due: Step<'record'>; readonly runs: Step<'wait'> },
): Promise<boolean> => {
  const until = await run.record(due, () => dueUntil(context, pairs))
  if (until === 0) return false
  await run.wait(runs, {
    timeout: scheduledActionDelay * 2,
    onTimeout: () => reason('timed_out', { step: runs.label }),
    poll: async () => (context.clock.now() >= until ? done(true) : waiting(undefined, undefined, until)),
  })
  return true
}

/** What lifecycle hooks take is AWS's own time. */
const gateTimeout = ({ service, plan }: Context, { bake }: ColorGate, pairs: readonly Pair[]): Milliseconds =>
  service.gate.timeout + bake + Math.max(0, ...pairs.map(({ to }) => launchHookTime(plan, to.name)))

/** Until when an action that is about to run on either color must be waited for; 0 where none is. */
const dueUntil = async ({ account, clock }: Context, pairs: readonly Pair[]): Promise<Instant> => {
  const groups = pairs.flatMap(({ from, to }) => [from.name, to.name])
  const actions: readonly ScheduledAction[] = (
    await Promise.all(groups.map((group) => account.groups.scheduled(group)))
  ).flat()
  const now = clock.now()
  const starts = dueBy(actions, now + dueWithin).flatMap(({ startAt = 0 }) =>
    startAt + scheduledActionDelay > now ? [startAt] : [],
  )
  return starts.length === 0 ? 0 : Math.max(...starts) + scheduledActionDelay
}

interface Memory {
  readonly [key: string]: Json | undefined
  /** Since when it passes without a break. */
  readonly since?: Instant
  /** Since when the sizes look as if they had to follow. */
  readonly odd?: Instant
}

const judge = (
  context: Context,
  gate: ColorGate,
  given: ReadonlyMap<string, Capacity>,
  both: readonly ComponentFleets[],
  { now, gap, memory }: Look & { readonly memory: Json | undefined },
): PollResult<Verdict> => {
  const { components } = planned(context.plan.colors, 'colors')
  const before = (memory ?? {}) as Memory
  let serving = 0
  let wanted = 0
  let complete = true
  for (const { name, from, to } of both) {
    const last = given.get(to.group.name) ?? sizesOf(to.group)
    const minimum = components.find((one) => one.name === name)?.minimum ?? 0
    // Also where the color that serves is emptied meanwhile, by whomever: nobody else would serve.
    const least = Math.max(minimum, gate.atLeast?.get(to.group.name) ?? 0)
    const sizes = followCapacity(sizesOf(from.group), last, sizesOf(to.group), least)
    if (!sameSizes(sizes, sizesOf(to.group))) {
      // A change of our own may not be visible yet.
      const odd = before.odd ?? now
      return now - odd >= readDelay
        ? done({ follow: to.group.name, ...sizes })
        : waiting(undefined, { odd }, odd + readDelay)
    }
    const completion = completeness(to, minimum)
    if (gate.share !== undefined && completion.serving < Math.max(1, minimum)) {
      const facts = { group: to.group.name, ...completion.instances, percent: gate.share }
      return failed(reason('weights_unhealthy', facts))
    }
    const launch = gate.launches?.get(to.group.name)
    const onVersion = launch === undefined || active(to.group).every((instance) => isOn(instance, launch))
    serving += completion.instances.healthy
    wanted += completion.instances.wanted
    complete &&= completion.complete && onVersion
  }
  if (!complete) return waiting({ detail: `${serving}/${wanted}` })
  // Nobody saw that it stayed healthy while nobody looked.
  const since = gap ? now : (before.since ?? now)
  if (now - since >= gate.bake) return done(passed)
  const percent = Math.floor(((now - since) / gate.bake) * 100)
  const lost = gap && before.since !== undefined ? now - before.since : undefined
  return afterLoss(waiting({ percent }, { since }, since + gate.bake), lost)
}
