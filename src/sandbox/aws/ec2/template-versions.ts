import type { DescribeLaunchTemplateVersionsRequest } from '@aws-sdk/client-ec2'
import { AwsError } from '../wire/error'
import type { Template, TemplateVersion } from './state'
import type { World } from '../world'
import { select } from './filters'
import { numberOf, templateOf, versionMissing } from './template-lookup'

export interface FoundVersion {
  readonly template: Template
  readonly version: TemplateVersion
}

/** The versions that DescribeLaunchTemplateVersions asks for, newest first. */
export function findVersions(
  world: World,
  input: DescribeLaunchTemplateVersionsRequest,
  now: number,
): FoundVersion[] {
  const named = input.LaunchTemplateId !== undefined || input.LaunchTemplateName !== undefined
  if (!named) return acrossTemplates(world, input, now)
  const template = templateOf(world, input, now)
  const seen = [...template.versions.values()].filter((version) => version.visibleAt <= now)
  if (input.Versions?.length) {
    const wanted = input.Versions.map((asked) => {
      const number = numberOf(template, asked)
      const version = asked === '$Latest' ? seen.at(-1) : seen.find((one) => one.number === number)
      if (!version) throw versionMissing(template.id, asked)
      return version
    })
    return filtered(wanted, template, input)
  }
  const from = Number(input.MinVersion ?? 1)
  const to = Number(input.MaxVersion ?? template.latest)
  const within = seen.filter((version) => version.number >= from && version.number <= to).reverse()
  return filtered(within, template, input)
}

/** Without a template only `$Latest` and `$Default` of all templates can be asked for. */
function acrossTemplates(
  world: World,
  input: DescribeLaunchTemplateVersionsRequest,
  now: number,
): FoundVersion[] {
  if (!input.Versions?.length)
    throw new AwsError(
      'MissingParameter',
      'Either a launch template ID or a launch template name must be specified',
    )
  const asked = input.Versions
  if (asked.some((version) => version !== '$Latest' && version !== '$Default'))
    throw new AwsError(
      'InvalidParameterValue',
      'A launch template ID or name is required to describe versions by their number.',
    )
  return [...world.templates.values()]
    .filter((template) => template.visibleAt <= now)
    .flatMap((template) => {
      const wanted = asked.map((version) => template.versions.get(numberOf(template, version)))
      return filtered(
        wanted.filter((version) => version !== undefined),
        template,
        input,
      )
    })
}

function filtered(
  versions: readonly TemplateVersion[],
  template: Template,
  input: DescribeLaunchTemplateVersionsRequest,
): FoundVersion[] {
  const items = versions.map((version) => ({ template, version, tags: new Map<string, string>() }))
  return select(items, input.Filters, {
    'create-time': ({ version }) => [new Date(version.createdAt).toISOString()],
    'image-id': ({ version }) => [version.data.ImageId],
    'instance-type': ({ version }) => [version.data.InstanceType],
    'is-default-version': ({ version }) => [String(version.number === template.default)],
  })
}
