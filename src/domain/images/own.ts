import type { Image, Snapshot, TemplateVersion } from '../fleet/fleet'
import { type OperationId, serviceOf } from '../operation/id'

/** The tags of all that an operation makes. */
export const ownTag = {
  operation: 'rollcall:operation',
  service: 'rollcall:service',
  version: 'rollcall:version',
} as const

type Tagged = Pick<Image, 'tags'>

/** The operation of a service that made a thing, by its tags; undefined for what Rollcall did not make for it. */
export const makerOf = ({ tags }: Tagged, service: string): OperationId | undefined => {
  const operation = tags[ownTag.operation]
  const own = tags[ownTag.service] === service && operation !== undefined && serviceOf(operation) === service
  // AWS Backup copies an instance's tags to its images, ours too, and adds its own (AWS Backup developer guide, tags).
  const others = Object.keys(tags).some((key) => key.startsWith('aws:'))
  return own && !others ? operation : undefined
}

/** Whether Rollcall baked this image for the service: by its tags, and by the version in its name. */
export const isOwnImage = (image: Pick<Image, 'tags' | 'name'>, service: string): boolean => {
  const version = image.tags[ownTag.version]
  return makerOf(image, service) !== undefined && version !== undefined && image.name.includes(version)
}

const brokenStates = new Set(['failed', 'invalid', 'error'])

/** Whether an image came to nothing. EC2 API reference, Image, imageState. */
export const isBroken = ({ state }: Pick<Image, 'state'>): boolean => brokenStates.has(state)

/** Whether a snapshot was made with that image, and not only is used by it. */
export const isOwnSnapshot = (
  snapshot: Pick<Snapshot, 'tags'>,
  service: string,
  maker?: OperationId,
): boolean => {
  const by = makerOf(snapshot, service)
  return by !== undefined && (maker === undefined || by === maker)
}

/** Template versions carry no tags: what made them stands in their description. */
export const describedAs = (what: string, operation: OperationId, user: string): string =>
  `${what} by rollcall ${operation} for ${user}`

/** The operation of a service that made a template version; undefined for what Rollcall did not make for it. */
export const versionMaker = (
  { description = '' }: Pick<TemplateVersion, 'description'>,
  service: string,
): OperationId | undefined => {
  const operation = / by rollcall ([a-z0-9-]+) for /.exec(description)?.[1]
  return operation !== undefined && serviceOf(operation) === service ? operation : undefined
}
