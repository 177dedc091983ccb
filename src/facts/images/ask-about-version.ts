import { fingerprint } from '../../domain/operation/fingerprint'
import type { Planned } from '../../domain/operation/planning'
import { imageName, versionIn } from '../../domain/images/image-names'
import { readsLikeWord } from '../../domain/images/version-words'
import { type Reason, reason } from '../../domain/reasons/reason'
import { ok } from '../../domain/result'
import type { PlanContext } from '../plan-context'

/**
 * A version that would be baked, for nobody has seen it yet, may be another word, or one that is known in other letters:
 * phones write the first letter large. It waits for a yes.
 */
export const askAboutVersion = async (made: Planned, context: PlanContext): Promise<Planned> => {
  if (!made.ok || made.value.image?.how !== 'bake') return made
  const warning = await doubtOf(made.value.version, context)
  if (!warning) return made
  const asked = { ...made.value, confirm: true as const, warnings: [warning, ...made.value.warnings] }
  return ok({ ...asked, fingerprint: fingerprint(asked) })
}

const doubtOf = async (
  version: string,
  { account, service }: Pick<PlanContext, 'account' | 'service'>,
): Promise<Reason | undefined> => {
  const pattern = service.image?.name
  if (pattern === undefined) return undefined
  const images = await account.images.named(imageName(pattern, '*'))
  const known = images
    .map(({ name }) => versionIn(pattern, name))
    .find((one) => one !== version && one?.toLowerCase() === version.toLowerCase())
  if (known !== undefined)
    return reason('version_in_other_letters', { service: service.name, version, known })
  return readsLikeWord(version) ? reason('version_like_word', { service: service.name, version }) : undefined
}
