import { accountsElsewhere } from '../accounts-elsewhere'
import type { Service } from '../../domain/catalogue/catalogue'
import type { Image } from '../../domain/fleet/fleet'
import { isOwnImage } from '../../domain/images/own'
import { usesOfImage } from '../../domain/images/uses'
import { sortImages, sortVersions, retentionOf, type PruneFacts } from '../../domain/images/plan-prune'
import { newerImage } from '../../domain/images/plan-image-update'
import { takenBack } from '../../domain/images/taken-back'
import { reason } from '../../domain/reasons/reason'
import { minute } from '../../domain/time/time'
import { newestPattern, versionIn } from '../../domain/images/image-names'
import type { Account } from '../../ports/account'
import { gatherUses } from '../../facts/images/gather-uses'
import { updatedGroup } from '../../facts/images/updated-group'
import { serviceImages } from '../../facts/images/service-images'
import type { WorkerDeps } from '../deps'
import type { ImageEntry, ImageInventory } from '../../domain/images/inventory'

/** Images that were read so lately will do: they were, a moment ago. */
const cachedImages = { maxAge: minute / 2 }

type ImageQueryDeps = Pick<WorkerDeps, 'catalogue' | 'accounts' | 'journal' | 'clock'>

export const emptyInventory = (service: string): ImageInventory => ({
  service,
  images: [],
  versions: { count: 0, prunable: 0 },
  keep: retentionOf({}),
})

/** The images of a service, newest first, with all that needs each of them. Rejects with AwsFailure. */
export const imageInventory = async (
  { catalogue, accounts, journal, clock }: ImageQueryDeps,
  name: string,
): Promise<ImageInventory> => {
  const nothing = emptyInventory(name)
  const service = catalogue.services.get(name)
  if (!service) return { ...nothing, error: reason('unknown_service', { service: name }) }
  if (!service.image) return { ...nothing, error: reason('no_newest_source', { service: name }) }
  const account = accounts(service.where)
  const now = clock.now()
  const images = await serviceImages(account, service)
  const ids = images.map(({ id }) => id)
  const elsewhere = accountsElsewhere({ catalogue, accounts }, service)
  const found = await gatherUses({ service, account, elsewhere, journal, now }, ids)
  if (!found.ok) return { ...nothing, error: found.reason }
  const uses = found.value
  const facts: PruneFacts = { ...uses, now, images, snapshots: [], referencedSnapshots: new Set() }
  const unused = sortVersions(service, facts).flatMap(({ thing, kept: keptFor }) =>
    keptFor === undefined ? [thing] : [],
  )
  const prunable = new Set(
    sortImages(service, facts, unused).flatMap(({ thing, kept: keptFor }) =>
      keptFor === undefined ? [thing.id] : [],
    ),
  )
  const { name: pattern } = service.image
  const byNewest = images
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map((image): ImageEntry => {
      const version = versionIn(pattern, image.name)
      return {
        id: image.id,
        name: image.name,
        createdAt: image.createdAt,
        state: image.state,
        deprecated: image.deprecated,
        own: isOwnImage(image, name),
        backup: Object.keys(image.tags).some((key) => key.startsWith('aws:backup:')),
        prunable: prunable.has(image.id),
        uses: prunable.has(image.id) ? [] : usesOfImage(facts, image),
        ...(version !== undefined && { version }),
        ...(image.sizeGiB !== undefined && { sizeGiB: image.sizeGiB }),
      }
    })
  const back = takenBack(service, await journal.readableHistory(name, 50))
  const newer = await newerThanLaunched(account, service, facts, back)
  return {
    service: name,
    images: byNewest,
    versions: { count: facts.versions.length, prunable: unused.length },
    keep: retentionOf(service),
    ...(newer && { newer: newer.name }),
  }
}

/** What an image update would move to, where that is another image than is launched now. */
const newerThanLaunched = async (
  account: Account,
  service: Service,
  { versions }: Pick<PruneFacts, 'versions'>,
  back: ReadonlySet<string>,
): Promise<Image | undefined> => {
  const group = await updatedGroup(account, service)
  if (!group.ok || !group.value.template || !service.image) return undefined
  const { id, pin } = group.value.template
  const own = versions.filter(({ templateId }) => templateId === id)
  const [latest] = own.toSorted((a, b) => b.number - a.number)
  const launched = pin === '$Latest' ? latest : own.find(({ isDefault }) => isDefault)
  const [current] = launched?.imageId ? await account.images.byId([launched.imageId], cachedImages) : []
  if (!current) return undefined
  const named = await account.images.named(newestPattern(service.image), cachedImages)
  return newerImage(
    service,
    current,
    named.filter((image) => !back.has(image.name)),
  )
}
