import type { Group, GroupInstance, Refresh, Target } from '../../../domain/fleet/fleet'
import type { Instant } from '../../../domain/time/time'

/** On its way in or out: the load balancer does not count on it, and what becomes of it shows in its lifecycle. */
const isTransitioning = ({ lifecycle }: GroupInstance): boolean =>
  lifecycle.startsWith('Pending') || lifecycle.startsWith('Terminating') || lifecycle.startsWith('Detach')

/** What of a group its target groups follow: the instances that are to serve, and how Auto Scaling finds them. */
export const servingFingerprint = ({ instances, targetGroups }: Group): string =>
  JSON.stringify([
    targetGroups,
    instances
      .filter((one) => !isTransitioning(one))
      .map(({ id, lifecycle, healthy }) => [id, lifecycle, healthy]),
  ])

/** Whether the group counts every instance that is to serve as healthy. */
export const isHealthy = ({ instances }: Group): boolean =>
  instances.every((instance) => instance.healthy || isTransitioning(instance))

/** Targets that stay as they are, as a rule: healthy, or on their way out. */
export const targetsQuiescent = (targets: readonly Target[]): boolean =>
  targets.some(({ state }) => state === 'healthy') &&
  targets.every(({ state }) => state === 'healthy' || state === 'draining')

/**
 * Whether a refresh cannot have succeeded since it was read, at `asOf`: instances are left to replace; or it had not
 * begun to bake when it was last seen at work (`atWork`), and the time it bakes is not over since (EC2 Auto Scaling API
 * reference, RefreshPreferences, BakeTime). That it may have failed is why the caller limits the age all the same.
 */
export function refreshQuiescent(
  refresh: Refresh,
  group: Group,
  atWork: Instant | undefined,
  now: Instant,
): boolean {
  const { status, version, bake = 0 } = refresh
  if (status !== 'InProgress' && status !== 'Baking') return false
  if (atWork !== undefined && now < atWork + bake) return true
  const left = group.instances.some((one) => !isTransitioning(one) && String(one.templateVersion) !== version)
  return status === 'InProgress' && version !== undefined && left
}
