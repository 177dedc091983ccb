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
  if (!group) {
    const targetGroup = await targetGroupWith(service, account, instance)
    return targetGroup === undefined
      ? ok({ warning: reason('source_reboots', { instance }), confirm: false })
      : ok({ warning: reason('target_source_reboots', { instance, targetGroup }), confirm: true })
  }
  const others = serving(await readTargets(account, group, {})).filter(({ id }) => id !== instance)
  const least = (service.group === group.name ? service.gate.healthy : undefined) ?? group.min
  const minimum = Math.min(Math.max(least, 1), group.desired)
  const facts = { instance, group: group.name, healthy: others.length, minimum }
  return others.length < minimum
    ? failure(reason('reboot_below_minimum', { service: service.name, ...facts }))
    : ok({ warning: reason('serving_source_reboots', facts), confirm: true })
}

/** The service's target group that an instance was put into by hand: requests go to it like to any other. */
const targetGroupWith = async (
  { group: name }: PlanContext['service'],
  { groups, traffic }: PlanContext['account'],
  instance: string,
): Promise<string | undefined> => {
  const arns = (name === undefined ? undefined : await groups.describe(name))?.targetGroups ?? []
  const healths = await Promise.all(arns.map((arn) => traffic.health(arn)))
  const at = healths.findIndex((targets) => targets.some((target) => target.instance === instance))
  return at < 0 ? undefined : arns[at]?.split('/')[1]
}
