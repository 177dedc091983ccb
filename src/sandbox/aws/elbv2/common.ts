import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2'
import { page } from '../paging'
import { AwsError, validationError } from '../wire/error'
import type { Tags } from '../tag-map'

/** ELB's listings: 400 a page unless PageSize says less. */
export function elbPage<T>(
  items: readonly T[],
  input: { readonly PageSize?: number | undefined; readonly Marker?: string | undefined },
) {
  const { PageSize = 400, Marker } = input
  if (PageSize < 1 || PageSize > 400)
    throw validationError(
      `1 validation error detected: Value '${PageSize}' at 'pageSize' failed to satisfy constraint: Member must be between 1 and 400`,
    )
  return page(items, { size: PageSize, token: Marker, badToken: () => validationError('Invalid marker') })
}

export const tagsOf = (tags: readonly Tag[] | undefined): Tags =>
  new Map((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))

/** A name of a load balancer or target group, or the error for it. */
export function checkName(name: string, what: string): void {
  if (name.length > 32)
    throw validationError(`The ${what} name '${name}' cannot be longer than '32' characters`)
  if (!/^[A-Za-z0-9-]+$/.test(name))
    throw validationError(
      `The ${what} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    )
  if (name.startsWith('-') || name.endsWith('-'))
    throw validationError(`The ${what} name '${name}' cannot begin or end with a hyphen(-)`)
}

export const attributeList = (attributes: ReadonlyMap<string, string>) =>
  [...attributes].map(([Key, Value]) => ({ Key, Value }))

/** Changes attributes that exist; another key is refused. */
export function changeAttributes(
  attributes: Map<string, string>,
  changes: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): void {
  for (const { Key = '' } of changes)
    if (!attributes.has(Key)) throw validationError(`Attribute key '${Key}' is not recognized`)
  for (const { Key = '', Value = '' } of changes) attributes.set(Key, Value)
}

export const inUseError = (message: string) => new AwsError('ResourceInUse', message)
