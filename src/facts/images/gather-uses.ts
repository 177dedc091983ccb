import type { Service } from '../../domain/catalogue/catalogue'
import type { Group, Instance, TemplateVersion } from '../../domain/fleet/fleet'
import { pendingReferences, rollbackReferences } from '../../domain/images/references'
import type { UseFacts } from '../../domain/images/uses'
import { retentionOf } from '../../domain/images/plan-prune'
import { type Instant, minute } from '../../domain/time/time'
import type { Account } from '../../ports/account'
import { type Journal, readOperations } from '../../ports/journal'
import { runningRefresh } from '../fleet/gather-fleet'
import { groupsOf } from '../fleet/live-group'
import { type Result, ok } from '../../domain/result'
import { type OperationId, serviceOf } from '../../domain/operation/id'

/** More than are kept of any service: every record that a rollback could use. */
const maxRecords = 1_000

/** Where it is asked from. `own` is the operation that asks, which is nobody that needs a thing. */
export interface UsesRequest {
  readonly service: Service
  readonly account: Account
  readonly elsewhere: readonly Account[]
  readonly journal: Pick<Journal, 'history' | 'readableHistory' | 'read' | 'unfinished'>
  readonly now: Instant
  readonly own?: OperationId
  /** Whether the service's own fleet is gone, so that neither a group of it nor a way back to it needs anything. */
  readonly removed?: true
  /** Versions of other templates that were read before: what a number means never changes. */
  readonly known?: Map<string, TemplateVersion | undefined>
}

/**
 * All that may need images or template versions of a service, in its whole account and region and in the other accounts
 * of the catalogue there, as AWS tells it now; or why that cannot be told. What is not known is never taken for unused: a call that fails fails the asking.
 */
export const gatherUses = async (
  request: UsesRequest,
  images: readonly string[],
): Promise<Result<UseFacts>> => {
  const { account, service } = request
  const [groups, own] = await Promise.all([account.groups.all(), groupsOf(account, service)])
  if (!own.ok && !request.removed) return own
  const templates = new Set(
    (own.ok ? own.value : []).flatMap((group) => templatesOf(group).map(({ id }) => id)),
  )

  const [versions, allVersions, pinned, configured, shared, instances, refreshing, operations, abroad] =
    await Promise.all([
      Promise.all([...templates].map((id) => account.templates.versions(id))),
      account.templates.everywhere(),
      pinnedVersions(account, groups, templates, request.known),
      account.groups.configurationImages([
        ...new Set(groups.flatMap(({ configuration }) => configuration ?? [])),
      ]),
      Promise.all(images.map(async (id) => [id, await account.images.sharedWith(id)] as const)),
      account.images.instancesOf(images),
      refreshesOf(account, groups, templates),
      operationsOf(request),
      Promise.all(request.elsewhere.map((other) => usesElsewhere(other, images))),
    ])
  return ok({
    versions: versions.flat(),
    groups,
    others: [...allVersions, ...pinned, ...abroad.flatMap((one) => one.versions)].filter(
      ({ templateId }) => !templates.has(templateId),
    ),
    configured: [...configured, ...abroad.flatMap((one) => one.configured)],
    shared: new Map(shared),
    instances: onceEach([...instances, ...abroad.flatMap((one) => one.instances)]),
    refreshing,
    rollbacks: rollbackReferences(operations.ended, request.now, retentionOf(service).for).filter(
      ({ operation }) => !request.removed || serviceOf(operation) !== service.name,
    ),
    pending: operations.unfinished.flatMap((one) =>
      pendingReferences(one, one.request.service === service.name ? service.image?.name : undefined),
    ),
  })
}

/** What another account launches: it may be the same one by another role, or may launch what is shared with it. */
const usesElsewhere = async (account: Account, images: readonly string[]) => {
  const groups = await account.groups.all()
  const [versions, pinned, configured, instances] = await Promise.all([
    account.templates.everywhere(),
    pinnedVersions(account, groups, new Set()),
    account.groups.configurationImages([
      ...new Set(groups.flatMap(({ configuration }) => configuration ?? [])),
    ]),
    account.images.instancesOf(images),
  ])
  return { versions: [...versions, ...pinned], configured, instances }
}

const onceEach = (instances: readonly Instance[]): readonly Instance[] => [
  ...new Map(instances.map((one) => [one.id, one])).values(),
]

const templatesOf = ({ template, alternatives = [] }: Group) =>
  template ? [template, ...alternatives] : alternatives

/** What the numbers mean that groups of other templates are pinned to. */
const pinnedVersions = async (
  account: Account,
  groups: readonly Group[],
  templates: ReadonlySet<string>,
  known: NonNullable<UsesRequest['known']> = new Map(),
): Promise<readonly TemplateVersion[]> => {
  const pins = groups
    .flatMap(templatesOf)
    .flatMap(({ id, pin }) => (typeof pin === 'number' ? [{ id, pin }] : []))
  const wanted = new Map(
    pins.filter(({ id }) => !templates.has(id)).map(({ id, pin }) => [`${id} ${pin}`, { id, pin }] as const),
  )
  for (const [key, { id, pin }] of wanted)
    if (!known.has(key)) known.set(key, await account.templates.version(id, pin))
  return [...wanted.keys()].flatMap((key) => known.get(key) ?? [])
}

/**
 * Where instance refreshes that run go. Those of groups on the same template are asked for anew; of all others, which
 * would have to change their template to ours within the minute, an answer of this minute will do.
 */
const refreshesOf = async (
  account: Account,
  groups: readonly Group[],
  templates: ReadonlySet<string>,
): Promise<UseFacts['refreshing']> => {
  const found = await Promise.all(
    groups.map(async (group) => {
      const sameTemplate = templatesOf(group).some(({ id }) => templates.has(id))
      const refreshes = await account.groups.refreshes(group.name, sameTemplate ? {} : { maxAge: minute })
      return refreshes
        .filter(({ status }) => runningRefresh.has(status))
        .map(({ templateId, version }) => ({
          group: group.name,
          ...(templateId !== undefined && { templateId }),
          ...(version !== undefined && { version }),
        }))
    }),
  )
  return found.flat()
}

const operationsOf = async ({ journal, own, service }: UsesRequest) => {
  // Nothing of its own may be left out; what cannot be read of another service must not keep this one from its images.
  const [all, whole, ids] = await Promise.all([
    journal.readableHistory(undefined, maxRecords),
    journal.history(service.name, maxRecords),
    journal.unfinished(),
  ])
  const ended = [...all.filter(({ request }) => request.service !== service.name), ...whole]
  const others = ids.filter((id) => id !== own)
  const unfinished = (await readOperations(journal, others, service.name)).filter(
    ({ ending }) => ending === undefined,
  )
  return { ended, unfinished }
}
