import type { Json } from '../json'
import type { Operation, StepRecord } from '../operation'
import { type Reason, reason } from '../reasons'
import type { Use } from './uses'

/** What became of one thing that was to be deleted. */
export type Deleted =
  | { readonly did: 'deleted' }
  /** Something needs it now. */
  | { readonly did: 'kept'; readonly uses: readonly Use[] }
  /** It is not what it was when the plan was made: its tags were changed, or another image shares it. */
  | { readonly did: 'changed' }
  | { readonly did: 'failed'; readonly code: string; readonly words: string }

/** One thing with what became of it. */
export interface Fate {
  readonly what: 'image' | 'snapshot' | 'version'
  readonly id: string
  readonly name: string
  readonly fate: Deleted
}

export const imageKey = (id: string): string => `images/deregister ${id}`
export const snapshotKey = (id: string): string => `images/snapshot ${id}`
export const versionsKey = (templateId: string): string => `versions/delete ${templateId}`

/** A step's outcome as it was recorded; nothing where a journal holds something else. */
const readFate = (outcome: Json | undefined): Deleted | undefined => {
  if (typeof outcome !== 'object' || outcome === null || !('did' in outcome)) return undefined
  const fate = outcome as unknown as Deleted
  return fate.did === 'kept' && !Array.isArray(fate.uses) ? undefined : fate
}

/** What became of everything so far that the plan was to delete, in the plan's order. */
export const fatesOf = ({ plan, steps }: Pick<Operation, 'plan' | 'steps'>): readonly Fate[] => {
  const { prune } = plan ?? {}
  if (!prune) return []
  const done = (key: string): StepRecord | undefined =>
    steps.find((step) => step.key === key && step.state === 'done')
  const versions = prune.versions.flatMap(({ templateId, templateName, number }): readonly Fate[] => {
    const outcome = done(versionsKey(templateId))?.outcome as { readonly [number: string]: Json } | undefined
    const fate = readFate(outcome?.[String(number)])
    return fate ? [{ what: 'version', id: String(number), name: templateName, fate }] : []
  })
  const one = (what: Fate['what'], id: string, name: string, key: string): readonly Fate[] => {
    const fate = readFate(done(key)?.outcome)
    return fate ? [{ what, id, name, fate }] : []
  }
  return [
    ...versions,
    ...prune.images.flatMap(({ id, name, snapshots }) => [
      ...one('image', id, name, imageKey(id)),
      ...snapshots.flatMap((snapshot) => one('snapshot', snapshot, name, snapshotKey(snapshot))),
    ]),
    ...prune.snapshots.flatMap(({ id }) => one('snapshot', id, id, snapshotKey(id))),
  ]
}

/** Everything that was to be deleted and could not be, one by one. */
export const undeleted = (operation: Pick<Operation, 'plan' | 'steps'>): readonly Reason[] =>
  fatesOf(operation).flatMap(({ what, id, name, fate }) =>
    fate.did === 'failed'
      ? [reason('left_undeleted', { what, id, name, awsCode: fate.code, aws: fate.words })]
      : [],
  )

/** Snapshots of images that are gone, which were not come to: the next prune finds them. */
export const orphaned = (operation: Pick<Operation, 'plan' | 'steps'>): readonly Reason[] => {
  const fates = fatesOf(operation)
  const met = new Set(fates.map(({ what, id }) => `${what} ${id}`))
  const gone = new Set(
    fates.flatMap(({ what, id, fate }) => (what === 'image' && fate.did === 'deleted' ? [id] : [])),
  )
  return (operation.plan?.prune?.images ?? []).flatMap(({ id, name, snapshots }) => {
    const left = snapshots.filter((snapshot) => !met.has(`snapshot ${snapshot}`))
    return gone.has(id) && left.length > 0 ? [reason('left_snapshots', { image: name, snapshots: left })] : []
  })
}
