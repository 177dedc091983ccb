import { CreateTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-ec2'
import { AddTagsCommand, RemoveTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Tagging } from '../../ports/tagging'
import { unlessGone } from './client/answer'
import type { SdkClients } from './client/sdk-clients'
import type { ServiceClients } from './client/service-clients'
import { tagList } from './convert'

const gone = /^InvalidID$|NotFound(Exception)?$/

/** EC2 names its things by id, Elastic Load Balancing by ARN. */
export function createTagging({ ec2, elb }: SdkClients, services: ServiceClients): Tagging {
  const isElb = (idOrArn: string) => idOrArn.startsWith('arn:')

  return {
    tag: async (idOrArn, tags) => {
      const Tags = tagList(tags)
      // Neither takes an empty list.
      if (Tags.length === 0) return
      if (isElb(idOrArn)) {
        const input = { ResourceArns: [idOrArn], Tags }
        await services.elb.change('AddTags', () => elb.send(new AddTagsCommand(input)))
        return
      }
      const input = { Resources: [idOrArn], Tags }
      await services.ec2.change('CreateTags', () => ec2.send(new CreateTagsCommand(input)))
    },

    untag: async (idOrArn, keys) => {
      // EC2 takes all tags off where none is named (Amazon EC2 API reference, DeleteTags).
      if (keys.length === 0) return
      await unlessGone(gone, () => {
        if (isElb(idOrArn)) {
          const input = { ResourceArns: [idOrArn], TagKeys: [...keys] }
          return services.elb.change('RemoveTags', () => elb.send(new RemoveTagsCommand(input)))
        }
        const input = { Resources: [idOrArn], Tags: keys.map((Key) => ({ Key })) }
        return services.ec2.change('DeleteTags', () => ec2.send(new DeleteTagsCommand(input)))
      })
    },
  }
}
