import type { TimelineEntry } from '../../src/sandbox/aws/engine/simulation'
import { covered } from './critical-path'

/** What a fleet was built of, by the ids of the simulator. */
export interface Built {
  readonly loadBalancer: string
  /** The image that was baked for it, where one was. */
  readonly image?: string
  readonly group: string
  readonly instances: ReadonlySet<string>
  /** How long the new fleet is watched, in milliseconds. */
  readonly watched: number
}

/**
 * What a fleet takes that is built side by side (docs/bench.md), in milliseconds: its load balancer, or its image, the
 * group's reaction, the boots and the first health checks, whichever is longer; then the time for which it is watched.
 */
export const leastTime = (timeline: readonly TimelineEntry[], built: Built): number => {
  const of = (holds: (entry: TimelineEntry) => boolean) => covered(timeline.filter(holds))
  const balancer = of(({ kind, id }) => kind === 'load-balancer' && id === built.loadBalancer)
  const image = of(({ kind, id }) => kind === 'image' && id === built.image)
  const launch = of(
    ({ kind, id }) =>
      (kind === 'reaction' && id === built.group) ||
      ((kind === 'boot' || kind === 'health') && built.instances.has(id)),
  )
  return Math.max(balancer, image + launch) + built.watched
}
