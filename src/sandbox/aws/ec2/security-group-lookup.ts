import { AwsError } from '../wire/error'
import type { World } from '../world'
import type { SecurityGroup } from './state'

/** The security group of an id, or EC2's error; one that is too fresh is not known yet. */
export function securityGroupOf(world: World, id: string, now: number): SecurityGroup {
  const group = world.securityGroups.get(id)
  if (!group || group.visibleAt > now)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
  return group
}

/** The group that AWS made with a VPC, and that what names no other one is in. */
export const defaultGroupOf = (world: World, vpc: string): SecurityGroup | undefined =>
  [...world.securityGroups.values()].find((group) => group.vpc === vpc && group.name === 'default')
