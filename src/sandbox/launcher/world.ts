import type { Aws } from '../aws'
import type { LiveClock } from '../clock'
import type { World } from '../control/world'

/** The simulated AWS and its clock, as the control routes see them. */
export function worldOf(aws: Aws, clock: LiveClock): World {
  const watchers = new Set<() => void>()
  let known = 0
  const faultsMayHaveChanged = (): void => {
    const count = aws.faults().length
    if (count === known) return
    known = count
    for (const watcher of watchers) watcher()
  }
  aws.onCall(faultsMayHaveChanged)
  return {
    fleet: () => aws.view(),
    calls: (since) => aws.calls(since),
    setFault(fault) {
      const id = aws.setFault(fault)
      faultsMayHaveChanged()
      return id
    },
    clearFaults(id) {
      aws.clearFaults(id)
      faultsMayHaveChanged()
    },
    faults: () => aws.faults(),
    onFaults(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    onChange: (watcher) => aws.onChange(watcher),
    onCall: (watcher) => aws.onCall(watcher),
    speed: () => clock.anchor.speed,
    setSpeed: (speed) => clock.setSpeed(speed),
  }
}
