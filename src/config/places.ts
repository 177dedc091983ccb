import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml'

/** A path into a document: keys of maps and places in lists. */
export type Path = readonly PropertyKey[]

/** A path as people write it: `services.web.gate.bake`, `rules[1].allow`. */
export const writePath = (path: Path): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('')

/**
 * Where paths stand in a YAML document, as offsets into its text. Of a key that is missing, the place of what should hold it; with
 * `ofKey` the place of the last key itself and not of its value.
 */
export const places = (document: Document): ((path: Path, ofKey?: boolean) => number) => {
  const indexed = new Map<YAMLMap, ReadonlyMap<string, Pair<Scalar>>>()
  return (path, ofKey = false) => placeOf(document, indexed, path, ofKey)
}

const keyed = (pair: Pair): pair is Pair<Scalar> => isScalar(pair.key)

const placeOf = (
  document: Document,
  indexed: Map<YAMLMap, ReadonlyMap<string, Pair<Scalar>>>,
  path: Path,
  ofKey: boolean,
): number => {
  let node: unknown = document.contents
  let offset = rangeStart(node)
  for (const [at, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pairs =
        indexed.get(node) ??
        new Map(node.items.filter(keyed).map((pair) => [String(pair.key.value), pair] as const))
      indexed.set(node, pairs)
      const pair = pairs.get(String(part))
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
