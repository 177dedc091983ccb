import type {
  LaunchTemplate as TemplateShape,
  LaunchTemplateVersion as VersionShape,
} from '@aws-sdk/client-ec2'
import { imageOf } from './parameters'
import type { Template, TemplateVersion } from './state'
import type { World } from '../world'
import { tagList } from './common'

export const defaultSeen = (template: Template, now: number) =>
  template.defaultSeenAt <= now ? template.default : template.formerDefault

function latestSeen(template: Template, now: number): number {
  let latest = template.latest
  while (latest > 1 && (template.versions.get(latest)?.visibleAt ?? Number.POSITIVE_INFINITY) > now)
    latest -= 1
  return latest
}

const creator = (world: World) => `arn:aws:iam::${world.account}:user/sandbox`

export function describeTemplate(world: World, template: Template, now: number): TemplateShape {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    CreateTime: new Date(template.createdAt),
    CreatedBy: creator(world),
    DefaultVersionNumber: defaultSeen(template, now),
    LatestVersionNumber: latestSeen(template, now),
    Tags: tagList(template.tags),
  }
}

export function describeVersion(
  world: World,
  template: Template,
  version: TemplateVersion,
  now: number,
  resolveAlias = false,
): VersionShape {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    VersionDescription: version.description,
    CreateTime: new Date(version.createdAt),
    CreatedBy: creator(world),
    DefaultVersion: version.number === defaultSeen(template, now),
    // What is requested is what is answered, member for member, as far as the simulator goes.
    LaunchTemplateData: resolveAlias ? resolved(world, version.data) : version.data,
  }
}

/** aws: DescribeLaunchTemplateVersions, ResolveAlias: the AMI ID of the parameter stands in the answer. */
const resolved = (world: World, data: TemplateVersion['data']) =>
  data.ImageId === undefined ? data : { ...data, ImageId: imageOf(world, data.ImageId) }
