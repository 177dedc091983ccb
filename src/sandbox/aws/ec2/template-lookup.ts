import { AwsError } from '../wire/error'
import type { Template, TemplateVersion } from './state'
import type { World } from '../world'

export interface TemplateName {
  readonly LaunchTemplateId?: string | undefined
  readonly LaunchTemplateName?: string | undefined
}

/** The template that a call names, by exactly one of id and name. Throws EC2's errors. */
export function templateOf(world: World, name: TemplateName, now: number): Template {
  const { LaunchTemplateId: id, LaunchTemplateName: called } = name
  if (id !== undefined && called !== undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      'The request may include only one of LaunchTemplateId and LaunchTemplateName',
    )
  if (id !== undefined) {
    if (!/^lt-[0-9a-f]{8,17}$/.test(id))
      throw new AwsError(
        'InvalidLaunchTemplateId.Malformed',
        `The launch template ID, '${id}', is malformed.`,
      )
    const template = world.templates.get(id)
    if (template && template.visibleAt <= now) return template
    throw new AwsError(
      'InvalidLaunchTemplateId.NotFound',
      `The specified launch template, with template ID ${id}, does not exist.`,
    )
  }
  if (called === undefined)
    throw new AwsError(
      'MissingParameter',
      'Either a launch template ID or a launch template name must be specified',
    )
  const template = templateNamed(world, called)
  if (template && template.visibleAt <= now) return template
  throw new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${called}, does not exist.`,
  )
}

export function templateNamed(world: World, name: string): Template | undefined {
  for (const template of world.templates.values()) if (template.name === name) return template
  return undefined
}

/** The highest number that still exists; numbers of deleted versions are not given again. */
const newestOf = (template: Template): number => Math.max(...template.versions.keys())

/** What `$Default`, `$Latest` or a number stands for in a template. */
export function numberOf(template: Template, version: string | undefined): number {
  if (version === undefined || version === '' || version === '$Default') return template.default
  return version === '$Latest' ? newestOf(template) : Number(version)
}

/** The version that a call names; none named is the default one. */
export function versionOf(
  world: World,
  name: TemplateName & { readonly Version?: string | undefined },
  now: number,
): TemplateVersion {
  const template = templateOf(world, name, now)
  const version = template.versions.get(numberOf(template, name.Version))
  if (!version || version.visibleAt > now) throw versionMissing(template.id, name.Version ?? '')
  return version
}

export const versionMissing = (id: string, version: string) =>
  new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find launch template version ${version} for launch template ${id}.`,
  )

/** The tags that a template version gives to one type of resource. */
export function templateTags(version: TemplateVersion, type: string): [string, string][] {
  return (version.data.TagSpecifications ?? [])
    .filter((specification) => specification.ResourceType === type)
    .flatMap((specification) => specification.Tags ?? [])
    .map((tag) => [tag.Key ?? '', tag.Value ?? ''])
}
