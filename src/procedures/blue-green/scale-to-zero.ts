import type { Capacity } from '../../domain/catalogue/catalogue'
import { completeness } from '../../domain/blue-green/drain-to-standby'
import { reason } from '../../domain/reasons/reason'
import { active, isServing } from '../../domain/fleet/serving'
import { colorFleetSteps } from '../../domain/steps/blue-green/capacity'
import { type Milliseconds, minute } from '../../domain/time/time'
import { done, type PollResult, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { protect } from '../fleet/group/scale-in-protection'
import { setGroup } from '../fleet/group/set-group'
import { readDelay } from '../fleet/group/snapshot-group'
import { type Pair, watchColors } from './health/watch-colors'

/** So long the color that stays may take to be whole again. */
const completenessTimeout: Milliseconds = 2 * minute

/** So often somebody may raise it again. */
const maxRounds = 5

/** A color that is given up, beside the one that serves; both by their names. */
export interface ScaleDownSpec {
  readonly pair: Pair
  /** Which of the pair goes to zero. */
  readonly side: 'from' | 'to'
  /** The sizes of an idle color; desired is zero. */
  readonly idle: Capacity
}

/**
 * Takes a color to zero, once the other one is complete: looked at for this alone, right before. Its targets drain and
 * its instances end by themselves; that they leave is waited for, not that they are gone.
 */
export const scaleToZero = async (
  run: Run,
  context: Context,
  { pair, side, idle }: ScaleDownSpec,
): Promise<void> => {
  const group = pair[side].name
  const { components } = planned(context.plan.colors, 'colors')
  const minimum = components.find(({ name }) => name === pair.name)?.minimum ?? 0
  const stays = side === 'from' ? 'to' : 'from'
  const { timeout } = context.service.gate
  const empty = await watchColors(run, context, [pair], {
    step: colorFleetSteps.beforeLeaving.at({ group }),
    timeout: timeout,
    onTimeout: (last) => {
      const fleet = last?.[0]?.[stays]
      const completion = fleet && completeness(fleet, minimum)
      return reason('live_color_incomplete', {
        group: pair[stays].name,
        ...completion?.instances,
      })
    },
    judge: ([both], { now, memory }) => {
      const since = typeof memory === 'number' ? memory : now
      if (!both) return waiting(undefined, since)
      // Nothing to take out: nothing depends on how the other color is.
      const isEmpty = active(both[side].group).length === 0 && both[side].group.desired === 0
      if (isEmpty) return done(true)
      const { complete, serving, wanted } = completeness(both[stays], minimum)
      // One that never was whole need not become so: the minimum must hold, and what does not serve takes nothing away.
      const nothingServes = active(both[side].group).every((one) => !isServing(both[side], one))
      const enough = serving >= Math.max(1, minimum) || (nothingServes && serving > 0)
      return complete || (enough && now - since >= completenessTimeout)
        ? done(false)
        : waiting({ detail: `${serving}/${wanted}` }, since, since + completenessTimeout)
    },
  })
  if (empty) {
    await setGroup(run, context, colorFleetSteps.zero.at({ group }), group, {
      min: 0,
      desired: 0,
      max: idle.max,
    })
    return
  }
  for (let round = 1; ; round += 1) {
    await unprotect(run, context, group, round)
    const scope = { group, round }
    const zero = { min: 0, desired: 0, max: idle.max }
    await setGroup(run, context, colorFleetSteps.zeroAgain.at(scope), group, zero)
    const step = colorFleetSteps.leaves.at(scope)
    const left = await watchColors(run, context, [pair], {
      step,
      timeout: timeout,
      onTimeout: () => reason('timed_out', { step: step.label, after: timeout }),
      judge: ([both], { now, memory }): PollResult<boolean> => {
        if (!both) return waiting(undefined, memory)
        const fleet = both[side]
        const staying = active(fleet.group)
        // Raised by somebody, or by an action that was late; or kept by a protection that came with the launch.
        const unprotected = fleet.group.desired > 0 || staying.some((one) => one.protected)
        const since = unprotected ? (typeof memory === 'number' ? memory : now) : undefined
        if (staying.length === 0 && fleet.group.desired === 0) return done(true)
        return since !== undefined && now - since >= readDelay
          ? done(false)
          : waiting({ detail: `${staying.length}` }, since)
      },
    })
    if (left || round === maxRounds) return
  }
}

/** Protection from scale-in would keep instances of a color that is given up. */
const unprotect = async (run: Run, context: Context, group: string, turn: number): Promise<void> => {
  const scope = { group, round: turn }
  const kept = await run.record(colorFleetSteps.protectedNow.at(scope), async () => {
    const now = await context.account.groups.describe(group)
    return now?.instances.filter((one) => one.protected).map(({ id }) => id)
  })
  if (kept.length > 0) await protect(run, context, colorFleetSteps.unprotect.at(scope), group, kept, false)
}
