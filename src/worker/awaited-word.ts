import { awaitedSteps, isOnPlan, isSilentSince } from '../domain/steps/awaited'
import { operationSteps } from '../domain/steps/operation'
import type { Plan } from '../domain/operation/plan'
import type { Wait } from '../domain/access/verdict'
import { type Instant, minute } from '../domain/time/time'
import { createObservedTime } from '../durable/observed-time'
import type { Recorder } from '../durable/recorder'
import type { WorkerDeps } from './deps'

type Word = Extract<Wait, { for: 'confirmation' | 'approval' }>

/**
 * A person's word on a plan that is awaited. It is looked for each minute, without a look at AWS, so that a time in which
 * nobody was there to hear it is told from one in which nobody spoke.
 */
export const createAwaitedWord = ({ clock }: WorkerDeps, recorder: Recorder) => {
  const { operation } = recorder
  const observed = createObservedTime({ recorder, clock })
  const interval = Math.max(minute, observed.pauseInterval())
  const nextLook = (lookAt: Instant): Instant => Math.min(lookAt, clock.now() + interval)

  /** Nobody's word but `kept` is awaited any more. */
  const settle = async (kept?: Word['for']): Promise<void> => {
    for (const word of ['confirmation', 'approval'] as const) {
      const known = recorder.find(awaitedSteps[word])
      if (known?.state === 'waiting' && word !== kept)
        await recorder.put({ ...known, state: 'done', outcome: true, endedAt: clock.now() })
    }
  }

  /** Writes down, once a plan, that those asked are to be called again; gives when that, or their silence, is due. */
  const remind = async (
    { until, remindAt = until }: Extract<Wait, { for: 'approval' }>,
    fingerprint: string,
  ): Promise<Instant> => {
    const now = clock.now()
    const reminded = operationSteps.approvalReminded.at({ fingerprint })
    if (recorder.find(reminded)) return until
    if (now < remindAt) return remindAt
    await recorder.put({ key: reminded.key, state: 'done', startedAt: now, endedAt: now, outcome: true })
    return until
  }

  return {
    settle,

    /** Before a look: notes for how long nobody was there to hear. Gives the next look where there is nothing new yet. */
    async listen(): Promise<Instant | undefined> {
      const fingerprint = operation.plan?.fingerprint ?? ''
      const asked = Object.values(awaitedSteps)
        .map((step) => recorder.find(step))
        .filter((record) => isOnPlan(record, fingerprint))
        .find(({ state }) => state === 'waiting')
      if (!asked) return undefined
      const resumed = await observed.resume(asked, interval)
      const looked = observed.looked(resumed)
      if (looked.lookedAt !== resumed.lookedAt) await recorder.put(looked)
      const { deadline = clock.now() } = asked
      const isNew = !isSilentSince(asked, operation.signals.length) || clock.now() >= deadline
      return isNew ? undefined : nextLook(deadline)
    },

    /** Writes down that a word on a plan is awaited; gives the next look. */
    async expect(wanted: Word, { fingerprint }: Plan): Promise<Instant> {
      const { for: word } = wanted
      const lookAt = wanted.for === 'approval' ? await remind(wanted, fingerprint) : wanted.until
      await settle(word)
      const known = recorder.find(awaitedSteps[word])
      const before = known?.state === 'waiting' && isOnPlan(known, fingerprint) ? known : undefined
      await recorder.put({
        key: awaitedSteps[word].key,
        state: 'waiting',
        startedAt: before?.startedAt ?? clock.now(),
        lookedAt: clock.now(),
        deadline: lookAt,
        choice: { fingerprint, signals: operation.signals.length },
        ...(before?.unobserved !== undefined && { unobserved: before.unobserved }),
      })
      return nextLook(lookAt)
    },
  }
}
