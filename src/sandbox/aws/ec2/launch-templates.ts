import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Template, TemplateVersion } from './state'
import { byIds, ec2Page, stopDryRun, TokenBook, tagList, tagsFor } from './common'
import { select } from './filters'
import { templateNamed, templateOf, versionMissing, versionOf } from './template-lookup'
import { defaultSeen, describeTemplate, describeVersion } from './template-shapes'
import { addVersion, createTemplate } from './template-store'
import { findVersions } from './template-versions'

const nameRule = /^[a-zA-Z0-9().\-/_]{3,128}$/

const mostVersions = 10_000

const pageBounds = [1, 200] as const

const templates = new TokenBook<Template>()

const versions = new TokenBook<TemplateVersion>()

const defaults = new TokenBook<number>()

export const launchTemplateHandlers = {
  CreateLaunchTemplate(sim, input) {
    const name = input.LaunchTemplateName
    if (!nameRule.test(name))
      throw new AwsError(
        'InvalidLaunchTemplateName.MalformedException',
        'A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.',
      )
    refuseEmpty(input.LaunchTemplateData)
    const tags = tagsFor(input.TagSpecifications, 'launch-template', ['launch-template'])
    stopDryRun(input)
    const { ClientToken, ...request } = input
    const template = templates.once(sim, ClientToken, request, () => {
      if (templateNamed(sim.world, name))
        throw new AwsError(
          'InvalidLaunchTemplateName.AlreadyExistsException',
          `Launch template name already in use.`,
        )
      return createTemplate(sim, name, tags, input.LaunchTemplateData, input.VersionDescription)
    })
    return { LaunchTemplate: describeTemplate(sim.world, template, sim.now) }
  },

  /**
   * Without SourceVersion the version holds only what is sent; with it, what is sent replaces whole members of the
   * source, and the snapshots of its block devices are not inherited.
   */
  CreateLaunchTemplateVersion(sim, input) {
    const template = templateOf(sim.world, input, sim.now)
    const { ClientToken, ...request } = input
    stopDryRun(input)
    const version = versions.once(sim, ClientToken, request, () => {
      if (template.versions.size >= mostVersions)
        throw new AwsError(
          'MaxTemplateVersionLimitExceeded',
          'You have reached the maximum number of versions for this launch template.',
        )
      let inherited: RequestLaunchTemplateData = {}
      if (input.SourceVersion !== undefined) {
        const reference = { LaunchTemplateId: template.id, Version: input.SourceVersion }
        inherited = withoutSnapshots(versionOf(sim.world, reference, sim.now).data)
      } else refuseEmpty(input.LaunchTemplateData)
      return addVersion(
        sim,
        template,
        { ...inherited, ...input.LaunchTemplateData },
        input.VersionDescription,
      )
    })
    return {
      LaunchTemplateVersion: describeVersion(sim.world, template, version, sim.now, input.ResolveAlias),
    }
  },

  ModifyLaunchTemplate(sim, input) {
    const template = templateOf(sim.world, input, sim.now)
    const { ClientToken, ...request } = input
    const wanted = input.DefaultVersion
    if (wanted === undefined) return { LaunchTemplate: describeTemplate(sim.world, template, sim.now) }
    const version = template.versions.get(Number(wanted))
    if (!/^\d+$/.test(wanted) || !version || version.visibleAt > sim.now)
      throw versionMissing(template.id, wanted)
    stopDryRun(input)
    defaults.once(sim, ClientToken, request, () => {
      template.formerDefault = defaultSeen(template, sim.now)
      template.default = version.number
      template.defaultSeenAt = sim.now + sim.draw('visibility')
      return version.number
    })
    return {
      LaunchTemplate: {
        ...describeTemplate(sim.world, template, sim.now),
        DefaultVersionNumber: template.default,
      },
    }
  },

  DeleteLaunchTemplate(sim, input) {
    const template = templateOf(sim.world, input, sim.now)
    stopDryRun(input)
    sim.world.templates.delete(template.id)
    return { LaunchTemplate: describeTemplate(sim.world, template, sim.now) }
  },

  DeleteLaunchTemplateVersions(sim, input) {
    if (input.Versions.length > 200)
      throw new AwsError('InvalidParameterValue', 'At most 200 versions can be deleted in one call.')
    const template = templateOf(sim.world, input, sim.now)
    stopDryRun(input)
    const names = { LaunchTemplateId: template.id, LaunchTemplateName: template.name }
    const done: { VersionNumber: number }[] = []
    const failed: {
      VersionNumber: number
      Code: 'launchTemplateVersionDoesNotExist' | 'unexpectedError'
      Message: string
    }[] = []
    for (const VersionNumber of input.Versions.map(Number)) {
      if (VersionNumber === template.default)
        throw new AwsError(
          'OperationNotPermitted',
          `The default version of the launch template ${template.id} cannot be deleted.`,
        )
      if (template.versions.delete(VersionNumber)) done.push({ VersionNumber })
      else
        failed.push({
          VersionNumber,
          Code: 'launchTemplateVersionDoesNotExist',
          Message: `Could not find launch template version ${VersionNumber} for launch template ${template.id}.`,
        })
    }
    return {
      SuccessfullyDeletedLaunchTemplateVersions: done.map((one) => ({ ...names, ...one })),
      UnsuccessfullyDeletedLaunchTemplateVersions: failed.map(({ Code, Message, VersionNumber }) => ({
        ...names,
        VersionNumber,
        ResponseError: { Code, Message },
      })),
    }
  },

  DescribeLaunchTemplates({ world, now }, input) {
    stopDryRun(input)
    const byName = input.LaunchTemplateNames?.map((name) =>
      templateOf(world, { LaunchTemplateName: name }, now),
    )
    const known =
      byName ??
      byIds(
        world.templates,
        input.LaunchTemplateIds,
        now,
        (ids) =>
          new AwsError(
            'InvalidLaunchTemplateId.NotFound',
            `One or more of the launch template IDs, ${ids}, does not exist.`,
          ),
      )
    const found = select(known, input.Filters, {
      'launch-template-name': (template) => [template.name],
      'create-time': (template) => [new Date(template.createdAt).toISOString()],
    })
    const { items, next } = ec2Page(found, input, pageBounds)
    return {
      LaunchTemplates: items.map((template) => describeTemplate(world, template, now)),
      NextToken: next,
    }
  },

  DescribeLaunchTemplateVersions({ world, now }, input) {
    stopDryRun(input)
    const found = findVersions(world, input, now)
    const { items, next } = ec2Page(found, input, pageBounds)
    return {
      LaunchTemplateVersions: items.map(({ template, version }) =>
        describeVersion(world, template, version, now, input.ResolveAlias),
      ),
      NextToken: next,
    }
  },

  GetLaunchTemplateData({ world, now }, input) {
    stopDryRun(input)
    const instance = world.instances.get(input.InstanceId)
    if (!instance || instance.visibleAt > now)
      throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${input.InstanceId}' does not exist`)
    return {
      LaunchTemplateData: {
        ImageId: instance.imageId,
        InstanceType: instance.type as NonNullable<RequestLaunchTemplateData['InstanceType']>,
        KeyName: instance.keyName,
        SecurityGroupIds: [...instance.securityGroups],
        TagSpecifications: [{ ResourceType: 'instance', Tags: tagList(instance.tags) }],
        BlockDeviceMappings: [],
        Monitoring: { Enabled: false },
        Placement: { AvailabilityZone: instance.zone, Tenancy: 'default' },
        DisableApiTermination: instance.protectedFromTermination,
      },
    }
  },
} satisfies Ec2Handlers

function refuseEmpty(data: RequestLaunchTemplateData | undefined): void {
  if (!data || Object.keys(data).length === 0)
    throw new AwsError('MissingParameter', 'The request must contain the parameter LaunchTemplateData')
}

function withoutSnapshots(data: RequestLaunchTemplateData): RequestLaunchTemplateData {
  if (!data.BlockDeviceMappings) return data
  const mappings = data.BlockDeviceMappings.map((mapping) => {
    if (!mapping.Ebs) return mapping
    const { SnapshotId: _, ...Ebs } = mapping.Ebs
    return { ...mapping, Ebs }
  })
  return { ...data, BlockDeviceMappings: mappings }
}
