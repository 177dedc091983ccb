import type { ForeignImage } from '../protocol'
import type { Image } from './ec2/state'
import type { Simulation } from './engine/simulation'

/**
 * Puts an image into the world that no call of this account could make: of another owner, of another architecture, or
 * encrypted by somebody's key. Gives its id.
 */
export function plantImage(sim: Simulation, wanted: ForeignImage): string {
  const { world } = sim
  const id = sim.newId('ami')
  const snapshot = id.replace('ami-', 'snap-')
  const at = sim.now
  const image: Image = {
    id,
    name: wanted.name,
    description: wanted.description ?? '',
    state: wanted.state ?? 'available',
    createdAt: at,
    visibleAt: at,
    snapshots: [snapshot],
    permissions: new Set(wanted.permissions ?? []),
    tags: new Map(Object.entries(wanted.tags ?? {})),
    ...(wanted.owner !== undefined && { owner: wanted.owner }),
    ...(wanted.architecture !== undefined && { architecture: wanted.architecture }),
    ...(wanted.encrypted !== undefined && { encrypted: wanted.encrypted }),
    ...(wanted.deprecatedAt !== undefined && { deprecatedAt: Date.parse(wanted.deprecatedAt) }),
  }
  world.images.set(id, image)
  world.snapshots.set(snapshot, {
    id: snapshot,
    volume: id.replace('ami-', 'vol-'),
    sizeGiB: 8,
    description: `Created by CreateImage for ${id}`,
    state: 'completed',
    startedAt: at,
    endsAt: at,
    visibleAt: at,
    tags: new Map(),
  })
  sim.changed()
  return id
}
