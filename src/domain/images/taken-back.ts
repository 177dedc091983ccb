import type { Operation } from '../operation/operation'
import { imageName } from './image-names'
import type { Service } from '../catalogue/catalogue'

/**
 * The names of images that a service has gone back from, by a rollback or by a deploy that took itself back, and has not
 * gone forward to since: as the newest they are nobody's advice. `history`: newest first.
 */
export const takenBack = (
  { image }: Pick<Service, 'image'>,
  history: readonly Operation[],
): ReadonlySet<string> => {
  const namesOf = (version: string) => [version, ...(image ? [imageName(image.name, version)] : [])]
  const decided = new Set<string>()
  const back = new Set<string>()
  for (const { request, plan, ending } of history) {
    const isRollback = request.procedure === 'rollback' && ending?.kind === 'succeeded'
    const failed =
      request.procedure === 'deploy' &&
      ending?.kind === 'rolled back' &&
      ending.reason?.code !== 'cancelled_by_person'
    const left = isRollback ? plan?.before : failed ? plan?.version : undefined
    const taken = ending?.kind === 'succeeded' ? plan?.version : undefined
    for (const name of left === undefined ? [] : namesOf(left)) if (!decided.has(name)) back.add(name)
    for (const version of [left, taken])
      for (const name of version === undefined ? [] : namesOf(version)) decided.add(name)
  }
  return back
}
