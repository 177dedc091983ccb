import type { FleetView, GroupView, InstanceView } from '../../../src/sandbox/protocol'
import type { Sandbox } from './sandbox'

/** A group of the fleet; a surprise where there is none of that name. */
export const groupOf = (fleet: FleetView, name = 'Web-ASG'): GroupView => {
  const group = fleet.groups.find((one) => one.name === name)
  if (!group) throw new Error(`there is no group ${name}`)
  return group
}

/** The instances of a group. */
export const instancesOf = (fleet: FleetView, name = 'Web-ASG'): readonly InstanceView[] => {
  const { instances } = groupOf(fleet, name)
  return fleet.instances.filter((one) => instances.includes(one.id))
}

/** How many targets of a target group are healthy. */
export const healthyOf = (fleet: FleetView, name = 'Web-TG'): number =>
  fleet.targetGroups
    .filter((one) => one.name === name)
    .flatMap(({ targets }) => targets)
    .filter((target) => target.state === 'healthy').length

/**
 * How the group `Web-ASG` and its template stand, in words that do not name instances: to be compared. Those that
 * leave are not counted: they drain for minutes after all is done.
 */
export const shapeOf = (fleet: FleetView) => {
  const { min, desired, max, cooldown, templatePin, suspended, terminationPolicies } = groupOf(fleet)
  const template = fleet.templates.find(({ name }) => name === 'Web')
  return {
    min,
    desired,
    max,
    cooldown,
    templatePin,
    terminationPolicies,
    suspended: [...suspended].sort(),
    default: template?.default,
    instances: instancesOf(fleet)
      .filter(({ lifecycle = '' }) => !lifecycle.startsWith('Terminat'))
      .map(({ imageName, lifecycle, templateVersion }) => [imageName, lifecycle, templateVersion].join(' ')),
    healthy: healthyOf(fleet),
  }
}

/** Looks at the fleet again and again, and remembers how few healthy targets there ever were. */
export const watchFleet = (sandbox: Sandbox, targetGroup = 'Web-TG') => {
  const healthy: number[] = []
  const stopping = new AbortController()
  const look = async () => {
    while (!stopping.signal.aborted) {
      healthy.push(healthyOf(await sandbox.fleet(), targetGroup))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const looking = look()
  return {
    /** Looks no more; gives how often it has looked, and the fewest healthy targets it saw. */
    stop: async () => {
      stopping.abort()
      await looking
      return { looks: healthy.length, fewest: Math.min(...healthy) }
    },
  }
}
