import type { Json } from '../json'
import type { Operation } from '../operation/operation'
import { type Reason, reason } from '../reasons/reason'
import { pruneSteps } from '../steps/images'
import { outcomeOf } from '../steps/records'
import type { Step } from '../steps/step'
import type { Use } from './uses'

/** What became of one thing that was to be deleted. */
export type DeletionOutcome =
  | { readonly did: 'deleted' }
  /** Something needs it now. */
  | { readonly did: 'kept'; readonly uses: readonly Use[] }
  /** It is not what it was when the plan was made: its tags were changed, or another image shares it. */
  | { readonly did: 'changed' }
  | { readonly did: 'failed'; readonly code: string; readonly words: string }

/** One thing with what became of it. */
export interface PruneResult {
  readonly what: 'image' | 'snapshot' | 'version'
  readonly id: string
  readonly name: string
  readonly deletion: DeletionOutcome
}

/** A step's outcome as it was recorded; nothing where a journal holds something else. */
const readDeletion = (outcome: Json | undefined): DeletionOutcome | undefined => {
  if (typeof outcome !== 'object' || outcome === null || !('did' in outcome)) return undefined
  const deletion = outcome as unknown as DeletionOutcome
  return deletion.did === 'kept' && !Array.isArray(deletion.uses) ? undefined : deletion
}

/** What became of everything so far that the plan was to delete, in the plan's order. */
export const pruneResults = ({ plan, steps }: Pick<Operation, 'plan' | 'steps'>): readonly PruneResult[] => {
  const { prune } = plan ?? {}
  if (!prune) return []
  const versions = prune.versions.flatMap(({ templateId, templateName, number }): readonly PruneResult[] => {
    const deleted = outcomeOf(steps, pruneSteps.deleteVersions.at({ template: templateId }))
    const outcome = deleted as { readonly [number: string]: Json } | undefined
    const deletion = readDeletion(outcome?.[String(number)])
    return deletion ? [{ what: 'version', id: String(number), name: templateName, deletion }] : []
  })
  const one = (what: PruneResult['what'], id: string, name: string, step: Step): readonly PruneResult[] => {
    const deletion = readDeletion(outcomeOf(steps, step))
    return deletion ? [{ what, id, name, deletion }] : []
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
  pruneResults(operation).flatMap(({ what, id, name, deletion }) =>
    deletion.did === 'failed'
      ? [reason('left_undeleted', { what, id, name, awsCode: deletion.code, aws: deletion.words })]
      : [],
  )

/** Snapshots of images that are gone, which were not come to: the next prune finds them. */
export const orphaned = (operation: Pick<Operation, 'plan' | 'steps'>): readonly Reason[] => {
  const results = pruneResults(operation)
  const attempted = new Set(results.map(({ what, id }) => `${what} ${id}`))
  const gone = new Set(
    results.flatMap(({ what, id, deletion }) => (what === 'image' && deletion.did === 'deleted' ? [id] : [])),
  )
  return (operation.plan?.prune?.images ?? []).flatMap(({ id, name, snapshots }) => {
    const left = snapshots.filter((snapshot) => !attempted.has(`snapshot ${snapshot}`))
    return gone.has(id) && left.length > 0 ? [reason('left_snapshots', { image: name, snapshots: left })] : []
  })
}
