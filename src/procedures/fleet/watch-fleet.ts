import type { Json } from '../../domain/json'
import { reason } from '../../domain/reasons/reason'
import type { Progress } from '../../domain/operation/operation'
import { launchHookNames, launchHookTime } from '../../domain/fleet/launch-hooks'
import { groupSubject, isAnnounced } from '../../domain/fleet/event-subject'
import { active, type FleetNow, isHeld, isOn, isShort, snapshot } from '../../domain/fleet/serving'
import type { Starts } from '../../domain/fleet/starts'
import { type Instant, type Milliseconds, minute } from '../../domain/time/time'
import type { Step } from '../../domain/steps/step'
import { afterLoss, announced, failed, type PollResult, waiting } from '../../durable/poll'
import type { Look, Run } from '../../durable/run'
import type { Context } from '../context'
import { launchFailure } from '../../facts/fleet/launch-failures'
import { readFleet } from '../../facts/fleet/read-fleet'
import { watchStarts } from './watch-starts'
import { drift, type GroupSnapshot, readDelay } from './group/snapshot-group'
import { unhealthyReason } from '../../domain/fleet/unhealthy-reason'

/** What a procedure waits for a group to become. */
export interface FleetWatch<Outcome> {
  readonly step: Step<'wait'>
  /** The version that the group is pinned to meanwhile. */
  readonly version: number
  readonly timeout: Milliseconds
  /** How often it is looked; as usual when absent. */
  readonly interval?: Milliseconds
  /** Whether instances of the version start meanwhile: one that cannot get healthy is not waited for to the end. */
  readonly starting?: boolean
  /** Judges one look. What it remembers with `waiting` it is given at the next; its instants are of observed time. */
  judge(
    fleet: FleetNow,
    at: Look & { readonly memory: Json | undefined },
  ): PollResult<Outcome> | Promise<PollResult<Outcome>>
}

/** What a watch writes down between two looks. */
interface Memory {
  readonly [key: string]: Json | undefined
  /** On the clock: AWS's activities are told apart by it. */
  readonly began: Instant
  /** Since when, in observed time, the group looks as if somebody else had changed it. */
  readonly drift?: Instant
  readonly judged?: Json
  readonly starts?: Starts
}

/**
 * Looks at the group and its targets, shows them, and asks for a judgement, until there is one. Fails when the
 * group is changed underneath or its launches fail, and with what its target groups say when the time is over.
 */
export const watchFleet = <Outcome extends Json>(
  run: Run,
  context: Context,
  before: GroupSnapshot,
  watch: FleetWatch<Outcome>,
): Promise<Outcome> => {
  let last: FleetNow | undefined
  // What hooks take is AWS's own time.
  const timeout = watch.timeout + launchHookTime(context.plan, before.name)
  return run.wait(watch.step, {
    ...(watch.interval !== undefined && { interval: watch.interval }),
    timeout,
    onTimeout: () =>
      unhealthyReason(last, context, {
        template: { id: before.templateId, version: watch.version },
        after: timeout,
      }),
    poll: async (recorded, freshness, { now, gap }) => {
      const memory = (recorded as Memory | undefined) ?? { began: context.clock.now() }
      const fleet = await readFleet(context.account, before.name, freshness)
      last = fleet
      const changed = await drift(context, fleet?.group, before, watch.version)
      if (!fleet || changed) {
        const since = memory.drift ?? now
        const why = changed ?? reason('group_not_found', { group: before.name })
        return now - since >= readDelay ? failed(why) : waiting(undefined, { ...memory, drift: since })
      }
      await run.show(snapshot(fleet, context.clock.now()))
      const judgement = await watch.judge(fleet, { now, gap, memory: memory.judged })
      if (judgement.kind !== 'waiting') return judgement
      const template = { id: before.templateId, version: watch.version }
      const starts = watch.starting
        ? await watchStarts(
            context,
            { fleet, isNew: (one) => isOn(one, template) },
            { now, gap },
            memory.starts,
          )
        : undefined
      if (starts?.after !== undefined)
        return failed(unhealthyReason(fleet, context, { template, after: starts.after }))
      const broken =
        mayBeFailing(fleet, context.clock.now() - memory.began) &&
        (await launchFailure(context, before.name, memory.began))
      if (broken) return failed(broken)
      const { memory: judged, progress, at, lost } = judgement
      const next = waiting(
        heldProgress(fleet, context) ?? progress,
        {
          began: memory.began,
          ...(judged !== undefined && { judged }),
          ...(starts && { starts: starts.seen }),
        },
        at === undefined ? undefined : run.clockTime(at),
      )
      // What bakes is watched: of that no event tells.
      return at === undefined && isAnnounced(fleet)
        ? announced(next, [groupSubject(before.name)])
        : afterLoss(next, lost)
    },
  })
}

/** So long a launch may take before AWS is asked how those went that do not come into service. */
const launchTime: Milliseconds = 2 * minute

/** Launches may fail while the group is short, and those that die while they are pending hide that it is. */
export const mayBeFailing = (fleet: FleetNow, after: Milliseconds): boolean =>
  isShort(fleet) ||
  (after > launchTime && active(fleet.group).some(({ lifecycle }) => lifecycle.startsWith('Pending')))

/** What is told while instances wait for hooks: which, and for whom. */
export const heldProgress = ({ group }: FleetNow, { plan }: Pick<Context, 'plan'>): Progress | undefined => {
  const held = active(group).filter(isHeld)
  if (held.length === 0) return undefined
  const hooks = launchHookNames(plan, group.name)
  return { detail: `Pending:Wait: ${held.map(({ id }) => id).join(', ')} (${hooks.join(', ')})` }
}
