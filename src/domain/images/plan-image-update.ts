import type { Service } from '../catalogue/catalogue'
import { expectedTasks } from '../operation/expected-durations'
import { fingerprint } from '../operation/fingerprint'
import type { Group, Image, TemplateVersion } from '../fleet/fleet'
import type { Plan, PlannedVersion } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { second } from '../time/time'
import { type FleetFacts, type Planned, type PlannerInput } from '../operation/planning'
import { namesSnapshots } from '../fleet/security-groups'

/** What is known before the newest image is chosen. */
export interface NewestFacts {
  readonly group: Group
  /** The version that a new one is made of: what a following group launches, else the default. */
  readonly version: TemplateVersion
  readonly defaultVersion: number
  /** The image that `version` launches, where that still exists. */
  readonly image?: Image
  /** Own images of the catalogue's name. */
  readonly candidates: readonly Image[]
  /** Those of them that the service has gone back from: no newest image, unless somebody deploys them by name. */
  readonly takenBack: ReadonlySet<string>
  readonly launchProblem?: Reason
  /** Ids of the security groups that `version` names, where they are to be given by id. */
  readonly groupIds?: Readonly<Record<string, string>>
}

/**
 * Newest by the time of its creation, of those that may be launched at all: never pending, failed or deprecated. Of two
 * of one instant the one of the lower id, so that two looks choose the same.
 */
export const newestImage = (
  candidates: readonly Image[],
  wanted: { readonly architecture?: string; readonly tag?: Readonly<Record<string, string>> },
): Image | undefined =>
  candidates
    .filter(({ state, deprecated }) => state === 'available' && !deprecated)
    .filter(({ architecture }) => wanted.architecture === undefined || architecture === wanted.architecture)
    .filter(({ tags }) => Object.entries(wanted.tag ?? {}).every(([key, value]) => tags[key] === value))
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))[0]

/** The image that a service's template is to move to: newer than the one that it launches; none where none is. */
export const newerImage = (
  { image: rule }: Pick<Service, 'image'>,
  current: Image,
  candidates: readonly Image[],
): Image | undefined => {
  const { architecture } = current
  const newest = newestImage(candidates, {
    ...(architecture !== undefined && { architecture }),
    ...(rule?.newest?.tag && { tag: rule.newest.tag }),
  })
  return newest && newest.createdAt > current.createdAt ? newest : undefined
}

/** The plan of moving a template's default to the newest image, or why there is nothing to move to. Pure. */
export const planImageUpdate = (input: PlannerInput, facts: NewestFacts): Planned => {
  const { service } = input
  const { version, image, group, launchProblem, groupIds } = facts
  // Without the image that is launched now, its architecture and age are unknown: nothing may be called newer.
  if (!image) {
    const name = `${version.templateName} ${version.number}`
    return failure(reason('image_not_found', { image: version.imageId, name }))
  }
  // Sent whole, a version would keep the snapshots of the image that it leaves: first the one change, then the other.
  const right = facts.candidates.filter(({ name }) => !facts.takenBack.has(name))
  const newer = groupIds && namesSnapshots(version) ? undefined : newerImage(service, image, right)
  if (!newer && !groupIds) {
    const left = newerImage(service, image, facts.candidates)
    return failure(
      launchProblem ??
        reason('nothing_to_do', {
          service: service.name,
          image: image.id,
          ...(left && { left: left.name }),
        }),
    )
  }
  const target = newer ?? image
  const { pin } = group.template ?? {}
  const moves = movesDefault({ current: version.number, default: facts.defaultVersion })
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: target.name,
    ...(newer && { before: image.name }),
    image: { how: 'use', id: target.id, name: target.name },
    template: {
      id: version.templateId,
      name: version.templateName,
      current: version.number,
      default: facts.defaultVersion,
      target: { how: 'new', from: version.number },
      ...(groupIds && { groupIds }),
    },
    tasks: expectedTasks(
      [
        { name: 'template', expected: 5 * second },
        ...(moves ? [{ name: 'finish' as const, expected: 5 * second }] : []),
      ],
      input.history,
    ),
    calls: [
      'CreateLaunchTemplateVersion',
      ...(movesDefault({ current: version.number, default: facts.defaultVersion })
        ? ['ModifyLaunchTemplate']
        : []),
    ],
    warnings: [
      ...(launchProblem && !groupIds ? [launchProblem] : []),
      ...(typeof pin === 'number' ? [reason('group_pinned', { group: group.name, version: pin })] : []),
    ],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/**
 * A default that was set apart from what a group that follows `$Latest` launches was set so on purpose: it stays, and
 * the group launches the new version as soon as it is made.
 */
export const movesDefault = ({
  current,
  default: standard,
}: Pick<NonNullable<Plan['template']>, 'current' | 'default'>): boolean => current === standard

/** The plan of moving a template's default back to a version that exists, where no group launches from it by default. */
export const planDefault = (
  input: PlannerInput,
  facts: Pick<FleetFacts, 'current' | 'defaultVersion'>,
  wanted: Pick<Plan, 'version' | 'before'> & {
    readonly target: PlannedVersion & { readonly how: 'existing' }
  },
): Planned => {
  const { templateId, templateName, number } = facts.current
  const planned: Omit<Plan, 'fingerprint'> = {
    service: input.service.name,
    version: wanted.version,
    ...(wanted.before !== undefined && { before: wanted.before }),
    template: {
      id: templateId,
      name: templateName,
      current: number,
      default: facts.defaultVersion,
      target: wanted.target,
    },
    tasks: expectedTasks([{ name: 'finish', expected: 5 * second }], input.history),
    calls: ['ModifyLaunchTemplate'],
    warnings: [],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}
