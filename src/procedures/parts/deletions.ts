import { isOwnImage, isOwnSnapshot, makerOf, versionMaker } from '../../domain/images/own'
import type { Deleted } from '../../domain/images/pruned'
import { usesOfImage, usesOfVersion } from '../../domain/images/uses'
import type { OperationId } from '../../domain/operation'
import type { PlannedPrune } from '../../domain/plan'
import { reason } from '../../domain/reasons'
import { pruneSteps } from '../../domain/steps/images'
import { type Milliseconds, minute } from '../../domain/time'
import { again, done, failed, type Look, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, planned } from '../context'
import { type Asking, gatherUses } from './gather-uses'

/** A prune under way. */
export interface Pruning {
  readonly run: Run
  readonly context: Context
  /** What became of each thing, in the order in which they were come to. */
  readonly fates: { readonly what: 'version' | 'image' | 'snapshot'; readonly fate: Deleted }[]
  /** What was read of other templates' versions in this replay. */
  readonly known: NonNullable<Asking['known']>
}

const deleted: Deleted = { did: 'deleted' }

const isRefused = (failure: unknown): failure is AwsFailure =>
  failure instanceof AwsFailure && failure.kind === 'refused'

const failedBy = ({ code, words }: AwsFailure): Deleted => ({ did: 'failed', code, words })

/** What needs these images, or the service's template versions, asked anew. */
const usesNow = ({ context, known }: Pruning, images: readonly string[]) => {
  const { service, account, journal, clock, operation } = context
  return gatherUses({ service, account, journal, now: clock.now(), own: operation.id, known }, images)
}

/**
 * Deletes versions of a template, those that are still made by Rollcall and needed by nobody, in one call, whose answer
 * tells of each that stays (EC2 API reference, DeleteLaunchTemplateVersions).
 */
export const deleteVersions = async (pruning: Pruning, templateId: string): Promise<void> => {
  const { run, context, fates } = pruning
  const { templates } = context.account
  const going = planned(context.plan.prune, 'prune').versions.filter((one) => one.templateId === templateId)
  const numbers = going.map(({ number }) => number)
  const present = async () =>
    (await templates.versions(templateId)).filter(({ number }) => numbers.includes(number))
  const outcome: { readonly [number: string]: Deleted } = await run.step(
    pruneSteps.deleteVersions.at({ template: templateId }),
    {
      choose: () => ({ numbers }),
      observe: async () =>
        (await present()).length === 0
          ? Object.fromEntries(numbers.map((number) => [number, deleted]))
          : undefined,
      act: async () => {
        const facts = await usesNow(pruning, [])
        if (!facts.ok) return failed(facts.reason)
        const found = await present()
        const judged = numbers.map((number): readonly [number, Deleted | 'go'] => {
          const version = found.find((one) => one.number === number)
          if (!version) return [number, deleted]
          if (versionMaker(version, context.service.name) === undefined) return [number, { did: 'changed' }]
          const uses = usesOfVersion(facts.value, version)
          return [number, uses.length > 0 ? { did: 'kept', uses } : 'go']
        })
        const free = judged.flatMap(([number, fate]) => (fate === 'go' ? [number] : []))
        const left = await deletionOf(() => templates.deleteVersions(templateId, free))
        return done(
          Object.fromEntries(
            judged.map(([number, fate]) => {
              if (fate !== 'go') return [number, fate]
              if ('did' in left) return [number, left]
              const stays = left.find((one) => one.number === number)
              return [number, stays ? { did: 'failed', code: stays.code, words: stays.words } : deleted]
            }),
          ),
        )
      },
    },
  )
  const went: readonly number[] = Object.keys(outcome)
    .map(Number)
    .filter((number) => outcome[number]?.did === 'deleted')
  for (const fate of Object.values(outcome)) fates.push({ what: 'version', fate })
  await untilUntold(run, context, templateId, went)
}

/** For how long EC2 may tell of a version that is deleted; what it tells of longer keeps its image. */
const echo: Milliseconds = 2 * minute

/** Waits until versions that are deleted are told of no more: their images would seem to be needed. */
const untilUntold = async (
  run: Run,
  context: Context,
  templateId: string,
  numbers: readonly number[],
): Promise<void> => {
  if (numbers.length === 0) return
  const { templates } = context.account
  const step = pruneSteps.versionsGone.at({ template: templateId })
  await run.wait(step, {
    within: 2 * echo,
    late: () => reason('timed_out', { step: step.label }),
    look: async (memory) => {
      const now = context.clock.now()
      const since = typeof memory === 'number' ? memory : now
      const told = (await templates.versions(templateId)).some(({ number }) => numbers.includes(number))
      return told && now - since < echo ? waiting(undefined, since) : done(!told)
    },
  })
}

/** An answer, or the refusal as what became of the things. */
const deletionOf = async <T>(call: () => Promise<T>): Promise<T | Extract<Deleted, { did: 'failed' }>> => {
  try {
    return await call()
  } catch (failure) {
    if (!isRefused(failure)) throw failure
    return { did: 'failed', code: failure.code, words: failure.words }
  }
}

/** The codes by which EC2 says that an image or a snapshot is gone (Amazon EC2 API reference, Error codes). */
const gone = /^Invalid(AMIID|Snapshot)\.(NotFound|Unavailable)$/

/** Deregisters an image, where it is still ours and needed by nobody; then deletes the snapshots that were made with it. */
export const deleteImage = async (pruning: Pruning, image: PlannedPrune['images'][number]): Promise<void> => {
  const { run, context, fates } = pruning
  const { images } = context.account
  const look = async () => {
    const [found] = await images.byId([image.id], {})
    return found?.state === 'deregistered' ? undefined : found
  }
  const fate: Deleted = await run.step(pruneSteps.deregister.at({ image: image.id }), {
    choose: () => ({ id: image.id, name: image.name }),
    observe: async () => ((await look()) ? undefined : deleted),
    act: async () => {
      const [found, facts] = await Promise.all([look(), usesNow(pruning, [image.id])])
      if (!found) return done(deleted)
      if (!facts.ok) return failed(facts.reason)
      const { name } = context.service
      if (!isOwnImage(found, name) || makerOf(found, name) !== image.operation)
        return done({ did: 'changed' })
      const uses = usesOfImage(facts.value, found)
      if (uses.length > 0) return done({ did: 'kept', uses })
      return asked(() => images.deregister(image.id))
    },
  })
  fates.push({ what: 'image', fate })
  if (fate.did !== 'deleted') return
  for (const id of image.snapshots)
    await deleteSnapshot(pruning, { id, operation: image.operation }, image.id)
}

/** Asks for a deletion: seen later, done already, or refused, which ends this one thing and no other. */
const asked = async (call: () => Promise<void>): Promise<Look<Deleted & object>> => {
  try {
    await call()
    return waiting()
  } catch (failure) {
    if (!isRefused(failure)) throw failure
    return done(gone.test(failure.code) ? deleted : failedBy(failure))
  }
}

/**
 * For how long EC2 may call a snapshot in use of an image that was just deregistered
 * (https://github.com/boto/boto/issues/3019: it takes up to a few minutes before the image is gone).
 */
const lingering: Milliseconds = 10 * minute

/** Deletes a snapshot, where it was made by that operation and no other registered image holds it. */
export const deleteSnapshot = async (
  { run, context, fates }: Pruning,
  snapshot: { readonly id: string; readonly operation: OperationId },
  image?: string,
): Promise<void> => {
  const { images } = context.account
  const { id, operation } = snapshot
  const fate: Deleted = await run.step(pruneSteps.deleteSnapshot.at({ snapshot: id }), {
    choose: () => ({ id, since: context.clock.now() }),
    observe: async () => ((await images.snapshots([id])).length === 0 ? deleted : undefined),
    act: async ({ since }) => {
      const [[found], holding] = await Promise.all([images.snapshots([id]), images.holding([id])])
      if (!found) return done(deleted)
      const shared = holding.some((one) => one.id !== image)
      if (shared || !isOwnSnapshot(found, context.service.name, operation)) return done({ did: 'changed' })
      const look = await asked(() => images.deleteSnapshot(id))
      const inUse =
        look.kind === 'done' && look.outcome.did === 'failed' && look.outcome.code.endsWith('InUse')
      return inUse && context.clock.now() - since < lingering ? again : look
    },
  })
  fates.push({ what: 'snapshot', fate })
}
