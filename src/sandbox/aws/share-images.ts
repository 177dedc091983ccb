import type { Image } from './ec2/state'
import { ownerOf } from './ec2/image-access'
import type { Aws } from './index'

/**
 * Lets one simulated account see what another one shares with it, from now on: images with a launch permission for it
 * or for everybody. User-defined tags of a shared image are its owner's alone (EC2 user guide, "Shared AMI usage in
 * Amazon EC2": "your user-defined tags can't be viewed"); who may launch it loses sight of it with the permission, and
 * instances that run stay.
 */
export const shareImages = (from: Aws, to: Aws): void => {
  const { account } = to.world
  const isShared = (image: Image) =>
    ownerOf(from.world, image) === from.world.account &&
    (image.permissions.has(account) || image.permissions.has('all'))
  const mirror = () => {
    for (const image of to.world.images.values()) {
      const gone = !from.world.images.has(image.id) && ownerOf(to.world, image) === from.world.account
      if (gone) to.world.images.delete(image.id)
    }
    for (const image of from.world.images.values()) {
      const known = to.world.images.get(image.id)
      // What is no longer shared is kept as it is, and `permissions` hides it.
      if (known) Object.assign(known, { state: image.state })
      else if (isShared(image))
        to.world.images.set(image.id, { ...image, owner: from.world.account, tags: new Map() })
    }
  }
  mirror()
  from.onChange(mirror)
}
