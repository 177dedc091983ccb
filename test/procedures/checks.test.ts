import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Strategy } from '../../src/domain/catalogue/strategy'
import { checkedBy } from '../../src/domain/analysis/checked'
import { comparedBy } from '../../src/domain/analysis/comparison'
import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import { alice, newOperation } from '../support/operations'
import { deployPay, simulatePay, weightsOf } from '../support/pay'
import { call } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

const checks = {
  errors: { worse: 2, above: 0.01 },
  latency: { percentile: 90, worse: 1.5, above: 60 },
  least: 100,
  unsure: 'hold',
} as const satisfies Service['checks']

type Prepare = NonNullable<SimulationOptions['prepare']>

/** An hour of customers, so many a second, before anything happens; the new version does as the fault says. */
const customers =
  (
    loadBalancer: string,
    requestsPerSecond: number,
    fault: { image?: string; errors?: number; latency?: number } = {},
  ): Prepare =>
  (aws, clock) => {
    aws.setFault({ kind: 'bad-version', image: 'Web Server v2', ...fault })
    if (requestsPerSecond > 0) aws.traffic.setCustomers(loadBalancer, { requestsPerSecond, curve: 'flat' })
    clock.advanceBy(65 * minute)
  }

const simulateWeb = (
  requestsPerSecond: number,
  fault: { errors?: number; latency?: number } = {},
  { service, ...how }: Partial<SimulationOptions> & { service?: Partial<Service> } = {},
) =>
  simulate({
    catalogue: catalogueOf(webService({ checks, ...service })),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    prepare: customers('Web-ALB', requestsPerSecond, fault),
    ...how,
  })

const deployed = async (simulation: Simulation, strategy: Strategy = 'surge'): Promise<Operation> => {
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await simulation.start({ ...newOperation('web-aaaaa'), request })
  await simulation.untilEnded()
  return simulation.operation(id)
}

const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)

const keys = ({ steps }: Operation) => steps.map(({ key }) => key)

/** Says this once the operation waits for a person. */
const answering =
  (kind: 'go on' | 'go back'): NonNullable<SimulationOptions['meanwhile']> =>
  async (simulation) => {
    const operation = await simulation.store.journal.read('web-aaaaa')
    if (operation?.phase === 'held')
      await simulation.signal(operation.id, { id: `said ${kind}`, kind, by: alice })
  }

const isLooking = async ({ store }: Simulation): Promise<boolean> =>
  (await store.journal.read('web-aaaaa'))?.steps.some(
    ({ key, state }) => key === 'health/checks' && state === 'waiting',
  ) ?? false

test('a version that customers do not notice passes, with its figures', async () => {
  const simulation = simulateWeb(200)
  const operation = await deployed(simulation, 'refresh')
  expect(operation.ending).toMatchObject({ kind: 'succeeded' })
  expect(versionsServing(simulation)).toEqual([2, 2])
  const checked = checkedBy(operation)
  expect(checked).toMatchObject({ verdict: 'good', figures: { errors: 0, percentile: 90 } })
  expect(checked?.figures.requests).toBeGreaterThan(50_000)
  expect(checked?.figures.minutes).toBeGreaterThanOrEqual(5)
})

test.each<Strategy>(['replace', 'surge'])(
  'one that fails one request in twenty goes back, by %s',
  async (strategy) => {
    const simulation = simulateWeb(200, { errors: 0.05 })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'version_bad', facts: { check: 'errors', version: 'v2' } },
    })
    expect(operation.ending?.reason?.facts['share']).toBeCloseTo(0.05, 2)
    // What was seen stays with it, to be shown: both versions mixed, after the hour before.
    const compared = comparedBy(operation)
    const last = compared?.new.at(-1)
    expect((last?.errors ?? 0) / (last?.requests ?? 1)).toBeGreaterThan(0.01)
    expect(compared?.old.length).toBeGreaterThan(50)
    expect(compared?.mixed).toBe(strategy === 'surge')
    expect(versionsServing(simulation)).toEqual([1, 1])
    expect(simulation.violations).toEqual([])
  },
)

test('a slower version goes back', async () => {
  const operation = await deployed(simulateWeb(200, { latency: 3 }))
  expect(operation.ending).toMatchObject({
    kind: 'rolled back',
    reason: { code: 'version_bad', facts: { check: 'latency', percentile: 90 } },
  })
})

test('nothing is read where nothing is checked, and nothing holds up a way back', async () => {
  const simulation = simulateWeb(200, { errors: 0.5 }, { catalogue: catalogueOf(webService()) })
  const operation = await deployed(simulation)
  expect(operation.ending?.kind).toBe('succeeded')
  expect(simulation.aws.calls().some(({ action }) => action === 'GetMetricData')).toBe(false)

  const checked = simulateWeb(200)
  await deployed(checked)
  await checked.start({ ...newOperation('web-bbbbb'), request: { procedure: 'rollback', service: 'web' } })
  await checked.untilEnded()
  const back = await checked.operation('web-bbbbb')
  expect(back.ending?.kind).toBe('succeeded')
  expect(keys(back)).not.toContain('health/checks')
})

describe('a version of which nothing can be said', () => {
  test('waits for a person, and goes on at their word', async () => {
    const simulation = simulateWeb(0, {}, { meanwhile: answering('go on') })
    const operation = await deployed(simulation)
    expect(operation.notes).toMatchObject([{ code: 'version_unsure', facts: { doubt: 'no_data' } }])
    expect(keys(operation)).toContain('hold/health/unsure 1')
    expect(operation.ending?.kind).toBe('succeeded')
    expect(versionsServing(simulation)).toEqual([2, 2])
  })

  test('goes back at their word', async () => {
    const simulation = simulateWeb(0, {}, { meanwhile: answering('go back') })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'version_unsure', facts: { by: alice.user } },
    })
    expect(versionsServing(simulation)).toEqual([1, 1])
  })

  test('goes back where nobody answers, and passes where the catalogue says so', async () => {
    const operation = await deployed(simulateWeb(0))
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'version_unsure' } })
    const passing = await deployed(simulateWeb(0, {}, { service: { checks: { ...checks, unsure: 'pass' } } }))
    expect(passing.ending?.kind).toBe('succeeded')
    expect(passing.notes).toMatchObject([{ code: 'version_unsure' }])
    expect(keys(passing)).not.toContain('hold/health/unsure 1')
  })

  test('is what metrics that cannot be read make of it', async () => {
    const simulation = simulateWeb(200, {}, { meanwhile: answering('go on') })
    simulation.aws.setFault({
      kind: 'error-before',
      action: 'GetMetricData',
      code: 'AccessDenied',
      status: 400,
    })
    const operation = await deployed(simulation)
    const permissions = ['cloudwatch:GetMetricData']
    expect(operation.plan?.warnings).toMatchObject([{ code: 'metrics_denied', facts: { permissions } }])
    expect(operation.notes).toMatchObject([
      { code: 'version_unsure', facts: { doubt: 'denied', permissions } },
    ])
    expect(operation.ending?.kind).toBe('succeeded')
  })
})

test('a cancel is heard while customers are looked at', async () => {
  const simulation = simulateWeb(
    200,
    {},
    {
      meanwhile: async (seen) => {
        const operation = await seen.store.journal.read('web-aaaaa')
        if (!operation || operation.ending) return
        if ((await isLooking(seen)) && operation.signals.length === 0)
          await seen.signal(operation.id, { id: 'stop', kind: 'cancel', by: alice })
        if (operation.phase === 'held')
          await seen.signal(operation.id, { id: 'back', kind: 'go back', by: alice })
      },
    },
  )
  const operation = await deployed(simulation)
  expect(operation.ending?.kind).toBe('cancelled')
  expect(versionsServing(simulation)).toEqual([1, 1])
})

test('a plan says where requests can be cut off, and nothing where they are not', async () => {
  const { aws, ...simulation } = simulateWeb(0, {}, { catalogue: catalogueOf(webService()) })
  const planOf = async (id: string, version: string) => {
    const request = { procedure: 'deploy', service: 'web', version, strategy: 'surge' } as const
    await simulation.start({ ...newOperation(id), request })
    await simulation.untilEnded()
    return (await simulation.operation(id)).plan
  }
  expect((await planOf('web-aaaaa', 'v2'))?.warnings).toEqual([])
  const [targets] = [...aws.world.targetGroups.values()].filter(({ name }) => name === 'Web-TG')
  targets?.attributes.set('deregistration_delay.timeout_seconds', '20')
  const warned = await planOf('web-bbbbb', 'v3')
  expect(warned?.warnings).toMatchObject([
    { code: 'drain_too_short', facts: { targetGroup: 'Web-TG', drain: 20, idle: 60 } },
  ])
  expect(warned?.confirm).toBeUndefined()

  // One of another group drains as its own do; the source of an image, which somebody has registered, does not.
  targets?.attributes.set('deregistration_delay.timeout_seconds', '300')
  const [outside = ''] = aws.world.groups.get('shop-blue')?.members.keys() ?? []
  const registered = { TargetGroupArn: targets?.arn ?? '', 'Targets.member.1.Id': outside }
  await call(aws, 'RegisterTargets', registered, '2015-12-01')
  simulation.clock.advanceBy(10 * minute)
  expect((await planOf('web-ccccc', 'v4'))?.warnings).toEqual([])
  aws.world.groups.get('shop-blue')?.members.delete(outside)
  expect((await planOf('web-ddddd', 'v5'))?.warnings).toMatchObject([
    { code: 'target_outside', facts: { targetGroup: 'Web-TG', instances: [outside] } },
  ])
})

describe('alarms alone', () => {
  const service = { checks: { alarms: ['shop-errors'], least: 100, unsure: 'hold' } as const }
  const ring = ({ aws }: Simulation) =>
    call(
      aws,
      'SetAlarmState',
      { AlarmName: 'shop-errors', StateValue: 'ALARM', StateReason: 'by hand' },
      '2010-08-01',
    )

  test('that ring with the new version send it back, and those that rang before say nothing', async () => {
    const ringing = simulateWeb(
      0,
      {},
      {
        service,
        meanwhile: async (seen) => {
          if (await isLooking(seen)) await ring(seen)
        },
      },
    )
    expect((await deployed(ringing)).ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'version_bad', facts: { check: 'alarms', alarms: ['shop-errors'] } },
    })
    const rang = simulateWeb(0, {}, { service })
    await ring(rang)
    expect((await deployed(rang)).ending?.kind).toBe('succeeded')
  })
})

describe('a canary', () => {
  const service = { checks, gate: { bake: 60_000, timeout: 10 * minute } }

  test('is looked at at each share before the next, side by side', async () => {
    const simulation = simulatePay({ service, prepare: customers('pay-ALB', 300) })
    const id = await simulation.start({ ...newOperation('pay-aaaaa', 'pay'), request: deployPay([10, 100]) })
    const operation = await simulation.untilOver(id)
    expect(operation.ending?.kind).toBe('succeeded')
    const order = keys(operation).filter((key) => /weights\/(set|checks \d)|handover\/whole/.test(key))
    expect(order).toEqual([
      'weights/set pay-ALB:80 10',
      'weights/checks 10',
      'weights/set pay-ALB:80 100',
      'weights/checks 100',
      'handover/whole 1',
    ])
    expect(checkedBy(operation)?.figures.minutes).toBeGreaterThanOrEqual(10)
  })

  test('goes back from its first share', async () => {
    const image = { name: 'pay {version}', from: { tag: { Name: 'ASG-Web-Instance' } } }
    const simulation = simulatePay({
      service: { ...service, image },
      prepare: customers('pay-ALB', 300, { image: 'pay v2', errors: 0.05 }),
    })
    await simulation.start({ ...newOperation('pay-aaaaa', 'pay'), request: deployPay([10, 100]) })
    await simulation.untilEnded()
    const operation = await simulation.operation('pay-aaaaa')
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'version_bad' } })
    expect(keys(operation)).not.toContain('weights/set pay-ALB:80 100')
    const compared = comparedBy(operation)
    expect(compared?.old.map(({ at }) => at)).toEqual(compared?.new.map(({ at }) => at))
    expect(weightsOf(simulation.aws)).toEqual([{ 'pay-blue-TG': 100, 'pay-green-TG': 0 }])
  })
})
