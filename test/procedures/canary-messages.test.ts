import { blueGreenStatus } from '../../src/worker/queries/blue-green-status'
import type { Operation } from '../../src/domain/operation/operation'
import type { OperationFacts } from '../../src/messages/operation/facts'
import { operationLog } from '../../src/messages/log/log'
import { operationMessage } from '../../src/messages/operation/message'
import { dryRunMessage } from '../../src/messages/plan/plan'
import { serviceStatusMessage } from '../../src/messages/status/status'
import { faultsOf } from '../support/block-kit'
import { deployPay, finishPay, payService, simulatePay, rollBackPay } from '../support/pay'
import { onScreen } from '../support/on-screen'
import type { Simulation } from '../support/simulation'
import { call, runToEnd } from '../support/shop'
import { toldOf } from '../support/operation-facts'
import type { ServiceStatus } from '../../src/domain/fleet/service-status'

// What people read of a shift by weights, in both languages: taken from operations that really ran.

const facts = { prices: { 't2.micro': { amount: 0.0144, currency: 'USD' } } }
const service = payService(facts)
const told = new Map<string, OperationFacts>()
const logs = new Map<string, Operation>()
const statuses = new Map<string, ServiceStatus>()

const tell = async (simulation: Simulation, name: string, operation: Pick<Operation, 'id'>): Promise<void> =>
  void told.set(name, await toldOf(simulation, service, operation))
const look = async ({ account, clock }: Simulation, name: string, running?: Operation): Promise<void> => {
  const time = { now: () => clock.now(), real: (span: number) => span }
  const now = await blueGreenStatus({ accounts: () => account, clock: time }, service, {})
  statuses.set(name, { ...now, locks: [], queue: [], ...(running && { running }) })
}

/** What a message tells when a wait of such a key goes on is put down by a name, the first time. */
const simulated = (
  moments: Readonly<Record<string, RegExp>>,
  act?: (simulation: Simulation, operation: Operation) => Promise<void>,
): Simulation =>
  simulatePay({
    service: facts,
    guard: { targetGroup: 'pay-blue-TG', minimum: 2 },
    meanwhile: async (simulation) => {
      const [id] = await simulation.store.journal.unfinished()
      if (id === undefined) return
      const operation = await simulation.operation(id)
      for (const [name, key] of Object.entries(moments)) {
        const is = operation.steps.some((step) => step.state === 'waiting' && key.test(step.key))
        if (is && !told.has(name)) await tell(simulation, name, operation)
      }
      const half = operation.steps.some(({ key }) => key.startsWith('weights/whole 50'))
      if (half && !statuses.has('in the middle of a shift'))
        await look(simulation, 'in the middle of a shift', operation)
      await act?.(simulation, operation)
    },
  })

beforeAll(async () => {
  const simulation = simulated({
    'waits for green at weight 0': /^health\/whole/,
    'is at 50 %': /^weights\/whole 50/,
  })
  const deploy = await runToEnd(simulation, deployPay())
  logs.set('a deploy', deploy)
  await tell(simulation, 'has given green all traffic', deploy)
  await look(simulation, 'while blue is kept at weight 0')
  const back = await runToEnd(simulation, rollBackPay)
  logs.set('a rollback', back)
  await tell(simulation, 'has given blue all traffic again', back)
  await simulation.store.locks.clear('pay', 'freeze')
  await runToEnd(simulation, deployPay([100], 'v3'))
  const finish = await runToEnd(simulation, finishPay)
  logs.set('the end of a window', finish)
  await tell(simulation, 'is the end of a window', finish)

  const sick = simulated({}, async ({ aws }, { steps }) => {
    if (!steps.some(({ key }) => key.startsWith('weights/whole 50'))) return
    if (steps.some(({ key }) => key.startsWith('return/'))) return
    for (const { id, health } of aws.world.groups.get('pay-green')?.members.values() ?? [])
      if (health === 'Healthy')
        await call(aws, 'SetInstanceHealth', {
          InstanceId: id,
          HealthStatus: 'Unhealthy',
          ShouldRespectGracePeriod: 'false',
        })
  })
  const failed = await runToEnd(sick, deployPay())
  logs.set('a deploy that fails at 50 %', failed)
  await tell(sick, 'failed at 50 %', failed)
}, 60_000)

const stories = [
  'waits for green at weight 0',
  'is at 50 %',
  'has given green all traffic',
  'has given blue all traffic again',
  'is the end of a window',
  'failed at 50 %',
]
const voiceOf = (language: 'en' | 'ko') => ({ language, timezone: 'Asia/Seoul', now: 1_772_413_200_000 })

describe.each(['en', 'ko'] as const)('of a shift by weights, in %s, the', (language) => {
  it.each(stories)('message that %s', (name) => {
    const found = told.get(name)
    if (!found) throw new Error(`nothing was told of: ${name}`)
    const message = operationMessage({ ...found, language })
    expect(faultsOf(message)).toEqual([])
    const shown = `${onScreen(message)}\n\n=== as plain text ===\n${message.text}`
    expect(shown.replaceAll(found.operation.id, 'pay-id')).toMatchSnapshot()
  })

  it('plan', () => {
    const plan = logs.get('a deploy')?.plan
    if (!plan) throw new Error('there is no plan')
    const message = dryRunMessage({ ...voiceOf(language), request: deployPay([10, 50, 100]), plan })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })

  it.each(['while blue is kept at weight 0', 'in the middle of a shift'])('status %s', (name) => {
    const status = statuses.get(name)
    if (!status) throw new Error('there is no status')
    const message = serviceStatusMessage(status, voiceOf(language))
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message).replaceAll(/pay-t\d+|shop-t\d+/g, 'pay-id')).toMatchSnapshot()
  })

  it('status gives no advice on what an operation is about to put in order', () => {
    const status = statuses.get('in the middle of a shift')
    if (!status?.problem) throw new Error('nothing is amiss')
    const { running: _, ...alone } = status
    expect(serviceStatusMessage(status, voiceOf(language)).text).not.toContain('⚠️')
    expect(serviceStatusMessage(alone, voiceOf(language)).text).toContain('⚠️')
  })

  it.each(['a deploy', 'a rollback', 'the end of a window', 'a deploy that fails at 50 %'])(
    'log of %s',
    (name) => {
      const found = logs.get(name)
      if (!found) throw new Error(`nothing was logged of: ${name}`)
      const { message } = operationLog(found, { ...voiceOf(language), now: 0 }, 0)
      expect(message && faultsOf(message)).toEqual([])
      expect(message?.text).toMatchSnapshot()
    },
  )
})
