import type { Tags } from '../domain/provision/resources'

/**
 * Tags of things that are there: those of EC2 by their id, those of Elastic Load Balancing by their ARN. A group's are
 * put on by Groups. All methods throw AwsFailure.
 */
export interface Tagging {
  /** CreateTags, AddTags: these are put on or overwritten, others stay. */
  tag(idOrArn: string, tags: Tags): Promise<void>
  /** DeleteTags, RemoveTags; one that is not on, and a thing that is gone, are well. */
  untag(idOrArn: string, keys: readonly string[]): Promise<void>
}
