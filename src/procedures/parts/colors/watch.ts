import type { FleetSnapshot } from '../../../domain/fleet'
import type { Json } from '../../../domain/json'
import { type Reason, reason } from '../../../domain/reasons'
import { type FleetNow, isShort, snapshot } from '../../../domain/serving'
import type { Step } from '../../../domain/steps/step'
import type { Instant, Milliseconds } from '../../../domain/time'
import { failed, type Look, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import type { Account } from '../../../ports/account'
import type { Freshness } from '../../../ports/freshness'
import { type Context, planned } from '../../context'
import { launchFailure } from '../launch-failures'
import { see } from '../see'
import { staleFor } from '../shape'
import type { Launches } from './version'

/** Names of one component's groups. */
export interface Pair {
  readonly name: string
  readonly from: { readonly name: string }
  readonly to: { readonly name: string }
}

/** One component as of one moment. */
export interface Both {
  readonly name: string
  readonly from: FleetNow
  readonly to: FleetNow
}

/** Both colors of all components, read together; undefined when a group is gone. */
const seeBoth = async (
  account: Account,
  pairs: readonly Pair[],
  freshness: Freshness,
): Promise<readonly Both[] | undefined> => {
  const seen = await Promise.all(
    pairs.map(async ({ name, from, to }) => {
      const [serving, other] = await Promise.all([
        see(account, from.name, freshness),
        see(account, to.name, freshness),
      ])
      return serving && other && { name, from: serving, to: other }
    }),
  )
  const there = seen.filter((one) => one !== undefined)
  return there.length === pairs.length ? there : undefined
}

/** Both colors as one picture, each instance under its color and version. */
const snapshotOf = (
  { plan }: Context,
  both: readonly Both[],
  at: Instant,
  share: number | undefined,
): FleetSnapshot => {
  const colors = planned(plan.colors, 'colors')
  const several = both.length > 1
  const label = (component: string, color: string, version: string | undefined, percent: number) =>
    [
      ...(several ? [component] : []),
      color,
      ...(version === undefined ? [] : [version]),
      ...(share === undefined ? [] : [`· ${percent} %`]),
    ].join(' ')
  const shown = both.flatMap(({ name, from, to }) => {
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
    desired: shown.reduce((sum, { fleet }) => sum + fleet.group.desired, 0),
    cells: shown.flatMap(({ fleet, label }) => snapshot(fleet, at).cells.map((cell) => ({ ...cell, label }))),
  }
}

/** What a procedure waits for the two colors to become. */
export interface ColorWatch<Outcome> {
  readonly step: Step<'wait'>
  readonly within: Milliseconds
  readonly late: (last: readonly Both[] | undefined) => Reason
  /** The color whose launches must not fail. */
  readonly launching?: 'from' | 'to'
  /** The share of the traffic that the color coming up gets meanwhile, in percent, where it is shown. */
  readonly share?: number
  /** The template versions that the color coming up is pinned to meanwhile. */
  readonly launches?: Launches
  /** Judges one look. What it remembers with `waiting` it is given at the next. */
  judge(
    both: readonly Both[],
    at: { readonly now: Instant; readonly memory: Json | undefined },
  ): Look<Outcome>
}

interface Memory {
  readonly [key: string]: Json | undefined
  readonly began: Instant
  /** Since when a group looks as if somebody else had changed it, or taken it away. */
  readonly drift?: Instant
  readonly judged?: Json
}

/** Looks at both colors, shows them, and asks for a judgement, until there is one. */
export const watchColors = <Outcome extends Json>(
  run: Run,
  context: Context,
  pairs: readonly Pair[],
  watch: ColorWatch<Outcome>,
): Promise<Outcome> => {
  let last: readonly Both[] | undefined
  return run.wait(watch.step, {
    within: watch.within,
    late: () => watch.late(last),
    look: async (written, freshness) => {
      const now = context.clock.now()
      const memory = (written as Memory | undefined) ?? { began: now }
      const both = await seeBoth(context.account, pairs, freshness)
      last = both
      const changed = both
        ? driftOf(both, watch.launches)
        : reason('group_not_found', { group: pairs[0]?.from.name })
      if (!both || changed) {
        const since = memory.drift ?? now
        return changed && now - since >= staleFor
          ? failed(changed)
          : waiting(undefined, { ...memory, drift: since })
      }
      await run.show(snapshotOf(context, both, now, watch.share))
      const judgement = watch.judge(both, { now, memory: memory.judged })
      if (judgement.kind !== 'waiting') return judgement
      for (const one of both) {
        const fleet = watch.launching && one[watch.launching]
        const broken =
          fleet && isShort(fleet) && (await launchFailure(context, fleet.group.name, memory.began))
        if (broken) return failed(broken)
      }
      const { memory: judged, progress, at } = judgement
      return waiting(progress, { began: memory.began, ...(judged !== undefined && { judged }) }, at)
    },
  })
}

/** Whether somebody else moves a group's template, or deletes a group. */
const driftOf = (both: readonly Both[], launches: Launches | undefined): Reason | undefined => {
  for (const { group } of both.flatMap(({ from, to }) => [from, to])) {
    if (group.status) return reason('group_being_deleted', { group: group.name, status: group.status })
    const was = launches?.get(group.name)?.version
    const is = group.template?.pin
    if (was !== undefined && is !== was) {
      return reason('group_changed', { group: group.name, what: 'template version', was, is })
    }
  }
  return undefined
}
