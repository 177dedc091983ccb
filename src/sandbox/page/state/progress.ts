import type { FleetView } from '../../protocol'
import { fleet } from './account'
import { readFleet } from './api'

const pace = 1000

const underWay = (view: FleetView | null): boolean =>
  view !== null &&
  (view.images.some((image) => image.state === 'pending') ||
    view.groups.some((group) => group.refresh !== undefined))

/**
 * Asks for the fleet each second while something goes on: the stream tells of changes, but how far an image or a
 * refresh is grows without one. Gives what stops it.
 */
export const followProgress = (): (() => void) => {
  const look = async () => {
    const held = fleet.value
    if (document.hidden || !underWay(held)) return
    const view = await readFleet()
    // What the stream has told meanwhile is newer than this answer may be.
    if (view && fleet.value === held) fleet.value = view
  }
  const timer = setInterval(() => void look(), pace)
  return () => clearInterval(timer)
}
