import type { Service } from '../../domain/catalogue/catalogue'
import { baseOf } from '../../domain/events/base'
import type { Group } from '../../domain/fleet/fleet'
import { withoutScaleIn } from '../../domain/fleet/scale-in'
import type { FleetFacts, ImageFacts } from '../../domain/operation/planning'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import { imageName } from '../../domain/images/image-names'
import { checkedRead } from '../checked-read'
import { usualLaunchTime } from './launch-time'
import type { PlanContext } from '../plan-context'

/** States of an instance refresh that has not ended. */
export const runningRefresh = new Set(['Pending', 'InProgress', 'Baking', 'Cancelling', 'RollbackInProgress'])

/** The launch template of a service's group, or why it cannot be worked with. */
export const templateOf = (service: Service, group: Group): Result<NonNullable<Group['template']>> => {
  const { name, template } = group
  if (!template) return failure(reason('group_without_template', { group: name }))
  if (service.template === undefined || service.template === template.name) return ok(template)
  return failure(
    reason('group_uses_other_template', { group: name, template: template.name, expected: service.template }),
  )
}

/** What AWS says of the service's one group, or why it cannot be worked with. */
export const gatherFleet = async ({
  service,
  account,
  calendar,
  now,
}: Pick<PlanContext, 'service' | 'account' | 'calendar' | 'now'>): Promise<Result<FleetFacts>> => {
  if (!service.group) return failure(reason('strategy_unsupported', { strategy: service.strategy }))
  const group = await account.groups.describe(service.group)
  if (!group)
    return failure(reason('group_not_found', { group: service.group, region: service.where.region }))
  const template = templateOf(service, group)
  if (!template.ok) return template
  const { id, pin, name } = template.value

  const [current, standard, latest, refreshes, hooks, policies, usage, events] = await Promise.all([
    account.templates.version(id, pin),
    account.templates.version(id, '$Default'),
    account.templates.version(id, '$Latest'),
    account.groups.refreshes(group.name),
    account.groups.hooks(group.name),
    checkedRead(() => account.groups.policies(group.name)),
    Promise.all(group.targetGroups.map(async (arn) => ({ arn, used: await account.traffic.inUse(arn) }))),
    calendar.of(service.name),
  ])
  if (!current || !standard || !latest) {
    return failure(
      reason('template_version_not_found', {
        template: name,
        ...(typeof pin === 'number' && { version: pin }),
      }),
    )
  }
  const [image] = current.imageId ? await account.images.byId([current.imageId]) : []
  const launchHooks = hooks.filter((hook) => hook.on === 'launch')
  const launchTime = launchHooks.length > 0 ? await usualLaunchTime(account, group.name) : undefined
  const running = refreshes.find((refresh) => runningRefresh.has(refresh.status))
  return ok({
    group,
    base: baseOf({ group, events, now }),
    current,
    defaultVersion: standard.number,
    latestVersion: latest.number,
    ...(image && { currentImage: image }),
    launchHooks,
    ...(launchTime !== undefined && { launchTime }),
    // A roll begins without what AWS does not tell of policies; it says so when it would hold them.
    scalesIn: policies.ok && policies.value.some((policy) => withoutScaleIn(policy, group.desired)),
    ...(running && { refreshRunning: running.id }),
    unusedTargetGroups: usage.filter((target) => !target.used).map((target) => target.arn),
  })
}

/** Images of the wanted name, and the instances one could be baked of. */
export const gatherImage = async (
  context: PlanContext,
  version: string,
  from?: string,
): Promise<ImageFacts> => {
  const { service, account } = context
  if (from?.startsWith('ami-')) return { named: await account.images.byId([from]), sources: [] }
  const source = from ? { instance: from } : service.image?.from
  const name = service.image && imageName(service.image.name, version)
  const [named, foreign, sources] = await Promise.all([
    name === undefined ? [] : account.images.named(name),
    name === undefined ? [] : account.images.foreign(name, service.image?.owners ?? []),
    !source
      ? []
      : 'instance' in source
        ? account.images.instances([source.instance])
        : account.images.instancesTagged(source.tag),
  ])
  return { named, foreign, sources }
}
