import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type DescribeLaunchTemplateVersionsRequest,
  type LaunchTemplateBlockDeviceMappingRequest,
  type LaunchTemplateVersion,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2'
import type { TemplateVersion } from '../../../domain/fleet/fleet'
import { AwsFailure } from '../../../ports/failure'
import type { Templates } from '../../../ports/templates'
import type { SdkClients } from '../client/sdk-clients'
import { clientToken, described, instantOf } from '../convert'
import { type AwsClient, refusedWith } from '../client/client'
import { pages } from '../client/pages'
import { createTemplateCreation } from './template-creation'
import { createVersionReader } from './version-reader'
import { isPermitted } from './dry-run'
import { requestData, unknownTemplate } from './template-data'
import { defined } from '../../../domain/defined'
import { canonicalJson } from '../../../domain/json'

/** How a template names a parameter (EC2 user guide, "Use a Systems Manager parameter instead of an AMI ID"). */
const alias = 'resolve:ssm:'

const deletion = 'DeleteLaunchTemplateVersions'

/** Launch templates. They change rarely and only by us or by hand, so every read is made anew. */
export function createTemplates(clients: SdkClients, aws: AwsClient): Templates {
  const { ec2 } = clients
  const told = (choice: DescribeLaunchTemplateVersionsRequest) =>
    pages(async (NextToken) => {
      const page = await aws.read('DescribeLaunchTemplateVersions', () =>
        ec2.send(new DescribeLaunchTemplateVersionsCommand({ ...choice, NextToken })),
      )
      return { items: page.LaunchTemplateVersions?.map(toVersion), next: page.NextToken }
    })

  /**
   * A version that names its image by a Systems Manager parameter is asked for once more, for what that stands for now
   * (API reference, DescribeLaunchTemplateVersions, ResolveAlias). One that does not stand for anything has no image.
   */
  const read = async (choice: DescribeLaunchTemplateVersionsRequest): Promise<TemplateVersion[]> => {
    const versions = await told(choice)
    if (!versions.some(({ imageId }) => imageId?.startsWith(alias))) return versions
    const resolved = await told({ ...choice, ResolveAlias: true }).catch((error: unknown) => {
      if (error instanceof AwsFailure && error.kind === 'refused') return []
      throw error
    })
    return versions.map(({ imageId, ...version }) => {
      if (!imageId?.startsWith(alias)) return defined({ ...version, imageId })
      const same = resolved.find(
        (one) => one.templateId === version.templateId && one.number === version.number,
      )
      return defined({ ...version, parameter: imageId.slice(alias.length), imageId: same?.imageId })
    })
  }

  const readVersion = createVersionReader((templateId, versions) =>
    read({ LaunchTemplateId: templateId, Versions: [...versions] }),
  )

  // What could not be deleted is told in an answer that is otherwise well; gone already is what was wanted.
  const remove = async (templateId: string, versions: readonly number[]) => {
    if (versions.length === 0) return []
    const input = { LaunchTemplateId: templateId, Versions: versions.map(String) }
    const { UnsuccessfullyDeletedLaunchTemplateVersions: left = [] } = await aws.change(deletion, () =>
      ec2.send(new DeleteLaunchTemplateVersionsCommand(input)),
    )
    return left
      .filter(({ ResponseError: error }) => error?.Code !== 'launchTemplateVersionDoesNotExist')
      .map(({ VersionNumber: number = 0, ResponseError: error }) => ({
        number,
        code: error?.Code ?? 'unexpectedError',
        words: error?.Message ?? '',
      }))
  }

  return {
    ...createTemplateCreation(clients, aws),

    version: (templateId, version) => readVersion(templateId, String(version)),

    versions: async (templateId) => {
      const all = await read({ LaunchTemplateId: templateId, MaxResults: 200 })
      return all.sort((a, b) => b.number - a.number)
    },

    everywhere: () => read({ Versions: ['$Default', '$Latest'], MaxResults: 200 }),

    idOf: async (name) => {
      // An empty list would describe every template.
      if (name === '') return undefined
      try {
        const { LaunchTemplates: found } = await aws.read('DescribeLaunchTemplates', () =>
          ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] })),
        )
        return found?.[0]?.LaunchTemplateId
      } catch (error) {
        if (refusedWith(error, unknownTemplate)) return undefined
        throw error
      }
    },

    /** What is not sent is taken from the source version; a version without a source holds nothing else. */
    createVersion: async ({ templateId, description, token, ...made }) => {
      const content =
        'data' in made
          ? { LaunchTemplateData: requestData(made.data) }
          : {
              SourceVersion: String(made.from),
              LaunchTemplateData: {
                ImageId: made.imageId,
                ...(made.devices !== undefined && {
                  BlockDeviceMappings: JSON.parse(made.devices) as LaunchTemplateBlockDeviceMappingRequest[],
                }),
              },
            }
      const { LaunchTemplateVersion: version } = await aws.change('CreateLaunchTemplateVersion', () =>
        ec2.send(
          new CreateLaunchTemplateVersionCommand({
            LaunchTemplateId: templateId,
            VersionDescription: described(description),
            ClientToken: clientToken(token),
            ...content,
          }),
        ),
      )
      return toVersion(version ?? {})
    },

    deleteVersion: async (templateId, version) => {
      const [left] = await remove(templateId, [version])
      if (left) throw new AwsFailure('refused', deletion, left.code, left.words)
    },

    deleteVersions: remove,

    setDefault: async (templateId, version, token) => {
      await aws.change('ModifyLaunchTemplate', () =>
        ec2.send(
          new ModifyLaunchTemplateCommand({
            LaunchTemplateId: templateId,
            DefaultVersion: String(version),
            ClientToken: clientToken(token),
          }),
        ),
      )
    },

    // Without a token: the real call is to be the first with it.
    mayCreateVersion: (templateId, from) =>
      isPermitted(() =>
        aws.read('CreateLaunchTemplateVersion', () =>
          ec2.send(
            new CreateLaunchTemplateVersionCommand({
              LaunchTemplateId: templateId,
              SourceVersion: String(from),
              // EC2 wants some data; without a version nothing of it is kept.
              LaunchTemplateData: { EbsOptimized: false },
              DryRun: true,
            }),
          ),
        ),
      ),

    maySetDefault: (templateId, version) =>
      isPermitted(() =>
        aws.read('ModifyLaunchTemplate', () =>
          ec2.send(
            new ModifyLaunchTemplateCommand({
              LaunchTemplateId: templateId,
              DefaultVersion: String(version),
              DryRun: true,
            }),
          ),
        ),
      ),
  }
}

const toVersion = (version: LaunchTemplateVersion): TemplateVersion =>
  defined({
    templateId: version.LaunchTemplateId ?? '',
    templateName: version.LaunchTemplateName ?? '',
    number: version.VersionNumber ?? 0,
    isDefault: version.DefaultVersion ?? false,
    imageId: version.LaunchTemplateData?.ImageId,
    description: version.VersionDescription,
    createdAt: instantOf(version.CreateTime),
    data: canonicalJson(version.LaunchTemplateData ?? {}),
  })
