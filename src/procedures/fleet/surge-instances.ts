import type { Group } from '../../domain/fleet/fleet'
import { active, hasExcess, isOn, unitsOf } from '../../domain/fleet/serving'
import { fleetSteps } from '../../domain/steps/fleet'
import { done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { passGate } from './health-gate'
import { protect } from './group/scale-in-protection'
import { replaceInstances } from './replace-instances'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** Oldest template first, then oldest instance: what a scale-in takes while the new ones are protected. */
const oldestFirst = ['OldestLaunchTemplate', 'OldestInstance']

/**
 * Doubles the fleet on the new version, lets it pass the gate beside the old one, then scales back in. The new
 * instances are protected meanwhile, for the balance of zones goes before every termination policy
 * (EC2 Auto Scaling user guide, "Control which instances terminate").
 */
export const surgeInstances = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<void> => {
  // The new ones beside all of the old, who may count more together than is desired.
  const doubled = before.desired + (before.units ?? before.desired)
  const template = { id: before.templateId, pin: version }
  await setGroup(run, context, fleetSteps.double, before.name, {
    template,
    desired: doubled,
    max: Math.max(before.max, doubled),
  })
  await passGate(run, context, before, {
    step: fleetSteps.healthyBesideOld,
    version,
    bake: context.service.gate.bake,
    count: before.desired,
    alongsideOld: true,
  })

  const toProtect = await run.record(fleetSteps.newInstances, async () => {
    const group = await context.account.groups.describe(before.name)
    // What is protected already is so by the group's or a person's wish, and stays so.
    const own = group && active(group).filter((one) => isOn(one, { id: template.id, version }))
    return own?.filter((one) => !one.protected).map((one) => one.id)
  })
  run.undo('scale-in protection', (back) =>
    protect(back, context, fleetSteps.unprotect, before.name, toProtect, false),
  )
  await protect(run, context, fleetSteps.protect, before.name, toProtect, true)
  await setGroup(run, context, fleetSteps.oldestFirst, before.name, { terminationPolicies: oldestFirst })
  await scaleBackIn(run, context, before, version)
  await protect(run, context, fleetSteps.unprotect, before.name, toProtect, false)

  // What is protected, and one of the old that somebody else's scale-in left in its place, goes the careful way.
  await replaceInstances(run, context, before, { name: 'straggler', version, extra: 0 })
}

const scaleBackIn = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<void> => {
  const template = { id: before.templateId, version }
  const outdated = (group: Group) => active(group).filter((one) => !isOn(one, template))
  const target = await run.record(fleetSteps.howManyLeave, async () => {
    const group = await context.account.groups.describe(before.name)
    // Never more than somebody has lowered it to meanwhile.
    return (
      group && Math.min(group.desired, Math.max(group.desired - unitsOf(outdated(group)), before.desired))
    )
  })
  await setGroup(run, context, fleetSteps.scaleBackIn, before.name, { desired: target })
  await watchFleet(run, context, before, {
    step: fleetSteps.oldOnesLeave,
    version,
    timeout: context.service.gate.timeout,
    judge: ({ group }) => {
      // A person's scale-out in the meantime leaves more desired than counted here: nothing more will leave. Nor will
      // those that are protected, by a person or by their group's setting.
      const settled = !hasExcess(group) || outdated(group).every((one) => one.protected)
      const left = outdated(group).length
      return left === 0 || settled ? done(true) : waiting({ detail: `${left}` })
    },
  })
}
