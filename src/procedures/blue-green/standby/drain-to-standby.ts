import {
  entering,
  nextToStandby,
  instancesPerCall,
  type StandbyMove,
} from '../../../domain/blue-green/drain-to-standby'
import type { GroupSnapshot } from '../../../domain/blue-green/snapshot'
import type { Json } from '../../../domain/json'
import { reason } from '../../../domain/reasons/reason'
import { active, unitsOf } from '../../../domain/fleet/serving'
import { standbySteps } from '../../../domain/steps/blue-green/standby'
import type { Step } from '../../../domain/steps/step'
import { type Milliseconds, minute, second } from '../../../domain/time/time'
import { done, type PollResult, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { AwsFailure } from '../../../ports/failure'
import type { Groups } from '../../../ports/groups'
import { type Context, planned } from '../../context'
import { setGroup } from '../../fleet/group/set-group'
import { readDelay } from '../../fleet/group/snapshot-group'
import { awaitVisibility } from '../health/await-visibility'
import { resume, suspend } from '../transfer-scaling'
import { type Pair, watchColors } from '../health/watch-colors'

/** Moving a part of a group shifts the balance of its zones, which AWS would correct with launches and terminations. */
const rebalanceProcess = 'AZRebalance'
/**
 * How much of the desired capacity goes and comes with an instance that weighs more than one unit, AWS does not say: "by the
 * number of instances" is all (API reference, EnterStandby). So a weighted group lowers none of it, launches nothing for
 * what it seems to lack meanwhile, and ends nothing for what it seems to have too much of.
 */
const launchProcess = 'Launch'
const terminateProcess = 'Terminate'
/** So long instances that only start are waited for, so that they may be kept too. */
const startTimeout: Milliseconds = 5 * minute
/** So often in a row AWS may refuse a move that was right a moment ago. */
const maxRejections = 5
/** How often somebody may bring a color into service again while it drains to Standby. */
const maxRounds = 5
/** On top of the drain of the targets, which AWS waits for (EC2 Auto Scaling user guide, "Temporarily remove instances"). */
const drainMargin: Milliseconds = 10 * minute

/** A color that leaves service for Standby, beside the one that took over; both by their names. */
export interface Leaving {
  readonly pair: Pair
  /** Which of the pair leaves. */
  readonly side: 'from' | 'to'
  /** Its processes as a person left them. */
  readonly suspended: readonly string[]
  /** Whether its sizes are units that instances count by their weight. */
  readonly weighted?: true
}

/**
 * Takes colors out of service into Standby, a chunk at a time, each only while the other color is complete, and waits
 * until all stand by, their targets drained. A minimum is lowered first, and again where an action or a person has
 * raised it; what they launch meanwhile follows into Standby.
 */
export const drainToStandby = async (
  run: Run,
  context: Context,
  leaving: readonly Leaving[],
): Promise<void> => {
  const moves = new Map<string, number>()
  for (const color of leaving) {
    const { name } = color.pair[color.side]
    const group = { group: name }
    await suspend(run, context, standbySteps.suspendBalancing.at(group), name, processesToSuspend(color))
    await setGroup(run, context, standbySteps.lowerMinimum.at(group), name, { min: 0 })
  }
  for (let round = 1; ; round += 1) {
    for (const color of leaving) await drainColor(run, context, color, moves)
    let settled = true
    for (const color of leaving) settled = (await awaitStandby(run, context, color, round)) && settled
    if (settled || round === maxRounds) break
  }
  for (const color of leaving)
    await resumeRebalance(run, context, { ...color, name: color.pair[color.side].name })
}

/** What has to be suspended for the time being. */
const processesToSuspend = ({
  suspended,
  weighted,
}: Pick<GroupSnapshot, 'suspended' | 'weighted'>): readonly string[] =>
  [rebalanceProcess, ...(weighted ? [launchProcess] : [])].filter((one) => !suspended.includes(one))

/** Lets AWS balance a group's zones again, unless a person had stopped that; and launch, in a weighted one. */
export const resumeRebalance = (
  run: Run,
  context: Context,
  group: Pick<GroupSnapshot, 'name' | 'suspended' | 'weighted'>,
): Promise<void> =>
  resume(
    run,
    context,
    standbySteps.resumeBalancing.at({ group: group.name }),
    group.name,
    processesToSuspend(group),
  )

/**
 * Moves a color until nothing of it is in service. EnterStandby has no token: what was asked for is looked for before it
 * is asked again, and what AWS refuses is judged anew.
 */
const drainColor = async (
  run: Run,
  context: Context,
  leaving: Leaving,
  moves: Map<string, number>,
): Promise<void> => {
  const { name } = leaving.pair[leaving.side]
  let rejections = 0
  for (;;) {
    const turn = (moves.get(name) ?? 0) + 1
    moves.set(name, turn)
    const move = await awaitNextMove(run, context, leaving, turn)
    if (move.kind === 'finished' || move.kind === 'wait') return
    const scope = { group: name, round: turn }
    if (move.kind === 'lower') {
      await setGroup(run, context, standbySteps.lowerMinimumAgain.at(scope), name, { min: 0 })
    } else if (move.kind === 'drop' || move.kind === 'empty') {
      await setGroup(run, context, standbySteps[move.kind].at(scope), name, { min: 0, desired: 0 })
    } else {
      const decrement = !leaving.weighted
      const entering = { group: name, instances: move.instances, decrement }
      const awsMessage = await enterStandby(run, context, standbySteps.enter.at(scope), entering)
      rejections = awsMessage === '' ? 0 : rejections + 1
      if (rejections === maxRejections) {
        const why = reason('aws_refused', { action: 'EnterStandby', aws: awsMessage })
        await run.fail(standbySteps.refused.at({ group: name }), why)
      }
      // What was changed in between may not be visible yet: judged at once, it would be asked for in vain again.
      const settling = { until: standbySteps.pauseUntil.at(scope), over: standbySteps.pauseOver.at(scope) }
      if (rejections > 0) await awaitVisibility(run, context, settling)
    }
  }
}

type Move = (StandbyMove | { readonly kind: 'lower' }) & { readonly [key: string]: Json | undefined }

const awaitNextMove = (
  run: Run,
  context: Context,
  { pair, side, weighted }: Leaving,
  turn: number,
): Promise<Move> => {
  const { components } = planned(context.plan.colors, 'colors')
  const minimum = components.find(({ name }) => name === pair.name)?.minimum ?? 0
  const stays = side === 'from' ? 'to' : 'from'
  const { timeout } = context.service.gate
  const step = standbySteps.nextMove.at({ group: pair[side].name, round: turn })
  return watchColors(run, context, [pair], {
    step,
    timeout: timeout,
    onTimeout: () => reason('timed_out', { step: step.label, after: timeout }),
    judge: ([both], { now, memory }): PollResult<Move> => {
      const since = typeof memory === 'number' ? memory : now
      if (!both) return waiting(undefined, since)
      const leaving = both[side]
      const move = nextToStandby(leaving, both[stays], {
        minimum,
        mayWait: now - since < startTimeout,
        launches: !weighted,
      })
      if (move.kind === 'wait') return waiting({ detail: `${active(leaving.group).length}` }, since)
      // Desired falls with each that enters, and must not fall below the minimum.
      const raised =
        !weighted &&
        move.kind === 'enter' &&
        leaving.group.desired - move.instances.length < leaving.group.min
      return done(raised ? { kind: 'lower' as const } : { ...move })
    },
  })
}

interface Entering {
  readonly group: string
  readonly instances: readonly string[]
  /** Whether the desired capacity falls with them. */
  readonly decrement: boolean
}

/** Puts instances into Standby: those of them that are still in service. Gives AWS's words where it refused, or ''. */
const enterStandby = (
  run: Run,
  { account }: Context,
  step: Step<'step', 'standby'>,
  { group, instances, decrement }: Entering,
): Promise<string> => {
  const inService = async () => {
    const members = (await account.groups.describe(group))?.instances ?? []
    return members
      .filter((one) => instances.includes(one.id) && one.lifecycle === 'InService')
      .map(({ id }) => id)
  }
  return run.step(step, {
    choose: () => ({ group, instances, ...(!decrement && { decrement }) }),
    observe: async () => ((await inService()).length === 0 ? '' : undefined),
    act: async () => {
      try {
        await account.groups.enterStandby(group, await inService(), { decrement })
        return waiting()
      } catch (failure) {
        // One of them left in between, or the sizes were changed: what is right now is judged anew.
        if (failure instanceof AwsFailure && failure.kind === 'refused')
          return done(failure.words || failure.code)
        throw failure
      }
    },
  })
}

/**
 * Waits until all that entered Standby stand by: their targets have drained. Later than that is no error. Gives false
 * where somebody has brought the color into service again meanwhile.
 */
const awaitStandby = async (
  run: Run,
  context: Context,
  { pair, side }: Leaving,
  round: number,
): Promise<boolean> => {
  const { name } = pair[side]
  const scope = { group: name, round }
  const drains = await run.record(standbySteps.drain.at(scope), async () => {
    const group = await context.account.groups.describe(name)
    const times = await Promise.all(
      (group?.targetGroups ?? []).map((arn) => context.account.traffic.drainSeconds(arn)),
    )
    return { from: run.now(), lasts: Math.max(0, ...times) * second }
  })
  const step = standbySteps.stands.at(scope)
  return watchColors(run, context, [pair], {
    step,
    timeout: drains.lasts + 2 * drainMargin,
    onTimeout: () => reason('timed_out', { step: step.label, after: drains.lasts + 2 * drainMargin }),
    judge: ([both], { now, memory }): PollResult<boolean> => {
      if (!both) return waiting(undefined, memory)
      const leaving = both[side]
      if (leaving.group.desired > 0 || active(leaving.group).length > 0) {
        // Our own moves may not be visible yet.
        const since = typeof memory === 'number' ? memory : now
        return now - since >= readDelay ? done(false) : waiting(undefined, since, since + readDelay)
      }
      const late = now - drains.from >= drains.lasts + drainMargin
      const draining = entering(leaving)
      return draining === 0 || late ? done(true) : waiting({ detail: `${draining}` })
    },
  })
}

const raiseMaximum = async (groups: Groups, name: string, ids: readonly string[]): Promise<void> => {
  const now = await groups.describe(name)
  const units = unitsOf(now?.instances.filter(({ id }) => ids.includes(id)) ?? [])
  if (now) await groups.update(name, { max: Math.max(now.max, now.desired + units) })
}

/** Instances to be brought back out of Standby. */
export interface Returning {
  /** Their group, as it was written down just before. */
  readonly group: Pick<GroupSnapshot, 'name' | 'desired' | 'max' | 'suspended' | 'weighted'>
  readonly instances: readonly string[]
  /** What they count together. */
  readonly units: number
  /** What of the group is in service beside them. */
  readonly inService: number
}

/**
 * Brings instances out of Standby, a chunk after the other without waiting between them: Auto Scaling registers them
 * with their target groups again. Those that are no more in Standby are left alone. Desired rises with them, so that
 * the maximum must leave room.
 */
export const exitStandby = async (run: Run, context: Context, returning: Returning): Promise<void> => {
  const { group, instances, units, inService } = returning
  const { name, desired, max, weighted } = group
  if (weighted) await holdCapacity(run, context, group, inService)
  const maximum = (weighted ? inService : desired) + units
  if (max < maximum)
    await setGroup(run, context, standbySteps.raiseMaximum.at({ group: name }), name, { max: maximum })
  for (let at = 0; at < instances.length; at += instancesPerCall) {
    const step = standbySteps.exit.at({ group: name, round: at / instancesPerCall + 1 })
    await exitInstances(run, context, step, name, instances.slice(at, at + instancesPerCall))
  }
}

/**
 * A weighted group ends nothing while its desired capacity does not fit what comes back, wants no more than it has, and so
 * launches nothing once it may again: instances come out of Standby only where Launch is not suspended (EC2 Auto Scaling
 * user guide, "Suspend and resume a process").
 */
const holdCapacity = async (
  run: Run,
  context: Context,
  group: Returning['group'],
  inService: number,
): Promise<void> => {
  const { name } = group
  const scope = { group: name }
  await suspend(run, context, standbySteps.keepAll.at(scope), name, terminateToSuspend(group))
  await setGroup(run, context, standbySteps.asInService.at(scope), name, { min: 0, desired: inService })
  await resume(run, context, standbySteps.launchAgain.at(scope), name, launchToResume(group))
}

const terminateToSuspend = ({ suspended }: Pick<GroupSnapshot, 'suspended'>): readonly string[] =>
  [terminateProcess].filter((one) => !suspended.includes(one))
const launchToResume = ({ suspended }: Pick<GroupSnapshot, 'suspended'>): readonly string[] =>
  [launchProcess].filter((one) => !suspended.includes(one))

/** Lets a weighted group end instances again, once its desired capacity is what came back. */
export const releaseCapacity = async (
  run: Run,
  context: Context,
  group: Pick<GroupSnapshot, 'name' | 'suspended' | 'weighted'>,
): Promise<void> => {
  if (!group.weighted) return
  const step = standbySteps.keepNoMore.at({ group: group.name })
  await resume(run, context, step, group.name, terminateToSuspend(group))
}

const exitInstances = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'standby'>,
  group: string,
  instances: readonly string[],
): Promise<void> => {
  const there = async () => {
    const members = (await account.groups.describe(group))?.instances ?? []
    return members.filter((one) => instances.includes(one.id))
  }
  const inStandby = async () =>
    (await there()).filter(({ lifecycle }) => lifecycle === 'Standby').map(({ id }) => id)
  await run.step(step, {
    choose: () => ({ group, instances }),
    observe: async () => {
      const members = await there()
      // One that is still on its way into Standby can only be brought back once it stands by.
      return members.some(({ lifecycle }) => lifecycle.endsWith('Standby')) ? undefined : true
    },
    act: async () => {
      const ids = await inStandby()
      if (ids.length > 0) {
        await account.groups.exitStandby(group, ids).catch((failure: unknown) => {
          // One of them has changed its state in between: it is looked at again.
          const refused = failure instanceof AwsFailure && failure.kind === 'refused'
          if (refused && /not in Standby|not part of/i.test(failure.words)) return
          // Somebody has lowered the maximum since it was looked at.
          if (!refused || !/max-size/i.test(failure.words)) throw failure
          return raiseMaximum(account.groups, group, ids)
        })
      }
      return waiting()
    },
  })
}
