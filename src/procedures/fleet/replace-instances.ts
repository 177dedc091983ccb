import { type Move, nextMove } from '../../domain/fleet/replacement'
import { isOn, isServing } from '../../domain/fleet/serving'
import { again, done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, planned } from '../context'
import { setGroup } from './group/set-group'
import type { GroupSnapshot } from './group/snapshot-group'
import { watchFleet } from './watch-fleet'

/** One fleet's way to one version, instance by instance. */
export interface ReplacementSpec {
  /** Goes before every key: the same part walks forward and back. */
  readonly name: string
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
  spec: ReplacementSpec,
): Promise<void> => {
  await setGroup(run, context, `fleet/${spec.name} launches`, before.name, {
    template: { id: before.templateId, pin: spec.version },
  })
  let extra = spec.extra
  for (let round = 1; ; round++) {
    const move = await awaitNextMove(run, context, before, { ...spec, extra }, round)
    if (move.kind === 'finished' || move.kind === 'wait') return
    const key = `fleet/${spec.name} ${round} ${move.kind}`
    if (move.kind === 'terminate') {
      await terminate(run, context, key, before.name, move)
      if (move.decrement) extra -= 1
    } else {
      await setDesired(run, context, key, before, move)
      extra = move.kind === 'raise' ? (move.extra ?? 1) : 0
    }
  }
}

const awaitNextMove = (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  spec: ReplacementSpec,
  round: number,
): Promise<Move & { [key: string]: string | number | boolean }> => {
  const template = { id: before.templateId, version: spec.version }
  const { minimum } = planned(context.plan.group, 'group')
  const goal = { template, base: before.desired, minimum, extra: spec.extra }
  return watchFleet(run, context, before, {
    key: `fleet/${spec.name} ${round}`,
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
  key: string,
  group: string,
  move: Move & { kind: 'terminate' },
): Promise<void> => {
  await run.step(key, {
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
  key: string,
  before: GroupSnapshot,
  move: Move & { kind: 'raise' | 'lower' },
): Promise<void> =>
  setGroup(run, context, key, before.name, {
    desired: move.desired,
    ...(move.kind === 'raise' && { max: Math.max(before.max, move.desired) }),
  })
