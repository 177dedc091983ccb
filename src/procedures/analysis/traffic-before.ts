import type { TrafficMinute } from '../../domain/analysis/traffic'
import { isSettled } from '../../domain/analysis/minutes'
import { checkSteps } from '../../domain/steps/checks'
import { hour } from '../../domain/time/time'
import type { Run } from '../../durable/run'
import { readAlarms, readTraffic, trafficSources } from '../../facts/analysis/read-traffic'
import type { TrafficSource } from '../../ports/metrics'
import type { Context } from '../context'

/** What a verdict compares with: where traffic is told, and what it was before anything was changed. */
export type TrafficBefore = {
  /** Of the version that comes, and of the one that serves where it has target groups of its own. */
  readonly new: readonly TrafficSource[]
  readonly old: readonly TrafficSource[]
  /** Whether both versions answer in the same target groups. */
  readonly mixed: boolean
  readonly before: readonly TrafficMinute[]
  /** Alarms that rang already; absent where CloudWatch did not tell. */
  readonly ringing?: readonly string[]
}

/**
 * Writes down the last hour of the old version's traffic and the alarms that ring, before anything is changed; nothing
 * where nothing is checked. `from` and `to` are the target groups of the old version and of the new one.
 */
export const trafficBefore = async (
  run: Run,
  context: Context,
  { from, to }: { readonly from: readonly string[]; readonly to: readonly string[] },
): Promise<TrafficBefore | undefined> => {
  const { plan, account, clock } = context
  const { checks } = plan
  if (!checks) return undefined
  const own = to.filter((targetGroup) => !from.includes(targetGroup))
  const mixed = own.length === 0
  return run.record(checkSteps.before, async () => {
    const old = await trafficSources(account, from, checks)
    const [fresh, alarms] = await Promise.all([
      trafficSources(account, own, checks, old),
      readAlarms(account, checks.alarms ?? []),
    ])
    const now = clock.now()
    const minutes = await readTraffic(account, old, {})
    const known = minutes.ok ? minutes.value : []
    return {
      new: mixed ? old : fresh,
      old: mixed ? [] : old,
      mixed,
      before: known.filter(({ at }) => at >= now - hour && isSettled(at, now)),
      ...(alarms.ok && { ringing: [...alarms.value.ringing] }),
    }
  })
}
