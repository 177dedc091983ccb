import { planPrune } from '../domain/planning/prune'
import { reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { ownTag } from '../domain/images/own'
import { pruneSteps } from '../domain/steps/images'
import { planned, type Runbook } from './context'
import { deleteImage, deleteSnapshot, deleteVersions, type Pruning } from './parts/deletions'
import { gatherUses } from './parts/gather-uses'
import { pastOf } from './parts/past'
import { serviceImages } from './parts/service-images'

type Prune = Extract<Request, { procedure: 'prune' }>

/**
 * `/asg prune <service>`: deletes what Rollcall made and nobody needs any more (rule: tags, retention, the newest few, no
 * use anywhere in the account and region). There is no way back, so each deletion looks again right before it.
 */
export const prune: Runbook<Prune> = {
  async plan(_request, desk) {
    const { service, account, askedAt } = desk
    const [images, snapshots, past] = await Promise.all([
      serviceImages(account, service),
      account.images.snapshotsTagged(ownTag.service, service.name),
      pastOf(desk, 'prune'),
    ])
    const [found, holding] = await Promise.all([
      gatherUses(
        desk,
        images.map(({ id }) => id),
      ),
      account.images.holding(snapshots.map(({ id }) => id)),
    ])
    if (!found.ok) return found
    const held = new Set(holding.flatMap((image) => image.snapshots))
    // Age is counted from when it was asked for, so that a plan does not change while it is read.
    return planPrune({ service, past }, { ...found.value, now: askedAt, images, snapshots, held })
  },

  async run(run, context) {
    const { versions, images, snapshots } = planned(context.plan.prune, 'prune')
    const pruning: Pruning = { run, context, fates: [], known: new Map() }
    for (const templateId of new Set(versions.map((version) => version.templateId)))
      await deleteVersions(pruning, templateId)
    for (const image of images) await deleteImage(pruning, image)
    for (const snapshot of snapshots) await deleteSnapshot(pruning, snapshot)
    const failed = pruning.fates.filter(({ fate }) => fate.did === 'failed')
    const [first] = failed
    if (!first) return
    // What is gone is gone: nothing is undone, and what stays is told one by one.
    run.commit()
    const trouble = first.what === 'version' ? pruneSteps.versionsTrouble : pruneSteps.imagesTrouble
    await run.fail(trouble, reason('prune_incomplete', { count: failed.length }))
  },
}
