import { active, type FleetNow, instancesFor, isOn, isServing, unitsOf } from '../../domain/fleet/serving'
import type { Step } from '../../domain/steps/step'
import type { Instant, Milliseconds } from '../../domain/time/time'
import { done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import type { GroupSnapshot } from './group/snapshot-group'
import { observedAt, hasObservationGap } from './observation-gap'
import { watchFleet } from './watch-fleet'

/** What a fleet must be to pass: fail closed, so everything must be known and right. */
export interface GateSpec {
  readonly step: Step<'wait'>
  readonly version: number
  /** How long it must stay so without a break. */
  readonly bake: Milliseconds
  /** Instances on `version` that must serve; the group's desired capacity when absent. */
  readonly count?: number
  /** Whether instances of other versions may still be there. */
  readonly alongsideOld: boolean
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
  before: GroupSnapshot,
  spec: GateSpec,
): Promise<void> => {
  await watchFleet(run, context, before, {
    step: spec.step,
    version: spec.version,
    timeout: context.service.gate.timeout + spec.bake,
    judge: (fleet, { now, memory }) => {
      const { passes, serving, wanted } = judgeFleet(context, before, spec, fleet)
      if (!passes) return waiting({ detail: `${serving}/${wanted}` })
      const last = memory as Memory | undefined
      const unbroken = last !== undefined && !hasObservationGap(context.clock, last.seen, now)
      const since = unbroken ? last.since : now
      if (now - since >= spec.bake) return done(true)
      const percent = Math.floor(((now - since) / spec.bake) * 100)
      const seen = observedAt(unbroken ? last.seen : undefined, now)
      return waiting({ percent }, { since, seen }, since + spec.bake)
    },
  })
}

const judgeFleet = (context: Context, before: GroupSnapshot, spec: GateSpec, fleet: FleetNow) => {
  const template = { id: before.templateId, version: spec.version }
  const present = active(fleet.group)
  const right = present.filter((instance) => isOn(instance, template))
  const serving = right.filter((instance) => isServing(fleet, instance))
  const { minimum } = planned(context.plan.group, 'group')
  // Whom somebody lowers the group to meanwhile are all that there can be.
  const { desired } = fleet.group
  const wanted = Math.min(desired, Math.max(spec.count ?? desired, minimum))
  const onlyNew = spec.alongsideOld || right.length === present.length
  return {
    serving: serving.length,
    wanted: instancesFor(fleet.group, wanted),
    passes: unitsOf(serving) >= wanted && serving.length === right.length && onlyNew,
  }
}
