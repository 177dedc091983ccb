import {
  active,
  type FleetNow,
  hasExcess,
  instancesFor,
  isOn,
  isServing,
  unitsOf,
} from '../../domain/fleet/serving'
import type { Step } from '../../domain/steps/step'
import type { Instant, Milliseconds } from '../../domain/time/time'
import { afterLoss, done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { type GroupSnapshot, readDelay } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** What a fleet must be to pass: fail closed, so everything must be known and right. */
export interface GateSpec {
  readonly step: Step<'wait'>
  readonly version: number
  /** How long it must stay so without a break. */
  readonly bake: Milliseconds
  /**
   * Where the new stand beside the old: how many on `version` must serve, and the desired capacity that holds all of
   * both. When absent, only the new may be there, as many as are desired.
   */
  readonly beside?: { readonly count: number; readonly doubled: number }
}

/** What a look at a fleet that passes remembers. */
interface Memory {
  readonly [key: string]: Instant | undefined
  /** Since when it passes without a break. */
  readonly since?: Instant
  /** Since when others have the places that were made for the new. */
  readonly overtaken?: Instant
}

/**
 * Waits until enough instances of `version` are InService, healthy and target-healthy, and stay so through the
 * bake time. Anything else, an unknown answer or a time in which nobody looked too, begins the time anew or ends in
 * the way back. `overtaken`: somebody else has taken the places beside the old, so that no more new ones come.
 */
export const passGate = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  spec: GateSpec,
): Promise<'passed' | 'overtaken'> => {
  const outcome = await watchFleet<true | 'overtaken'>(run, context, before, {
    step: spec.step,
    version: spec.version,
    starting: true,
    timeout: context.service.gate.timeout + spec.bake,
    judge: (fleet, { now, gap, memory }) => {
      const { passes, full, serving, wanted } = judgeFleet(context, before, spec, fleet)
      const last = memory as Memory | undefined
      if (!passes) {
        const overtaken = full ? (last?.overtaken ?? now) : undefined
        if (overtaken !== undefined && now - overtaken >= readDelay) return done('overtaken' as const)
        return waiting({ detail: `${serving}/${wanted}` }, overtaken === undefined ? {} : { overtaken })
      }
      const since = last?.since === undefined || gap ? now : last.since
      if (now - since >= spec.bake) return done(true as const)
      const percent = Math.floor(((now - since) / spec.bake) * 100)
      // Of an AWS that answers and falls silent in turn no bake would come to its end before the gate's time is over.
      const lost = gap && last?.since !== undefined ? now - last.since : undefined
      return afterLoss(waiting({ percent }, { since }, since + spec.bake), lost)
    },
  })
  return outcome === 'overtaken' ? outcome : 'passed'
}

/** Whether a fleet passes at this moment, and how many serve of how many that shall. */
export const judgeFleet = (
  context: Context,
  before: GroupSnapshot,
  spec: Pick<GateSpec, 'version' | 'beside'>,
  fleet: FleetNow,
) => {
  const template = { id: before.templateId, version: spec.version }
  const present = active(fleet.group)
  const right = present.filter((instance) => isOn(instance, template))
  const serving = right.filter((instance) => isServing(fleet, instance))
  const { minimum } = planned(context.plan.group, 'group')
  // Whom somebody lowers the group to meanwhile are all that there can be.
  const { desired } = fleet.group
  const { beside } = spec
  const wanted = Math.min(desired, beside?.count ?? Math.max(desired, minimum))
  const onlyNew = beside !== undefined || right.length === present.length
  const allServe = serving.length === right.length
  return {
    serving: serving.length,
    wanted: instancesFor(fleet.group, wanted),
    passes: unitsOf(serving) >= wanted && allServe && onlyNew,
    /** Whether the group has all that it wants, and wants less than was made room for. */
    full:
      beside !== undefined &&
      desired < beside.doubled &&
      allServe &&
      unitsOf(present) >= desired &&
      !hasExcess(fleet.group) &&
      present.every(({ lifecycle }) => lifecycle === 'InService'),
  }
}
