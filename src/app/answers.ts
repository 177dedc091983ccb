import type { Service } from '../domain/catalogue'
import type { Group } from '../domain/fleet'
import type { Json } from '../domain/json'
import { type Reason, reason } from '../domain/reasons'
import { snapshot } from '../domain/serving'
import { minute } from '../domain/time'
import { imageName, versionIn } from '../domain/versions'
import type { Account } from '../ports/account'
import { AwsFailure } from '../ports/failure'
import { runbookFor } from '../procedures'
import { see } from '../procedures/parts/see'
import type { Answers, KnownVersion, Question, ServiceNow, VersionsNow } from './questions'
import type { Workshop } from './worker'

/** Answers that are this old are good enough for a look; the observer shares them with waiting operations. */
const look = { maxAge: 3_000 }
const lookAtImages = { maxAge: minute / 2 }
const runningRefresh = /^(Pending|InProgress|Baking|Cancelling|RollbackInProgress)$/

type Bench = Pick<Workshop, 'catalogue' | 'accounts' | 'journal' | 'clock'>

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
    case 'versions':
      return versions(bench, question.service)
    case 'plan':
      return plan(bench, question)
  }
}

const status = async (bench: Bench, name: string): Promise<ServiceNow> => {
  const service = bench.catalogue.services.get(name)
  if (service?.group === undefined) {
    const why = service
      ? reason('strategy_unsupported', { service: name, strategy: service.strategy })
      : reason('unknown_service', { service: name })
    return { service: name, trouble: why }
  }
  try {
    return await fleetOf(bench, service, service.group)
  } catch (failure) {
    return { service: name, trouble: asReason(failure) }
  }
}

const fleetOf = async ({ accounts, clock }: Bench, service: Service, name: string): Promise<ServiceNow> => {
  const account = accounts(service.where)
  const seen = await see(account, name, look)
  if (seen === undefined) {
    const why = reason('group_not_found', { group: name, region: service.where.region })
    return { service: service.name, trouble: why }
  }
  const { group } = seen
  const [names, refreshes] = await Promise.all([
    versionNames(account, service, group),
    account.groups.refreshes(name, look),
  ])
  const refresh = refreshes.find(({ status }) => runningRefresh.test(status))
  const { min, desired, max, suspended, template } = group
  return {
    service: service.name,
    fleet: snapshot(seen, clock.now()),
    group: { name, min, desired, max, suspended, ...(template && { pin: template.pin }) },
    ...names,
    ...(refresh && { refresh }),
  }
}

const mostTemplates = 8

/** What people call the template versions that instances are on, and the one that new instances get. */
const versionNames = async (
  account: Account,
  service: Service,
  group: Group,
): Promise<Pick<ServiceNow, 'version' | 'versionNames'>> => {
  const { template } = group
  const pattern = service.image?.name
  if (template === undefined || pattern === undefined) return {}
  const running = group.instances.flatMap(({ templateId, templateVersion }) =>
    templateId === template.id && templateVersion !== undefined ? [templateVersion] : [],
  )
  const [next, ...others] = await Promise.all(
    [template.pin, ...new Set(running)]
      .slice(0, mostTemplates)
      .map((number) => account.templates.version(template.id, number)),
  )
  const versions = [next, ...others].filter((version) => version !== undefined)
  const ids = [...new Set(versions.flatMap(({ imageId }) => imageId ?? []))]
  const images = ids.length === 0 ? [] : await account.images.byId(ids, lookAtImages)
  const called = (imageId: string | undefined): string | undefined => {
    const image = images.find(({ id }) => id === imageId)
    return image && versionIn(pattern, image.name)
  }
  const named = versions.flatMap(({ number, imageId }) => {
    const name = called(imageId)
    return name === undefined ? [] : [[String(number), name] as const]
  })
  const version = called(next?.imageId)
  return { versionNames: Object.fromEntries(named), ...(version !== undefined && { version }) }
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
  const { version } = group === undefined ? {} : await versionNames(account, service, group)
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
  return { versions: found.slice(0, mostVersions), ...(version !== undefined && { current: version }) }
}

const plan = async (
  { catalogue, accounts, journal }: Bench,
  { request, requester }: Extract<Question, { ask: 'plan' }>,
): Promise<Answers['plan']> => {
  const service = catalogue.services.get(request.service)
  if (service === undefined)
    return { ok: false, reason: reason('unknown_service', { service: request.service }) }
  try {
    return await runbookFor(request).plan(request, {
      service,
      requester,
      account: accounts(service.where),
      journal,
    })
  } catch (failure) {
    return { ok: false, reason: asReason(failure) }
  }
}

const asReason = (failure: unknown): Reason => {
  if (!(failure instanceof AwsFailure)) throw failure
  return reason('aws_refused', { action: failure.action, awsCode: failure.code, aws: failure.words })
}
