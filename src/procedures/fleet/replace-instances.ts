import { type Move, nextMove } from '../../domain/fleet/replacement'
import { isOn, isServing } from '../../domain/fleet/serving'
import { fleetSteps, type Way } from '../../domain/steps/fleet'
import type { Step } from '../../domain/steps/step'
import { again, done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, planned } from '../context'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** One fleet's way to one version, instance by instance. */
export interface Replacing {
  /** Stands in every key: the same part walks forward and back. */
  readonly name: Way
  readonly version: number
  /** Places that were made before this part began. */
  readonly extra: number
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
  })
  let extra = spec.extra
  for (let round = 1; ; round++) {
    const move = await awaitNextMove(run, context, before, { ...spec, extra }, round)
    if (move.kind === 'finished' || move.kind === 'wait') return
    const scope = { way: spec.name, round }
    if (move.kind === 'terminate') {
      await terminate(run, context, fleetSteps.terminate.at(scope), before.name, move)
      if (move.decrement) extra -= 1
    } else {
      await setDesired(run, context, fleetSteps[move.kind].at(scope), before, move)
      extra = move.kind === 'raise' ? (move.extra ?? 1) : 0
    }
  }
}

const awaitNextMove = (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  spec: Replacing,
  round: number,
): Promise<Move & { [key: string]: string | number | boolean }> => {
  const template = { id: before.templateId, version: spec.version }
  const { minimum } = planned(context.plan.group, 'group')
  const goal = { template, base: before.desired, minimum, extra: spec.extra }
  return watchFleet(run, context, before, {
    step: fleetSteps.nextMove.at({ way: spec.name, round }),
    version: spec.version,
    timeout: context.service.gate.timeout,
    judge: (fleet) => {
      const move = nextMove(fleet, goal)
      if (move.kind !== 'wait') return done({ ...move })
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

const setDesired = (
  run: Run,
  context: Context,
  step: Step<'step', 'group'>,
  before: GroupSnapshot,
  move: Move & { kind: 'raise' | 'lower' },
): Promise<void> =>
  setGroup(run, context, step, before.name, {
    desired: move.desired,
    ...(move.kind === 'raise' && { max: Math.max(before.max, move.desired) }),
  })
