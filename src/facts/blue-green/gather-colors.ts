import type { Service } from '../../domain/catalogue/catalogue'
import type { Scaling } from '../../domain/blue-green/scaling'
import { type Colors, sides } from '../../domain/blue-green/live-color'
import { putIntoStandby } from '../../domain/blue-green/window'
import type { Group, TemplateVersion } from '../../domain/fleet/fleet'
import type { ColorFacts } from '../../domain/blue-green/plan-swap'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import { isStandby } from '../../domain/fleet/serving'
import { second } from '../../domain/time/time'
import { versionIn } from '../../domain/images/image-names'
import type { Account } from '../../ports/account'
import { runningRefresh, templateOf } from '../fleet/gather-fleet'
import { readHeadroom } from '../fleet/headroom'
import { swapKeepingWarm } from './kept-instances'
import type { PlanContext } from '../plan-context'

/** Operations that are looked through for who put instances into Standby. */
const historyDepth = 50

/** What scales a group by itself, as AWS has it now. */
export const scalingOf = async (account: Account, group: string): Promise<Scaling> => {
  const [policies, actions] = await Promise.all([
    account.groups.policies(group),
    account.groups.scheduled(group),
  ])
  return { policies, actions }
}

/** All that planning to bring the idle color up wants to know of AWS. */
export const gatherSwap = async (context: PlanContext, colors: Colors): Promise<ColorFacts> => {
  const { account } = context
  const groups = colors.components.map((component) => sides(component, colors.live).to)
  const [facts, hooks, headroom] = await Promise.all([
    gatherColors(context, colors),
    Promise.all(groups.map(async ({ name }) => [name, await account.groups.hooks(name)] as const)),
    Promise.all(groups.map(async (group) => [group.name, await readHeadroom(account, group)] as const)),
  ])
  return { ...facts, hooks: new Map(hooks), headroom: new Map(headroom) }
}

/** All that planning a move of the colors wants to know of AWS. */
export const gatherColors = async (context: PlanContext, colors: Colors): Promise<ColorFacts> => {
  const { account, journal, service, now } = context
  const pairs = colors.components.map((component) => sides(component, colors.live))
  const groups = pairs.flatMap(({ from, to }) => [from, to])
  const newTargets = [...new Set(pairs.flatMap(({ to }) => to.targetGroups))]
  const oldTargets = [...new Set(pairs.flatMap(({ from }) => from.targetGroups))]
  const standby = pairs.flatMap(({ to }) => to.instances.filter(isStandby)).map(({ id }) => id)
  const [scaling, refreshes, usage, drains, history] = await Promise.all([
    Promise.all(groups.map(async ({ name }) => [name, await scalingOf(account, name)] as const)),
    Promise.all(groups.map((group) => refreshOf(account, group))),
    Promise.all(newTargets.map(async (arn) => ({ arn, used: await account.traffic.inUse(arn) }))),
    Promise.all(oldTargets.map((arn) => account.traffic.drainSeconds(arn))),
    standby.length > 0 ? journal.history(service.name, historyDepth) : [],
  ])
  const owner = colors.warm
    ? await swapKeepingWarm(context, colors)
    : history.find((operation) => {
        const own = putIntoStandby([operation])
        return standby.some((id) => own.has(id))
      })
  return {
    colors,
    scaling: new Map(scaling),
    refreshes: new Map(refreshes.flat()),
    unusedTargetGroups: usage.filter(({ used }) => !used).map(({ arn }) => arn),
    drain: Math.max(0, ...drains) * second,
    ...(owner && { standbyOf: owner.id }),
    now,
  }
}

const refreshOf = async (
  account: Account,
  { name }: Group,
): Promise<readonly (readonly [string, string])[]> => {
  const running = (await account.groups.refreshes(name)).find(({ status }) => runningRefresh.has(status))
  return running ? [[name, running.id]] : []
}

/** A group with the version of its template that its pin resolves to, and the template's default. */
export interface Launching {
  readonly group: Group
  readonly version: TemplateVersion
  readonly default: number
}

/** What a group launches from, or why that cannot be told. */
export const launchingOf = async (
  { service, account }: { readonly service: Service; readonly account: Account },
  group: Group,
): Promise<Result<Launching>> => {
  const template = templateOf(service, group)
  if (!template.ok) return template
  const { id, name, pin } = template.value
  const [version, standard] = await Promise.all([
    account.templates.version(id, pin),
    account.templates.version(id, '$Default'),
  ])
  if (!version || !standard) {
    return failure(
      reason('template_version_not_found', {
        template: name,
        ...(typeof pin === 'number' && { version: pin }),
      }),
    )
  }
  return ok({ group, version, default: standard.number })
}

/** What people call the version that a group serves: what its tag says, or its image's name. */
export const versionLabelOf = async (
  { service, account }: { readonly service: Service; readonly account: Account },
  group: Group,
): Promise<string | undefined> => {
  if (service.versionTag !== undefined) return group.tags[service.versionTag]
  if (!service.image || !group.template) return undefined
  const version = await account.templates.version(group.template.id, group.template.pin)
  const [image] = version?.imageId ? await account.images.byId([version.imageId]) : []
  return image && versionIn(service.image.name, image.name)
}
