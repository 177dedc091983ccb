import type { Json } from '../../domain/json'
import type { GroupInstance, Refresh } from '../../domain/fleet/fleet'
import { allServe as everyoneServes, groupSubject } from '../../domain/fleet/event-subject'
import { reason } from '../../domain/reasons/reason'
import { active, isHeld, isOn, isServing, serving, snapshot, unitsOf } from '../../domain/fleet/serving'
import type { Starts } from '../../domain/fleet/starts'
import { fleetSteps } from '../../domain/steps/fleet'
import type { Step } from '../../domain/steps/step'
import { unhealthyReason } from '../../domain/fleet/unhealthy-reason'
import { hour, minute } from '../../domain/time/time'
import { announced, done, failed, type PollResult, waiting } from '../../durable/poll'
import type { Look, Run } from '../../durable/run'
import type { Freshness } from '../../ports/freshness'
import { AwsFailure } from '../../ports/failure'
import { type Context, planned } from '../context'
import { launchFailure } from '../../facts/fleet/launch-failures'
import { readFleet } from '../../facts/fleet/read-fleet'
import type { GroupSnapshot } from './group/snapshot-group'
import { launchHookTime } from '../../domain/fleet/launch-hooks'
import { heldProgress } from './watch-fleet'
import { watchStarts } from './watch-starts'

/** EC2 Auto Scaling user guide: a refresh fails by itself after an hour without progress; we give up before. */
const refreshTimeout = 12 * hour
const runningStatuses = new Set(['Pending', 'InProgress', 'Baking'])
const endingStatuses = new Set(['Cancelling', 'RollbackInProgress'])

/**
 * Native instance refresh to `version` through a desired configuration, which AWS writes to the group only on
 * success. Launches before it terminates (min 100, max above). A cancel stops it and asks; going on starts
 * another one, that skips what was replaced already. Gives whether the bake time was watched: AWS lets it pass without a
 * look at the targets.
 */
export const refreshInstances = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
): Promise<'watched' | 'unwatched'> => {
  for (let round = 1; ; round++) {
    const id = await startRefresh(run, context, before, version, round)
    const step = fleetSteps.refresh.at({ round })
    const end = await run.interruptibleWait(step, {
      timeout: refreshTimeout,
      onTimeout: () => reason('timed_out', { step: step.label, after: refreshTimeout }),
      poll: (memory, freshness, look) =>
        pollRefresh(run, context, { before, id, version, freshness, look }, memory),
    })
    if (end !== 'interrupted') return end === 'unwatched' ? end : 'watched'
    await stopRefresh(run, context, before, {
      stop: fleetSteps.stopRefresh.at({ round }),
      ended: fleetSteps.refreshStopped.at({ round }),
      version,
      how: 'cancel',
    })
    await run.pause(fleetSteps.stopped.at({ round }))
  }
}

const startRefresh = (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  version: number,
  round: number,
): Promise<string> => {
  const { groups } = context.account
  const gate = context.service.gate
  const standby = context.operation.request.procedure === 'deploy' && context.operation.request.standby
  return run.step(fleetSteps.startRefresh.at({ round }), {
    // What was newest before tells ours from others afterwards, without comparing clocks with AWS.
    choose: async () => {
      const target = await context.account.templates.version(before.templateId, version)
      return {
        newest: (await groups.refreshes(before.name))[0]?.id ?? '',
        ...((before.parameter ?? target?.parameter) !== undefined && { autoRollback: false }),
      }
    },
    observe: async ({ newest }) => {
      const refreshes = await groups.refreshes(before.name)
      const known = refreshes.findIndex((refresh) => refresh.id === newest)
      const since = known < 0 ? refreshes : refreshes.slice(0, known)
      return since.find((refresh) => refresh.version === String(version))?.id
    },
    act: async ({ autoRollback }: { readonly autoRollback?: boolean }) => {
      try {
        return done(
          await groups.startRefresh(before.name, {
            templateId: before.templateId,
            version,
            minHealthy: 100,
            maxHealthy: Math.min(Math.max(context.service.surge, 101), 200),
            bake: gate.bake,
            // aws: RollbackInstanceRefresh: not where a parameter names the image. The way back goes one by one then.
            autoRollback: autoRollback ?? true,
            skipMatching: true,
            standby: standby === 'terminate' ? 'Terminate' : 'Ignore',
            scaleInProtected: 'Refresh',
          }),
        )
      } catch (failure) {
        if (!(failure instanceof AwsFailure) || failure.code !== 'InstanceRefreshInProgress') throw failure
        const other = (await groups.refreshes(before.name)).find(
          (refresh) => runningStatuses.has(refresh.status) && refresh.version !== String(version),
        )
        // Either somebody else's, or our own whose answer was lost and that AWS does not show yet.
        return other
          ? failed(reason('refresh_already_running', { group: before.name, refresh: other.id }))
          : waiting()
      }
    },
  })
}

/** What a look at a running refresh remembers: where it stood, since when in observed time, and when the watch began. */
interface Memory {
  readonly [key: string]: Json | undefined
  readonly percent: number
  readonly remaining: number
  readonly moved: number
  readonly since: number
  /** Most new instances in service so far, and the ids of those that hooks hold; an older version wrote neither down. */
  readonly inService?: number
  readonly held?: string
  /** The fewest that were desired so far; an older version wrote none down. */
  readonly fewest?: number
  /** 1 once nobody looked for a part of the bake time. */
  readonly blind: number
  readonly starts?: Starts
}

/** The refresh that is looked at. */
interface WatchedRefresh {
  readonly before: GroupSnapshot
  readonly id: string
  readonly version: number
  readonly freshness: Freshness
  readonly look: Look
}

const pollRefresh = async (
  run: Run,
  context: Context,
  { before, id, version, freshness, look: { now, gap } }: WatchedRefresh,
  memory: unknown,
): Promise<PollResult<'watched' | 'unwatched'>> => {
  const [refreshes, fleet] = await Promise.all([
    context.account.groups.refreshes(before.name, freshness),
    readFleet(context.account, before.name, freshness),
  ])
  if (!fleet) return failed(reason('group_not_found', { group: before.name }))
  await run.show(snapshot(fleet, context.clock.now()))
  const refresh = refreshes.find((one) => one.id === id)
  if (!refresh) return waiting()
  const last = memory as Memory | undefined
  const bakes = refresh.status === 'Baking' || refresh.status === 'Successful'
  const blind = last?.blind === 1 || (bakes && gap)
  if (refresh.status === 'Successful') return done(blind ? 'unwatched' : 'watched')
  const progress = { percent: refresh.percent, detail: refresh.reason ?? refresh.status }
  if (endingStatuses.has(refresh.status))
    return announced(waiting(progress, last), [groupSubject(before.name)])
  if (!runningStatuses.has(refresh.status)) {
    const { status, reason: aws } = refresh
    const group = before.name
    const instances = last?.held?.split(' ').filter((held) => held !== '') ?? []
    if (instances.length === 0) return failed(reason('refresh_failed', { group, refresh: id, status, aws }))
    const hooks = planned(context.plan.group, 'group').launchHooks?.map(({ name }) => name)
    return failed(reason('hook_waits', { group, hooks, instances, aws }))
  }

  const template = { id: before.templateId, version }
  const launched = active(fleet.group).filter((instance) => isOn(instance, template))
  const inService = launched.filter(({ lifecycle }) => lifecycle === 'InService').length
  const moved =
    !last ||
    last.percent !== refresh.percent ||
    last.remaining !== refresh.remaining ||
    inService > (last.inService ?? 0) ||
    // Whom hooks let go on; whom they abandon is among the active no more.
    launched.some((instance) => !isHeld(instance) && last.held?.includes(instance.id))
  const starting = { fleet, isNew: (one: GroupInstance) => isOn(one, template) }
  const starts = await watchStarts(context, starting, { now, gap }, last?.starts)
  const seen: Memory = {
    starts: starts.seen,
    percent: refresh.percent,
    remaining: refresh.remaining,
    moved: moved ? now : last.moved,
    since: last?.since ?? context.clock.now(),
    blind: blind ? 1 : 0,
    // The most so far: one that comes in place of a sick one is no progress.
    inService: Math.max(inService, last?.inService ?? 0),
    fewest: Math.min(fleet.group.desired, last?.fewest ?? before.desired),
    held: launched
      .filter(isHeld)
      .map(({ id }) => id)
      .join(' '),
  }
  if (refresh.status === 'Baking') {
    // While it bakes the old instances are gone: a sick one among the new is a verdict, not a delay. One that a
    // scale-out launches meanwhile takes nothing away while it boots, also where others had scaled in before; the gate
    // looks at it afterwards.
    if (unitsOf(serving(fleet)) < (seen.fewest ?? before.desired) && isSettled(seen, now))
      return failed(unhealthyReason(fleet, context, { template }))
    return announced(waiting(progress, seen), [groupSubject(before.name)], { watched: true })
  }
  if (starts.after !== undefined)
    return failed(unhealthyReason(fleet, context, { template, after: starts.after }))
  // Launches can fail only while there are some to make.
  const broken =
    unitsOf(launched) < fleet.group.desired && (await launchFailure(context, before.name, seen.since))
  if (broken) return failed(broken)
  // Those that serve wait for AWS's warm-up, and those that hooks hold for whoever completes them: its own time.
  const allServe = launched.length > 0 && launched.every((instance) => isServing(fleet, instance))
  const { warmup = 0 } = planned(context.plan.group, 'group')
  const hooks = launched.some(isHeld) ? launchHookTime(context.plan, before.name) : 0
  const after = context.service.gate.timeout + (allServe ? warmup : hooks)
  if (now - seen.moved <= after) {
    const goesOn = waiting(heldProgress(fleet, context) ?? progress, seen)
    return everyoneServes(fleet) ? announced(goesOn, [groupSubject(before.name)]) : goesOn
  }
  const { status, reason: aws } = refresh
  return failed(
    allServe
      ? reason('refresh_failed', { group: before.name, refresh: id, status, aws })
      : unhealthyReason(fleet, context, { template, after }),
  )
}

const isSettled = (seen: Memory, now: number): boolean => now - seen.moved > minute / 2

/** How a refresh is ended that still runs. */
interface StopSpec {
  readonly stop: Step<'step', 'none'>
  readonly ended: Step<'wait'>
  /** The template version that it goes to: by that it is known as the operation's own. */
  readonly version: number
  readonly how: 'cancel' | 'roll back'
}

/**
 * Ends the operation's refresh where it still runs, and waits until AWS says that it has ended. One that somebody else
 * has started meanwhile is theirs: it is not touched, and nothing can be done to the group beside it.
 */
export const stopRefresh = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { stop, ended, version, how }: StopSpec,
): Promise<void> => {
  const { groups } = context.account
  const isOwn = (refresh: Refresh) => refresh.version === String(version)
  const newest = async (freshness: Freshness = {}): Promise<Refresh | undefined> =>
    (await groups.refreshes(before.name, freshness))[0]
  const isRunning = (refresh: Refresh | undefined) =>
    refresh !== undefined && runningStatuses.has(refresh.status) && isOwn(refresh)
  await run.step(stop, {
    // What had ended already, by somebody else or by itself, is told so: nothing was asked of it.
    choose: async () => {
      const [refresh, ...others] = await groups.refreshes(before.name)
      if (isRunning(refresh)) return { how }
      return { how, ended: [refresh, ...others].find((one) => one && isOwn(one))?.status ?? '' }
    },
    observe: async () => (isRunning(await newest()) ? undefined : true),
    act: async () => {
      const unless = (code: string, otherwise: () => Promise<void>) => (failure: unknown) => {
        if (failure instanceof AwsFailure && failure.code === code) return otherwise()
        throw failure
      }
      const cancel = () => groups.cancelRefresh(before.name)
      const end = () =>
        how === 'cancel'
          ? cancel()
          : // Not reversible: it is stopped instead, and the instances are brought back one by one.
            groups.rollbackRefresh(before.name).catch(unless('IrreversibleInstanceRefresh', cancel))
      // It may have ended in between, whichever way it was asked to.
      await end().catch(unless('ActiveInstanceRefreshNotFound', async () => {}))
      return waiting()
    },
  })
  await run.wait(ended, {
    timeout: refreshTimeout,
    onTimeout: () => reason('timed_out', { step: stop.label }),
    poll: async (_memory, freshness) => {
      const refresh = await newest(freshness)
      const fleet = await readFleet(context.account, before.name, freshness)
      if (fleet) await run.show(snapshot(fleet, context.clock.now()))
      if (refresh && runningStatuses.has(refresh.status) && !isOwn(refresh)) {
        return failed(reason('refresh_already_running', { group: before.name, refresh: refresh.id }))
      }
      return !refresh || !(runningStatuses.has(refresh.status) || endingStatuses.has(refresh.status))
        ? done(refresh?.status ?? 'none')
        : announced(waiting({ percent: refresh.percent, detail: refresh.reason ?? refresh.status }), [
            groupSubject(before.name),
          ])
    },
  })
}
