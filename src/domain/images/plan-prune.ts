import { type Retention, type Service, defaultRetention } from '../catalogue/catalogue'
import { expectedTasks } from '../operation/expected-durations'
import { fingerprint } from '../operation/fingerprint'
import type { Image, Snapshot, TemplateVersion } from '../fleet/fleet'
import { isBroken, isOwnImage, isOwnSnapshot, makerOf, ownTag, versionMaker } from './own'
import { type Use, type UseFacts, usesOfImage, usesOfVersion } from './uses'
import type { Plan, PlannedPrune } from '../operation/plan'
import { reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { type Instant, minute, second } from '../time/time'
import type { Planned, PlannerInput } from '../operation/planning'

/** What is known before anything is chosen to be deleted. */
export interface PruneFacts extends UseFacts {
  readonly now: Instant
  /** Images of the service, whoever made them. */
  readonly images: readonly Image[]
  /** Snapshots that carry the service's tag, and ids of those that some registered image holds. */
  readonly snapshots: readonly Snapshot[]
  readonly referencedSnapshots: ReadonlySet<string>
}

/** So much at a time, so that a plan can be read; what is left over is for the next time. */
const maxAtOnce = { images: 50, snapshots: 50, versions: 200 }

/** Why something of ours stays. */
export type KeepReason = 'used' | 'newest' | 'young'

export const retentionOf = ({ keep = defaultRetention }: Pick<Service, 'keep'>): Retention => keep

/** Whether an image is in a state in which it can go: an image that is being made is somebody's. */
const ended = ({ state }: Image): boolean => state !== 'pending' && state !== 'transient'

/** Each of the things that Rollcall made, with why it stays; undefined for what may go. Newest first. */
const sortByRetention = <T extends { readonly createdAt: Instant }>(
  things: readonly T[],
  keep: Retention,
  now: Instant,
  uses: (thing: T) => readonly Use[],
  counts: (thing: T) => boolean = () => true,
  isUseless: (thing: T) => boolean = () => false,
): readonly { readonly thing: T; readonly kept: KeepReason | undefined }[] => {
  let newest = 0
  return things
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map((thing) => {
      if (counts(thing)) newest += 1
      const kept: KeepReason | undefined =
        uses(thing).length > 0
          ? 'used'
          : counts(thing) && newest <= keep.count
            ? 'newest'
            : now - thing.createdAt < keep.for && !isUseless(thing)
              ? 'young'
              : undefined
      return { thing, kept }
    })
}

/** Which template versions may go, and why the others stay. */
export const sortVersions = (service: Service, facts: PruneFacts) =>
  sortByRetention(
    facts.versions.filter((version) => versionMaker(version, service.name) !== undefined),
    retentionOf(service),
    facts.now,
    (version) => usesOfVersion(facts, version),
  )

/** Which images may go once those versions are gone, and why the others stay. */
export const sortImages = (
  service: Service,
  facts: PruneFacts,
  going: readonly TemplateVersion[],
): readonly { readonly thing: Image; readonly kept: KeepReason | undefined }[] => {
  const left = { ...facts, versions: facts.versions.filter((version) => !going.includes(version)) }
  return sortByRetention(
    facts.images.filter((image) => isOwnImage(image, service.name) && ended(image)),
    retentionOf(service),
    facts.now,
    (image) => usesOfImage(left, image),
    // One that failed is no version that anybody could go back to.
    ({ state }) => state === 'available',
    // Its age keeps it for nobody, and while it is there its version cannot be baked again.
    isBroken,
  )
}

const goingOf = <T>(
  sorted: readonly { readonly thing: T; readonly kept: KeepReason | undefined }[],
  most: number,
) => {
  const all = sorted.flatMap(({ thing, kept }) => (kept === undefined ? [thing] : [])).toReversed()
  return { now: all.slice(0, most), later: Math.max(0, all.length - most) }
}

/** The plan of deleting what nobody needs any more, the oldest first, or that there is nothing. Pure. */
export const planPrune = (input: PlannerInput, facts: PruneFacts): Planned => {
  const { service } = input
  const keep = retentionOf(service)
  const versions = sortVersions(service, facts)
  const goingVersions = goingOf(versions, maxAtOnce.versions)
  const images = sortImages(service, facts, goingVersions.now)
  const goingImages = goingOf(images, maxAtOnce.images)
  const orphans = facts.snapshots.filter(
    (snapshot) =>
      isOwnSnapshot(snapshot, service.name) &&
      !facts.referencedSnapshots.has(snapshot.id) &&
      snapshot.state !== 'pending' &&
      facts.now - snapshot.startedAt >= keep.for,
  )
  const count = (why: KeepReason) => [...versions, ...images].filter(({ kept }) => kept === why).length
  const kept = { used: count('used'), newest: count('newest'), young: count('young') }
  const prune: PlannedPrune = {
    versions: goingVersions.now.map(({ templateId, templateName, number, imageId }) => ({
      templateId,
      templateName,
      number,
      ...(imageId !== undefined && { imageId }),
    })),
    images: goingImages.now.map((image) => ({
      id: image.id,
      name: image.name,
      createdAt: image.createdAt,
      operation: makerOf(image, service.name) ?? '',
      snapshots: image.snapshots,
      ...(image.sizeGiB !== undefined && { sizeGiB: image.sizeGiB }),
    })),
    snapshots: orphans.slice(0, maxAtOnce.snapshots).map(({ id, sizeGiB, tags }) => ({
      id,
      sizeGiB,
      operation: tags[ownTag.operation] ?? '',
    })),
    later: goingVersions.later + goingImages.later + Math.max(0, orphans.length - maxAtOnce.snapshots),
    kept,
  }
  const things = prune.versions.length + prune.images.length + prune.snapshots.length
  if (things === 0) {
    return failure(
      reason('nothing_to_prune', { service: service.name, ...kept, count: keep.count, after: keep.for }),
    )
  }
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: '',
    prune,
    confirm: true,
    tasks: expectedTasks(
      [
        ...(prune.versions.length > 0 ? [{ name: 'versions' as const, expected: 5 * second }] : []),
        ...(prune.images.length + prune.snapshots.length > 0
          ? [{ name: 'images' as const, expected: (prune.images.length * minute) / 2 + 5 * second }]
          : []),
      ],
      input.history,
    ),
    calls: [
      ...(prune.versions.length > 0 ? ['DeleteLaunchTemplateVersions'] : []),
      ...(prune.images.length > 0 ? ['DeregisterImage'] : []),
      ...(prune.images.length + prune.snapshots.length > 0 ? ['DeleteSnapshot'] : []),
    ],
    warnings: [],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}
