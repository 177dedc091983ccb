import * as fc from 'fast-check'
import type { Operation } from '../../../src/domain/operation/operation'
import type { Plan } from '../../../src/domain/operation/plan'
import { approvalMessage } from '../../../src/messages/operation/approval'
import type { OperationFacts } from '../../../src/messages/operation/facts'
import { historyMessage } from '../../../src/messages/queries/history'
import { homeView } from '../../../src/messages/queries/home'
import { operationLog } from '../../../src/messages/log/log'
import { operationMessage } from '../../../src/messages/operation/message'
import { dryRunMessage } from '../../../src/messages/plan/plan'
import { showMessage } from '../../../src/messages/queries/show'
import { allStatusMessage, serviceStatusMessage } from '../../../src/messages/status/status'
import {
  anyLock,
  anyOperation,
  anyPlan,
  anyVoice,
  anyWait,
  hostile,
  named,
} from '../../support/any-operation'
import { faultsOf, faultsOfView } from '../../support/block-kit'
import type { ServiceStatus } from '../../../src/domain/fleet/service-status'

const runs = { numRuns: 100 }

const anyFacts = fc.record(
  {
    operation: anyOperation,
    queue: fc.record({ place: fc.integer({ min: 0, max: 9 }), behind: hostile }, { requiredKeys: ['place'] }),
    wait: anyWait,
    rollback: fc.record({ to: named, expected: fc.integer({ min: 0, max: 1e8 }) }),
    undone: fc.record({ operation: hostile, by: hostile }),
    frozen: fc.boolean(),
    targetVersion: fc.integer({ min: 1, max: 99 }),
    tasks: fc.constantFrom('plan' as const, 'sections' as const),
  },
  { requiredKeys: ['operation'] },
)
const facts = fc.tuple(anyFacts, anyVoice).map(([found, voice]): OperationFacts => ({ ...found, ...voice }))

const anyStatus = fc
  .record(
    {
      service: named,
      version: named,
      locks: fc.array(anyLock, { maxLength: 8 }),
      running: anyOperation,
      last: anyOperation,
      queue: fc.array(hostile, { maxLength: 12 }),
      error: fc.constantFrom('unanswered' as const, undefined),
    },
    { requiredKeys: ['service', 'locks', 'queue'] },
  )
  .map((status) => {
    const fleet = status.running?.fleet
    return { ...status, ...(fleet && { fleet }) } as ServiceStatus
  })

describe('whatever an operation has come to', () => {
  test('its message is one that Slack takes and that leaks nothing', () => {
    fc.assert(
      fc.property(facts, (found) => expect(faultsOf(operationMessage(found))).toEqual([])),
      runs,
    )
  })

  test('so is its log, which grows by what is new and never repeats itself', () => {
    fc.assert(
      fc.property(facts, (found) => {
        const { message, entries } = operationLog(found.operation, found, 0)
        if (message) expect(faultsOf(message)).toEqual([])
        expect(operationLog(found.operation, found, entries)).toEqual({ entries })
      }),
      runs,
    )
  })

  test('so is what `show` tells of it', () => {
    fc.assert(
      fc.property(facts, (found) => expect(faultsOf(showMessage(found))).toEqual([])),
      runs,
    )
  })

  test('so are plans, calls for approval, histories, statuses and Homes', () => {
    fc.assert(
      fc.property(
        fc.array(anyOperation, { maxLength: 25 }),
        fc.array(anyStatus, { maxLength: 25 }),
        anyPlan,
        anyVoice,
        anyWait,
        (operations, statuses, plan: Plan, voice, wait) => {
          const [first] = operations as readonly Operation[]
          if (first) {
            expect(faultsOf(dryRunMessage({ ...voice, plan, request: first.request }))).toEqual([])
            if (wait.for === 'approval')
              expect(faultsOf(approvalMessage({ ...voice, operation: first, wait }))).toEqual([])
          }
          expect(faultsOf(historyMessage({ ...voice, operations }))).toEqual([])
          for (const status of statuses.slice(0, 3))
            expect(faultsOf(serviceStatusMessage(status, voice))).toEqual([])
          expect(faultsOf(allStatusMessage(statuses, voice))).toEqual([])
          expect(faultsOfView(homeView({ ...voice, services: statuses, history: operations }))).toEqual([])
        },
      ),
      { numRuns: 30 },
    )
  })
})
