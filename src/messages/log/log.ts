import type { Operation, StepRecord } from '../../domain/operation/operation'
import { isOnWayBack } from '../../domain/steps/key'
import type { Instant } from '../../domain/time/time'
import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import type { Locale } from '../locale'
import { endingState, leftRows } from '../operation/ending'
import { signalRow } from '../operation/requester-and-signals'
import { taskOfStep } from '../operation/tasks'
import { sign } from '../operation/title'
import { isHidden, stepSentence, wasRefused } from './steps'
import { reasonRow } from '../reasons/reasons'
import { clock } from '../text/moments'
import { duration } from '../text/numbers'
import { joined, lines, nothing, say, type Phrase } from '../text/phrase'

interface Entry {
  readonly at: Instant
  readonly row: Phrase
}

/** Spans that people feel; shorter ones are not worth their characters. */
const isVisible = 2_000

/** One step as a line of the log; one that failed by its task, for what its own words say did not happen. */
export function stepRow(step: StepRecord, operation: Pick<Operation, 'plan'>, locale: Locale): Phrase {
  const failed = step.state === 'failed'
  const task = failed ? taskOfStep(step, operation, locale) : []
  const span = (step.endedAt ?? locale.now) - step.startedAt
  const done = say`${isOnWayBack(step.key) ? '↩ ' : ''}${failed || wasRefused(step) ? '✕' : '✓'} ${task.length > 0 ? task : stepSentence(step, locale.language)}`
  const took = span >= isVisible ? say`${duration(span, locale.language)}` : nothing
  // A sentence ends by itself: nothing follows it.
  const why = failed && step.failure ? reasonRow(step.failure, locale) : nothing
  return joined([done, took, why], ' · ')
}

const finished = (operation: Operation): readonly StepRecord[] =>
  operation.steps
    .filter((step) => (step.state === 'done' || step.state === 'failed') && !isHidden(step))
    .toSorted((a, b) => a.order - b.order)

/**
 * How much of a log was said. Steps, signals and notes each only grow at their end, but words of people and of the
 * worker may reach the journal out of order by a moment: each kind is counted by itself, all in one number.
 */
const base = 10_000
const pack = (steps: number, signals: number, notes: number, ended: number): number =>
  ((ended * base + notes) * base + signals) * base + steps
const unpack = (delivered: number) => ({
  steps: delivered % base,
  signals: Math.floor(delivered / base) % base,
  notes: Math.floor(delivered / base ** 2) % base,
  ended: Math.floor(delivered / base ** 3),
})

/** More lines than these in one message are not read. */
const mostRows = 30

/** The ending as the thread hears it: a new post, so that a mention in it reaches its person. */
const endingRows = (operation: Operation, locale: Locale): Phrase =>
  say`${sign(operation)} ${lines(endingState({ ...locale, operation }), leftRows(operation, locale))}`

/**
 * What the log says beyond what was said already: one short line for each finished or failed step, for what people
 * said, for what was found on the way, and for the ending. `said` is what the last call gave as `entries`, at first 0.
 */
export function operationLog(
  operation: Operation,
  locale: Locale,
  delivered: number,
): { readonly message?: Message; readonly entries: number } {
  const before = unpack(delivered)
  const steps = finished(operation)
  const { signals, notes, ending } = operation
  const timed: Entry[] = [
    ...steps
      .slice(before.steps)
      .map((step) => ({ at: step.endedAt ?? step.startedAt, row: stepRow(step, operation, locale) })),
    ...signals
      .slice(before.signals)
      .map((signal) => ({ at: signal.at, row: signalRow(signal, operation, locale) })),
  ]
  const content = [
    ...timed.toSorted((a, b) => a.at - b.at).map(({ at, row }) => say`${clock(at, locale)}  ${row}`),
    ...notes.slice(before.notes).map((note) => say`⚠️ ${reasonRow(note, locale)}`),
    ...(ending && before.ended === 0 ? [endingRows(operation, locale)] : []),
  ]
  const entries = pack(steps.length, signals.length, notes.length, ending ? 1 : 0)
  if (content.length === 0) return { entries }
  const shown = content.slice(-mostRows)
  // A long line must not push the others out of a section: each part of the log stands in a section of its own.
  const text = lines(...shown)
  return { message: message(text, inSections(shown)), entries }
}

const perSection = 6
const inSections = (shown: readonly Phrase[]) =>
  Array.from({ length: Math.ceil(shown.length / perSection) }, (_, index) =>
    section(lines(...shown.slice(index * perSection, (index + 1) * perSection))),
  )
