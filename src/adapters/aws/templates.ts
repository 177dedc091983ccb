import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplateVersion,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2'
import type { TemplateVersion } from '../../domain/fleet'
import { AwsFailure } from '../../ports/failure'
import type { Templates } from '../../ports/templates'
import type { Clients } from './clients'
import { canonical, clientToken, defined, described, instantOf } from './convert'
import { type Line, refusedWith } from './line'
import { pages } from './pages'

/** The codes by which EC2 says that there is no such template or version (Amazon EC2 API reference, Error codes). */
const unknown = /^InvalidLaunchTemplate(Id|Name|Version)\.(NotFound|NotFoundException|VersionNotFound)$/

/** Launch templates. They change rarely and only by us or by hand, so every read is made anew. */
export function createTemplates({ ec2 }: Clients, line: Line): Templates {
  const read = (choice: { LaunchTemplateId: string; Versions?: string[]; MaxResults?: number }) =>
    pages(async (NextToken) => {
      const page = await line.read('DescribeLaunchTemplateVersions', () =>
        ec2.send(new DescribeLaunchTemplateVersionsCommand({ ...choice, NextToken })),
      )
      return { items: page.LaunchTemplateVersions?.map(toVersion), next: page.NextToken }
    })

  return {
    version: async (templateId, version) => {
      try {
        const [found] = await read({ LaunchTemplateId: templateId, Versions: [String(version)] })
        return found
      } catch (error) {
        if (refusedWith(error, unknown)) return undefined
        throw error
      }
    },

    versions: async (templateId) => {
      const all = await read({ LaunchTemplateId: templateId, MaxResults: 200 })
      return all.sort((a, b) => b.number - a.number)
    },

    idOf: async (name) => {
      // An empty list would describe every template.
      if (name === '') return undefined
      try {
        const { LaunchTemplates: found } = await line.read('DescribeLaunchTemplates', () =>
          ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] })),
        )
        return found?.[0]?.LaunchTemplateId
      } catch (error) {
        if (refusedWith(error, unknown)) return undefined
        throw error
      }
    },

    /** What is not sent is taken from the source version; a version without a source would hold nothing else. */
    createVersion: async ({ templateId, from, imageId, description, token }) => {
      const { LaunchTemplateVersion: made } = await line.change('CreateLaunchTemplateVersion', () =>
        ec2.send(
          new CreateLaunchTemplateVersionCommand({
            LaunchTemplateId: templateId,
            SourceVersion: String(from),
            VersionDescription: described(description),
            LaunchTemplateData: { ImageId: imageId },
            ClientToken: clientToken(token),
          }),
        ),
      )
      return toVersion(made ?? {})
    },

    deleteVersion: async (templateId, version) => {
      const action = 'DeleteLaunchTemplateVersions'
      const input = { LaunchTemplateId: templateId, Versions: [String(version)] }
      const { UnsuccessfullyDeletedLaunchTemplateVersions: left = [] } = await line.change(action, () =>
        ec2.send(new DeleteLaunchTemplateVersionsCommand(input)),
      )
      // What could not be deleted is told in an answer that is otherwise well; gone already is what was wanted.
      const error = left[0]?.ResponseError
      if (error !== undefined && error.Code !== 'launchTemplateVersionDoesNotExist')
        throw new AwsFailure('refused', action, error.Code ?? 'unexpectedError', error.Message ?? '')
    },

    setDefault: async (templateId, version, token) => {
      await line.change('ModifyLaunchTemplate', () =>
        ec2.send(
          new ModifyLaunchTemplateCommand({
            LaunchTemplateId: templateId,
            DefaultVersion: String(version),
            ClientToken: clientToken(token),
          }),
        ),
      )
    },
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
    data: canonical(version.LaunchTemplateData ?? {}),
  })
