import type { Json } from '../json'
import type { Operation } from '../operation'
import { type Reason, reason } from '../reasons'
import { pruneSteps } from '../steps/images'
import { outcomeOf } from '../steps/records'
import type { Step } from '../steps/step'
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
  const versions = prune.versions.flatMap(({ templateId, templateName, number }): readonly Fate[] => {
    const deleted = outcomeOf(steps, pruneSteps.deleteVersions.at({ template: templateId }))
    const outcome = deleted as { readonly [number: string]: Json } | undefined
    const fate = readFate(outcome?.[String(number)])
    return fate ? [{ what: 'version', id: String(number), name: templateName, fate }] : []
  })
  const one = (what: Fate['what'], id: string, name: string, step: Step): readonly Fate[] => {
    const fate = readFate(outcomeOf(steps, step))
    return fate ? [{ what, id, name, fate }] : []
  }
  const snapshotOf = (snapshot: string, name: string) =>
    one('snapshot', snapshot, name, pruneSteps.deleteSnapshot.at({ snapshot }))
  return [
    ...versions,
    ...prune.images.flatMap(({ id, name, snapshots }) => [
      ...one('image', id, name, pruneSteps.deregister.at({ image: id })),
      ...snapshots.flatMap((snapshot) => snapshotOf(snapshot, name)),
    ]),
    ...prune.snapshots.flatMap(({ id }) => snapshotOf(id, id)),
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
