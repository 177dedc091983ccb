import type { Service } from '../catalogue'
import { expectedTasks } from '../durations'
import { fingerprint } from '../fingerprint'
import type { Group, Image, TemplateVersion } from '../fleet'
import type { Plan } from '../plan'
import { type Reason, reason } from '../reasons'
import { second } from '../time'
import { type Planned, refusedPlan, type Scope } from './facts'

/** What is known before the newest image is chosen. */
export interface NewestFacts {
  readonly group: Group
  /** The template's default version, and the image it launches where that still exists. */
  readonly version: TemplateVersion
  readonly image?: Image
  /** Own images of the catalogue's name. */
  readonly candidates: readonly Image[]
  readonly launchTrouble?: Reason
}

/** Newest by the time of its creation, of those that may be launched at all: never pending, failed or deprecated. */
export const newestImage = (
  candidates: readonly Image[],
  wanted: { readonly architecture?: string; readonly tag?: Readonly<Record<string, string>> },
): Image | undefined =>
  candidates
    .filter(({ state, deprecated }) => state === 'available' && !deprecated)
    .filter(({ architecture }) => wanted.architecture === undefined || architecture === wanted.architecture)
    .filter(({ tags }) => Object.entries(wanted.tag ?? {}).every(([key, value]) => tags[key] === value))
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))[0]

/** The plan of moving a template's default to the newest image, or why there is nothing to move to. Pure. */
export const planNewest = (scope: Scope, facts: NewestFacts): Planned => {
  const { service } = scope
  const { version, image } = facts
  // Without the image that is launched now, its architecture and age are unknown: nothing may be called newer.
  if (!image) {
    const name = `${version.templateName} ${version.number}`
    return refusedPlan(reason('image_not_found', { image: version.imageId, name }))
  }
  const newest = newestImage(facts.candidates, {
    ...(image.architecture !== undefined && { architecture: image.architecture }),
    ...tagOf(service),
  })
  if (!newest || newest.id === image.id || newest.createdAt <= image.createdAt) {
    return refusedPlan(reason('nothing_to_do', { service: service.name, image: image.id }))
  }
  const { pin } = facts.group.template ?? {}
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: newest.name,
    before: image.name,
    image: { how: 'use', id: newest.id, name: newest.name },
    template: {
      id: version.templateId,
      name: version.templateName,
      current: version.number,
      default: version.number,
      target: { how: 'new', from: version.number },
    },
    tasks: expectedTasks(
      [
        { name: 'template', expected: 5 * second },
        { name: 'finish', expected: 5 * second },
      ],
      scope.past,
    ),
    calls: ['CreateLaunchTemplateVersion', 'ModifyLaunchTemplate'],
    warnings: [
      ...(facts.launchTrouble ? [facts.launchTrouble] : []),
      ...(typeof pin === 'number' ? [reason('group_pinned', { group: facts.group.name, version: pin })] : []),
    ],
  }
  return { ok: true, plan: { ...planned, fingerprint: fingerprint(planned) } }
}

const tagOf = ({ image }: Service) => (image?.newest?.tag ? { tag: image.newest.tag } : {})
