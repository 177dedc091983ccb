import type { TemplateVersion } from '../../../domain/fleet/fleet'
import { refusedWith } from '../client/client'
import { unknownTemplate } from './template-data'

interface Batch {
  readonly wanted: Set<string>
  readonly answer: Promise<(version: string) => TemplateVersion | undefined>
}

/**
 * Reads single versions of templates, by number or as `$Default`, `$Latest`; undefined where there is none. Those of one
 * template that are asked for in the same turn share a call, which takes numbers and both words together (API reference,
 * DescribeLaunchTemplateVersions, LaunchTemplateVersion.N). `read` rejects where any of the versions is unknown.
 */
export const createVersionReader = (
  read: (templateId: string, versions: readonly string[]) => Promise<readonly TemplateVersion[]>,
) => {
  const open = new Map<string, Batch>()

  const known = async (templateId: string, versions: readonly string[]) => {
    try {
      return await read(templateId, versions)
    } catch (error) {
      if (refusedWith(error, unknownTemplate)) return undefined
      throw error
    }
  }

  const answerOf = async (templateId: string, wanted: ReadonlySet<string>) => {
    // Whoever asks in this turn still joins.
    await Promise.resolve()
    open.delete(templateId)
    const versions = [...wanted]
    const found = await known(templateId, versions)
    if (found || versions.length === 1) return among(found ?? [])
    // One that is unknown refuses the call for all of them.
    const single = await Promise.all(versions.map((version) => known(templateId, [version])))
    return among(single.flatMap((one) => one ?? []))
  }

  return async (templateId: string, version: string): Promise<TemplateVersion | undefined> => {
    const batch = open.get(templateId) ?? begin(templateId)
    batch.wanted.add(version)
    const find = await batch.answer
    return find(version)
  }

  function begin(templateId: string): Batch {
    const wanted = new Set<string>()
    const batch: Batch = { wanted, answer: answerOf(templateId, wanted) }
    open.set(templateId, batch)
    return batch
  }
}

/** Finds a version in an answer. `$Latest` has the highest number of all, so it is the highest of those told. */
const among = (told: readonly TemplateVersion[]) => (version: string) => {
  if (version === '$Default') return told.find(({ isDefault }) => isDefault)
  if (version === '$Latest') return told.toSorted((a, b) => b.number - a.number)[0]
  return told.find(({ number }) => String(number) === version)
}
