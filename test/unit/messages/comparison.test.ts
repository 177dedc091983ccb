import { comparedBy } from '../../../src/domain/analysis/comparison'
import type { ObservedMinute, TrafficMinute } from '../../../src/domain/analysis/traffic'
import type { Operation, StepRecord } from '../../../src/domain/operation/operation'
import { minute } from '../../../src/domain/time/time'
import { operationMessage } from '../../../src/messages/operation/message'
import { faultsOf } from '../../support/block-kit'
import { newOperation } from '../../support/operations'
import { onScreen } from '../../support/on-screen'
import { start } from '../../support/web-deploy'

const minuteAt = (at: number, errors: number, latency?: number): TrafficMinute => ({
  at: start + at * minute,
  requests: 60_000,
  errors,
  ...(latency !== undefined && { latency }),
})
const before = Array.from({ length: 60 }, (_, at) => minuteAt(at - 60, at % 3 === 0 ? 24 : 0, 212 + (at % 2)))
const observed: readonly ObservedMinute[] = [
  { new: minuteAt(1, 0, 214), fraction: 1 },
  { new: minuteAt(2, 600, 250), fraction: 1 },
  { new: minuteAt(3, 3_060, 1_480), fraction: 1 },
]
const beside = observed.map((one, at) => ({ ...one, old: minuteAt(at + 1, 12, 220) }))
const mixed = observed.map((one) => ({ ...one, fraction: 0.5 }))

const record = (
  key: string,
  order: number,
  rest: Pick<StepRecord, 'state' | 'choice' | 'outcome'>,
): StepRecord => ({
  key,
  order,
  startedAt: start,
  ...rest,
})
const looked = (
  rest: Pick<StepRecord, 'state' | 'choice' | 'outcome'>,
  more: Partial<Operation> = {},
): Operation => ({
  ...newOperation('web-aaaaa'),
  createdAt: start,
  startedAt: start,
  plan: {
    service: 'web',
    version: 'v2',
    before: 'v1',
    checks: {
      errors: { worse: 2, above: 0.01 },
      latency: { percentile: 99, worse: 1.5, above: 300 },
      least: 100,
      unsure: 'hold',
    },
    tasks: [],
    calls: [],
    warnings: [],
    fingerprint: 'f1f1f1f1f1f1',
  },
  phase: 'running',
  steps: [
    record('fleet/traffic before', 1, { state: 'done', outcome: { before, mixed: false } }),
    record('health/checks', 2, rest),
  ],
  signals: [],
  notes: [],
  fence: 1,
  revision: 1,
  ...more,
})

const waiting = (seen: readonly ObservedMinute[]): Operation =>
  looked({ state: 'waiting', choice: { began: start, judged: { observed: seen } } })

const cases: Readonly<Record<string, Operation>> = {
  'before and after, while it is looked': waiting(observed),
  'side by side': waiting(beside),
  'mixed in one target group': waiting(mixed),
  'bad, after the way back': looked(
    { state: 'failed', choice: { observed } },
    { phase: 'ended', ending: { kind: 'rolled back', at: start + 9 * minute, left: [] } },
  ),
  'errors alone, with a minute in which nobody came': looked({
    state: 'done',
    outcome: {
      verdict: 'good',
      observed: [
        { new: { at: start, requests: 0, errors: 0 }, fraction: 1 },
        { new: { at: start + minute, requests: 100, errors: 1 }, fraction: 1 },
      ],
    },
  }),
}

describe.each(['en', 'ko'] as const)('both versions as a picture, in %s', (language) => {
  const locale = { language, timezone: 'Asia/Seoul', now: start + 9 * minute } as const
  test.each(Object.entries(cases))('%s', (_name, operation) => {
    const message = operationMessage({ ...locale, operation, tasks: 'sections' })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })
})

test('nothing is drawn before the first minute, nor of a journal that holds none', () => {
  expect(comparedBy(waiting([]))).toBeUndefined()
  expect(comparedBy(looked({ state: 'waiting', choice: { began: start } }))).toBeUndefined()
  expect(comparedBy(looked({ state: 'failed' }))).toBeUndefined()
  expect(comparedBy(waiting(observed))?.new).toHaveLength(3)
})

test('minutes at all shares of a canary count once', () => {
  const operation = looked({ state: 'done', outcome: { verdict: 'good', observed } })
  const shares = [
    record('weights/checks 10', 3, { state: 'done', outcome: { verdict: 'good', observed } }),
    record('weights/checks 50', 4, { state: 'waiting', choice: { observed: [...observed, ...beside] } }),
  ]
  expect(comparedBy({ ...operation, steps: shares })?.new).toHaveLength(3)
})
