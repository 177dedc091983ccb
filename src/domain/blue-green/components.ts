import type { ColorGroups } from '../catalogue/catalogue'
import type { Group } from '../fleet/fleet'
import { reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { type Color, colorIn } from './color'

/** One part of a service, e.g. its API or its worker, with the group of each color. */
export interface Component {
  readonly name: string
  readonly blue: Group
  readonly green: Group
}

type Names = readonly string[]
const listed = (names: string | Names): Names => (typeof names === 'string' ? [names] : names)

/** Names of all groups that the catalogue itself names; none where they are to be found. */
export const namesOf = (colors: ColorGroups): Names =>
  'prefix' in colors ? [] : [...listed(colors.blue), ...listed(colors.green)]

/**
 * Pairs a service's groups: those that the catalogue names in its order, those that were found by their names'
 * endings. A group without a color or without a counterpart is a refusal: what nobody meant must not be moved. Pure.
 */
export const pairUp = (
  colors: ColorGroups,
  found: readonly Group[],
  region: string,
): Result<readonly Component[]> =>
  'prefix' in colors ? bySearch(colors, found) : byName(colors, found, region)

const byName = (
  colors: Extract<ColorGroups, { readonly blue: unknown }>,
  found: readonly Group[],
  region: string,
): Result<readonly Component[]> => {
  const [blues, greens] = [listed(colors.blue), listed(colors.green)]
  const group = (name = '') => found.find((one) => one.name === name)
  const missing = [...blues, ...greens].find((name) => group(name) === undefined)
  if (missing !== undefined) return failure(reason('group_not_found', { group: missing, region }))
  return ok(
    blues.flatMap((name, at) => {
      const [blue, green] = [group(name), group(greens[at])]
      return blue && green ? [{ name: colorIn(name)?.component ?? name, blue, green }] : []
    }),
  )
}

const bySearch = (
  { prefix, tag }: Extract<ColorGroups, { readonly prefix: string }>,
  found: readonly Group[],
): Result<readonly Component[]> => {
  const own = found.filter(({ name }) => name.startsWith(prefix))
  if (own.length === 0) {
    const tags = Object.entries(tag).map(([key, value]) => `${key}=${value}`)
    return failure(reason('colors_not_found', { prefix, tags }))
  }
  const uncolored = own.find(({ name }) => colorIn(name) === undefined)
  if (uncolored) return failure(reason('group_without_color', { group: uncolored.name }))
  const stems = [...new Set(own.flatMap(({ name }) => colorIn(name)?.component ?? []))].sort()
  const pairs: Component[] = []
  for (const stem of stems) {
    const counterpart = (color: Color) => own.find(({ name }) => name === `${stem}-${color}`)
    const [blue, green] = [counterpart('blue'), counterpart('green')]
    if (!blue || !green) {
      const missing = blue ? `${stem}-green` : `${stem}-blue`
      return failure(reason('twin_missing', { group: (blue ?? green)?.name, missing }))
    }
    pairs.push({ name: stem, blue, green })
  }
  return ok(pairs)
}
