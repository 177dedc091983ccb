import type { Json } from '../../../src/domain/json'
import type { Ending, Operation } from '../../../src/domain/operation/operation'
import { reason } from '../../../src/domain/reasons/reason'
import { rollcall } from '../../../src/domain/access/person'
import { minute } from '../../../src/domain/time/time'
import { windowMention } from '../../../src/messages/analysis/window'
import type { OperationFacts } from '../../../src/messages/operation/facts'
import { operationMessage } from '../../../src/messages/operation/message'
import { faultsOf } from '../../support/block-kit'
import { alice, newOperation } from '../../support/operations'
import { onScreen } from '../../support/on-screen'
import { start } from '../../support/web-deploy'

const figures = {
  minutes: 10,
  requests: 61_204,
  errors: 3_055,
  share: 0.0499,
  oldShare: 0.0004,
  latency: 218,
  oldLatency: 212,
  percentile: 99,
}
const seen = {
  total: { requests: 1_204_331, errors: 3_071 },
  minutes: 98,
  upTo: start + 98 * minute,
  figures,
}
const notice = reason('version_bad', { version: 'v2', check: 'errors', ...figures })
const ended = (kind: Ending['kind']): Partial<Operation> => ({
  phase: 'ended',
  ending: { kind, at: start + 99 * minute, left: [] },
})

const watching = (
  watched: Json,
  window: 'ask' | 'back' = 'ask',
  rest: Partial<Operation> = {},
): Operation => ({
  ...newOperation('shop-bbbbb', 'shop'),
  request: { procedure: 'monitor-window', service: 'shop', operation: 'shop-aaaaa' },
  requester: rollcall,
  createdAt: start,
  startedAt: start,
  plan: {
    service: 'shop',
    version: 'v2',
    before: 'v1',
    watched: { operation: 'shop-aaaaa', by: alice, kept: 'blue' },
    checks: { errors: { worse: 2, above: 0.01 }, least: 100, unsure: 'hold', window },
    tasks: [],
    calls: [],
    warnings: [],
    fingerprint: 'f1f1f1f1f1f1',
  },
  phase: 'running',
  steps: [
    {
      key: 'finish/customers',
      order: 1,
      startedAt: start,
      ...(rest.ending ? { state: 'done', outcome: watched } : { state: 'waiting', choice: watched }),
    },
  ],
  signals: [],
  notes: [],
  fence: 1,
  revision: 1,
  ...rest,
})

const alarmsAlone: Partial<Operation> = {
  plan: {
    service: 'shop',
    version: 'v2',
    watched: { operation: 'shop-aaaaa', by: alice, kept: 'blue' },
    checks: { alarms: ['shop-errors'], least: 100, unsure: 'hold', window: 'ask' },
    tasks: [],
    calls: [],
    warnings: [],
    fingerprint: 'f1f1f1f1f1f1',
  },
}

const swap = (facts: Partial<OperationFacts> = {}): Partial<OperationFacts> => ({
  watched: {
    language: 'en',
    timezone: 'Asia/Seoul',
    now: start,
    operation: { ...watching({}, 'ask', ended('succeeded')), ...newOperation('shop-aaaaa', 'shop') },
    window: { until: start + 120 * minute, color: 'blue', version: 'v1', instances: 4, types: {} },
    rollback: { to: 'v1', expected: minute },
    ...facts,
  },
})

const bad: Partial<Operation> = { ...ended('succeeded'), notes: [notice] }
const cases: Readonly<Record<string, readonly [Operation, Partial<OperationFacts>]>> = {
  'nothing told yet': [watching({ ...seen, minutes: 0, total: { requests: 0, errors: 0 } }), swap()],
  looking: [watching(seen), swap()],
  'a right is missing': [watching({ ...seen, denied: ['cloudwatch:GetMetricData'] }), swap()],
  'one is missing, as a version before wrote it down': [
    watching({ ...seen, denied: 'cloudwatch:GetMetricData' }),
    swap(),
  ],
  'alarms alone': [
    watching({ ...seen, minutes: 0, total: { requests: 0, errors: 0 } }, 'ask', alarmsAlone),
    swap(),
  ],
  'bad, asked': [watching({ ...seen, end: 'bad' }, 'ask', bad), swap()],
  'bad, gone back from': [
    watching({ ...seen, end: 'bad' }, 'ask', bad),
    swap({ rolledBack: { operation: 'shop-ccccc', by: 'U0BOB' } }),
  ],
  'bad, back by itself': [watching({ ...seen, end: 'bad' }, 'back', bad), swap()],
  closed: [watching({ ...seen, end: 'closed' }, 'ask', ended('succeeded')), {}],
  'closed without data': [
    watching(
      { end: 'closed', minutes: 0, upTo: 0, total: { requests: 0, errors: 0 } },
      'ask',
      ended('succeeded'),
    ),
    {},
  ],
  stopped: [
    watching(seen, 'ask', {
      ...ended('cancelled'),
      signals: [{ id: 'stop', kind: 'cancel', by: alice, at: start }],
    }),
    {},
  ],
}

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  const locale = { language, timezone: 'Asia/Seoul', now: start + 99 * minute } as const
  test.each(Object.entries(cases))('%s', (_name, [operation, facts]) => {
    const message = operationMessage({ ...locale, operation, ...facts })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })

  test('who asked is called once where a right is missing, as long as the window is open', () => {
    const blind = { ...seen, denied: ['cloudwatch:GetMetricData', 'cloudwatch:DescribeAlarms'] }
    const mention = windowMention(watching(blind), locale)
    expect(mention?.key).toBe('denied')
    expect(mention?.message.text).toMatchSnapshot()
    expect(
      windowMention(watching({ ...blind, end: 'closed' }, 'ask', ended('succeeded')), locale),
    ).toBeUndefined()
  })

  test('people are called once it is bad, and not before', () => {
    expect(windowMention(watching(seen), locale)).toBeUndefined()
    for (const window of ['ask', 'back'] as const) {
      const mention = windowMention(watching({ ...seen, end: 'bad' }, window, bad), locale)
      expect(mention?.key).toBe('bad')
      expect(mention?.message.text).toMatchSnapshot()
    }
  })
})
