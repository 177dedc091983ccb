import type { Service } from '../domain/catalogue'
import type { Component } from '../domain/colors/components'
import { sharesOf, targetGroupsOf } from '../domain/colors/weights'
import type { FleetSnapshot, Group } from '../domain/fleet'
import { snapshot } from '../domain/serving'
import type { Account } from '../ports/account'
import type { Freshness } from '../ports/freshness'
import { findComponents, liveOf } from '../procedures/parts/colors/find'
import { labelOf } from '../procedures/parts/colors/gather'
import { seeTargets } from '../procedures/parts/see'
import type { ServiceNow } from './questions'
import type { Workshop } from './worker'

/** How both colors of a service stand: which one serves and what, and the instances of both. Throws AwsFailure. */
export const statusOfColors = async (
  { accounts, clock }: Pick<Workshop, 'accounts' | 'clock'>,
  service: Service,
  look: Freshness,
): Promise<ServiceNow> => {
  const account = accounts(service.where)
  const found = await findComponents(account, service, look)
  if (!found.ok) return { service: service.name, trouble: found.reason }
  const components = found.value
  const colors = await liveOf(account, service, components)
  const live = colors.ok ? colors.value.live : undefined
  const [fleet, version, routes] = await Promise.all([
    bothColors(account, service, components, look),
    live && components[0] ? labelOf({ service, account }, components[0][live]) : undefined,
    service.strategy === 'weighted' || (colors.ok && colors.value.warm)
      ? account.traffic.routes(targetGroupsOf(components))
      : undefined,
  ])
  const shared = routes && sharesOf(components, routes)
  const [first, second] = components
  const group = live && first && second === undefined ? first[live] : undefined
  return {
    service: service.name,
    fleet: { ...fleet, at: clock.now() },
    ...(live && { live }),
    ...(shared && { shares: shared }),
    ...(version !== undefined && { version }),
    ...(group && { group: sizes(group) }),
    ...(!colors.ok && { amiss: colors.reason }),
  }
}

const sizes = ({
  name,
  min,
  desired,
  max,
  suspended,
  template,
}: Group): NonNullable<ServiceNow['group']> => ({
  name,
  min,
  desired,
  max,
  suspended,
  ...(template && { pin: template.pin }),
})

/** The instances of both colors as one picture, each under its component, color and version. */
const bothColors = async (
  account: Account,
  service: Service,
  components: readonly Component[],
  look: Freshness,
): Promise<Omit<FleetSnapshot, 'at'>> => {
  const groups = components.flatMap(({ name, blue, green }) => [
    { name, color: 'blue', group: blue },
    { name, color: 'green', group: green },
  ])
  const shown = await Promise.all(
    groups.map(async ({ name, color, group }) => {
      const [fleet, version] = await Promise.all([
        seeTargets(account, group, look),
        group.instances.length > 0 ? labelOf({ service, account }, group) : undefined,
      ])
      const label = [components.length > 1 ? name : '', color, version ?? '']
        .filter((part) => part !== '')
        .join(' ')
      return { ...snapshot(fleet, 0), label }
    }),
  )
  return {
    group: groups.map(({ group }) => group.name).join(', '),
    desired: groups.reduce((sum, { group }) => sum + group.desired, 0),
    cells: shown.flatMap(({ cells, label }) => cells.map((cell) => ({ ...cell, label }))),
  }
}
