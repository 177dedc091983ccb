import type { World } from '../world'
import type { Image } from './state'

/** The account that owns an image. */
export const ownerOf = (world: World, image: Image): string => image.owner ?? world.account

/** Whether this account may launch it: its own, a public one, or one that names it (user guide, "Shared AMIs"). */
export const mayLaunch = (world: World, image: Image): boolean =>
  ownerOf(world, image) === world.account ||
  image.permissions.has('all') ||
  image.permissions.has(world.account)
