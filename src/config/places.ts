import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from 'yaml'

/** A path into a document: keys of maps and places in lists. */
export type Path = readonly PropertyKey[]

/** A path as people write it: `services.web.gate.bake`, `rules[1].allow`. */
export const writePath = (path: Path): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('')

/**
 * Where a path stands in a YAML document, as an offset into its text. Of a key that is missing, the place of what should hold it; with
 * `ofKey` the place of the last key itself and not of its value.
 */
export function placeOf(document: Document, path: Path, ofKey = false): number {
  let node: unknown = document.contents
  let offset = rangeStart(node)
  for (const [at, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
      if (!pair) break
      const last = at === path.length - 1
      node = pair.value
      offset = last && !ofKey && isScalar(node) ? rangeStart(node) : rangeStart(pair.key)
    } else if (isSeq(node) && typeof part === 'number' && node.items[part] !== undefined) {
      node = node.items[part]
      offset = rangeStart(node)
    } else break
  }
  return offset
}

const rangeStart = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0
