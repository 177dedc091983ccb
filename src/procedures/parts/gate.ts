import { reason } from '../../domain/reasons'
import { active, type FleetNow, isOn, isServing, isShort, snapshot } from '../../domain/serving'
import type { Milliseconds } from '../../domain/time'
import { done, failed, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { launchFailure } from './launch-failures'
import { see } from './see'
import { drift, type Shape } from './shape'
import { unhealthy } from './unhealthy'

/** What a fleet must be to pass: fail closed, so everything must be known and right. */
export interface Passing {
  readonly key: string
  readonly version: number
  /** How long it must stay so without a break. */
  readonly bake: Milliseconds
  /** Instances on `version` that must serve; the group's desired capacity when absent. */
  readonly count?: number
  /** Whether instances of other versions may still be there. */
  readonly besideOld: boolean
}

/**
 * Waits until enough instances of `version` are InService, healthy and target-healthy, and stay so through the
 * bake time. Anything else, an unknown answer too, begins the time anew or ends in the way back.
 */
export const passGate = async (
  run: Run,
  context: Context,
  before: Shape,
  passing: Passing,
): Promise<void> => {
  const startedAt = context.clock.now()
  let last: FleetNow | undefined
  await run.wait(passing.key, {
    within: context.service.gate.timeout + passing.bake,
    late: () => unhealthy(last, context),
    look: async (memory) => {
      const fleet = await see(context.account, before.name)
      last = fleet
      const now = context.clock.now()
      const changed = drift(fleet?.group, { name: before.name, pin: passing.version })
      if (!fleet || changed) return failed(changed ?? reason('group_not_found', { group: before.name }))
      await run.show(snapshot(fleet, now))
      const { since, began } = remembered(memory, startedAt)
      const count = passesNow(context, before, passing, fleet)
      if (!count.passes) {
        const broken = isShort(fleet) && (await launchFailure(context, before.name, began))
        if (broken) return failed(broken)
        return waiting({ detail: `${count.serving}/${count.wanted}` }, { began })
      }
      const from = since ?? now
      return now - from >= passing.bake
        ? done(true)
        : waiting({ percent: Math.floor(((now - from) / passing.bake) * 100) }, { began, since: from })
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

/** When this wait began, and since when the fleet passes. */
const remembered = (memory: unknown, startedAt: number): { began: number; since?: number } =>
  (memory as { began: number; since?: number } | undefined) ?? { began: startedAt }
