import { active, type FleetNow, isOn, isServing } from '../../domain/serving'
import type { Step } from '../../domain/steps/step'
import type { Instant, Milliseconds } from '../../domain/time'
import { done, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import type { Shape } from './shape'
import { lookedAt, lostSight } from './sight'
import { watchFleet } from './watch-fleet'

/** What a fleet must be to pass: fail closed, so everything must be known and right. */
export interface Passing {
  readonly step: Step<'wait'>
  readonly version: number
  /** How long it must stay so without a break. */
  readonly bake: Milliseconds
  /** Instances on `version` that must serve; the group's desired capacity when absent. */
  readonly count?: number
  /** Whether instances of other versions may still be there. */
  readonly besideOld: boolean
}

/** What a look at a fleet that passes remembers. */
interface Memory {
  readonly [key: string]: Instant
  /** Since when it passes without a break. */
  readonly since: Instant
  readonly seen: Instant
}

/**
 * Waits until enough instances of `version` are InService, healthy and target-healthy, and stay so through the
 * bake time. Anything else, an unknown answer or a time in which nobody looked too, begins the time anew or ends in
 * the way back.
 */
export const passGate = async (
  run: Run,
  context: Context,
  before: Shape,
  passing: Passing,
): Promise<void> => {
  await watchFleet(run, context, before, {
    step: passing.step,
    version: passing.version,
    within: context.service.gate.timeout + passing.bake,
    judge: (fleet, { now, memory }) => {
      const { passes, serving, wanted } = passesNow(context, before, passing, fleet)
      if (!passes) return waiting({ detail: `${serving}/${wanted}` })
      const last = memory as Memory | undefined
      const unbroken = last !== undefined && !lostSight(context.clock, last.seen, now)
      const since = unbroken ? last.since : now
      if (now - since >= passing.bake) return done(true)
      const percent = Math.floor(((now - since) / passing.bake) * 100)
      const seen = lookedAt(unbroken ? last.seen : undefined, now)
      return waiting({ percent }, { since, seen }, since + passing.bake)
    },
  })
}

const passesNow = (context: Context, before: Shape, passing: Passing, fleet: FleetNow) => {
  const template = { id: before.templateId, version: passing.version }
  const present = active(fleet.group)
  const right = present.filter((instance) => isOn(instance, template))
  const serving = right.filter((instance) => isServing(fleet, instance)).length
  const { minimum } = planned(context.plan.group, 'group')
  const wanted = Math.max(passing.count ?? fleet.group.desired, minimum)
  const alone = passing.besideOld || right.length === present.length
  return { serving, wanted, passes: serving >= wanted && serving === right.length && alone }
}
