import type { Obj } from '../json'
import type { Args } from './args'
import { ApiError } from './error'

/** One page of a list, with Slack's cursor to the next: https://docs.slack.dev/apis/web-api/pagination */
export function paginate<T>(items: T[], args: Args, max = 1000): { page: T[]; response_metadata: Obj } {
  const cursor = args.optional('cursor')
  const start =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''))
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new ApiError('invalid_cursor')
  const end = start + args.count('limit', 100, max)
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { page: items.slice(start, end), response_metadata: { next_cursor: next } }
}
