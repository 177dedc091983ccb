import { versionOf } from '../ssm'
import { AwsError } from '../wire/error'
import type { World } from '../world'

const prefix = 'resolve:ssm:'

/** Whether a template names its image by a Systems Manager parameter. */
export const isAlias = (image: string | undefined): boolean => image?.startsWith(prefix) ?? false

/**
 * The image that a template's ImageId stands for: `resolve:ssm:name`, with `:version` or `:label` behind it where one is
 * named (Amazon EC2 user guide, "Use a Systems Manager parameter instead of an AMI ID in a launch template").
 */
export function imageOf(world: World, image: string): string {
  if (!isAlias(image)) return image
  const [name = '', version] = image.slice(prefix.length).split(':')
  const found = versionOf(world.parameters.get(name), version)
  if (!found)
    throw new AwsError(
      'InvalidParameterValue',
      `The SSM parameter '${image.slice(prefix.length)}' does not exist.`,
    )
  return found.value
}
