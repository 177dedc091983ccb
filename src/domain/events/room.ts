import type { Group } from '../fleet'
import { type Reason, reason } from '../reasons'
import { active } from '../serving'

/** What room there is for more instances of a group, as far as AWS told. */
export interface RoomLeft {
  /** Free addresses of the group's subnets, all together. */
  readonly addresses?: number
  readonly vcpus?: {
    readonly type: string
    /** What one instance takes. */
    readonly each: number
    readonly quota: number
    readonly used: number
  }
  /** Why of what AWS did not tell. */
  readonly unknown: readonly Reason[]
}

/** vCPUs that may still be launched. */
export const vcpusLeft = ({ quota, used }: NonNullable<RoomLeft['vcpus']>): number =>
  Math.max(0, quota - used)

/** What is too little of for the group to be of so many instances. */
export const roomTroubles = (room: RoomLeft, group: Group, desired: number): readonly Reason[] => {
  const more = desired - active(group).length
  const { addresses, vcpus } = room
  if (more <= 0) return []
  return [
    ...(addresses !== undefined && addresses < more
      ? [reason('addresses_short', { group: group.name, need: more, left: addresses })]
      : []),
    ...(vcpus && vcpusLeft(vcpus) < more * vcpus.each
      ? [
          reason('vcpus_short', {
            type: vcpus.type,
            need: more * vcpus.each,
            left: vcpusLeft(vcpus),
            quota: vcpus.quota,
          }),
        ]
      : []),
  ]
}
