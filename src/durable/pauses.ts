import type { StepRecord } from '../domain/operation/operation'
import { type Reason, reason } from '../domain/reasons/reason'
import { operationSteps } from '../domain/steps/operation'
import { isPause } from '../domain/steps/key'
import { type Instant, type Milliseconds, minute } from '../domain/time/time'
import { Suspended, Unwinding } from './control'
import type { Recorder } from './recorder'
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
export const createPauses = (replay: Replay) => {
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

  const settle = async (pause: StepRecord): Promise<void> => {
    if (pause.failure) throw new Unwinding(pause.failure)
    const { signals: before } = choiceOf(pause)
    const at = recorder.signals.findIndex(
      ({ kind }, index) => index >= before && (kind === 'go on' || kind === 'go back'),
    )
    const answer = recorder.signals[at]
    const deadline = pause.deadline ?? pause.startedAt
    if (!answer && clock.now() < deadline) throw new Suspended(deadline)
    if (answer?.kind !== 'go on') return failStep(pause, cancelledBy(recorder))
    // Not what was said after it: another cancel that came with it shall be heard.
    const choice = { ...choiceOf(pause), signals: at + 1 }
    await recorder.put(
      { ...pause, choice, state: 'done', outcome: 'go on', endedAt: clock.now() },
      { phase: 'running' },
    )
  }

  return {
    cancelIsOpen,

    /** How long people have kept this operation waiting since then: no deadline counts that time. */
    pausedSince: (since: Instant): Milliseconds =>
      pauses()
        .filter((pause) => pause.startedAt >= since)
        .reduce((sum, pause) => sum + ((pause.endedAt ?? pause.startedAt) - pause.startedAt), 0),

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

    /** Where the procedure itself has stopped what ran. */
    async pauseAt(key: string): Promise<void> {
      const known = recorder.lookUp(key)
      replay.interrupted = false
      if (known?.state !== 'done') await settle(known ?? (await begin(key, key)))
    },
  }
}

const cancelledBy = (recorder: Recorder): Reason => {
  const signalled = recorder.signals.findLast(
    (signal) => signal.kind === 'cancel' || signal.kind === 'go back',
  )
  return reason('cancelled_by_person', { by: signalled?.by.user })
}
