import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import { imageOf } from '../ec2/parameters'
import { numberOf, templateOf } from '../ec2/template-lookup'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import type { Template, TemplateVersion } from '../ec2/state'
import type { World } from '../world'
import { mayLaunch } from '../ec2/image-access'
import { activeStatuses, type Refresh } from './refresh-state'
import type { LaunchSource, TemplateReference } from './launch-source'

/** A group's reference to a template, checked as Auto Scaling checks it. The version stays as it was written. */
export function referenceOf(
  world: World,
  wanted: LaunchTemplateSpecification,
  now: number,
): TemplateReference {
  const { Version, ...name } = wanted
  let template: Template
  try {
    template = templateOf(world, name, now)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw notWellFormed(error.message)
  }
  const number = numberOf(template, Version)
  const version = template.versions.get(number)
  if (!version || version.visibleAt > now)
    throw notWellFormed(
      `Could not find launch template version ${Version ?? number} for launch template ${template.id}.`,
    )
  checkData(world, version, now)
  return { id: template.id, name: template.name, ...(Version === undefined ? {} : { version: Version }) }
}

function checkData(world: World, version: TemplateVersion, now: number): void {
  const { ImageId, SecurityGroups, SecurityGroupIds, NetworkInterfaces } = version.data
  // https://github.com/hashicorp/terraform-provider-aws/issues/4570: AWS's words where it is not the names alone.
  if (NetworkInterfaces?.length && (SecurityGroups?.length || SecurityGroupIds?.length))
    throw new AwsError(
      'InvalidQueryParameter',
      'Invalid launch template: When a network interface is provided, the security groups must be a part of it.',
    )
  if (SecurityGroups?.length)
    throw notWellFormed('The parameter groupName cannot be used with the parameter subnet')
  if (!ImageId) throw notWellFormed('The request must contain the parameter ImageId')
  for (const id of SecurityGroupIds ?? []) {
    const group = world.securityGroups.get(id)
    if (!group || group.visibleAt > now) throw notWellFormed(`The security group '${id}' does not exist`)
  }
  const image = world.images.get(imageOf(world, ImageId))
  if (!image || image.state === 'deregistered' || !mayLaunch(world, image))
    throw notWellFormed(`The image id '[${ImageId}]' does not exist`)
}

const notWellFormed = (words: string) =>
  validationError(`You must use a valid fully-formed launch template. ${words}`)

/** The version that a reference stands for now; of a launch configuration what it holds. */
export function resolve(world: World, reference: LaunchSource): TemplateVersion | undefined {
  if (reference.configuration !== undefined) return world.launchConfigurations.get(reference.configuration)
  const template = world.templates.get(reference.id)
  return template?.versions.get(numberOf(template, reference.version))
}

/** The refresh that is under way in a group. */
export function activeRefresh(group: Group): Refresh | undefined {
  const last = group.refreshes.at(-1)
  return last && activeStatuses.has(last.status) ? last : undefined
}

/** What the group launches now: a refresh's configuration counts from its start, though it is not yet the group's. */
export function launchSource(group: Group): LaunchSource {
  const refresh = activeRefresh(group)
  return refresh && (refresh.desiredConfiguration || refresh.rollback) ? refresh.target : group.template
}

export const specification = (reference: TemplateReference): LaunchTemplateSpecification => ({
  LaunchTemplateId: reference.id,
  LaunchTemplateName: reference.name,
  ...(reference.version === undefined ? {} : { Version: reference.version }),
})

interface Source {
  readonly id: string
  readonly number: number | undefined
  /** Only instances of this type match it; of any, where it names none. */
  readonly type?: string | undefined
}

/** The template versions that a launch source stands for now: its own, and those of its overrides. */
export function sourcesOf(world: World, source: LaunchSource): readonly Source[] {
  const own = { id: source.id, number: resolve(world, source)?.number }
  const overrides = source.mixed?.overrides ?? []
  if (overrides.length === 0) return [own]
  return overrides.map(({ template, type }) => ({
    ...(template ? { id: template.id, number: resolve(world, template)?.number } : own),
    type,
  }))
}
