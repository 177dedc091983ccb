import type { Aws } from '../aws'
import { plantImage } from '../aws/seed-image'
import type { LiveClock } from '../clock'
import type { World } from '../control/world'

interface Around {
  /** Is told when backups are switched. */
  readonly onBackups?: (on: boolean) => void
  /** Where the load balancers answer. */
  readonly balancersUrl?: string
}

/** The simulated AWS and its clock, as the control routes see them. */
export function worldOf(aws: Aws, clock: LiveClock, { onBackups, balancersUrl }: Around = {}): World {
  const faultWatchers = new Set<() => void>()
  const changeWatchers = new Set<() => void>()
  const changed = (): void => {
    for (const watcher of changeWatchers) watcher()
  }
  let known = 0
  const faultsChanged = (): void => {
    known = aws.faults().length
    for (const watcher of faultWatchers) watcher()
  }
  // A call may use up the last time of a fault.
  aws.onCall(() => {
    if (aws.faults().length !== known) faultsChanged()
  })
  aws.onChange(changed)
  return {
    fleet: () => aws.view(),
    traffic() {
      const { loadBalancers, ...rest } = aws.traffic.view()
      if (balancersUrl === undefined) return { loadBalancers, ...rest }
      return {
        ...rest,
        loadBalancers: loadBalancers.map((one) => ({ ...one, address: `${balancersUrl}${one.path}` })),
      }
    },
    setTraffic(loadBalancer, demand) {
      const found = aws.traffic.setCustomers(loadBalancer, demand)
      if (found) changed()
      return found
    },
    calls: (since) => aws.calls(since),
    setFault(fault) {
      const id = aws.setFault(fault)
      faultsChanged()
      return id
    },
    clearFaults(id) {
      aws.clearFaults(id)
      faultsChanged()
    },
    plantImage: (image) => plantImage(aws.simulation, image),
    faults: () => aws.faults(),
    onFaults(watcher) {
      faultWatchers.add(watcher)
      return () => faultWatchers.delete(watcher)
    },
    onChange(watcher) {
      changeWatchers.add(watcher)
      return () => changeWatchers.delete(watcher)
    },
    onCall: (watcher) => aws.onCall(watcher),
    shownAt: (real) => clock.shownAt(real),
    speed: () => clock.anchor.speed,
    setSpeed(speed) {
      clock.setSpeed(speed)
      changed()
    },
    setBackups(on) {
      if (on) aws.backups.start()
      else aws.backups.stop()
      onBackups?.(on)
      changed()
    },
  }
}
