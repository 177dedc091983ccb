import type { ObservedMinute } from '../../../domain/analysis/traffic'
import { completeness } from '../../../domain/blue-green/drain-to-standby'
import type { ColorsSnapshot } from '../../../domain/blue-green/snapshot'
import { serving, unitsOf } from '../../../domain/fleet/serving'
import { checkStepsAt } from '../../../domain/steps/checks'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { readFleet } from '../../../facts/fleet/read-fleet'
import { checkInterval, passChecks, seenBy, verdictTimeout } from '../../analysis/pass-checks'
import type { TrafficBefore } from '../../analysis/traffic-before'
import { type Context, planned } from '../../context'
import type { Launches } from '../color-version'
import { newColorUnhealthy } from './unhealthy-reasons'
import { watchColors } from './watch-colors'

interface ColorChecks {
  readonly traffic: TrafficBefore | undefined
  readonly launches: Launches
  /** How much of the traffic it gets, in percent; without weights it gets its part at once. */
  readonly share?: number
  /** What was observed at smaller shares. */
  readonly earlier?: readonly ObservedMinute[]
}

/**
 * Waits until it is known whether customers notice the color that came up, and whether it stays whole meanwhile. Gives what
 * was observed, of smaller shares too; nothing where nothing is checked.
 */
export const checkColors = async (
  run: Run,
  context: Context,
  { components }: ColorsSnapshot,
  { traffic, launches, share, earlier = [] }: ColorChecks,
): Promise<readonly ObservedMinute[]> => {
  if (!traffic) return []
  const plannedComponents = planned(context.plan.colors, 'colors').components
  const minimumOf = (component: string) =>
    plannedComponents.find(({ name }) => name === component)?.minimum ?? 0
  return passChecks(run, context, {
    steps: checkStepsAt(share),
    before: traffic,
    earlier,
    fraction: async () => {
      const units = async (name: string) => {
        const fleet = await readFleet(context.account, name, {})
        return fleet ? unitsOf(serving(fleet)) : 0
      }
      const own = await Promise.all(components.map(({ to }) => units(to.name)))
      const other = await Promise.all(components.map(({ from }) => units(from.name)))
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
      return sum(own) === 0 ? undefined : sum(own) / (sum(own) + sum(other))
    },
    watch: (step, look) =>
      watchColors(run, context, components, {
        step,
        timeout: context.service.gate.timeout + verdictTimeout,
        interval: checkInterval,
        onTimeout: (last) => newColorUnhealthy(last, context),
        launching: 'to',
        launches,
        ...(share !== undefined && { share }),
        judge: async (both, at) => {
          const seen = await look(at)
          const states = both.map(({ name, to }) => completeness(to, minimumOf(name)))
          const healthy = states.reduce((total, one) => total + one.instances.healthy, 0)
          const wanted = states.reduce((total, one) => total + one.instances.wanted, 0)
          return states.every(({ complete }) => complete) || seen.kind === 'failed'
            ? seen
            : waiting({ detail: `${healthy}/${wanted}` }, seenBy(seen))
        },
      }),
  })
}
