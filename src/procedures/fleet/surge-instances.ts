import type { Group } from '../../domain/fleet/fleet'
import { active, hasExcess, isOn, unitsOf } from '../../domain/fleet/serving'
import { newestFirst, oldestFirst } from '../../domain/fleet/termination-policies'
import { fleetSteps } from '../../domain/steps/fleet'
import { done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { TrafficBefore } from '../analysis/traffic-before'
import type { Context } from '../context'
import { type Hold, holdAlarms, releaseWhenQuiet } from '../hold-alarms'
import { checkFleet } from './check-fleet'
import { passGate } from './health-gate'
import { protect } from './group/scale-in-protection'
import { type Places, replaceInstances } from './replace-instances'
import { setDesired } from './group/set-desired'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** Where the fleet goes to, and the sizes that are counted with on the way. */
interface Moving {
  readonly version: number
  readonly places: Places
}

/**
 * Doubles the fleet on the new version, lets it pass the gate beside the old one, then scales back in. The new
 * instances are protected meanwhile, for the balance of zones goes before every termination policy
 * (EC2 Auto Scaling user guide, "Control which instances terminate"). Where somebody else takes the places that were
 * made, as an event does that ends, the old ones that are left are replaced one by one instead. Gives whether all
 * that is new passed the bake time.
 */
export const surgeInstances = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, places, traffic, hold }: Moving & LookedAt,
): Promise<'baked' | 'not baked'> => {
  const moving = { version, places }
  const doubled = await double(run, context, before, moving, { traffic, hold })
  if (doubled) await takeOldOnes(run, context, before, { ...moving, made: doubled.made })
  if (hold.begun) await releaseWhenQuiet(run, context, before, hold)
  // What is protected, and those of the old that somebody else's scale-in left in their place, go the careful way.
  await replaceInstances(run, context, before, { name: 'straggler', version, places })
  return doubled?.passed ? 'baked' : 'not baked'
}

const takeOldOnes = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, places, made }: Moving & Made,
): Promise<void> => {
  const toProtect = await run.record(fleetSteps.newInstances, async () => {
    const group = await context.account.groups.describe(before.name)
    // What is protected already is so by the group's or a person's wish, and stays so.
    const own = group && active(group).filter((one) => isOn(one, { id: before.templateId, version }))
    return own?.filter((one) => !one.protected).map((one) => one.id)
  })
  run.undo('scale-in protection', (back) =>
    protect(back, context, fleetSteps.unprotect, before.name, toProtect, false),
  )
  await protect(run, context, fleetSteps.protect, before.name, toProtect, true)
  await setGroup(run, context, fleetSteps.oldestFirst, before.name, { terminationPolicies: oldestFirst })
  await scaleBackIn(run, context, before, { version, places, made })
  await protect(run, context, fleetSteps.unprotect, before.name, toProtect, false)
}

/** What customers met before, where they are looked at, and whether alarms are held meanwhile. */
interface LookedAt {
  readonly traffic: TrafficBefore | undefined
  readonly hold: Hold
}

/** What the doubling came to: `not begun` where somebody else had resized the group first. */
type Doubled = { readonly from: number; readonly desired: number } | 'not begun'

/** The places that the doubling made; none in journals of before that was written down. */
interface Made {
  readonly made: number
}

/**
 * As many new ones beside the old, through the gate; not `passed` where somebody else took their places. Undefined where
 * somebody else had resized the group first.
 */
const double = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, places }: Moving,
  { traffic, hold }: LookedAt,
): Promise<(Made & { readonly passed: boolean }) | undefined> => {
  const { groups } = context.account
  const recorded = await run.step<'group', Doubling, Doubled | true>(fleetSteps.double, {
    choose: async () => {
      const group = await groups.describe(before.name)
      const from = group?.desired ?? before.desired
      // The new ones beside all of the old, who may count more together than is desired.
      const desired = from + Math.max(from, group ? unitsOf(active(group)) : (before.units ?? from))
      const template = { id: before.templateId, pin: version }
      return {
        group: before.name,
        template,
        from,
        desired,
        max: Math.max(before.max, desired),
        terminationPolicies: newestFirst(before.terminationPolicies),
      }
    },
    observe: async ({ from = before.desired, desired }) => {
      const group = await groups.describe(before.name)
      if (!group || group.desired === from) return undefined
      return group.template?.pin === version ? { from, desired } : 'not begun'
    },
    act: async ({ template, desired, max, terminationPolicies }) => {
      await groups.update(before.name, {
        template,
        desired,
        max,
        ...(terminationPolicies && { terminationPolicies }),
      })
      return waiting()
    },
  })
  if (recorded === 'not begun') return undefined
  // Journals of before others' sizes were looked at hold no more than that it was done.
  const doubled = recorded === true ? { from: before.desired, desired: before.desired } : recorded
  places.base = doubled.from
  const beside = { count: doubled.from, doubled: doubled.desired }
  const passed = await passGate(run, context, before, {
    step: fleetSteps.healthyBesideOld,
    version,
    bake: context.service.gate.bake,
    beside,
  })
  // While the old ones still run the way back is short.
  if (passed === 'passed' && traffic) {
    await holdAlarms(run, context, before, hold)
    await checkFleet(run, context, before, traffic, { version, beside })
  }
  return { passed: passed === 'passed', made: doubled.desired - doubled.from }
}

/**
 * What the doubling chooses. `from`: the desired capacity then; journals of before it was written down hold none, and no
 * termination policies.
 */
type Doubling = {
  readonly group: string
  readonly template: { readonly id: string; readonly pin: number }
  readonly from?: number
  readonly desired: number
  readonly max: number
  readonly terminationPolicies?: readonly string[]
}

const scaleBackIn = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, places, made }: Moving & Made,
): Promise<void> => {
  const template = { id: before.templateId, version }
  const outdated = (group: Group) => active(group).filter((one) => !isOn(one, template))
  const recorded = await run.record<number | { readonly from: number; readonly desired: number }>(
    fleetSteps.howManyLeave,
    async () => {
      const group = await context.account.groups.describe(before.name)
      if (!group) return undefined
      const { desired: from } = group
      // One of the old that AWS has replaced meanwhile, as it was sick or its lifetime over, is a new one by now.
      const leave = Math.max(made, unitsOf(outdated(group)))
      // Never more than somebody has lowered it to meanwhile.
      return { from, desired: Math.min(from, Math.max(from - leave, places.base)) }
    },
  )
  // Journals of before others' sizes were looked at hold the number alone.
  const sizes = typeof recorded === 'number' ? { from: undefined, desired: recorded } : recorded
  await setDesired(run, context, fleetSteps.scaleBackIn, before, sizes)
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
