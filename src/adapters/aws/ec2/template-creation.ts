import {
  CreateLaunchTemplateCommand,
  type CreateLaunchTemplateCommandInput,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  type LaunchTemplate as AwsLaunchTemplate,
} from '@aws-sdk/client-ec2'
import type { LaunchTemplate, NewLaunchTemplate } from '../../../domain/provision/resources'
import type { Templates } from '../../../ports/templates'
import { answered, unlessGone } from '../client/answer'
import { type AwsClient, refusedWith } from '../client/client'
import type { SdkClients } from '../client/sdk-clients'
import { pages } from '../client/pages'
import { clientToken, described, literal, tagSpecifications, tagsOf } from '../convert'
import { dryRun } from './dry-run'
import { requestData, unknownTemplate } from './template-data'

const taken = /^InvalidLaunchTemplateName\.AlreadyExistsException$/

/** Launch templates as things that are made and deleted. */
export function createTemplateCreation(
  { ec2 }: SdkClients,
  aws: AwsClient,
): Pick<Templates, 'named' | 'tagged' | 'mayCreate' | 'create' | 'delete'> {
  return {
    named: async (name) => {
      // An empty list would describe every template.
      if (name === '') return undefined
      try {
        const { LaunchTemplates: found } = await aws.read('DescribeLaunchTemplates', () =>
          ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] })),
        )
        return found?.map(toTemplate)[0]
      } catch (error) {
        if (refusedWith(error, unknownTemplate)) return undefined
        throw error
      }
    },

    tagged: async (key, value) => {
      const found = await pages(async (NextToken) => {
        const page = await aws.read('DescribeLaunchTemplates', () =>
          ec2.send(
            new DescribeLaunchTemplatesCommand({
              Filters: [{ Name: `tag:${key}`, Values: [literal(value)] }],
              NextToken,
            }),
          ),
        )
        return { items: page.LaunchTemplates, next: page.NextToken }
      })
      return found.map(toTemplate)
    },

    mayCreate: (template) =>
      dryRun(taken, () =>
        aws.change('CreateLaunchTemplate', () =>
          // Without its token: the real call is to be the first with it.
          ec2.send(new CreateLaunchTemplateCommand({ ...creation(template), DryRun: true })),
        ),
      ),

    create: (template) =>
      answered({ exists: taken }, async () => {
        const input = { ...creation(template), ClientToken: clientToken(template.token) }
        const made = await aws.change('CreateLaunchTemplate', () =>
          ec2.send(new CreateLaunchTemplateCommand(input)),
        )
        return made.LaunchTemplate?.LaunchTemplateId ?? ''
      }),

    delete: (templateId) =>
      unlessGone(unknownTemplate, () =>
        aws.change('DeleteLaunchTemplate', () =>
          ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: templateId })),
        ),
      ),
  }
}

const creation = ({
  name,
  description,
  data,
  tags,
}: NewLaunchTemplate): CreateLaunchTemplateCommandInput => ({
  LaunchTemplateName: name,
  VersionDescription: described(description),
  LaunchTemplateData: requestData(data),
  ...tagSpecifications('launch-template', tags),
})

const toTemplate = (template: AwsLaunchTemplate): LaunchTemplate => ({
  id: template.LaunchTemplateId ?? '',
  name: template.LaunchTemplateName ?? '',
  defaultVersion: template.DefaultVersionNumber ?? 0,
  latestVersion: template.LatestVersionNumber ?? 0,
  tags: tagsOf(template.Tags),
})
