import type { Service } from '../../domain/catalogue/catalogue'
import type { Image } from '../../domain/fleet/fleet'
import { ownTag } from '../../domain/images/own'
import { imageName, newestPattern } from '../../domain/images/image-names'
import type { Account } from '../../ports/account'

/** A service's images: those of its name, those that the newest is chosen of, and all that Rollcall made for it. */
export const serviceImages = async (account: Account, service: Service): Promise<readonly Image[]> => {
  const { image } = service
  const patterns = image ? [...new Set([imageName(image.name, '*'), newestPattern(image)])] : []
  const found = await Promise.all([
    ...patterns.map((pattern) => account.images.named(pattern)),
    account.images.tagged(ownTag.service, service.name),
  ])
  const known = new Map(found.flat().map((one) => [one.id, one]))
  return [...known.values()].filter(({ state }) => state !== 'deregistered')
}
