import type { Service } from '../../domain/catalogue/catalogue'
import { defined } from '../../domain/defined'
import type { Group } from '../../domain/fleet/fleet'
import { ownTag } from '../../domain/images/own'
import type { OwnedFleet, Others, WornSecurityGroup } from '../../domain/provision/needs'
import type { TeardownFacts } from '../../domain/provision/plan-teardown'
import type { RemovedResource } from '../../domain/provision/planned-teardown'
import type { LoadBalancer, Tags, TargetGroup } from '../../domain/provision/resources'
import { isReadOnly } from '../../domain/procedures'
import type { Account } from '../../ports/account'
import { serviceImages } from '../images/service-images'
import type { PlanContext } from '../plan-context'

interface Tagged {
  readonly tags: Tags
}

/** What a target drains for where AWS is not asked. */
const usualDrain = 300

/** What carries a service's tag, who else needs it, and what bears its names only. It changes nothing. */
export const gatherTeardown = async (context: PlanContext): Promise<TeardownFacts> => {
  const { service, account, calendar, now } = context
  const isOwn = ({ tags }: Tagged): boolean => tags[ownTag.service] === service.name
  const [allGroups, allBalancers, allTargets, templates, securityGroups, versions] = await Promise.all([
    account.groups.all(),
    account.loadBalancers.all(),
    account.targetGroups.all(),
    account.templates.tagged(ownTag.service, service.name),
    account.securityGroups.tagged(ownTag.service, service.name),
    account.templates.everywhere(),
  ])
  const groups = allGroups.filter(isOwn)
  const loadBalancers = allBalancers.filter(isOwn)
  const targetGroups = allTargets.filter(isOwn)
  const [listeners, worn, policies, actions, drains, isProtected, images, snapshots, events] =
    await Promise.all([
      Promise.all(loadBalancers.map(({ arn }) => account.listeners.of(arn))),
      Promise.all(securityGroups.map((group) => wornOf(account, group))),
      perGroup(groups, (name) => account.groups.policies(name)),
      perGroup(groups, (name) => account.groups.scheduled(name)),
      Promise.all(targetGroups.map(({ arn }) => account.traffic.drainSeconds(arn))),
      Promise.all(loadBalancers.map(({ arn }) => account.loadBalancers.isProtected(arn))),
      serviceImages(account, service),
      account.images.snapshotsTagged(ownTag.service, service.name),
      calendar.of(service.name),
    ])
  const found = listeners.flat()
  const owned: OwnedFleet = {
    groups,
    loadBalancers,
    listeners: found.filter(isOwn),
    targetGroups,
    templates,
    securityGroups: worn,
  }
  const others: Others = {
    groups: allGroups.filter((one) => !isOwn(one)),
    loadBalancers: allBalancers.filter((one) => !isOwn(one)),
    targetGroups: allTargets.filter((one) => !isOwn(one)),
    listeners: found.filter((one) => !isOwn(one)),
    versions,
  }
  return defined({
    now,
    owned,
    others,
    policies,
    actions,
    foreign: await foreignOf(service, account, others),
    protectedBalancers: loadBalancers.filter((_, index) => isProtected[index]).map(({ name }) => name),
    drainSeconds: Math.max(0, ...(drains.length > 0 ? drains : [usualDrain])),
    events,
    windowUntil: await windowOf(context),
    running: await runningOn(context),
    images,
    snapshots,
  })
}

const wornOf = async (account: Account, group: WornSecurityGroup['group']): Promise<WornSecurityGroup> => {
  const [interfaces, namedBy] = await Promise.all([
    account.securityGroups.interfaces(group.id),
    account.securityGroups.naming(group.id),
  ])
  return { group, interfaces, namedBy }
}

const perGroup = async <T>(
  groups: readonly Group[],
  read: (name: string) => Promise<readonly T[]>,
): Promise<Readonly<Record<string, readonly T[]>>> =>
  Object.fromEntries(await Promise.all(groups.map(async ({ name }) => [name, await read(name)] as const)))

/** What bears a name of the service's and not its tag. */
const foreignOf = async (
  { group, template, colors, fleet }: Service,
  account: Account,
  others: Others,
): Promise<readonly RemovedResource[]> => {
  const named = colors && 'blue' in colors ? [colors.blue, colors.green].flat() : []
  const groupNames = [group, ...named]
  const byArn = (kind: 'load-balancer' | 'target-group', { arn, name }: LoadBalancer | TargetGroup) => ({
    kind,
    name,
    id: arn,
  })
  const foundTemplate = template === undefined ? undefined : await account.templates.named(template)
  const isForeign = foundTemplate && foundTemplate.tags[ownTag.service] === undefined
  return [
    ...others.groups
      .filter(({ name }) => groupNames.includes(name))
      .map(({ name }) => ({ kind: 'group' as const, name, id: name })),
    ...others.loadBalancers
      .filter(({ name }) => name === fleet?.loadBalancer.name)
      .map((one) => byArn('load-balancer', one)),
    ...others.targetGroups
      .filter(({ name }) => name === fleet?.targetGroup.name || name === fleet?.targetGroup.green)
      .map((one) => byArn('target-group', one)),
    ...(isForeign ? [{ kind: 'template' as const, name: foundTemplate.name, id: foundTemplate.id }] : []),
  ]
}

/** When the window ends in which the old color of a swap stands by. */
const windowOf = async ({ timers, service }: PlanContext) =>
  (await timers.of(service.name)).find(({ request }) => request.procedure === 'finish')?.at

/** An operation that has begun to change the service and has not ended. */
const runningOn = async ({ journal, service }: PlanContext): Promise<string | undefined> => {
  for (const id of await journal.unfinished()) {
    const operation = await journal.read(id)
    if (operation?.request.service !== service.name || operation.ending) continue
    if (operation.startedAt !== undefined && !isReadOnly(operation.request)) return id
  }
  return undefined
}
