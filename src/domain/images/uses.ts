import type { Group, GroupTemplate, Image, Instance, TemplateVersion } from '../fleet/fleet'
import type { OperationId } from '../operation/id'

/** One thing that needs an image or a template version. */
export type Use =
  /** Instances that were launched from it, in a group or not. */
  | { readonly kind: 'running'; readonly count: number }
  | { readonly kind: 'default'; readonly template: string }
  | { readonly kind: 'latest'; readonly template: string }
  /** A group launches it: pinned to its number, or by its alias. */
  | { readonly kind: 'group'; readonly group: string; readonly pinned: boolean }
  /** An instance refresh of the group goes to it. */
  | { readonly kind: 'refresh'; readonly group: string }
  /** What going back from an operation would launch. */
  | { readonly kind: 'rollback'; readonly operation: OperationId }
  /** An operation that has not ended works with it. */
  | { readonly kind: 'pending'; readonly operation: OperationId }
  /** A template version launches it; `number` absent for one of a template that is not the service's. */
  | { readonly kind: 'version'; readonly template: string; readonly number?: number }
  /** A launch configuration names it. */
  | { readonly kind: 'configuration' }
  /** Other accounts may launch it, or everybody: by whom it is used nobody can tell. */
  | { readonly kind: 'shared'; readonly accounts: readonly string[] }

/** What an operation holds on to, by what its journal says. */
export interface Reference {
  readonly operation: OperationId
  readonly templateId?: string
  readonly version?: number
  readonly imageId?: string
  /** The name of an image that it will look for. */
  readonly imageName?: string
}

/** All that may need an image or a template version of one service: in its account and region, and who else is there. */
export interface UseFacts {
  /** Every version of the templates that the service's groups launch from. */
  readonly versions: readonly TemplateVersion[]
  /** All groups there are, whoever's. */
  readonly groups: readonly Group[]
  /** Of all other templates, other accounts' too: what their aliases mean, and the numbers that groups are pinned to. */
  readonly others: readonly TemplateVersion[]
  /** Images of the launch configurations that groups use, other accounts' too. */
  readonly configured: readonly string[]
  /** Who else may launch the images in question, by image: ids of accounts, or `all`. */
  readonly shared: ReadonlyMap<string, readonly string[]>
  /** Instances that were launched from the images in question, whichever account's. */
  readonly instances: readonly Instance[]
  /** Instance refreshes that run, and where they go. */
  readonly refreshing: readonly {
    readonly group: string
    readonly templateId?: string
    readonly version?: string
  }[]
  readonly rollbacks: readonly Reference[]
  readonly pending: readonly Reference[]
}

const templatesOf = ({ template, alternatives = [] }: Group): readonly GroupTemplate[] =>
  template ? [template, ...alternatives] : alternatives

const latestOf = (versions: readonly TemplateVersion[], templateId: string): number =>
  Math.max(0, ...versions.filter((one) => one.templateId === templateId).map(({ number }) => number))

/** What needs a version of the service's own templates, besides its image. Nothing, and it may be deleted. */
export const usesOfVersion = (facts: UseFacts, version: TemplateVersion): readonly Use[] => {
  const { templateId, templateName: template, number } = version
  const isLatest = number === latestOf(facts.versions, templateId)
  const means = ({ id, pin }: GroupTemplate): boolean =>
    id === templateId &&
    (pin === number || (pin === '$Default' && version.isDefault) || (pin === '$Latest' && isLatest))
  const running = facts.groups.flatMap(({ instances }) =>
    instances.filter((one) => one.templateId === templateId && one.templateVersion === number),
  )
  const referenced = ({ templateId: of = templateId, version: one }: Reference) =>
    of === templateId && one === number
  return [
    ...(running.length > 0 ? [{ kind: 'running' as const, count: running.length }] : []),
    ...(version.isDefault ? [{ kind: 'default' as const, template }] : []),
    ...(isLatest ? [{ kind: 'latest' as const, template }] : []),
    ...facts.groups.flatMap((group) => {
      const by = templatesOf(group).find(means)
      return by ? [{ kind: 'group' as const, group: group.name, pinned: typeof by.pin === 'number' }] : []
    }),
    // A refresh that tells no template is taken to go to this one.
    ...facts.refreshing
      .filter(
        (one) =>
          (one.templateId ?? templateId) === templateId && refreshGoesTo(one.version, version, isLatest),
      )
      .map(({ group }) => ({ kind: 'refresh' as const, group })),
    ...facts.rollbacks.filter(referenced).map(({ operation }) => ({ kind: 'rollback' as const, operation })),
    ...facts.pending.filter(referenced).map(({ operation }) => ({ kind: 'pending' as const, operation })),
  ]
}

const refreshGoesTo = (to: string | undefined, version: TemplateVersion, isLatest: boolean): boolean =>
  to === String(version.number) ||
  (to === '$Latest' && isLatest) ||
  ((to === undefined || to === '$Default') && version.isDefault)

/** Versions of any template that make a volume of this snapshot, besides what their image does. */
export const versionsWith = (
  { versions, others }: Pick<UseFacts, 'versions' | 'others'>,
  snapshot: string,
): readonly TemplateVersion[] => [...versions, ...others].filter(({ data }) => data.includes(`"${snapshot}"`))

/** What needs an image, or the snapshots that go with it. Nothing, and it may be deregistered. */
export const usesOfImage = (
  facts: UseFacts,
  image: Pick<Image, 'id' | 'name' | 'snapshots'>,
): readonly Use[] => {
  const running = facts.instances.filter(({ imageId }) => imageId === image.id).length
  const own = facts.versions.filter(({ imageId }) => imageId === image.id)
  const accounts = facts.shared.get(image.id) ?? []
  const others = facts.others.filter(({ imageId }) => imageId === image.id)
  const referenced = ({ imageId, imageName }: Reference) => imageId === image.id || imageName === image.name
  const through = own.flatMap((version) => {
    const { templateName: template, number } = version
    const uses = usesOfVersion(facts, version).filter(({ kind }) => kind !== 'running')
    return uses.length > 0 ? uses : [{ kind: 'version' as const, template, number }]
  })
  return distinct([
    ...(running > 0 ? [{ kind: 'running' as const, count: running }] : []),
    ...through,
    ...others.map(({ templateName: template }) => ({ kind: 'version' as const, template })),
    ...image.snapshots
      .flatMap((snapshot) => versionsWith(facts, snapshot))
      .map(({ templateName: template }) => ({ kind: 'version' as const, template })),
    ...(facts.configured.includes(image.id) ? [{ kind: 'configuration' as const }] : []),
    ...(accounts.length > 0 ? [{ kind: 'shared' as const, accounts }] : []),
    ...facts.rollbacks.filter(referenced).map(({ operation }) => ({ kind: 'rollback' as const, operation })),
    ...facts.pending.filter(referenced).map(({ operation }) => ({ kind: 'pending' as const, operation })),
  ])
}

const distinct = (uses: readonly Use[]): readonly Use[] => [
  ...new Map(uses.map((use) => [JSON.stringify(use), use])).values(),
]
