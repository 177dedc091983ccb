import { active, serving } from '../../domain/fleet/serving'
import { type Reason, reason } from '../../domain/reasons/reason'
import { failure, ok, type Result } from '../../domain/result'
import type { PlanContext } from '../plan-context'
import { readTargets } from '../fleet/read-fleet'

/**
 * What a reboot of the source does to whom it serves: it takes the instance out of service, and its group replaces one
 * that its load balancer calls unhealthy (EC2 Auto Scaling user guide, "Health checks for instances"). Gives the warning
 * that asks for a yes; fails where fewer healthy instances would be left than the group must have.
 */
export const rebootOfSource = async (
  { service, account }: Pick<PlanContext, 'service' | 'account'>,
  instance: string,
): Promise<Result<{ readonly warning: Reason; readonly confirm: boolean }>> => {
  const group = (await account.groups.all()).find((one) => active(one).some(({ id }) => id === instance))
  if (!group) return ok({ warning: reason('source_reboots', { instance }), confirm: false })
  const others = serving(await readTargets(account, group, {})).filter(({ id }) => id !== instance)
  const least = (service.group === group.name ? service.gate.healthy : undefined) ?? group.min
  const minimum = Math.min(Math.max(least, 1), group.desired)
  const facts = { instance, group: group.name, healthy: others.length, minimum }
  return others.length < minimum
    ? failure(reason('reboot_below_minimum', { service: service.name, ...facts }))
    : ok({ warning: reason('serving_source_reboots', facts), confirm: true })
}
