import type { Service } from '../../domain/catalogue/catalogue'
import type { Component } from '../../domain/blue-green/components'
import { sharesOf, targetGroupsOf } from '../../domain/blue-green/weights'
import type { FleetSnapshot, Group } from '../../domain/fleet/fleet'
import { instancesFor, snapshot } from '../../domain/fleet/serving'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'
import { findComponents, liveOf } from '../../facts/blue-green/find-colors'
import { versionLabelOf } from '../../facts/blue-green/gather-colors'
import { readTargets } from '../../facts/fleet/read-fleet'
import type { WorkerDeps } from '../deps'
import type { FleetStatus } from '../../domain/queries'

/** How both colors of a service stand: which one serves and what, and the instances of both. Throws AwsFailure. */
export const blueGreenStatus = async (
  { accounts, clock }: Pick<WorkerDeps, 'accounts' | 'clock'>,
  service: Service,
  freshness: Freshness,
): Promise<FleetStatus> => {
  const account = accounts(service.where)
  const found = await findComponents(account, service, freshness)
  if (!found.ok) return { service: service.name, error: found.reason }
  const components = found.value
  const colors = await liveOf(account, service, components)
  const live = colors.ok ? colors.value.live : undefined
  const [fleet, version, routes] = await Promise.all([
    statusOfBothColors(account, service, components, freshness),
    live && components[0] ? versionLabelOf({ service, account }, components[0][live]) : undefined,
    service.strategy === 'canary' || (colors.ok && colors.value.warm)
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
    ...(!colors.ok && { problem: colors.reason }),
  }
}

const sizes = ({
  name,
  min,
  desired,
  max,
  suspended,
  template,
}: Group): NonNullable<FleetStatus['group']> => ({
  name,
  min,
  desired,
  max,
  suspended,
  ...(template && { pin: template.pin }),
})

/** The instances of both colors as one picture, each under its component, color and version. */
const statusOfBothColors = async (
  account: Account,
  service: Service,
  components: readonly Component[],
  freshness: Freshness,
): Promise<Omit<FleetSnapshot, 'at'>> => {
  const groups = components.flatMap(({ name, blue, green }) => [
    { name, color: 'blue', group: blue },
    { name, color: 'green', group: green },
  ])
  const shown = await Promise.all(
    groups.map(async ({ name, color, group }) => {
      const [fleet, version] = await Promise.all([
        readTargets(account, group, freshness),
        group.instances.length > 0 ? versionLabelOf({ service, account }, group) : undefined,
      ])
      const label = [components.length > 1 ? name : '', color, version ?? '']
        .filter((component) => component !== '')
        .join(' ')
      return { ...snapshot(fleet, 0), label }
    }),
  )
  return {
    group: groups.map(({ group }) => group.name).join(', '),
    desired: groups.reduce((sum, { group }) => sum + instancesFor(group, group.desired), 0),
    cells: shown.flatMap(({ cells, label }) => cells.map((cell) => ({ ...cell, label }))),
  }
}
