import { follow, isBooting, launches, type Move, nextMove } from '../../domain/fleet/replacement'
import { isOn, isServing } from '../../domain/fleet/serving'
import { newestFirst } from '../../domain/fleet/termination-policies'
import { fleetSteps, type Way } from '../../domain/steps/fleet'
import type { Step } from '../../domain/steps/step'
import { again, done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import type { Instant } from '../../domain/time/time'
import { type Context, planned } from '../context'
import { awaitScaleIn, scaleInSoon } from './await-scale-in'
import { setDesired } from './group/set-desired'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** One fleet's way to one version, instance by instance. */
export interface Replacing {
  /** Stands in every key: the same part walks forward and back. */
  readonly name: Way
  readonly version: number
  /** What the moves leave behind: where the next part, or the way back, goes on from. */
  readonly places: Places
}

/** The sizes that an operation's moves count with, by what it has recorded so far. Units where the group has weights. */
export interface Places {
  /** What shall serve: as many as before, or fewer once somebody else has lowered the group. */
  base: number
  /** Places above that which the operation has made and not given back. */
  extra: number
}

/** A move as it is recorded; journals of before lowered groups were followed hold no base and no places. */
type RecordedMove = (Move | { readonly kind: 'hold' }) & {
  readonly [key: string]: string | number | boolean | undefined
  /** The desired capacity that was seen. */
  readonly from?: number
  /** The scale-in that is waited for. */
  readonly until?: number
  readonly base?: number
  readonly places?: number
}

/**
 * Launches from `version` alone and replaces one instance after another, each only when enough others serve
 * (`nextMove` decides), until all are on `version`. Ends with the desired capacity it began with.
 */
export const replaceInstances = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  spec: Replacing,
): Promise<void> => {
  await setGroup(run, context, fleetSteps.launchFrom.at({ way: spec.name }), before.name, {
    template: { id: before.templateId, pin: spec.version },
    terminationPolicies: newestFirst(before.terminationPolicies),
  })
  const { places } = spec
  let until = 0
  for (let round = 1; ; round++) {
    const move = await awaitNextMove(run, context, before, { ...spec, until, round })
    places.base = move.base ?? places.base
    places.extra = move.places ?? places.extra
    if (move.kind === 'finished' || move.kind === 'wait') return
    const scope = { way: spec.name, round }
    if (move.kind === 'hold') {
      until = move.until ?? until
      const group = { name: before.name, desired: move.from ?? before.desired }
      await awaitScaleIn(run, context, group, fleetSteps.heldBack.at(scope))
    } else if (move.kind === 'terminate') {
      await terminate(run, context, fleetSteps.terminate.at(scope), before.name, move)
      if (move.decrement) places.extra -= 1
    } else {
      const { desired, from } = move
      const moved = await setDesired(run, context, fleetSteps[move.kind].at(scope), before, {
        desired,
        from,
        // Between the look and this step AWS may have begun to fill a place that is given back.
        ...(move.kind === 'lower' && { stillRight: (group) => !isBooting(group, desired) }),
      })
      if (moved && move.kind === 'raise') places.extra = move.extra ?? 1
      if (moved && move.kind === 'lower') places.extra = 0
    }
  }
}

const awaitNextMove = (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { name, version, places, until, round }: Replacing & { readonly until: Instant; readonly round: number },
): Promise<RecordedMove> => {
  const template = { id: before.templateId, version }
  const { minimum } = planned(context.plan.group, 'group')
  const goal = { template, minimum, ...places }
  return watchFleet<RecordedMove>(run, context, before, {
    step: fleetSteps.nextMove.at({ way: name, round }),
    version,
    // The way back has nothing else to go back to: what comes up there has all the time that the gate gives.
    starting: name !== 'return',
    timeout: context.service.gate.timeout,
    judge: async (fleet) => {
      const move = nextMove(fleet, goal)
      const { desired: from } = fleet.group
      const { base, extra } = follow(goal, from)
      // The way back waits for nobody.
      const soon = launches(move) && name !== 'return' ? await scaleInSoon(context, from, until) : undefined
      if (soon !== undefined) return done({ kind: 'hold', until: soon, from, base, places: extra })
      if (move.kind !== 'wait') return done({ ...move, from, base, places: extra })
      const right = fleet.group.instances.filter((instance) => isOn(instance, template))
      const serving = right.filter((instance) => isServing(fleet, instance))
      return waiting({ detail: `${serving.length}/${right.length}` })
    },
  })
}

const terminate = async (
  run: Run,
  context: Context,
  step: Step<'step', 'termination'>,
  group: string,
  move: Move & { kind: 'terminate' },
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ instance: move.instance, decrement: move.decrement }),
    observe: async ({ instance }) => {
      const now = await context.account.groups.describe(group)
      const still = now?.instances.find((member) => member.id === instance)
      return !still || still.lifecycle.startsWith('Terminat') ? true : undefined
    },
    act: async ({ instance, decrement }) => {
      try {
        await context.account.groups.terminate(instance, { decrement })
        return waiting()
      } catch (failure) {
        // A scaling activity that is under way blocks this one; it ends by itself.
        if (failure instanceof AwsFailure && failure.code === 'ScalingActivityInProgress') return again
        throw failure
      }
    },
  })
}
