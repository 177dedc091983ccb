import { isOn, serving, unitsOf } from '../../domain/fleet/serving'
import { checkStepsAt } from '../../domain/steps/checks'
import { waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { readFleet } from '../../facts/fleet/read-fleet'
import { checkInterval, passChecks, seenBy, verdictTimeout } from '../analysis/pass-checks'
import type { TrafficBefore } from '../analysis/traffic-before'
import type { Context } from '../context'
import type { GroupSnapshot } from './group/snapshot-group'
import { judgeFleet, type GateSpec } from './health-gate'
import { watchFleet } from './watch-fleet'

/**
 * Waits until it is known whether customers notice the new version, once its instances are healthy, and whether those
 * stay so meanwhile. Nothing where nothing is checked.
 */
export const checkFleet = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  traffic: TrafficBefore | undefined,
  spec: Omit<GateSpec, 'step' | 'bake'>,
): Promise<void> => {
  if (!traffic) return
  const template = { id: before.templateId, version: spec.version }
  await passChecks(run, context, {
    steps: checkStepsAt(undefined),
    before: traffic,
    fraction: async () => {
      const fleet = await readFleet(context.account, before.name, {})
      if (!fleet) return undefined
      const all = serving(fleet)
      const own = unitsOf(all.filter((instance) => isOn(instance, template)))
      return own === 0 ? undefined : own / unitsOf(all)
    },
    watch: (step, look) =>
      watchFleet(run, context, before, {
        step,
        version: spec.version,
        timeout: context.service.gate.timeout + verdictTimeout,
        interval: checkInterval,
        judge: async (fleet, at) => {
          const seen = await look(at)
          const { passes, serving: healthy, wanted } = judgeFleet(context, before, spec, fleet)
          // What customers notice is told at once; that they notice nothing counts only of a healthy fleet.
          return passes || seen.kind === 'failed'
            ? seen
            : waiting({ detail: `${healthy}/${wanted}` }, seenBy(seen))
        },
      }),
  })
}
