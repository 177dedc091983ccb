import type { StepRecord, Unanswered } from '../domain/operation/operation'
import { isPause } from '../domain/steps/key'
import { hour, type Instant, type Milliseconds, minute, second } from '../domain/time/time'
import type { AwsFailure } from '../ports/failure'
import type { Replay } from './replay'
import { callOf, tellAfter } from '../ports/failed-call'

/*
 * Observed time: the clock without the time in which nobody looked (no worker was there, AWS gave no answer, the clock
 * was set) and without that in which people kept the operation waiting. Deadlines and bake times are spans of it.
 */

/** How often a wait writes down that it looked. */
const recordInterval: Milliseconds = 25 * second
/** The same in real milliseconds: where the clock runs fast it is written less often. */
const realRecordInterval = 2_000
/** Looks that are further apart have not seen what was in between. */
const gapAfter: Milliseconds = minute
/** An outage is of the real world: where the clock runs fast, looks are further apart by themselves. Real milliseconds. */
const realGapAfter = 5_000
/** For so long AWS may leave a step without an answer before it fails. */
export const unansweredTimeout: Milliseconds = 24 * hour

/** The observed time of one replay. */
export const createObservedTime = ({ recorder, clock }: Pick<Replay, 'recorder' | 'clock'>) => {
  const pauses = () => recorder.all().filter(({ key }) => isPause(key))
  const lookedAt = (record: StepRecord): Instant => record.lookedAt ?? record.startedAt

  /** How long people have kept this operation waiting since then: no deadline counts that time. */
  const pausedSince = (since: Instant): Milliseconds =>
    pauses()
      .filter((pause) => pause.startedAt >= since)
      .reduce((sum, pause) => sum + ((pause.endedAt ?? pause.startedAt) - pause.startedAt), 0)

  /** The clock minus observed time, now. */
  const offset = (): Milliseconds =>
    recorder
      .all()
      .filter(({ key }) => !isPause(key))
      .reduce((sum, { unobserved = 0 }) => sum + unobserved, pausedSince(0))

  /** The time since its last look in which nobody looked at a step; 0 where there was none. `every`: how often it looks. */
  const gapOf = (record: StepRecord, every: Milliseconds = 0): Milliseconds => {
    const since = clock.now() - lookedAt(record)
    const isGap = since > gapAfter + 2 * every && clock.real(since) > realGapAfter
    // A clock that was set back makes time run twice.
    if (!isGap && since >= -gapAfter) return 0
    const resumed = Math.max(0, ...pauses().map(({ endedAt = 0 }) => endedAt))
    return clock.now() - Math.max(lookedAt(record), Math.min(resumed, clock.now()))
  }

  /** Whether it is time to write down again that a step was looked at. */
  const isDue = (record: StepRecord): boolean => {
    const since = clock.now() - lookedAt(record)
    return since >= recordInterval && clock.real(since) >= realRecordInterval
  }

  const noted = (
    { unanswered: before }: StepRecord,
    failure: AwsFailure,
    facts: Pick<Unanswered, 'since' | 'changing'>,
  ): Unanswered => {
    const told = (before?.told && before.since === facts.since) || clock.now() - facts.since >= tellAfter
    return { ...callOf(failure), ...facts, ...(told && { told }) }
  }
  const putIfOther = async (after: StepRecord, before: StepRecord): Promise<StepRecord> =>
    JSON.stringify(after.unanswered) === JSON.stringify(before.unanswered) ? before : recorder.put(after)

  return {
    pausedSince,

    now: (): Instant => clock.now() - offset(),

    /** The instant on the clock at which observed time will be at `instant`, if somebody looks until then. */
    clockTime: (instant: Instant): Instant => instant + offset(),

    /** The instant on the clock at which a step gives up that was given `timeout`. */
    deadlineOf: (record: StepRecord, timeout: Milliseconds): Instant =>
      (record.deadline ?? record.startedAt + timeout) +
      pausedSince(record.startedAt) +
      (record.unobserved ?? 0) +
      (record.lost ?? 0),

    /** Before a look: notes the time in which nobody looked, where there was any since the last one. */
    async resume(record: StepRecord, every?: Milliseconds): Promise<StepRecord> {
      const gap = gapOf(record, every)
      const unobserved = (record.unobserved ?? 0) + gap
      return gap === 0 ? record : recorder.put({ ...record, lookedAt: clock.now(), unobserved, gap: true })
    },

    /** After a look that was answered: what is to be written down of it, not more often than needed. */
    looked(record: StepRecord): StepRecord {
      const { gap: _, unansweredSince: __, unanswered, ...rest } = record
      // That a look is answered says nothing of a change.
      const looked = { ...rest, ...(unanswered?.changing && { unanswered }) }
      return isDue(record) ? { ...looked, lookedAt: clock.now() } : looked
    },

    /** After a look, begun at `from`, that AWS gave no answer to: notes since when that is so, and what it is. */
    async unanswered(
      record: StepRecord,
      failure: AwsFailure,
      from: Instant,
    ): Promise<StepRecord & { readonly unansweredSince: Instant }> {
      const { unansweredSince = from } = record
      const unanswered = noted(record, failure, { since: unansweredSince })
      return { ...(await putIfOther({ ...record, unansweredSince, unanswered }, record)), unansweredSince }
    },

    /** The same of a change. */
    unansweredChange: (record: StepRecord, failure: AwsFailure, from: Instant): Promise<StepRecord> =>
      putIfOther(
        {
          ...record,
          unanswered: noted(record, failure, {
            since: record.unanswered?.changing ? record.unanswered.since : from,
            changing: true,
          }),
        },
        record,
      ),

    /** A pause whose deadline is moved by the time in which nobody was there to hear a person's word. */
    async resumePause(pause: StepRecord): Promise<StepRecord> {
      const gap = gapOf(pause)
      const deadline = (pause.deadline ?? pause.startedAt) + gap
      if (gap !== 0) return recorder.put({ ...pause, deadline, lookedAt: clock.now() })
      return isDue(pause) ? recorder.put({ ...pause, lookedAt: clock.now() }) : pause
    },

    /** How often a pause looks, so that a gap is told from the time in which it only waited. */
    pauseInterval: (): Milliseconds =>
      Math.max(recordInterval, (gapAfter * realRecordInterval) / clock.real(gapAfter)),
  }
}

export type ObservedTime = ReturnType<typeof createObservedTime>
