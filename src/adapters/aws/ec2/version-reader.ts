import type { TemplateVersion } from '../../../domain/fleet/fleet'
import { refusedWith } from '../client/client'
import { unknownTemplate } from './template-data'

interface Batch {
  readonly wanted: Set<string>
  readonly answer: Promise<ReadonlyMap<string, TemplateVersion | undefined>>
}

/**
 * Reads single versions of templates, by number or as `$Default`, `$Latest`; undefined where there is none. Numbers and
 * `$Latest` of one template that are asked for in the same turn share a call (API reference,
 * DescribeLaunchTemplateVersions, LaunchTemplateVersion.N). `$Default` has its own: which version of an answer it stands
 * for could be told by DefaultVersion alone, and that may still be the former one. `read` rejects where any is unknown.
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

  const answerOf = async (key: string, templateId: string, wanted: ReadonlySet<string>) => {
    // Whoever asks in this turn still joins.
    await Promise.resolve()
    open.delete(key)
    const versions = [...wanted]
    const found = await known(templateId, versions)
    const together = versions.map((version) => [version, found && among(found, version)] as const)
    // One that is unknown refuses the call for all of them.
    if (found || versions.length === 1) return new Map(together)
    const single = versions.map(
      async (version) => [version, (await known(templateId, [version]))?.[0]] as const,
    )
    return new Map(await Promise.all(single))
  }

  return async (templateId: string, version: string): Promise<TemplateVersion | undefined> => {
    const key = version === '$Default' ? `${templateId} ${version}` : templateId
    const batch = open.get(key) ?? begin(key, templateId)
    batch.wanted.add(version)
    return (await batch.answer).get(version)
  }

  function begin(key: string, templateId: string): Batch {
    const wanted = new Set<string>()
    const batch: Batch = { wanted, answer: answerOf(key, templateId, wanted) }
    open.set(key, batch)
    return batch
  }
}

/** A version in an answer: `$Latest` has the highest number of all, so it is the highest of those told. */
const among = (told: readonly TemplateVersion[], version: string): TemplateVersion | undefined => {
  if (version === '$Default') return told[0]
  if (version === '$Latest') return told.toSorted((a, b) => b.number - a.number)[0]
  return told.find(({ number }) => String(number) === version)
}
