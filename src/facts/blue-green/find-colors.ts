import type { Service } from '../../domain/catalogue/catalogue'
import { type Component, namesOf, pairUp } from '../../domain/blue-green/components'
import { type Colors, liveColorOf } from '../../domain/blue-green/live-color'
import { liveColorByWeights, targetGroupsOf, counterpartsOf } from '../../domain/blue-green/weights'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure } from '../../domain/result'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'

/** The groups of a service's colors, in pairs, as the catalogue names them or says how to find them; or what is wrong. */
export const findComponents = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Result<readonly Component[]>> => {
  const { colors, where } = service
  if (!colors) return failure(reason('no_colors', { service: service.name }))
  const found =
    'prefix' in colors
      ? await account.groups.tagged(colors.tag)
      : await Promise.all(namesOf(colors).map((name) => account.groups.describe(name, freshness)))
  return pairUp(
    colors,
    found.filter((group) => group !== undefined),
    where.region,
  )
}

/** The colors of a service, and which of them is live; or what was found instead. */
export const findColors = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Result<Colors>> => {
  const components = await findComponents(account, service, freshness)
  return components.ok ? liveOf(account, service, components.value) : components
}

/** Which color is live: the one with instances; where both have some, or traffic is shifted by weights, the routes tell. */
export const liveOf = async (
  account: Account,
  service: Service,
  components: readonly Component[],
): Promise<Result<Colors>> => {
  const judged = liveColorOf(components, service.name)
  const byWeights = judged.ok ? service.strategy === 'canary' : judged.reason.code === 'both_colors_live'
  if (!byWeights || components.some((component) => !counterpartsOf(component).ok)) return judged
  const routes = await account.traffic.routes(targetGroupsOf(components))
  return liveColorByWeights(components, routes, judged, service.name)
}
