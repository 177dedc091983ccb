import { type FleetNow, isServing, isShort } from './serving'

/** What AWS's events name: a group, or an image. */
export type EventSubject = `group ${string}` | `image ${string}`

export const groupSubject = (name: string): EventSubject => `group ${name}`
export const imageSubject = (id: string): EventSubject => `image ${id}`

/**
 * Whether AWS sends an event of what a fleet's change comes to next: an instance is on its way in or out, or one is
 * missing, which Auto Scaling launches. Of target health and of Standby there is no event (EC2 Auto Scaling events
 * reference), so none of that may be awaited.
 */
export const isAnnounced = (fleet: FleetNow): boolean => {
  const { instances } = fleet.group
  const moves = instances.some(({ lifecycle }) => /^(Pending|Terminating|Detaching)/.test(lifecycle))
  return (moves || isShort(fleet)) && allServe(fleet)
}

/** Whether every instance in service serves, and none is on its way into Standby. */
export const allServe = (fleet: FleetNow): boolean =>
  fleet.group.instances.every(
    (one) => one.lifecycle !== 'EnteringStandby' && (one.lifecycle !== 'InService' || isServing(fleet, one)),
  )
