import type { Service } from '../domain/catalogue'
import type { Image } from '../domain/fleet'
import { isOwnImage } from '../domain/images/own'
import { usesOfImage } from '../domain/images/uses'
import { judgeImages, judgeVersions, keepOf, type PruneFacts } from '../domain/planning/prune'
import { newerImage } from '../domain/planning/newest'
import { reason } from '../domain/reasons'
import { minute } from '../domain/time'
import { newestPattern, versionIn } from '../domain/versions'
import type { ImageNow, ImagesNow } from '../messages/images'
import type { Account } from '../ports/account'
import { gatherUses } from '../procedures/parts/gather-uses'
import { refreshedGroup } from '../procedures/parts/refreshed-group'
import { serviceImages } from '../procedures/parts/service-images'
import type { Workshop } from './worker'

/** Images that were read so lately will do: they were, a moment ago. */
const lookAtImages = { maxAge: minute / 2 }

type Bench = Pick<Workshop, 'catalogue' | 'accounts' | 'journal' | 'clock'>

export const noImages = (service: string): ImagesNow => ({
  service,
  images: [],
  versions: { count: 0, prunable: 0 },
  keep: keepOf({}),
})

/** The images of a service, newest first, with all that needs each of them. Rejects with AwsFailure. */
export const imagesNow = async (
  { catalogue, accounts, journal, clock }: Bench,
  name: string,
): Promise<ImagesNow> => {
  const nothing = noImages(name)
  const service = catalogue.services.get(name)
  if (!service) return { ...nothing, trouble: reason('unknown_service', { service: name }) }
  if (!service.image) return { ...nothing, trouble: reason('no_newest_source', { service: name }) }
  const account = accounts(service.where)
  const now = clock.now()
  const images = await serviceImages(account, service)
  const ids = images.map(({ id }) => id)
  const found = await gatherUses({ service, account, journal, now }, ids)
  if (!found.ok) return { ...nothing, trouble: found.reason }
  const uses = found.value
  const facts: PruneFacts = { ...uses, now, images, snapshots: [], held: new Set() }
  const going = judgeVersions(service, facts).flatMap(({ thing, kept }) =>
    kept === undefined ? [thing] : [],
  )
  const prunable = new Set(
    judgeImages(service, facts, going).flatMap(({ thing, kept }) => (kept === undefined ? [thing.id] : [])),
  )
  const { name: pattern } = service.image
  const told = images
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map((image): ImageNow => {
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
  const newer = await newerThanLaunched(account, service, facts)
  return {
    service: name,
    images: told,
    versions: { count: facts.versions.length, prunable: going.length },
    keep: keepOf(service),
    ...(newer && { newer: newer.name }),
  }
}

/** What a refresh would move to, where that is another image than is launched now. */
const newerThanLaunched = async (
  account: Account,
  service: Service,
  { versions }: Pick<PruneFacts, 'versions'>,
): Promise<Image | undefined> => {
  const group = await refreshedGroup(account, service)
  if (!group.ok || !group.value.template || !service.image) return undefined
  const { id, pin } = group.value.template
  const own = versions.filter(({ templateId }) => templateId === id)
  const [latest] = own.toSorted((a, b) => b.number - a.number)
  const launched = pin === '$Latest' ? latest : own.find(({ isDefault }) => isDefault)
  const [current] = launched?.imageId ? await account.images.byId([launched.imageId], lookAtImages) : []
  if (!current) return undefined
  return newerImage(service, current, await account.images.named(newestPattern(service.image), lookAtImages))
}
