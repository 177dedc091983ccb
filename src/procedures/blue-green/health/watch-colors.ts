import type { FleetSnapshot, GroupInstance } from '../../../domain/fleet/fleet'
import type { Json } from '../../../domain/json'
import { type Reason, reason } from '../../../domain/reasons/reason'
import { allServe, groupSubject, isAnnounced } from '../../../domain/fleet/event-subject'
import { type FleetNow, instancesFor, isOn, snapshot } from '../../../domain/fleet/serving'
import type { Starts } from '../../../domain/fleet/starts'
import type { Step } from '../../../domain/steps/step'
import type { Instant, Milliseconds } from '../../../domain/time/time'
import { afterLoss, announced, failed, type PollResult, waiting } from '../../../durable/poll'
import type { Look, Run } from '../../../durable/run'
import type { Account } from '../../../ports/account'
import type { Freshness } from '../../../ports/freshness'
import { type Context, planned } from '../../context'
import { launchFailure } from '../../../facts/fleet/launch-failures'
import { readFleet } from '../../../facts/fleet/read-fleet'
import { readDelay } from '../../fleet/group/snapshot-group'
import { heldProgress, mayBeFailing } from '../../fleet/watch-fleet'
import { watchStarts } from '../../fleet/watch-starts'
import type { Launches } from '../color-version'

/** Names of one component's groups. */
export interface Pair {
  readonly name: string
  readonly from: { readonly name: string }
  readonly to: { readonly name: string }
}

/** One component as of one moment. */
export interface ComponentFleets {
  readonly name: string
  readonly from: FleetNow
  readonly to: FleetNow
}

/** Both colors of all components, read together; undefined when a group is gone. */
const readColors = async (
  account: Account,
  pairs: readonly Pair[],
  freshness: Freshness,
): Promise<readonly ComponentFleets[] | undefined> => {
  const seen = await Promise.all(
    pairs.map(async ({ name, from, to }) => {
      const [serving, other] = await Promise.all([
        readFleet(account, from.name, freshness),
        readFleet(account, to.name, freshness),
      ])
      return serving && other && { name, from: serving, to: other }
    }),
  )
  const present = seen.filter((one) => one !== undefined)
  return present.length === pairs.length ? present : undefined
}

/** Both colors as one picture, each instance under its color and version. */
const colorsSnapshot = (
  { plan }: Context,
  fleets: readonly ComponentFleets[],
  at: Instant,
  share: number | undefined,
): FleetSnapshot => {
  const colors = planned(plan.colors, 'colors')
  const several = fleets.length > 1
  const label = (component: string, color: string, version: string | undefined, percent: number) =>
    [
      ...(several ? [component] : []),
      color,
      ...(version === undefined ? [] : [version]),
      ...(share === undefined ? [] : [`· ${percent} %`]),
    ].join(' ')
  const shown = fleets.flatMap(({ name, from, to }) => {
    const rows = [
      { fleet: from, label: label(name, colors.from, plan.before, 100 - (share ?? 0)) },
      { fleet: to, label: label(name, colors.to, plan.version, share ?? 0) },
    ]
    // Blue is above green, whichever serves.
    return colors.from === 'blue' ? rows : rows.toReversed()
  })
  return {
    group: shown.map(({ fleet }) => fleet.group.name).join(', '),
    at,
    desired: shown.reduce((sum, { fleet }) => sum + instancesFor(fleet.group, fleet.group.desired), 0),
    cells: shown.flatMap(({ fleet, label }) => snapshot(fleet, at).cells.map((cell) => ({ ...cell, label }))),
  }
}

/** What a procedure waits for the two colors to become. */
export interface ColorWatch<Outcome> {
  readonly step: Step<'wait'>
  readonly timeout: Milliseconds
  /** How often it is looked; as usual when absent. */
  readonly interval?: Milliseconds
  readonly onTimeout: (last: readonly ComponentFleets[] | undefined, after?: Milliseconds) => Reason
  /** The color whose launches must not fail. */
  readonly launching?: 'from' | 'to'
  /** The share of the traffic that the color coming up gets meanwhile, in percent, where it is shown. */
  readonly share?: number
  /** The template versions that the color coming up is pinned to meanwhile. */
  readonly launches?: Launches
  /** Whether instances of the color coming up start a new version: one that cannot get healthy is not waited for to the end. */
  readonly starting?: boolean
  /** Judges one look. What it remembers with `waiting` it is given at the next; its instants are of observed time. */
  judge(
    fleets: readonly ComponentFleets[],
    at: Look & { readonly memory: Json | undefined },
  ): PollResult<Outcome> | Promise<PollResult<Outcome>>
}

interface Memory {
  readonly [key: string]: Json | undefined
  /** On the clock: AWS's activities are told apart by it. */
  readonly began: Instant
  /** Since when, in observed time, a group looks as if somebody else had changed it, or taken it away. */
  readonly drift?: Instant
  readonly judged?: Json
  /** By group. */
  readonly starts?: Readonly<Record<string, Starts>>
}

/** Looks at both colors, shows them, and asks for a judgement, until there is one. */
export const watchColors = <Outcome extends Json>(
  run: Run,
  context: Context,
  pairs: readonly Pair[],
  watch: ColorWatch<Outcome>,
): Promise<Outcome> => {
  let last: readonly ComponentFleets[] | undefined
  return run.wait(watch.step, {
    ...(watch.interval !== undefined && { interval: watch.interval }),
    timeout: watch.timeout,
    onTimeout: () => watch.onTimeout(last),
    poll: async (recorded, freshness, { now, gap }) => {
      const memory = (recorded as Memory | undefined) ?? { began: context.clock.now() }
      const fleets = await readColors(context.account, pairs, freshness)
      last = fleets
      const changed = fleets
        ? driftOf(fleets, watch.launches)
        : reason('group_not_found', { group: pairs[0]?.from.name })
      if (!fleets || changed) {
        const since = memory.drift ?? now
        return changed && now - since >= readDelay
          ? failed(changed)
          : waiting(undefined, { ...memory, drift: since })
      }
      await run.show(colorsSnapshot(context, fleets, context.clock.now(), watch.share))
      const judgement = await watch.judge(fleets, { now, gap, memory: memory.judged })
      if (judgement.kind !== 'waiting') return judgement
      for (const one of fleets) {
        const fleet = watch.launching && one[watch.launching]
        const broken =
          fleet &&
          mayBeFailing(fleet, context.clock.now() - memory.began) &&
          (await launchFailure(context, fleet.group.name, memory.began))
        if (broken) return failed(broken)
      }
      const starts: Record<string, Starts> = {}
      for (const { to } of watch.starting ? fleets : []) {
        const { name } = to.group
        const launch = watch.launches?.get(name)
        const starting = { fleet: to, isNew: (one: GroupInstance) => !launch || isOn(one, launch) }
        const { seen, after } = await watchStarts(context, starting, { now, gap }, memory.starts?.[name])
        if (after !== undefined) return failed(watch.onTimeout(fleets, after))
        starts[name] = seen
      }
      const { memory: judged, progress, at, lost } = judgement
      const next = at === undefined ? undefined : run.clockTime(at)
      const seen = {
        began: memory.began,
        ...(judged !== undefined && { judged }),
        ...(watch.starting && { starts }),
      }
      const both = fleets.flatMap(({ from, to }) => [from, to])
      // What bakes is watched: of that no event tells.
      const held = fleets.flatMap(({ to }) => heldProgress(to, context) ?? [])[0]
      const isAwaited = at === undefined && both.some(isAnnounced) && both.every(allServe)
      const subjects = both.map(({ group }) => groupSubject(group.name))
      const told = held ?? progress
      return isAwaited ? announced(waiting(told, seen), subjects) : afterLoss(waiting(told, seen, next), lost)
    },
  })
}

/** Whether somebody else moves a group's template, or deletes a group. */
const driftOf = (fleets: readonly ComponentFleets[], launches: Launches | undefined): Reason | undefined => {
  for (const { group } of fleets.flatMap(({ from, to }) => [from, to])) {
    if (group.status) return reason('group_being_deleted', { group: group.name, status: group.status })
    const was = launches?.get(group.name)?.version
    const is = group.template?.pin
    if (was !== undefined && is !== was) {
      return reason('group_changed', { group: group.name, what: 'template version', was, is })
    }
  }
  return undefined
}
