import type { Group } from '../fleet/fleet'
import { type Reason, reason } from '../reasons/reason'
import { active } from '../fleet/serving'

/** What room there is for more instances of a group, as far as AWS told. */
export interface HeadroomLeft {
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
export const vcpusLeft = ({ quota, used }: NonNullable<HeadroomLeft['vcpus']>): number =>
  Math.max(0, quota - used)

/** What is too little of for the group to be of so many instances. Pure. */
export const headroomProblems = (
  headroom: HeadroomLeft,
  group: Group,
  desired: number,
): readonly Reason[] => {
  const more = desired - active(group).length
  const { addresses, vcpus } = headroom
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
