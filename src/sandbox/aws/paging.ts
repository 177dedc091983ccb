import type { AwsError } from './wire/error'

/** How one kind of listing pages. */
export interface Paging {
  readonly size: number
  readonly token: string | undefined
  readonly badToken: () => AwsError
}

/** One page of a listing, and the token of the next where there is more. */
export function page<T>(
  items: readonly T[],
  { size, token, badToken }: Paging,
): { items: T[]; next?: string } {
  let start = 0
  if (token) {
    start = Number(Buffer.from(token, 'base64url').toString())
    if (!Number.isInteger(start) || start <= 0) throw badToken()
  }
  const end = start + size
  const part = items.slice(start, end)
  if (end >= items.length) return { items: part }
  return { items: part, next: Buffer.from(String(end)).toString('base64url') }
}
