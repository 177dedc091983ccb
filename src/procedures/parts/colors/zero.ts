import type { Capacity } from '../../../domain/catalogue'
import { completeness } from '../../../domain/colors/handover'
import { reason } from '../../../domain/reasons'
import { active, isServing } from '../../../domain/serving'
import { colorFleetSteps } from '../../../domain/steps/blue-green/capacity'
import { type Milliseconds, minute } from '../../../domain/time'
import { done, type Look, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { protect } from '../protect'
import { setGroup } from '../set-group'
import { staleFor } from '../shape'
import { type Pair, watchColors } from './watch'

/** So long the color that stays may take to be whole again. */
const patience: Milliseconds = 2 * minute

/** So often somebody may raise it again. */
const mostTurns = 5

/** A color that is given up, beside the one that serves; both by their names. */
export interface GivenUp {
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
export const takeToZero = async (
  run: Run,
  context: Context,
  { pair, side, idle }: GivenUp,
): Promise<void> => {
  const group = pair[side].name
  const { components } = planned(context.plan.colors, 'colors')
  const minimum = components.find(({ name }) => name === pair.name)?.minimum ?? 0
  const stays = side === 'from' ? 'to' : 'from'
  const { timeout } = context.service.gate
  const empty = await watchColors(run, context, [pair], {
    step: colorFleetSteps.beforeLeaving.at({ group }),
    within: timeout,
    late: (last) => {
      const fleet = last?.[0]?.[stays]
      const whole = fleet && completeness(fleet, minimum)
      return reason('live_color_incomplete', {
        group: pair[stays].name,
        healthy: whole?.serving,
        wanted: whole?.wanted,
      })
    },
    judge: ([both], { now, memory }) => {
      const since = typeof memory === 'number' ? memory : now
      if (!both) return waiting(undefined, since)
      // Nothing to take out: nothing depends on how the other color is.
      const none = active(both[side].group).length === 0 && both[side].group.desired === 0
      if (none) return done(true)
      const { complete, serving, wanted } = completeness(both[stays], minimum)
      // One that never was whole need not become so: the minimum must hold, and what does not serve takes nothing away.
      const helpless = active(both[side].group).every((one) => !isServing(both[side], one))
      const enough = serving >= Math.max(1, minimum) || (helpless && serving > 0)
      return complete || (enough && now - since >= patience)
        ? done(false)
        : waiting({ detail: `${serving}/${wanted}` }, since, since + patience)
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
  for (let turn = 1; ; turn += 1) {
    await unprotect(run, context, group, turn)
    const scope = { group, round: turn }
    const zero = { min: 0, desired: 0, max: idle.max }
    await setGroup(run, context, colorFleetSteps.zeroAgain.at(scope), group, zero)
    const step = colorFleetSteps.leaves.at(scope)
    const left = await watchColors(run, context, [pair], {
      step,
      within: timeout,
      late: () => reason('timed_out', { step: step.label, after: timeout }),
      judge: ([both], { now, memory }): Look<boolean> => {
        if (!both) return waiting(undefined, memory)
        const fleet = both[side]
        const staying = active(fleet.group)
        // Raised by somebody, or by an action that was late; or kept by a protection that came with the launch.
        const odd = fleet.group.desired > 0 || staying.some((one) => one.protected)
        const since = odd ? (typeof memory === 'number' ? memory : now) : undefined
        if (staying.length === 0 && fleet.group.desired === 0) return done(true)
        return since !== undefined && now - since >= staleFor
          ? done(false)
          : waiting({ detail: `${staying.length}` }, since)
      },
    })
    if (left || turn === mostTurns) return
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
