import type { Group, GroupInstance } from '../../../../src/domain/fleet/fleet'
import type { FleetNow } from '../../../../src/domain/fleet/serving'

/** A group of this name with instances in these lifecycle states, healthy but for those named `sick`. */
export const groupOf = (
  name: string,
  lifecycles: readonly string[] = [],
  more: Partial<Group> = {},
): Group => ({
  name,
  min: 0,
  desired: lifecycles.filter((one) => one === 'InService' || one.startsWith('Pending')).length,
  max: 100,
  cooldown: 300,
  instances: lifecycles.map(
    (lifecycle, at): GroupInstance => ({
      id: `${name}-${String(at).padStart(3, '0')}`,
      zone: 'a',
      lifecycle: lifecycle === 'sick' ? 'InService' : lifecycle,
      healthy: lifecycle !== 'sick',
      protected: false,
    }),
  ),
  targetGroups: [],
  suspended: [],
  terminationPolicies: ['Default'],
  healthCheck: { types: ['EC2'], graceSeconds: 0 },
  tags: {},
  zones: ['a'],
  subnets: [],
  ...more,
})

export const fleetOf = (...of: Parameters<typeof groupOf>): FleetNow => ({
  group: groupOf(...of),
  targets: new Map(),
})
