import { createHash } from 'node:crypto'
import type { Instant } from '../../domain/time/time'

/** Names of AWS's own, as the tags of a thing. */
export const tagsOf = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Record<string, string> => Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']))

/** Tags as AWS takes them. */
export const tagList = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** Tags of what a call of EC2 makes: a specification without any is refused (InvalidParameterValue). */
export const tagSpecifications = <Type extends string>(
  ResourceType: Type,
  tags: Readonly<Record<string, string>>,
): { TagSpecifications?: { ResourceType: Type; Tags: { Key: string; Value: string }[] }[] } =>
  Object.keys(tags).length > 0 ? { TagSpecifications: [{ ResourceType, Tags: tagList(tags) }] } : {}

export const instantOf = (date: Date | string | undefined): Instant =>
  date === undefined ? 0 : new Date(date).getTime()

/** A client token as EC2 takes it (at most 64 ASCII characters); a longer one by its hash, the same each time. */
export const clientToken = (token: string): string =>
  /^[!-~]{1,64}$/.test(token) ? token : createHash('sha256').update(token).digest('hex')

/** EC2 takes 255 characters of description. */
export const described = (text: string): string => (text.length <= 255 ? text : `${text.slice(0, 254)}…`)

/** A value that an EC2 filter takes literally: `*` and `?` match anything unless escaped. */
export const literal = (value: string): string => value.replace(/[\\*?]/g, String.raw`\$&`)
