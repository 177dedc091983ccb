import type { Group, Image, Instance, TemplateVersion } from '../../domain/fleet/fleet'
import { overrideObstacle } from '../../domain/fleet/overrides'
import type { PlannedImage } from '../../domain/operation/plan'
import type { ImageFacts } from '../../domain/operation/planning'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Account } from '../../ports/account'

/** What is to be launched, and as what. */
interface Launch {
  readonly group: Group
  readonly version: Pick<TemplateVersion, 'data'>
  readonly image: string
  readonly architecture: string | undefined
}

/**
 * Why an image cannot be launched by a group for its architecture; undefined where it can, or where nobody knows. Nor is it
 * said of types that have a template or an image of their own, as one of another architecture has: that is refused itself.
 */
export const architectureProblem = async (
  account: Account,
  { group, version, image, architecture }: Launch,
): Promise<Reason | undefined> => {
  if (architecture === undefined || overrideObstacle(group)) return undefined
  const { InstanceType: own } = JSON.parse(version.data) as { readonly InstanceType?: string }
  const types = group.overrideTypes ?? (own === undefined ? [] : [own])
  const known = await account.images.architectures([...new Set(types)])
  const misfits = [...known].filter(([, those]) => those.length > 0 && !those.includes(architecture))
  const names = misfits.map(([type]) => type)
  return names.length > 0 ? reason('architecture_differs', { image, architecture, types: names }) : undefined
}

/** The architecture of an image that is used, or of the instance that it is baked of. */
export const plannedArchitecture = (
  image: PlannedImage,
  { named, foreign = [], sources }: ImageFacts,
): string | undefined => {
  const things: readonly (Image | Instance)[] = image.how === 'bake' ? sources : [...named, ...foreign]
  const id = image.how === 'bake' ? image.source : image.id
  return things.find((thing) => thing.id === id)?.architecture
}
