import { createHash } from 'node:crypto'
import type { Ending, Operation, StepRecord } from '../../../src/domain/operation/operation'
import { reason } from '../../../src/domain/reasons/reason'
import { endedOf } from '../../../src/domain/telemetry/ended'
import { traceOf } from '../../../src/domain/telemetry/trace'
import { newOperation } from '../../support/operations'

const steps: readonly StepRecord[] = [
  { key: 'image/create', order: 1, state: 'done', startedAt: 2_000, endedAt: 2_500 },
  {
    key: 'fleet/refresh 1',
    order: 2,
    state: 'failed',
    startedAt: 3_000,
    endedAt: 9_000,
    failure: reason('worker_surprise', { error: 'x' }),
  },
  { key: 'return/fleet/refresh stopped', order: 3, state: 'waiting', startedAt: 9_000 },
]
const ended = (ending: Ending, facts: Partial<Operation> = {}): Operation => ({
  ...newOperation('web-k7f3q'),
  phase: 'ended',
  startedAt: 1_500,
  steps,
  signals: [],
  notes: [],
  fence: 1,
  revision: 9,
  ending,
  ...facts,
})
const ending = (kind: Ending['kind'], why?: Ending['reason']): Ending => ({
  kind,
  at: 10_000,
  left: [],
  ...(why && { reason: why }),
})

describe('the trace of an operation', () => {
  it('has a span for it and one below for each step, in its time, the same whenever it is made', () => {
    const rolledBack = ending('rolled back', reason('timed_out', { step: 'x' }))
    const trace = traceOf(ended(rolledBack), rolledBack)
    expect(trace.id).toBe(createHash('sha256').update('web-k7f3q').digest('hex').slice(0, 32))
    const [root, ...below] = trace.spans
    expect(root).toMatchObject({ name: 'RUN deploy web', from: 1_000, to: 10_000, failed: true })
    expect(root?.attributes).toMatchObject({
      'cicd.pipeline.run.id': 'web-k7f3q',
      'cicd.pipeline.result': 'timeout',
      'error.type': 'timed_out',
      'rollcall.version': 'v2',
    })
    expect(below.map(({ name, from, to, failed }) => [name, from, to, failed])).toEqual([
      ['image/create', 2_000, 2_500, false],
      ['fleet/refresh 1', 3_000, 9_000, true],
      ['return/fleet/refresh stopped', 9_000, 10_000, false],
    ])
    expect(below.map(({ attributes }) => attributes['cicd.pipeline.task.run.result'])).toEqual([
      'success',
      'failure',
      'cancellation',
    ])
    expect(below.map(({ attributes }) => attributes['cicd.pipeline.task.name'])[2]).toBe(
      'fleet/refresh stopped',
    )
    expect(new Set(below.map(({ parent }) => parent))).toEqual(new Set([root?.id]))
    expect(new Set(trace.spans.map(({ id }) => id)).size).toBe(4)
    expect(trace.spans.every(({ id }) => /^[0-9a-f]{16}$/.test(id))).toBe(true)
    expect(traceOf(ended(rolledBack), rolledBack)).toEqual(trace)
  })

  it.each<[Ending, string]>([
    [ending('succeeded'), 'success'],
    [ending('failed clean', reason('nothing_to_do', { service: 'web' })), 'failure'],
    [ending('needs attention', reason('worker_surprise', { error: 'x' })), 'error'],
    [ending('cancelled'), 'cancellation'],
    [ending('refused'), 'skip'],
  ])('says what it came to: %j', (how, result) => {
    const [root] = traceOf(ended(how), how).spans
    expect(root?.attributes['cicd.pipeline.result']).toBe(result)
    expect(root?.failed).toBe(['failure', 'error'].includes(result))
  })

  it('names nobody and repeats nothing that people wrote', () => {
    const text = JSON.stringify([
      traceOf(ended(ending('succeeded')), ending('succeeded')),
      endedOf(ended(ending('succeeded')), ending('succeeded')),
    ])
    expect(text).not.toMatch(/U0ALICE|release/)
  })
})

describe('what others are told of an ending', () => {
  it('is ids and words of ours', () => {
    const failed = ending('failed clean', reason('worker_surprise', { error: 'x' }))
    expect(endedOf(ended(failed), failed)).toEqual({
      operation: 'web-k7f3q',
      service: 'web',
      procedure: 'deploy',
      version: 'v2',
      ending: 'failed clean',
      reason: 'worker_surprise',
      startedAt: '1970-01-01T00:00:01.500Z',
      endedAt: '1970-01-01T00:00:10.000Z',
      trace: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })
  it('is nothing of what never began or only looked', () => {
    const { startedAt: _, ...never } = ended(ending('refused'))
    expect(endedOf(never, ending('refused'))).toBeUndefined()
    const looked = ended(ending('succeeded'), {
      request: { procedure: 'detect-drift', service: 'web' } as Operation['request'],
    })
    expect(endedOf(looked, ending('succeeded'))).toBeUndefined()
  })
})
