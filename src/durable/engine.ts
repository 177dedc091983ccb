import type { FleetSnapshot } from '../domain/fleet/fleet'
import type { Json } from '../domain/json'
import type { ChangingCall, StepRecord } from '../domain/operation/operation'
import { reason } from '../domain/reasons/reason'
import type { Step } from '../domain/steps/step'
import { keyOfPause, keyOnWayBack } from '../domain/steps/key'
import { hour, type Instant, type Milliseconds, minute, second } from '../domain/time/time'
import type { Freshness } from '../ports/freshness'
import { AwsFailure } from '../ports/failure'
import { Suspended, Unwinding } from './control'
import { nextLook, readSince } from './next-look'
import { createObservedTime, unansweredTimeout } from './observed-time'
import { createPauses } from './pauses'
import { failStepWith, type Replay } from './replay'
import { refusedReason, unansweredReason } from '../ports/failed-call'
import type { Run, StepSpec, WaitSpec } from './run'

/** How often a wait looks when nothing else was said. */
export const pollInterval: Milliseconds = 5 * second
const defaultTimeout: Milliseconds = hour
/**
 * After so long a change that happened can be seen. EC2 speaks of a few seconds to minutes; what one's own calls
 * made is seen much earlier (EC2 developer guide, "Eventual consistency in the Amazon EC2 API").
 */
const visibilityDelay: Milliseconds = 20 * second

/** While waiting, answers that are shared are good enough; a conclusion is drawn from answers made for it. */
const cachedRead: Freshness = { maxAge: 3 * second, quiescentAge: 30 * second }
const freshRead: Freshness = {}

/** The durable steps over one replay, on the way there or back. */
export const createRun = (replay: Replay, onWayBack = false): Run => {
  const { recorder, clock } = replay
  const keyOf = ({ key }: Step): string => (onWayBack ? keyOnWayBack(key) : key)

  const finish = async <Outcome extends Json>(record: StepRecord, outcome: Outcome): Promise<Outcome> => {
    const { progress: _, unanswered: __, ...rest } = record
    await recorder.put({ ...rest, state: 'done', outcome, endedAt: clock.now() })
    return outcome
  }
  const failStep = failStepWith(replay)
  const observed = createObservedTime(replay)
  const pauses = createPauses(replay, observed)

  /** What an answer that is none means: retried later, or the step fails where AWS refused or the timeout is over. */
  const retryOrFail = async (failure: unknown, record: StepRecord, until: Instant): Promise<never> => {
    if (!(failure instanceof AwsFailure)) throw failure
    if (failure.kind === 'refused') return failStep(record, refusedReason(failure))
    const now = clock.now()
    if (now >= until) return failStep(record, unansweredReason(failure, now - record.startedAt))
    // Doubles with the time already spent, without a counter to keep: 2 s at first, 30 s at most.
    const delay = Math.min(Math.max(now - record.startedAt, 2 * second), 30 * second)
    throw new Suspended(Math.min(now + delay, until))
  }

  /** A look that AWS gave no answer to counts against nobody: it is made again, ever more rarely. */
  const retryUnanswered = async (failure: unknown, record: StepRecord, from: Instant): Promise<never> => {
    if (!(failure instanceof AwsFailure)) throw failure
    if (failure.kind === 'refused') return failStep(record, refusedReason(failure))
    const noted = await observed.unanswered(record, failure, from)
    const since = clock.now() - noted.unansweredSince
    if (since >= unansweredTimeout) return failStep(noted, unansweredReason(failure, unansweredTimeout))
    const delay = Math.max(2 * second, Math.min(since, 30 * second), Math.min(since / 20, 5 * minute))
    throw new Suspended(clock.now() + Math.round(delay))
  }

  /** Observes, and acts where that is needed and safe: never while an earlier try may only not be visible yet. */
  const attempt = async <Choice extends Json, Outcome extends Json>(
    intended: StepRecord,
    spec: StepSpec<Choice, Outcome>,
    justIntended: boolean,
  ): Promise<Outcome> => {
    const choice = intended.choice as Choice
    const onTimeout = reason('timed_out', { step: intended.key })
    let record = await observed.resume(intended)
    const until = observed.deadlineOf(record, spec.timeout ?? defaultTimeout)
    const act = replay.hearChanges
    const calls: ChangingCall[] = []
    let acting = false
    let from = clock.now()
    try {
      const seen = await spec.observe(choice)
      if (seen !== undefined) return await finish(record, seen)
      record = await putIfChanged(record, observed.looked(record))
      const lastTry = record.asked ?? record.startedAt
      if (justIntended || record.clear || clock.now() - lastTry >= visibilityDelay) {
        if (!justIntended) record = await recorder.put({ ...record, asked: clock.now(), clear: false })
        acting = true
        from = clock.now()
        const acted = act
          ? await act(
              (call) => calls.push(call),
              () => spec.act(choice),
            )
          : await spec.act(choice)
        acting = false
        from = clock.now()
        record = withCalls(await putIfChanged(record, answered(record)), calls)
        if (acted.kind === 'done') return await finish(record, acted.outcome)
        if (acted.kind === 'failed') return await failStep(record, acted.reason)
        if (acted.kind === 'again') record = await recorder.put({ ...record, clear: true })
        const visible = acted.kind === 'waiting' ? await spec.observe(choice) : undefined
        if (visible !== undefined) return await finish(record, visible)
        if (acted.kind === 'waiting' && calls.length > 0) record = await recorder.put(record)
      }
    } catch (failure) {
      if (!acting) return retryUnanswered(failure, record, from)
      record = withCalls(record, calls)
      // AWS did not do it then. (That it did not let us look says nothing about an earlier try.)
      const nothingDone = failure instanceof AwsFailure && /^(throttled|unauthenticated)$/.test(failure.kind)
      if (nothingDone) record = await recorder.put({ ...record, clear: true })
      if (failure instanceof AwsFailure && failure.kind !== 'refused')
        record = await observed.unansweredChange(record, failure, from)
      return retryOrFail(failure, record, until)
    }
    if (clock.now() >= until) return failStep(record, onTimeout)
    throw new Suspended(Math.min(clock.now() + 2 * second, until))
  }

  const putIfChanged = async (before: StepRecord, after: StepRecord): Promise<StepRecord> =>
    JSON.stringify(after) === JSON.stringify(before) ? before : recorder.put(after)

  const pollOnce = async <Outcome extends Json>(
    begun: StepRecord,
    spec: WaitSpec<Outcome>,
  ): Promise<Outcome> => {
    const every = spec.interval ?? pollInterval
    const record = await observed.resume(begun, every)
    const deadline = observed.deadlineOf(record, spec.timeout)
    const look = { now: observed.now(), gap: record.gap === true }
    let next = deadline
    const looked = clock.now()
    let from = looked
    const heard = await replay.hints?.heard()
    let seldom = false
    try {
      const cached = await spec.poll(record.choice, readSince(cachedRead, heard?.last, clock.now()), look)
      const conclusive = cached.kind !== 'waiting' || clock.now() >= deadline
      from = clock.now()
      const latest = conclusive ? await spec.poll(record.choice, freshRead, look) : cached
      if (latest.kind === 'done') return await finish(record, latest.outcome)
      if (latest.kind === 'failed') {
        const seen = latest.memory === undefined ? record : { ...record, choice: latest.memory }
        return await failStep(seen, latest.reason)
      }
      if (latest.kind === 'again') throw new Error(`a wait looks, it does not act: ${record.key}`)
      const { lost = 0 } = latest
      if (clock.now() >= deadline + lost) return await failStep(record, spec.onTimeout())
      await putIfChanged(record, {
        ...observed.looked(record),
        ...(lost > 0 && { lost: (record.lost ?? 0) + lost }),
        ...(latest.progress && { progress: latest.progress }),
        ...(latest.memory !== undefined && { choice: latest.memory }),
      })
      next = Math.min(deadline + lost, latest.at ?? deadline + lost)
      // An event may have come between this look and the first time that it is followed: the next look is soon then.
      const { announced, watched } = latest
      const followed = announced !== undefined && (await replay.hints?.follow(announced)) === true
      seldom = followed && !watched
    } catch (failure) {
      return retryUnanswered(failure, record, from)
    }
    // Of two events close together the second wakes nobody, and may have come while this look went on.
    const since = await replay.hints?.heard()
    throw new Suspended(Math.min(nextLook(clock.now(), since, { every, seldom, looked }), next))
  }

  const begin = async <Outcome extends Json>(
    key: string,
    known: StepRecord | undefined,
    spec: WaitSpec<Outcome>,
  ) => {
    const now = clock.now()
    return known ?? recorder.put({ key, state: 'waiting', startedAt: now, deadline: now + spec.timeout })
  }

  /** Intent, look, act, record; of a record too, which acts on nothing. */
  const runStep = async <Choice extends Json, Outcome extends Json>(
    step: Step,
    spec: StepSpec<Choice, Outcome>,
  ): Promise<Outcome> => {
    const key = keyOf(step)
    const known = recorder.lookUp(key)
    const settled = settledOutcome(known)
    if (settled) return settled.outcome as Outcome
    // A step that was intended may have happened: it is brought to its end before anyone may stop here.
    if (known?.state !== 'intended') await pauses.safePoint(key)
    let record = known
    if (record?.state !== 'intended') {
      const from = clock.now()
      const startedAt = known?.startedAt ?? from
      try {
        const choice = await spec.choose()
        record = await recorder.put({ key, state: 'intended', startedAt, choice })
      } catch (failure) {
        if (!(failure instanceof AwsFailure)) throw failure
        const waiting = known ?? (await recorder.put({ key, state: 'waiting', startedAt }))
        return retryUnanswered(failure, waiting, from)
      }
    }
    return attempt(record, spec, known?.state !== 'intended')
  }

  return {
    step: runStep,

    async wait(step, spec) {
      const key = keyOf(step)
      const known = recorder.lookUp(key)
      const settled = settledOutcome(known)
      if (settled) return settled.outcome as never
      await pauses.safePoint(key)
      return pollOnce(await begin(key, known, spec), spec)
    },

    async interruptibleWait(step, spec) {
      const key = keyOf(step)
      const known = recorder.lookUp(key)
      const settled = settledOutcome(known)
      if (settled?.outcome === 'interrupted') replay.interrupted = true
      if (settled) return settled.outcome as never
      const record = await begin(key, known, spec)
      if (pauses.cancelIsOpen()) {
        await finish(record, 'interrupted')
        replay.interrupted = true
        return 'interrupted'
      }
      return pollOnce(record, spec)
    },

    record: (step, read) =>
      runStep(step, { choose: () => true, observe: read, act: async () => ({ kind: 'waiting' }) }),

    async fail(step, why) {
      const key = keyOf(step)
      const known = recorder.lookUp(key)
      if (known?.failure) throw new Unwinding(known.failure)
      return failStep({ key, state: 'failed', startedAt: clock.now() }, why)
    },

    undo(what, back) {
      if (!replay.returning && !replay.committed) replay.undos.push({ what, back })
    },

    commit() {
      replay.undos.length = 0
      replay.committed = true
      recorder.enterWithNextWrite('finishing')
    },

    now: () => observed.now(),
    clockTime: (instant) => observed.clockTime(instant),

    pause: (step, why) => pauses.pauseAt(keyOfPause(keyOf(step)), why),
    ask: (step) => pauses.askAt(keyOfPause(keyOf(step))),

    show: (fleet: FleetSnapshot) => recorder.show(fleet),

    async note(step, fact) {
      const key = keyOf(step)
      if (recorder.lookUp(key)) return
      const now = clock.now()
      await recorder.put({ key, state: 'done', startedAt: now, endedAt: now, outcome: true }, { note: fact })
    },
  }
}

/** The recorded end of a step, where it has one; a failed one fails again. */
const settledOutcome = (known: StepRecord | undefined): { outcome: Json | undefined } | undefined => {
  if (known?.state === 'failed' && known.failure) throw new Unwinding(known.failure)
  return known?.state === 'done' ? { outcome: known.outcome } : undefined
}

/** As many calls of a step as are kept: one that is tried again and again tells of its last tries. */
const mostCalls = 50

const withCalls = (record: StepRecord, calls: readonly ChangingCall[]): StepRecord =>
  calls.length === 0 ? record : { ...record, calls: [...(record.calls ?? []), ...calls].slice(-mostCalls) }

/** A change that AWS has answered, whatever it said. */
const answered = (record: StepRecord): StepRecord => {
  const { unanswered: _, ...rest } = record
  return rest
}
