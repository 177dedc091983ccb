import { accountsElsewhere } from '../accounts-elsewhere'
import type { Service } from '../../domain/catalogue/catalogue'
import type { FleetSnapshot, Group } from '../../domain/fleet/fleet'
import type { Json } from '../../domain/json'
import { type Reason, reason } from '../../domain/reasons/reason'
import { snapshot } from '../../domain/fleet/serving'
import { minute } from '../../domain/time/time'
import { imageName, versionIn } from '../../domain/images/image-names'
import { failedCallReason } from '../../ports/failed-call'
import type { Account } from '../../ports/account'
import { AwsFailure } from '../../ports/failure'
import { planRequest } from '../plan-request'
import { liveGroup } from '../../facts/fleet/live-group'
import { readTargets } from '../../facts/fleet/read-fleet'
import { eventsOf } from '../../facts/events/gather-events'
import { actionsChanged } from '../../facts/events/readiness'
import { driftOf } from '../../domain/events/drift'
import { eventOf, isOver } from '../../domain/events/event'
import { imageInventory, emptyInventory } from './images'
import { blueGreenStatus } from './blue-green-status'
import type { WorkerDeps } from '../deps'
import type { ServiceEvents } from '../../domain/events/service-events'
import type { DeployableVersions, FleetStatus, KnownVersion, Query, QueryResults } from '../../domain/queries'

/** Answers that are this old are good enough for a query; the batching reader shares them with waiting operations. */
const cachedRead = { maxAge: 3_000 }
const cachedImages = { maxAge: minute / 2 }
const runningRefresh = /^(Pending|InProgress|Baking|Cancelling|RollbackInProgress)$/

type QueryDeps = Pick<WorkerDeps, 'catalogue' | 'accounts' | 'journal' | 'timers' | 'calendar' | 'clock'>

/** Answers the gateway's questions by looking at AWS. Changes nothing. */
export const queryHandler =
  (deps: QueryDeps) =>
  async (query: Json): Promise<Json> => {
    const answer = await handleQuery(deps, query as unknown as Query)
    return answer as unknown as Json
  }

const handleQuery = async (deps: QueryDeps, query: Query): Promise<QueryResults[Query['ask']]> => {
  switch (query.ask) {
    case 'status':
      return Promise.all(query.services.map((name) => status(deps, name)))
    case 'schedules':
      return Promise.all(query.services.map((name) => schedules(deps, name)))
    case 'versions':
      return versions(deps, query.service)
    case 'images':
      return imageInventory(deps, query.service).catch((failure: unknown) => ({
        ...emptyInventory(query.service),
        error: reasonOf(failure),
      }))
    case 'plan':
      return planQuery(deps, query)
  }
}

const status = async (deps: QueryDeps, name: string): Promise<FleetStatus> => {
  const service = deps.catalogue.services.get(name)
  if (service === undefined) return { service: name, error: reason('unknown_service', { service: name }) }
  try {
    if (service.colors) return unlessUnbuilt(service, await blueGreenStatus(deps, service, cachedRead))
    const group = await liveGroup(deps.accounts(service.where), service, cachedRead)
    if (group.ok) return await fleetOf(deps, service, group.value)
    return unlessUnbuilt(service, { service: name, error: group.reason })
  } catch (failure) {
    return { service: name, error: reasonOf(failure) }
  }
}

/** A group that is not there is one to be built, where the catalogue says how. */
const unlessUnbuilt = ({ name, fleet }: Service, found: FleetStatus): FleetStatus =>
  fleet && found.error?.code === 'group_not_found' ? { service: name, unbuilt: true } : found

/** The events of a service, as the calendar and the group's scheduled actions have them now. */
const schedules = async (
  { catalogue, accounts, calendar, clock }: QueryDeps,
  name: string,
): Promise<ServiceEvents> => {
  const nothing = { service: name, events: [], foreign: [] }
  const service = catalogue.services.get(name)
  if (service === undefined) return { ...nothing, error: reason('unknown_service', { service: name }) }
  try {
    const found = await eventsOf(accounts(service.where), calendar, service, cachedRead)
    if (!found.ok) return { ...nothing, error: found.reason }
    const known = found.value
    const now = clock.now()
    const events = known.events.filter(({ event }) => !isOver(event, now))
    const broken = driftOf({ ...known, now })
    return {
      service: name,
      zone: service.timezone,
      events: events.map((one) => {
        const found = broken.get(one.id)
        return found ? { ...one, broken: actionsChanged(one.id, found) } : one
      }),
      foreign: known.actions.filter((action) => !events.some(({ id }) => eventOf(action.name)?.id === id)),
    }
  } catch (failure) {
    return { ...nothing, error: reasonOf(failure) }
  }
}

const fleetOf = async (
  { accounts, clock }: QueryDeps,
  service: Service,
  group: Group,
): Promise<FleetStatus> => {
  const account = accounts(service.where)
  const { name, min, desired, max, suspended, template } = group
  const [seen, names, refreshes] = await Promise.all([
    readTargets(account, group, cachedRead),
    versionNames(account, service, group),
    account.groups.refreshes(name, cachedRead),
  ])
  const fleet = snapshot(seen, clock.now())
  const refresh = refreshes.find(({ status }) => runningRefresh.test(status))
  const version = servedBy(service, group, fleet, names)
  return {
    service: service.name,
    fleet,
    group: { name, min, desired, max, suspended, ...(template && { pin: template.pin }) },
    versionNames: Object.fromEntries(names),
    ...(version !== undefined && { version }),
    ...(refresh && { refresh }),
  }
}

/** What the healthy instances serve, several versions in the middle of a move; else what the group is tagged with. */
const servedBy = (
  { versionTag }: Service,
  group: Group,
  { cells }: FleetSnapshot,
  names: ReadonlyMap<number, string>,
): string | undefined => {
  if (versionTag !== undefined) return group.tags[versionTag]
  const healthy = cells.filter(({ lifecycle, health }) => lifecycle === 'InService' && health === 'healthy')
  const served = new Set(healthy.flatMap(({ version }) => (version && names.get(version)) ?? []))
  return served.size === 0 ? undefined : [...served].join(' + ')
}

const mostTemplates = 8

/** What people call the template versions that instances are on, and the one that new instances get. */
const versionNames = async (
  account: Account,
  service: Service,
  { template, instances }: Group,
): Promise<ReadonlyMap<number, string>> => {
  const pattern = service.image?.name
  if (template === undefined || pattern === undefined) return new Map()
  const running = instances.flatMap(({ templateId, templateVersion }) =>
    templateId === template.id && templateVersion !== undefined ? [templateVersion] : [],
  )
  const numbers = [template.pin, ...new Set(running)].slice(0, mostTemplates)
  const found = await Promise.all(numbers.map((number) => account.templates.version(template.id, number)))
  const versions = found.filter((version) => version !== undefined)
  const ids = [...new Set(versions.flatMap(({ imageId }) => imageId ?? []))]
  const images = ids.length === 0 ? [] : await account.images.byId(ids, cachedImages)
  return new Map(
    versions.flatMap(({ number, imageId }) => {
      const image = images.find(({ id }) => id === imageId)
      const name = image && versionIn(pattern, image.name)
      return name === undefined ? [] : [[number, name] as const]
    }),
  )
}

const mostVersions = 50

const versions = async ({ catalogue, accounts }: QueryDeps, name: string): Promise<DeployableVersions> => {
  const service = catalogue.services.get(name)
  if (service?.image === undefined) return { versions: [] }
  const pattern = service.image.name
  const account = accounts(service.where)
  const [images, group] = await Promise.all([
    account.images.named(imageName(pattern, '*'), cachedImages),
    service.group === undefined ? undefined : account.groups.describe(service.group, cachedRead),
  ])
  const current = group && (await currentVersion(account, service, group))
  const found = images
    .filter(({ state }) => state === 'available' || state === 'pending')
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .flatMap((image): KnownVersion[] => {
      const called = versionIn(pattern, image.name)
      if (called === undefined) return []
      return [
        { version: called, image: image.id, createdAt: image.createdAt, pending: image.state === 'pending' },
      ]
    })
  return { versions: found.slice(0, mostVersions), ...(current !== undefined && { current }) }
}

/** What new instances of a group get. */
const currentVersion = async (
  account: Account,
  service: Service,
  group: Group,
): Promise<string | undefined> => {
  const [names, next] = await Promise.all([
    versionNames(account, service, group),
    group.template && account.templates.version(group.template.id, group.template.pin),
  ])
  return next && names.get(next.number)
}

const planQuery = async (
  { catalogue, accounts, journal, timers, calendar, clock }: QueryDeps,
  { request }: Extract<Query, { ask: 'plan' }>,
): Promise<QueryResults['plan']> => {
  const service = catalogue.services.get(request.service)
  if (service === undefined)
    return { ok: false, reason: reason('unknown_service', { service: request.service }) }
  try {
    return await planRequest(request, {
      service,
      account: accounts(service.where),
      elsewhere: accountsElsewhere({ catalogue, accounts }, service),
      journal,
      timers,
      calendar,
      askedAt: clock.now(),
      now: clock.now(),
    })
  } catch (failure) {
    return { ok: false, reason: reasonOf(failure) }
  }
}

const reasonOf = (failure: unknown): Reason => {
  if (!(failure instanceof AwsFailure)) throw failure
  return failedCallReason(failure)
}
