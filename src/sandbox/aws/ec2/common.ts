import type { Tag, TagSpecification } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import { page } from '../paging'
import { AwsError } from '../wire/error'
import type { Tags } from '../tag-map'

/** EC2's answer to `DryRun`: the call would have gone through. */
/** EC2's code for a call that would have been carried out. */
export const dryRunCode = 'DryRunOperation'

export function stopDryRun(input: { readonly DryRun?: boolean | undefined }): void {
  if (input.DryRun)
    throw new AwsError(dryRunCode, 'Request would have succeeded, but DryRun flag is set.', 412)
}

export const tagList = (tags: Tags): Tag[] => [...tags].map(([Key, Value]) => ({ Key, Value }))

/** The tags that a call gives to one type of resource; other types than `allowed` are refused. */
export function tagsFor(
  specifications: readonly TagSpecification[] | undefined,
  type: string,
  allowed: readonly string[],
): Tags {
  const tags: Tags = new Map()
  for (const { ResourceType, Tags = [] } of specifications ?? []) {
    if (!ResourceType || !allowed.includes(ResourceType))
      throw new AwsError(
        'InvalidParameterValue',
        `'${ResourceType ?? ''}' is not a valid taggable resource type for this operation.`,
      )
    // https://github.com/getmoto/moto/pull/5216, https://github.com/hashicorp/packer/issues/11311
    if (Tags.length === 0)
      throw new AwsError('InvalidParameterValue', 'Tag specification must have at least one tag')
    if (ResourceType === type) for (const { Key, Value } of Tags) tags.set(Key ?? '', Value ?? '')
  }
  return tags
}

/** EC2's listings: everything at once unless MaxResults is given, which then keeps to its bounds. */
export function ec2Page<T>(
  items: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  [least, most]: readonly [number, number],
) {
  const { MaxResults } = input
  if (MaxResults !== undefined && (MaxResults < least || MaxResults > most))
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    )
  return page(items, {
    size: MaxResults ?? Math.max(items.length, 1),
    token: input.NextToken,
    badToken: () => new AwsError('InvalidParameterValue', 'Unable to parse pagination token'),
  })
}

/** Items of these ids, or all. An id that is unknown, or too fresh to be known yet, fails the call. */
export function byIds<T extends { readonly visibleAt: number }>(
  known: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
  now: number,
  missing: (ids: string) => AwsError,
): T[] {
  if (!ids || ids.length === 0) return [...known.values()].filter((item) => item.visibleAt <= now)
  const found = ids.map((id) => known.get(id)).filter((item) => item !== undefined && item.visibleAt <= now)
  if (found.length < ids.length) {
    const lost = ids.filter((id) => (known.get(id)?.visibleAt ?? Number.POSITIVE_INFINITY) > now)
    throw missing(lost.join(', '))
  }
  return found.filter((item) => item !== undefined)
}

export function checkId(id: string, prefix: string, code: string): void {
  if (!new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id))
    throw new AwsError(`${code}.Malformed`, `Invalid id: "${id}" (expecting "${prefix}-...")`)
}

/** Answers given for a client token: the same again for the same request, an error for another. */
export class TokenBook<Answer> {
  private readonly answers = new WeakMap<Simulation, Map<string, { request: string; answer: Answer }>>()

  once(sim: Simulation, token: string | undefined, request: unknown, act: () => Answer): Answer {
    if (!token) return act()
    const book = this.answers.get(sim) ?? new Map<string, { request: string; answer: Answer }>()
    this.answers.set(sim, book)
    const text = JSON.stringify(request)
    const before = book.get(token)
    if (before && before.request !== text)
      throw new AwsError(
        'IdempotentParameterMismatch',
        'The client token you have provided is associated with a resource with different parameters.',
      )
    if (before) return before.answer
    const answer = act()
    book.set(token, { request: text, answer })
    return answer
  }
}

/** Items of these ids, or all. */
export function named<T>(
  known: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
  code: string,
  what: string,
): T[] {
  if (!ids?.length) return [...known.values()]
  return ids.map((id) => {
    const item = known.get(id)
    if (!item) throw new AwsError(code, `The ${what} '${id}' does not exist`)
    return item
  })
}
