import type { FleetSnapshot } from '../domain/fleet'
import type { Json } from '../domain/json'
import type { StepRecord } from '../domain/operation'
import { type Reason, reason } from '../domain/reasons'
import type { Step } from '../domain/steps/step'
import { keyOfPause, keyOnWayBack } from '../domain/steps/key'
import { hour, type Instant, type Milliseconds, second } from '../domain/time'
import type { Freshness } from '../ports/freshness'
import { AwsFailure } from '../ports/failure'
import { Suspended, Unwinding } from './control'
import { createHolds } from './holds'
import { giveUpWith, type Replay } from './replay'
import type { Run, StepSpec, WaitSpec } from './run'

/** How often a wait looks when nothing else was said. */
export const lookEvery: Milliseconds = 5 * second
const usualPatience: Milliseconds = hour
/**
 * After so long a change that happened can be seen. EC2 speaks of a few seconds to minutes; what one's own calls
 * made is seen much earlier (EC2 developer guide, "Eventual consistency in the Amazon EC2 API").
 */
const visibleWithin: Milliseconds = 20 * second

/** While waiting, answers that are shared are good enough; a conclusion is drawn from answers made for it. */
const watching: Freshness = { maxAge: 3 * second, quietAge: 30 * second }
const deciding: Freshness = {}

/** The next instant of a grid that all operations share. */
export const nextLook = (now: Instant, every: Milliseconds): Instant => (Math.floor(now / every) + 1) * every

/** The durable steps over one replay, on the way there or back. */
export const createRun = (replay: Replay, onWayBack = false): Run => {
  const { recorder, clock } = replay
  const keyOf = ({ key }: Step): string => (onWayBack ? keyOnWayBack(key) : key)

  const finish = async <Outcome extends Json>(record: StepRecord, outcome: Outcome): Promise<Outcome> => {
    const { progress: _, ...rest } = record
    await recorder.put({ ...rest, state: 'done', outcome, endedAt: clock.now() })
    return outcome
  }
  const giveUp = giveUpWith(replay)
  const holds = createHolds(replay)

  /** What an answer that is none means: try again later, or give up when AWS said no or patience is over. */
  const bear = async (failure: unknown, record: StepRecord, until: Instant, late: Reason): Promise<never> => {
    if (!(failure instanceof AwsFailure)) throw failure
    if (failure.kind === 'refused') return giveUp(record, refusedBy(failure))
    const now = clock.now()
    if (now >= until) return giveUp(record, late)
    // Doubles with the time already spent, without a counter to keep: 2 s at first, 30 s at most.
    const pause = Math.min(Math.max(now - record.startedAt, 2 * second), 30 * second)
    throw new Suspended(Math.min(now + pause, until))
  }

  /** Observes, and acts where that is needed and safe: never while an earlier try may only not be visible yet. */
  const attempt = async <Choice extends Json, Outcome extends Json>(
    intended: StepRecord,
    spec: StepSpec<Choice, Outcome>,
    justIntended: boolean,
  ): Promise<Outcome> => {
    const choice = intended.choice as Choice
    const until = intended.startedAt + (spec.patience ?? usualPatience)
    const late = reason('timed_out', { step: intended.key })
    let record = intended
    let acting = false
    try {
      const seen = await spec.observe(choice)
      if (seen !== undefined) return await finish(record, seen)
      const lastTry = record.asked ?? record.startedAt
      if (justIntended || record.clear || clock.now() - lastTry >= visibleWithin) {
        if (!justIntended) record = await recorder.put({ ...record, asked: clock.now(), clear: false })
        acting = true
        const acted = await spec.act(choice)
        acting = false
        if (acted.kind === 'done') return await finish(record, acted.outcome)
        if (acted.kind === 'failed') return await giveUp(record, acted.reason)
        if (acted.kind === 'again') record = await recorder.put({ ...record, clear: true })
        const visible = acted.kind === 'waiting' ? await spec.observe(choice) : undefined
        if (visible !== undefined) return await finish(record, visible)
      }
    } catch (failure) {
      // Throttled: AWS did not do it. (A throttled look says nothing about an earlier try.)
      const nothingDone = acting && failure instanceof AwsFailure && failure.kind === 'throttled'
      if (nothingDone) record = await recorder.put({ ...record, clear: true })
      return bear(failure, record, until, late)
    }
    if (clock.now() >= until) return giveUp(record, late)
    throw new Suspended(Math.min(clock.now() + 2 * second, until))
  }

  const lookOnce = async <Outcome extends Json>(
    record: StepRecord,
    spec: WaitSpec<Outcome>,
  ): Promise<Outcome> => {
    const every = spec.every ?? lookEvery
    const deadline = (record.deadline ?? record.startedAt + spec.within) + holds.heldSince(record.startedAt)
    let next = deadline
    try {
      const glance = await spec.look(record.choice, watching)
      const conclusive = glance.kind !== 'waiting' || clock.now() >= deadline
      const look = conclusive ? await spec.look(record.choice, deciding) : glance
      if (look.kind === 'done') return await finish(record, look.outcome)
      if (look.kind === 'failed') return await giveUp(record, look.reason)
      if (look.kind === 'again') throw new Error(`a wait looks, it does not act: ${record.key}`)
      if (clock.now() >= deadline) return await giveUp(record, spec.late())
      const seen = {
        ...record,
        ...(look.progress && { progress: look.progress }),
        ...(look.memory !== undefined && { choice: look.memory }),
      }
      if (JSON.stringify(seen) !== JSON.stringify(record)) await recorder.put(seen)
      next = Math.min(next, look.at ?? next)
    } catch (failure) {
      return bear(failure, record, deadline, spec.late())
    }
    throw new Suspended(Math.min(nextLook(clock.now(), every), next))
  }

  const begin = async <Outcome extends Json>(
    key: string,
    known: StepRecord | undefined,
    spec: WaitSpec<Outcome>,
  ) => {
    const now = clock.now()
    return known ?? recorder.put({ key, state: 'waiting', startedAt: now, deadline: now + spec.within })
  }

  /** Intent, look, act, record; of a record too, which acts on nothing. */
  const carryOut = async <Choice extends Json, Outcome extends Json>(
    step: Step,
    spec: StepSpec<Choice, Outcome>,
  ): Promise<Outcome> => {
    const key = keyOf(step)
    const known = recorder.meet(key)
    const settled = settledOutcome(known)
    if (settled) return settled.outcome as Outcome
    // A step that was intended may have happened: it is brought to its end before anyone may stop here.
    if (known?.state !== 'intended') await holds.safePoint(key)
    let record = known
    if (record?.state !== 'intended') {
      const startedAt = known?.startedAt ?? clock.now()
      try {
        const choice = await spec.choose()
        record = await recorder.put({ key, state: 'intended', startedAt, choice })
      } catch (failure) {
        if (!(failure instanceof AwsFailure)) throw failure
        const waiting = known ?? (await recorder.put({ key, state: 'waiting', startedAt }))
        return bear(failure, waiting, startedAt + usualPatience, reason('timed_out', { step: key }))
      }
    }
    return attempt(record, spec, known?.state !== 'intended')
  }

  return {
    step: carryOut,

    async wait(step, spec) {
      const key = keyOf(step)
      const known = recorder.meet(key)
      const settled = settledOutcome(known)
      if (settled) return settled.outcome as never
      await holds.safePoint(key)
      return lookOnce(await begin(key, known, spec), spec)
    },

    async interruptibleWait(step, spec) {
      const key = keyOf(step)
      const known = recorder.meet(key)
      const settled = settledOutcome(known)
      if (settled?.outcome === 'interrupted') replay.interrupted = true
      if (settled) return settled.outcome as never
      const record = await begin(key, known, spec)
      if (holds.cancelIsOpen()) {
        await finish(record, 'interrupted')
        replay.interrupted = true
        return 'interrupted'
      }
      return lookOnce(record, spec)
    },

    record: (step, read) =>
      carryOut(step, { choose: () => true, observe: read, act: async () => ({ kind: 'waiting' }) }),

    async fail(step, why) {
      const key = keyOf(step)
      const known = recorder.meet(key)
      if (known?.failure) throw new Unwinding(known.failure)
      return giveUp({ key, state: 'failed', startedAt: clock.now() }, why)
    },

    undo(what, back) {
      if (!replay.returning && !replay.committed) replay.undos.push({ what, back })
    },

    commit() {
      replay.undos.length = 0
      replay.committed = true
      recorder.enterSoon('finishing')
    },

    hold: (step) => holds.holdAt(keyOfPause(keyOf(step))),

    show: (fleet: FleetSnapshot) => recorder.show(fleet),

    async note(step, fact) {
      const key = keyOf(step)
      if (recorder.meet(key)) return
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

const refusedBy = (failure: AwsFailure): Reason =>
  reason('aws_refused', { action: failure.action, awsCode: failure.code, aws: failure.words })
