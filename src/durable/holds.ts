import type { StepRecord } from '../domain/operation'
import { type Reason, reason } from '../domain/reasons'
import { operationSteps } from '../domain/steps/operation'
import { isPause } from '../domain/steps/key'
import { type Instant, type Milliseconds, minute } from '../domain/time'
import { Suspended, Unwinding } from './control'
import type { Recorder } from './recorder'
import { giveUpWith, type Replay } from './replay'

/** How long a stopped operation waits for a word before it goes back by itself: silence means no. */
const holdFor: Milliseconds = 30 * minute

/** What a hold writes down: the key it stands before, and how many signals had been said when it was settled last. */
interface HoldChoice {
  readonly before: string
  readonly signals: number
}
const choiceOf = (hold: StepRecord) => hold.choice as unknown as HoldChoice

/** How a replay stops for a person: at safe points of its own accord, or where the procedure says so. */
export const createHolds = (replay: Replay) => {
  const { recorder, clock } = replay
  const giveUp = giveUpWith(replay)
  const holds = () => recorder.all().filter(({ key }) => isPause(key))

  /** How many signals had been said with the oldest cancel that no hold has taken up yet; undefined without one. */
  const openCancel = (): number | undefined => {
    const answered = Math.max(0, ...holds().map((hold) => choiceOf(hold).signals))
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
      return giveUp({ key, startedAt, choice, state: 'failed' }, cancelledBy(recorder))
    }
    const deadline = startedAt + holdFor
    return recorder.put({ key, state: 'waiting', startedAt, deadline, choice }, { phase: 'held' })
  }

  const settle = async (hold: StepRecord): Promise<void> => {
    if (hold.failure) throw new Unwinding(hold.failure)
    const { signals: before } = choiceOf(hold)
    const at = recorder.signals.findIndex(
      ({ kind }, index) => index >= before && (kind === 'go on' || kind === 'go back'),
    )
    const answer = recorder.signals[at]
    const deadline = hold.deadline ?? hold.startedAt
    if (!answer && clock.now() < deadline) throw new Suspended(deadline)
    if (answer?.kind !== 'go on') return giveUp(hold, cancelledBy(recorder))
    // Not what was said after it: another cancel that came with it shall be heard.
    const choice = { ...choiceOf(hold), signals: at + 1 }
    await recorder.put(
      { ...hold, choice, state: 'done', outcome: 'go on', endedAt: clock.now() },
      { phase: 'running' },
    )
  }

  return {
    cancelIsOpen,

    /** How long people have kept this operation waiting since then: no deadline counts that time. */
    heldSince: (since: Instant): Milliseconds =>
      holds()
        .filter((hold) => hold.startedAt >= since)
        .reduce((sum, hold) => sum + ((hold.endedAt ?? hold.startedAt) - hold.startedAt), 0),

    /** Before anything new is begun: stops when a person asked for it. */
    async safePoint(key: string): Promise<void> {
      if (replay.returning) return
      const here = holds().findLast((hold) => choiceOf(hold).before === key)
      if (here && here.state !== 'done') return settle(here)
      if (cancelIsOpen())
        return settle(
          await begin(operationSteps.pausedAtSafePoint.at({ round: holds().length + 1 }).key, key),
        )
    },

    /** Where the procedure itself has stopped what ran. */
    async holdAt(key: string): Promise<void> {
      const known = recorder.meet(key)
      replay.interrupted = false
      if (known?.state !== 'done') await settle(known ?? (await begin(key, key)))
    },
  }
}

const cancelledBy = (recorder: Recorder): Reason => {
  const said = recorder.signals.findLast((signal) => signal.kind === 'cancel' || signal.kind === 'go back')
  return reason('cancelled_by_person', { by: said?.by.user })
}
