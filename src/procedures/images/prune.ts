import { planPrune } from '../../domain/images/plan-prune'
import { reason } from '../../domain/reasons/reason'
import type { Request } from '../../domain/operation/request'
import { versionsWith } from '../../domain/images/uses'
import { ownTag } from '../../domain/images/own'
import { pruneSteps } from '../../domain/steps/images'
import { planned, type Runbook } from '../context'
import { deleteImage, deleteSnapshot, deleteVersions, type Pruning } from './deletions'
import { gatherUses } from '../../facts/images/gather-uses'
import { recentSuccesses } from '../../facts/recent-operations'
import { serviceImages } from '../../facts/images/service-images'

type Prune = Extract<Request, { procedure: 'prune' }>

/**
 * `/asg prune <service>`: deletes what Rollcall made and nobody needs any more (rule: tags, retention, the newest few, no
 * use anywhere in the region, in its account or in another one of the catalogue). There is no way back, so each deletion looks again right before it.
 */
export const prune: Runbook<Prune> = {
  async plan(_request, context) {
    const { service, account, askedAt } = context
    const [images, snapshots, history] = await Promise.all([
      serviceImages(account, service),
      account.images.snapshotsTagged(ownTag.service, service.name),
      recentSuccesses(context, 'prune'),
    ])
    const [found, registered] = await Promise.all([
      gatherUses(
        context,
        images.map(({ id }) => id),
      ),
      account.images.holding(snapshots.map(({ id }) => id)),
    ])
    if (!found.ok) return found
    const uses = found.value
    const inTemplates = snapshots.filter(({ id }) => versionsWith(uses, id).length > 0)
    const referenced = new Set([
      ...registered.flatMap((image) => image.snapshots),
      ...inTemplates.map(({ id }) => id),
    ])
    // Age is counted from when it was asked for, so that a plan does not change while it is read.
    return planPrune(
      { service, history },
      { ...uses, now: askedAt, images, snapshots, referencedSnapshots: referenced },
    )
  },

  async run(run, context) {
    const { versions, images, snapshots } = planned(context.plan.prune, 'prune')
    const pruning: Pruning = { run, context, outcomes: [], known: new Map() }
    for (const templateId of new Set(versions.map((version) => version.templateId)))
      await deleteVersions(pruning, templateId)
    for (const image of images) await deleteImage(pruning, image)
    for (const snapshot of snapshots) await deleteSnapshot(pruning, snapshot)
    const failed = pruning.outcomes.filter(({ fate }) => fate.did === 'failed')
    const [first] = failed
    if (!first) return
    // What is gone is gone: nothing is undone, and what stays is told one by one.
    run.commit()
    const failure = first.what === 'version' ? pruneSteps.versionsFailed : pruneSteps.imagesFailed
    await run.fail(failure, reason('prune_incomplete', { count: failed.length }))
  },
}
