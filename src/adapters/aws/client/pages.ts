/** One page of an answer of AWS, and the token of the next where there is more. */
export interface Page<T> {
  readonly items: readonly T[] | undefined
  readonly next: string | undefined
}

/** All items of a paged answer, in AWS's order. A page may be empty and still not be the last. */
export async function pages<T>(read: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const { items = [], next } = await read(token)
    all.push(...items)
    token = next
  } while (token !== undefined && token !== '')
  return all
}

/** All that is found for these keys, so many of them to a call. Without any key nothing is asked: it would mean all. */
export async function inBatches<K, T>(
  keys: readonly K[],
  maxPerCall: number,
  read: (some: readonly K[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const parts: (readonly K[])[] = []
  for (let start = 0; start < keys.length; start += maxPerCall)
    parts.push(keys.slice(start, start + maxPerCall))
  return (await Promise.all(parts.map(read))).flat()
}
