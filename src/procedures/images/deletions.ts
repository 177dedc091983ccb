import { isOwnImage, isOwnSnapshot, makerOf, versionMaker } from '../../domain/images/own'
import type { DeletionOutcome } from '../../domain/images/pruned'
import { usesOfImage, usesOfVersion, versionsWith } from '../../domain/images/uses'
import type { PlannedPrune } from '../../domain/operation/plan'
import { reason } from '../../domain/reasons/reason'
import { pruneSteps } from '../../domain/steps/images'
import { type Milliseconds, minute } from '../../domain/time/time'
import { again, done, failed, type PollResult, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, planned } from '../context'
import { type UsesRequest, gatherUses } from '../../facts/images/gather-uses'
import type { OperationId } from '../../domain/operation/id'

/** A prune under way. */
export interface Pruning {
  readonly run: Run
  readonly context: Context
  /** What became of each thing, in the order in which they were come to. */
  readonly outcomes: { readonly what: 'version' | 'image' | 'snapshot'; readonly fate: DeletionOutcome }[]
  /** What was read of other templates' versions in this replay. */
  readonly known: NonNullable<UsesRequest['known']>
  /** Whether the service's own fleet has been taken away before. */
  readonly removed?: true
}

const deleted: DeletionOutcome = { did: 'deleted' }

const isRejected = (failure: unknown): failure is AwsFailure =>
  failure instanceof AwsFailure && failure.kind === 'refused'

const failedBy = ({ code, words }: AwsFailure): DeletionOutcome => ({ did: 'failed', code, words })

/** What needs these images, or the service's template versions, asked anew. */
const readUses = ({ context, known, removed }: Pruning, images: readonly string[]) => {
  const { service, account, elsewhere, journal, clock, operation } = context
  const request = { service, account, elsewhere, journal, now: clock.now(), own: operation.id, known }
  return gatherUses({ ...request, ...(removed && { removed }) }, images)
}

/**
 * Deletes versions of a template, those that are still made by Rollcall and needed by nobody, in one call, whose answer
 * tells of each that stays (EC2 API reference, DeleteLaunchTemplateVersions).
 */
export const deleteVersions = async (pruning: Pruning, templateId: string): Promise<void> => {
  const { run, context, outcomes } = pruning
  const { templates } = context.account
  const going = planned(context.plan.prune, 'prune').versions.filter((one) => one.templateId === templateId)
  const numbers = going.map(({ number }) => number)
  const present = async () =>
    (await templates.versions(templateId)).filter(({ number }) => numbers.includes(number))
  const outcome: { readonly [number: string]: DeletionOutcome } = await run.step(
    pruneSteps.deleteVersions.at({ template: templateId }),
    {
      choose: () => ({ numbers }),
      observe: async () =>
        (await present()).length === 0
          ? Object.fromEntries(numbers.map((number) => [number, deleted]))
          : undefined,
      act: async () => {
        const facts = await readUses(pruning, [])
        if (!facts.ok) return failed(facts.reason)
        const found = await present()
        const decided = numbers.map((number): readonly [number, DeletionOutcome | 'go'] => {
          const version = found.find((one) => one.number === number)
          if (!version) return [number, deleted]
          if (versionMaker(version, context.service.name) === undefined) return [number, { did: 'changed' }]
          const uses = usesOfVersion(facts.value, version)
          return [number, uses.length > 0 ? { did: 'kept', uses } : 'go']
        })
        const free = decided.flatMap(([number, fate]) => (fate === 'go' ? [number] : []))
        const left = await tryDeletion(() => templates.deleteVersions(templateId, free))
        return done(
          Object.fromEntries(
            decided.map(([number, fate]) => {
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
  const deletedNumbers: readonly number[] = Object.keys(outcome)
    .map(Number)
    .filter((number) => outcome[number]?.did === 'deleted')
  for (const fate of Object.values(outcome)) outcomes.push({ what: 'version', fate })
  await awaitInvisible(run, context, templateId, deletedNumbers)
}

/** For how long EC2 may tell of a version that is deleted; what it tells of longer keeps its image. */
const visibilityDelay: Milliseconds = 2 * minute

/** Waits until versions that are deleted are told of no more: their images would seem to be needed. */
const awaitInvisible = async (
  run: Run,
  context: Context,
  templateId: string,
  numbers: readonly number[],
): Promise<void> => {
  if (numbers.length === 0) return
  const { templates } = context.account
  const step = pruneSteps.versionsGone.at({ template: templateId })
  await run.wait(step, {
    timeout: 2 * visibilityDelay,
    onTimeout: () => reason('timed_out', { step: step.label }),
    poll: async (memory, _, { now }) => {
      const since = typeof memory === 'number' ? memory : now
      const visible = (await templates.versions(templateId)).some(({ number }) => numbers.includes(number))
      return visible && now - since < visibilityDelay ? waiting(undefined, since) : done(!visible)
    },
  })
}

/** An answer, or the refusal as what became of the things. */
const tryDeletion = async <T>(
  call: () => Promise<T>,
): Promise<T | Extract<DeletionOutcome, { did: 'failed' }>> => {
  try {
    return await call()
  } catch (failure) {
    if (!isRejected(failure)) throw failure
    return { did: 'failed', code: failure.code, words: failure.words }
  }
}

/** The codes by which EC2 says that an image or a snapshot is gone (Amazon EC2 API reference, Error codes). */
const notFoundCode = /^Invalid(AMIID|Snapshot)\.(NotFound|Unavailable)$/

/** Deregisters an image, where it is still ours and needed by nobody; then deletes the snapshots that were made with it. */
export const deleteImage = async (pruning: Pruning, image: PlannedPrune['images'][number]): Promise<void> => {
  const { run, context, outcomes } = pruning
  const { images } = context.account
  const findImage = async () => {
    const [found] = await images.byId([image.id], {})
    return found?.state === 'deregistered' ? undefined : found
  }
  const fate: DeletionOutcome = await run.step(pruneSteps.deregister.at({ image: image.id }), {
    choose: () => ({ id: image.id, name: image.name }),
    observe: async () => ((await findImage()) ? undefined : deleted),
    act: async () => {
      const [found, facts] = await Promise.all([findImage(), readUses(pruning, [image.id])])
      if (!found) return done(deleted)
      if (!facts.ok) return failed(facts.reason)
      const { name } = context.service
      if (!isOwnImage(found, name) || makerOf(found, name) !== image.operation)
        return done({ did: 'changed' })
      const uses = usesOfImage(facts.value, found)
      if (uses.length > 0) return done({ did: 'kept', uses })
      return requestDeletion(() => images.deregister(image.id))
    },
  })
  outcomes.push({ what: 'image', fate })
  if (fate.did !== 'deleted') return
  for (const id of image.snapshots)
    await deleteSnapshot(pruning, { id, operation: image.operation }, image.id)
}

/** Asks for a deletion: seen later, done already, or refused, which ends this one thing and no other. */
const requestDeletion = async (call: () => Promise<void>): Promise<PollResult<DeletionOutcome & object>> => {
  try {
    await call()
    return waiting()
  } catch (failure) {
    if (!isRejected(failure)) throw failure
    return done(notFoundCode.test(failure.code) ? deleted : failedBy(failure))
  }
}

/**
 * For how long EC2 may call a snapshot in use of an image that was just deregistered
 * (https://github.com/boto/boto/issues/3019: it takes up to a few minutes before the image is gone).
 */
const inUseDelay: Milliseconds = 10 * minute

/** Deletes a snapshot, where it was made by that operation and no other registered image holds it. */
export const deleteSnapshot = async (
  pruning: Pruning,
  snapshot: { readonly id: string; readonly operation: OperationId },
  image?: string,
): Promise<void> => {
  const { run, context, outcomes } = pruning
  const { images } = context.account
  const { id, operation } = snapshot
  const fate: DeletionOutcome = await run.step(pruneSteps.deleteSnapshot.at({ snapshot: id }), {
    choose: () => ({ id, since: run.now() }),
    observe: async () => ((await images.snapshots([id])).length === 0 ? deleted : undefined),
    act: async ({ since }) => {
      const [[found], registered] = await Promise.all([images.snapshots([id]), images.holding([id])])
      if (!found) return done(deleted)
      const shared = registered.some((one) => one.id !== image)
      if (shared || !isOwnSnapshot(found, context.service.name, operation)) return done({ did: 'changed' })
      // That nobody launches the image, nor its snapshots, was asked right before it went.
      const uses = image === undefined ? await readUses(pruning, []) : undefined
      if (uses && !uses.ok) return failed(uses.reason)
      if (uses && versionsWith(uses.value, id).length > 0) return done({ did: 'changed' })
      const result = await requestDeletion(() => images.deleteSnapshot(id))
      const inUse =
        result.kind === 'done' && result.outcome.did === 'failed' && result.outcome.code.endsWith('InUse')
      return inUse && run.now() - since < inUseDelay ? again : result
    },
  })
  outcomes.push({ what: 'snapshot', fate })
}
