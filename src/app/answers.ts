import type { Service } from '../domain/catalogue'
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
  if (service?.group === undefined)
    return { service: name, failure: reason('unknown_service', { service: name }) }
  try {
    return await fleetOf(bench, service, service.group)
  } catch (failure) {
    return { service: name, failure: asReason(failure) }
  }
}

const fleetOf = async ({ accounts, clock }: Bench, service: Service, name: string): Promise<ServiceNow> => {
  const account = accounts(service.where)
  const fleet = await see(account, name, look)
  if (fleet === undefined) {
    const why = reason('group_not_found', { group: name, region: service.where.region })
    return { service: service.name, failure: why }
  }
  const { group } = fleet
  const [template, refreshes] = await Promise.all([
    templateOf(account, service, group.template),
    account.groups.refreshes(name, look),
  ])
  const refresh = refreshes.find(({ status }) => runningRefresh.test(status))
  return {
    service: service.name,
    fleet: snapshot(fleet, clock.now()),
    sizes: { min: group.min, desired: group.desired, max: group.max },
    suspended: group.suspended,
    ...template,
    ...(refresh && { refresh: { id: refresh.id, status: refresh.status, percent: refresh.percent } }),
  }
}

type Launching = Pick<ServiceNow, 'template' | 'version'>

/** What new instances are launched from, and what people call it. */
const templateOf = async (
  account: Account,
  service: Service,
  template:
    | { readonly id: string; readonly name: string; readonly pin: number | '$Default' | '$Latest' }
    | undefined,
): Promise<Launching> => {
  const version = template && (await account.templates.version(template.id, template.pin))
  if (template === undefined || version === undefined) return {}
  const [image] =
    version.imageId === undefined ? [] : await account.images.byId([version.imageId], lookAtImages)
  const called = image && service.image && versionIn(service.image.name, image.name)
  return {
    template: {
      name: template.name,
      number: version.number,
      ...(version.imageId !== undefined && { image: image?.name ?? version.imageId }),
    },
    ...(called !== undefined && { version: called }),
  }
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
  const { version } = await templateOf(account, service, group?.template)
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
