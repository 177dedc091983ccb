import type { HeldPolicy } from '../../domain/fleet/scale-in'
import { newestFirst } from '../../domain/fleet/termination-policies'
import { reason } from '../../domain/reasons/reason'
import { fleetSteps, healthSteps } from '../../domain/steps/fleet'
import type { Run } from '../../durable/run'
import { type TrafficBefore, trafficBefore } from '../analysis/traffic-before'
import { type Context, planned } from '../context'
import { type Hold, notHeld, releaseWhenQuiet } from '../hold-alarms'
import { awaitScaleIn } from './await-scale-in'
import { checkFleet } from './check-fleet'
import { promoteVersion } from './promote-version'
import { passGate } from './health-gate'
import { refreshInstances, stopRefresh } from './instance-refresh'
import { type Places, replaceInstances } from './replace-instances'
import { followedSizes } from './group/followed-sizes'
import { holdScaleIns, releaseScaleIns } from './group/hold-scale-ins'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { surgeInstances } from './surge-instances'

/** Moves a pinned group to `version` by the plan's strategy, through the gate, to its shape afterwards. */
export const moveFleet = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<void> => {
  const { outdated, before: shown, after } = planned(context.plan.group, 'group')
  // Whom somebody lowered between the plan and the snapshot are not brought back.
  const growth = after.desired > shown.desired ? Math.max(0, after.desired - before.desired) : 0
  if (outdated > 0 || growth > 0) {
    const { targetGroups } = planned(context.plan.group, 'group')
    const traffic = await trafficBefore(run, context, { from: targetGroups, to: targetGroups })
    let added = 0
    const places: Places = { base: before.desired, extra: 0 }
    const hold = notHeld()
    const held: HeldPolicy[] = []
    // Undone last: while the fleet goes back there are more instances than the load needs, too.
    run.undo('alarms', async (back) => {
      if (hold.begun) await releaseWhenQuiet(back, context, before, hold)
      await releaseScaleIns(back, context, before, held)
    })
    // A surge has twice as many as the load needs, and holds all alarms while customers are looked at.
    if (context.plan.strategy !== 'surge') await holdScaleIns(run, context, before, held)
    run.undo('fleet', (back) => undoMove(back, context, before, { version, added, places }))
    const rolled = outdated > 0 && (await rollFleet(run, context, before, { version, places, traffic, hold }))
    const bakeWatched = rolled === 'baked'
    if (growth > 0) {
      added = growth
      await growFleet(run, context, before, version)
    }
    await passGate(run, context, before, {
      step: healthSteps.everyInstance,
      version,
      bake: bakeWatched && growth === 0 ? 0 : context.service.gate.bake,
    })
    // A surge has been looked at while its old instances still ran.
    if (context.plan.strategy !== 'surge' || !bakeWatched)
      await checkFleet(run, context, before, traffic, { version })
    await releaseScaleIns(run, context, before, held)
  }
  run.commit()
  await promoteVersion(run, context, before, version)
}

/** Where the fleet goes to, the sizes that are counted with, and what customers met before where that is checked. */
interface Rolling {
  readonly version: number
  readonly places: Places
  readonly traffic: TrafficBefore | undefined
  /** Whether alarms are held while both versions serve. */
  readonly hold: Hold
}

/** Rolls the fleet, and gives whether all its new instances stayed healthy through the bake time by then. */
const rollFleet = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, places, traffic, hold }: Rolling,
): Promise<'baked' | 'not baked'> => {
  await awaitScaleIn(run, context, before, fleetSteps.scaleInPassed)
  switch (context.plan.strategy) {
    case 'refresh':
      await raiseMaximum(run, context, before)
      await setGroup(run, context, fleetSteps.newestFirst, before.name, {
        terminationPolicies: newestFirst(before.terminationPolicies),
      })
      return (await refreshInstances(run, context, before, version)) === 'watched' ? 'baked' : 'not baked'
    case 'replace':
      await replaceInstances(run, context, before, { name: 'replace', version, places })
      return 'not baked'
    case 'surge':
      return surgeInstances(run, context, before, { version, places, traffic, hold })
    default:
      return run.fail(
        fleetSteps.unsupported,
        reason('strategy_unsupported', { strategy: context.plan.strategy }),
      )
  }
}

/** Sizes of the catalogue that want more instances than there are: those come on the new version, before the gate. */
const growFleet = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<void> => {
  const { after } = planned(context.plan.group, 'group')
  const desired = await run.record(fleetSteps.howManyServe, async () => {
    const group = await context.account.groups.describe(before.name)
    // What a scale-out in the meantime has asked for stays.
    return group && Math.max(group.desired, after.desired)
  })
  await setGroup(run, context, fleetSteps.grow, before.name, {
    template: { id: before.templateId, pin: version },
    desired,
    max: Math.max(before.max, desired),
  })
}

/** A refresh that launches first needs places above the desired capacity. */
const raiseMaximum = async (run: Run, context: Context, before: GroupSnapshot): Promise<void> => {
  const { peak } = planned(context.plan.group, 'group')
  if (peak > before.max) await setGroup(run, context, fleetSteps.makeRoom, before.name, { max: peak })
}

/**
 * The way back, from wherever the roll stands: stops what runs, launches the old version again, and replaces
 * what is new only while enough of the old serve; if the old does not come back, the new keeps serving and
 * this fails. Sizes and policies as recorded, at the end.
 */
const undoMove = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { version, added, places }: { readonly version: number; readonly added: number; readonly places: Places },
): Promise<void> => {
  if (context.plan.strategy === 'refresh')
    await stopRefresh(run, context, before, {
      stop: fleetSteps.rollBackRefresh,
      ended: fleetSteps.refreshRolledBack,
      version,
      how: 'roll back',
    })
  const extra = await run.record(fleetSteps.placesMade, async () => {
    const group = await context.account.groups.describe(before.name)
    // A refresh goes above the desired capacity without raising it: what is raised there is somebody else's.
    const own = context.plan.strategy !== 'refresh'
    const made = own ? planned(context.plan.group, 'group').peak - before.desired : 0
    return group && Math.max(0, Math.min(group.desired - places.base, Math.max(made, added)))
  })
  await replaceInstances(run, context, before, {
    name: 'return',
    version: before.version,
    places: { base: places.base, extra },
  })
  const { minAfterEvent: least = before.min, maxAfterEvent: most = before.max } = before
  const { min, max } = await followedSizes(run, context, before, {
    due: fleetSteps.boundsDue,
    followed: fleetSteps.boundsFollowed,
    target: { min: least, desired: least, max: most },
  })
  const { cooldown, terminationPolicies } = before
  const sizes = { min, max, cooldown, terminationPolicies }
  await setGroup(run, context, fleetSteps.restoreSizes, before.name, sizes, fleetSteps.restoreFollowed)
}
