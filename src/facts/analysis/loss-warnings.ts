import type { Group } from '../../domain/fleet/fleet'
import type { Planned } from '../../domain/operation/planning'
import type { Plan } from '../../domain/operation/plan'
import { type Reason, reason } from '../../domain/reasons/reason'
import { ok } from '../../domain/result'
import { deniedPermission } from '../../domain/analysis/denied'
import { readAlarms, readTraffic, trafficSources } from './read-traffic'
import { checkedRead } from '../checked-read'
import type { PlanContext } from '../plan-context'

/**
 * A plan that takes instances out of service, with what AWS makes impossible by the fleet's own settings: requests that
 * are cut off, and checks that nothing can be said of. It is only said; none of it decides what is done.
 */
export const withLossWarnings = async (
  { account }: Pick<PlanContext, 'account'>,
  planned: Planned,
): Promise<Planned> => {
  if (!planned.ok) return planned
  const plan = planned.value
  const targetGroups = await targetGroupsOf(account, plan)
  const found = await Promise.all([
    cutRequests(account, plan, targetGroups),
    outsiders(account, plan, targetGroups),
    unread(account, plan, targetGroups),
  ])
  const warnings = [...plan.warnings, ...found.flat()]
  // Warnings are no part of what a plan's fingerprint stands for.
  return ok({ ...plan, warnings })
}

type Account = PlanContext['account']

/** The target groups of what serves now. */
const targetGroupsOf = async ({ groups }: Account, plan: Plan): Promise<readonly string[]> => {
  if (plan.group) return plan.group.targetGroups
  const names = plan.colors?.components.map(({ from }) => from.name) ?? []
  const found = await checkedRead(() => Promise.all(names.map((name) => groups.describe(name))))
  return found.ok ? [...new Set(found.value.flatMap((group) => group?.targetGroups ?? []))] : []
}

/**
 * Where instances leave their target group while it sends them requests. By weights a color leaves when nothing has been
 * sent to it for long.
 */
const cutRequests = async ({ traffic }: Account, { colors }: Plan, targetGroups: readonly string[]) => {
  if (colors?.weights) return []
  const cut = await checkedRead(() => traffic.shortDrains(targetGroups))
  return cut.ok
    ? cut.value.map(({ name: targetGroup, drain, idle }) =>
        reason('drain_too_short', { targetGroup, drain, idle }),
      )
    : []
}

/**
 * Targets that no group has launched, as the source of an image that somebody has registered by hand.
 * They stay as they are, and nothing drains them when somebody terminates them.
 */
const outsiders = async (
  { groups, traffic }: Account,
  { group, colors }: Plan,
  targetGroups: readonly string[],
): Promise<readonly Reason[]> => {
  const names = group
    ? [group.name]
    : (colors?.components ?? []).flatMap(({ from, to }) => [from.name, to.name])
  const found = await checkedRead(async () => {
    const [own, registered] = await Promise.all([
      Promise.all(names.map((name) => groups.describe(name))),
      Promise.all(
        targetGroups.map(async (targetGroup) => ({
          targetGroup,
          targets: await traffic.health(targetGroup),
        })),
      ),
    ])
    const unknown = registered.flatMap(({ targetGroup, targets }) => {
      const members = membersOf(own.flatMap((one) => one ?? []))
      const instances = targets
        .filter(
          ({ instance, state }) => instance.startsWith('i-') && serves.has(state) && !members.has(instance),
        )
        .map(({ instance }) => instance)
      return instances.length > 0 ? [{ targetGroup: nameOf(targetGroup), instances }] : []
    })
    // Those of other services' groups drain as ours do.
    const others = unknown.length > 0 ? membersOf(await groups.all()) : new Set()
    return unknown.flatMap(({ targetGroup, instances }) => {
      const alone = instances.filter((instance) => !others.has(instance))
      return alone.length > 0 ? [{ targetGroup, instances: alone }] : []
    })
  })
  return found.ok ? found.value.map((facts) => reason('target_outside', facts)) : []
}

const membersOf = (groups: readonly Group[]): ReadonlySet<string> =>
  new Set(groups.flatMap(({ instances }) => instances).map(({ id }) => id))

const serves = new Set(['healthy', 'unhealthy', 'initial'])

/** The name in a target group's ARN. */
const nameOf = (arn: string): string => arn.split('/').at(1) ?? arn

/** What checks need and Rollcall may not read, or CloudWatch does not know. */
const unread = async (account: Account, { checks }: Plan, targetGroups: readonly string[]) => {
  if (!checks) return []
  const sources = await checkedRead(() => trafficSources(account, targetGroups, checks))
  const [traffic, alarms] = await Promise.all([
    readTraffic(account, sources.ok ? sources.value : [], {}),
    readAlarms(account, checks.alarms ?? []),
  ])
  const permissions = [traffic, alarms].flatMap((read) =>
    read.ok ? [] : (deniedPermission(read.reason) ?? []),
  )
  return permissions.length > 0 ? [reason('metrics_denied', { permissions })] : []
}
