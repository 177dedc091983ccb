import type { Service } from '../domain/catalogue'
import type { FleetSnapshot, Group } from '../domain/fleet'
import type { Json } from '../domain/json'
import { type Reason, reason } from '../domain/reasons'
import { snapshot } from '../domain/serving'
import { minute } from '../domain/time'
import { imageName, versionIn } from '../domain/versions'
import type { Account } from '../ports/account'
import { AwsFailure } from '../ports/failure'
import { runbookFor } from '../procedures'
import { liveGroup } from '../procedures/parts/live-group'
import { seeTargets } from '../procedures/parts/see'
import type { ServiceEvents } from '../messages/schedules'
import { eventsOf } from '../procedures/parts/gather-events'
import { actionsChanged } from '../procedures/parts/readiness'
import { brokenEvents } from '../domain/events/audit'
import { eventOf, isOver } from '../domain/events/event'
import { imagesNow, noImages } from './images'
import type { Answers, KnownVersion, Question, ServiceNow, VersionsNow } from './questions'
import { statusOfColors } from './status-of-colors'
import type { Workshop } from './worker'

/** Answers that are this old are good enough for a look; the observer shares them with waiting operations. */
const look = { maxAge: 3_000 }
const lookAtImages = { maxAge: minute / 2 }
const runningRefresh = /^(Pending|InProgress|Baking|Cancelling|RollbackInProgress)$/

type Bench = Pick<Workshop, 'catalogue' | 'accounts' | 'journal' | 'appointments' | 'calendar' | 'clock'>

/** Answers the gateway's questions by looking at AWS. Changes nothing. */
export const answerer =
  (bench: Bench) =>
  async (question: Json): Promise<Json> => {
    const answer = await answerTo(bench, question as unknown as Question)
    return answer as unknown as Json
  }

const answerTo = async (bench: Bench, question: Question): Promise<Answers[Question['ask']]> => {
  switch (question.ask) {
    case 'status':
      return Promise.all(question.services.map((name) => status(bench, name)))
    case 'schedules':
      return Promise.all(question.services.map((name) => schedules(bench, name)))
    case 'versions':
      return versions(bench, question.service)
    case 'images':
      return imagesNow(bench, question.service).catch((failure: unknown) => ({
        ...noImages(question.service),
        trouble: asReason(failure),
      }))
    case 'plan':
      return plan(bench, question)
  }
}

const status = async (bench: Bench, name: string): Promise<ServiceNow> => {
  const service = bench.catalogue.services.get(name)
  if (service === undefined) return { service: name, trouble: reason('unknown_service', { service: name }) }
  try {
    if (service.colors) return await statusOfColors(bench, service, look)
    const group = await liveGroup(bench.accounts(service.where), service, look)
    return group.ok ? await fleetOf(bench, service, group.value) : { service: name, trouble: group.reason }
  } catch (failure) {
    return { service: name, trouble: asReason(failure) }
  }
}

/** The events of a service, as the calendar and the group's scheduled actions have them now. */
const schedules = async (
  { catalogue, accounts, calendar, clock }: Bench,
  name: string,
): Promise<ServiceEvents> => {
  const nothing = { service: name, events: [], foreign: [] }
  const service = catalogue.services.get(name)
  if (service === undefined) return { ...nothing, trouble: reason('unknown_service', { service: name }) }
  try {
    const found = await eventsOf(accounts(service.where), calendar, service, look)
    if (!found.ok) return { ...nothing, trouble: found.reason }
    const known = found.value
    const now = clock.now()
    const events = known.events.filter(({ event }) => !isOver(event, now))
    const broken = brokenEvents({ ...known, now })
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
    return { ...nothing, trouble: asReason(failure) }
  }
}

const fleetOf = async ({ accounts, clock }: Bench, service: Service, group: Group): Promise<ServiceNow> => {
  const account = accounts(service.where)
  const { name, min, desired, max, suspended, template } = group
  const [seen, names, refreshes] = await Promise.all([
    seeTargets(account, group, look),
    versionNames(account, service, group),
    account.groups.refreshes(name, look),
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
  const images = ids.length === 0 ? [] : await account.images.byId(ids, lookAtImages)
  return new Map(
    versions.flatMap(({ number, imageId }) => {
      const image = images.find(({ id }) => id === imageId)
      const name = image && versionIn(pattern, image.name)
      return name === undefined ? [] : [[number, name] as const]
    }),
  )
}

const mostVersions = 50

const versions = async ({ catalogue, accounts }: Bench, name: string): Promise<VersionsNow> => {
  const service = catalogue.services.get(name)
  if (service?.image === undefined) return { versions: [] }
  const pattern = service.image.name
  const account = accounts(service.where)
  const [images, group] = await Promise.all([
    account.images.named(imageName(pattern, '*'), lookAtImages),
    service.group === undefined ? undefined : account.groups.describe(service.group, look),
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

const plan = async (
  { catalogue, accounts, journal, appointments, calendar, clock }: Bench,
  { request }: Extract<Question, { ask: 'plan' }>,
): Promise<Answers['plan']> => {
  const service = catalogue.services.get(request.service)
  if (service === undefined)
    return { ok: false, reason: reason('unknown_service', { service: request.service }) }
  try {
    return await runbookFor(request).plan(request, {
      service,
      account: accounts(service.where),
      journal,
      appointments,
      calendar,
      askedAt: clock.now(),
      now: clock.now(),
    })
  } catch (failure) {
    return { ok: false, reason: asReason(failure) }
  }
}

const asReason = (failure: unknown): Reason => {
  if (!(failure instanceof AwsFailure)) throw failure
  return reason('aws_refused', { action: failure.action, awsCode: failure.code, aws: failure.words })
}
