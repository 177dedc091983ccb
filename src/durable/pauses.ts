import type { StepRecord } from '../domain/operation/operation'
import { type Reason, reason } from '../domain/reasons/reason'
import { operationSteps } from '../domain/steps/operation'
import { isPause } from '../domain/steps/key'
import { type Milliseconds, minute } from '../domain/time/time'
import { Suspended, Unwinding } from './control'
import type { Recorder } from './recorder'
import type { ObservedTime } from './observed-time'
import { failStepWith, type Replay } from './replay'

/** How long a stopped operation waits for a word before it goes back by itself: silence means no. */
const pauseTimeout: Milliseconds = 30 * minute

/** What a hold writes down: the key it stands before, and how many signals had been said when it was settled last. */
interface PauseChoice {
  readonly before: string
  readonly signals: number
}
const choiceOf = (pause: StepRecord) => pause.choice as unknown as PauseChoice

/** How a replay stops for a person: at safe points of its own accord, or where the procedure says so. */
export const createPauses = (replay: Replay, observed: ObservedTime) => {
  const { recorder, clock } = replay
  const failStep = failStepWith(replay)
  const pauses = () => recorder.all().filter(({ key }) => isPause(key))

  /** How many signals had been said with the oldest cancel that no hold has taken up yet; undefined without one. */
  const openCancel = (): number | undefined => {
    const answered = Math.max(0, ...pauses().map((pause) => choiceOf(pause).signals))
    const open = recorder.signals.findIndex(({ kind }, index) => index >= answered && kind === 'cancel')
    return open < 0 ? undefined : open + 1
  }

  /** Whether somebody asked to cancel and no hold has taken it up yet. */
  const cancelIsOpen = (): boolean =>
    !replay.committed && !replay.returning && !replay.interrupted && openCancel() !== undefined

  const begin = async (key: string, before: string): Promise<StepRecord> => {
    const choice = { before, signals: openCancel() ?? recorder.signals.length }
    const startedAt = clock.now()
    // Nothing was changed yet: there is nothing to go back from, so nothing to ask.
    if (replay.undos.length === 0) {
      return failStep({ key, startedAt, choice, state: 'failed' }, cancelledBy(recorder))
    }
    const deadline = startedAt + pauseTimeout
    return recorder.put({ key, state: 'waiting', startedAt, deadline, choice }, { phase: 'held' })
  }

  /** What a person answered, and how many signals there were with it; suspends until then, or until the deadline. */
  const answerTo = async (begun: StepRecord) => {
    const pause = await observed.resumePause(begun)
    const { signals: before } = choiceOf(pause)
    const at = recorder.signals.findIndex(
      ({ kind }, index) => index >= before && (kind === 'go on' || kind === 'go back'),
    )
    const answer = recorder.signals[at]
    const deadline = pause.deadline ?? pause.startedAt
    if (!answer && clock.now() < deadline)
      throw new Suspended(Math.min(deadline, clock.now() + observed.pauseInterval()))
    return { pause, kind: answer?.kind, signals: at + 1, by: answer?.by.user }
  }

  const settle = async (begun: StepRecord, why?: Reason): Promise<void> => {
    if (begun.failure) throw new Unwinding(begun.failure)
    const { pause, kind, signals, by } = await answerTo(begun)
    if (kind !== 'go on')
      return failStep(pause, why ? { ...why, facts: { ...why.facts, by } } : cancelledBy(recorder))
    // Not what was said after it: another cancel that came with it shall be heard.
    const choice = { ...choiceOf(pause), signals }
    await recorder.put(
      { ...pause, choice, state: 'done', outcome: 'go on', endedAt: clock.now() },
      { phase: 'running' },
    )
  }

  return {
    cancelIsOpen,

    /** Before anything new is begun: stops when a person asked for it. */
    async safePoint(key: string): Promise<void> {
      if (replay.returning) return
      const here = pauses().findLast((pause) => choiceOf(pause).before === key)
      if (here && here.state !== 'done') return settle(here)
      if (cancelIsOpen())
        return settle(
          await begin(operationSteps.pausedAtSafePoint.at({ round: pauses().length + 1 }).key, key),
        )
    },

    /** Where the procedure itself has stopped what ran, or asks a person for the reason given. */
    async pauseAt(key: string, why?: Reason): Promise<void> {
      const known = recorder.lookUp(key)
      replay.interrupted = false
      if (known?.state !== 'done') await settle(known ?? (await begin(key, key)), why)
    },

    /** On the way back, before anything is undone. */
    async askAt(key: string): Promise<'go back' | 'go on'> {
      const known = recorder.lookUp(key)
      if (known?.state === 'done') return known.outcome === 'go on' ? 'go on' : 'go back'
      const startedAt = clock.now()
      const choice = { before: key, signals: recorder.signals.length }
      const begun =
        known ??
        (await recorder.put(
          { key, state: 'waiting', startedAt, deadline: startedAt + pauseTimeout, choice },
          { phase: 'held' },
        ))
      const { pause, kind } = await answerTo(begun)
      const outcome = kind === 'go on' ? 'go on' : 'go back'
      await recorder.put({ ...pause, state: 'done', outcome, endedAt: clock.now() }, { phase: 'returning' })
      return outcome
    },
  }
}

const cancelledBy = (recorder: Recorder): Reason => {
  const signalled = recorder.signals.findLast(
    (signal) => signal.kind === 'cancel' || signal.kind === 'go back',
  )
  return reason('cancelled_by_person', { by: signalled?.by.user })
}
