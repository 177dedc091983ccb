import type { Service } from '../../src/domain/catalogue/catalogue'
import { windowWatchedBy } from '../../src/domain/analysis/window'
import { operationView } from '../../src/gateway/operation-view/operation-view'
import type { Operation } from '../../src/domain/operation/operation'
import type { ProcedureName } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import { alice, newOperation } from '../support/operations'
import { frontDesk } from '../support/gateway-deps'
import {
  colorOf,
  deployShop,
  finishShop,
  rollBackShop,
  runToEnd,
  shopService,
  simulateShop,
} from '../support/shop'
import { catalogueOf, type Simulation, type SimulationOptions } from '../support/simulation'

const checks = {
  errors: { worse: 2, above: 0.01 },
  least: 100,
  unsure: 'hold',
} as const satisfies Service['checks']

/** Blue-green through Standby, with 400 customers a second behind one target group of both colors. */
const simulateChecked = (
  how: Partial<SimulationOptions> & { service?: Partial<Service> } = {},
): Simulation => {
  const { service, ...rest } = how
  return simulateShop({
    guard: { targetGroup: 'shop-TG', minimum: 2 },
    prepare: (aws, clock) => {
      aws.traffic.setCustomers('shop-ALB', { requestsPerSecond: 400, curve: 'flat' })
      clock.advanceBy(65 * minute)
    },
    ...rest,
    service: {
      checks,
      image: { name: 'shop {version}', from: { tag: { Name: 'ASG-Web-Instance' } } },
      standby: 40 * minute,
      ...service,
    },
  })
}

const turnBad = ({ aws }: Simulation, errors = 0.05) =>
  aws.setFault({ kind: 'bad-version', image: 'shop v2', errors })

const all = async ({ store, known }: Simulation, procedure: ProcedureName): Promise<readonly Operation[]> => {
  const found = await Promise.all([...known].map((id) => store.journal.read(id)))
  return found.flatMap((one) => (one?.request.procedure === procedure ? [one] : []))
}

/** The deploy is over, and its window has just been opened. */
const opened = async (simulation: Simulation): Promise<Operation> => {
  const id = await simulation.start({ ...newOperation('shop-aaaaa', 'shop'), request: deployShop() })
  return simulation.untilOver(id)
}

/** The color that serves, and whether the other one is kept. How many there are is the customers' doing. */
const serving = (simulation: Simulation) => {
  const inState = (color: string, state: string) => (colorOf(simulation, color).states[state] ?? 0) > 0
  return {
    live: ['shop-blue', 'shop-green'].filter((color) => inState(color, 'InService')),
    kept: inState('shop-blue', 'Standby'),
  }
}
const onBlue = { live: ['shop-blue'], kept: false }
const onGreen = { live: ['shop-green'], kept: false }

const viewOn = ({ store, clock }: Simulation) =>
  operationView(
    frontDesk({
      catalogue: catalogueOf(shopService({ checks })),
      clock: { now: () => clock.now(), real: (span) => span },
      journal: store.journal,
      locks: store.locks,
      timers: store.timers,
    }).desk,
  )

test('a deploy through Standby is looked at before the old color leaves, and goes back where it is bad', async () => {
  const simulation = simulateChecked()
  turnBad(simulation)
  const operation = await opened(simulation)
  expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'version_bad' } })
  expect(operation.steps.some(({ key }) => key.startsWith('standby/enter'))).toBe(false)
  await simulation.untilEnded()
  expect(await all(simulation, 'monitor-window')).toEqual([])
  expect(serving(simulation)).toEqual(onBlue)
})

test('a good one is looked at until its window is over', async () => {
  const simulation = simulateChecked()
  expect((await opened(simulation)).ending?.kind).toBe('succeeded')
  await simulation.untilEnded()
  const [watch] = await all(simulation, 'monitor-window')
  expect(watch).toMatchObject({ requester: { user: 'Rollcall' }, ending: { kind: 'succeeded' }, notes: [] })
  const seen = watch && windowWatchedBy(watch)
  expect(seen).toMatchObject({ end: 'closed', total: { errors: 0 } })
  expect(seen?.minutes).toBeGreaterThan(30)
  // Each minute is counted once: 400 a second.
  expect((seen?.total.requests ?? 0) / (seen?.minutes ?? 1)).toBeCloseTo(24_000, -3)
  expect(serving(simulation)).toEqual(onGreen)
})

describe('one that turns bad in its window', () => {
  test('is asked about, and kept until somebody decides', async () => {
    const simulation = simulateChecked()
    await opened(simulation)
    turnBad(simulation)
    await simulation.untilEnded()
    await simulation.pass(3 * hour)
    const [watch, ...more] = await all(simulation, 'monitor-window')
    expect(more).toEqual([])
    expect(watch?.notes).toMatchObject([{ code: 'version_bad', facts: { check: 'errors', version: 'v2' } }])
    expect(await all(simulation, 'rollback')).toEqual([])
    const [ends] = await all(simulation, 'finish')
    expect(ends?.ending).toMatchObject({ kind: 'refused', reason: { code: 'version_bad' } })
    expect(serving(simulation)).toEqual({ ...onGreen, kept: true })

    // Loudly: who asked for the deploy is called, and the deploy's own buttons stand under the message.
    const view = viewOn(simulation)
    const mention = watch && (await view.mention(watch))
    expect(mention?.message.text).toMatch(
      /^🚨 <@U0ALICE>: Customers notice `v2`: more of its answers are errors/,
    )
    const message = watch && (await view.message(watch))
    expect(message?.text).toContain('<@U0ALICE>, roll back? `blue` is kept until somebody decides')
    expect(JSON.stringify(message?.blocks)).toMatch(/Roll back now.*Finish now/)
    // Whoever asks decides.
    const finished = await runToEnd(simulation, finishShop)
    expect(finished.ending?.kind).toBe('succeeded')
    expect(await view.related(finished)).toContain(watch?.id)
    expect(JSON.stringify(watch && (await view.message(watch)))).not.toContain('Roll back now')
  })

  test('late, goes back by itself where the catalogue says so', async () => {
    const simulation = simulateChecked({
      service: { standby: 3 * hour, checks: { ...checks, window: 'back' } },
      meanwhile: (seen) => {
        if (seen.clock.now() > late && seen.aws.faults().length === 0) turnBad(seen)
      },
    })
    const late = simulation.clock.now() + 2 * hour
    const swap = await opened(simulation)
    await simulation.untilEnded()
    const [back, ...more] = await all(simulation, 'rollback')
    expect(more).toEqual([])
    expect(back).toMatchObject({
      requester: { user: 'Rollcall' },
      request: { operation: swap.id },
      ending: { kind: 'succeeded' },
    })
    expect((back?.createdAt ?? 0) - late).toBeLessThan(10 * minute)
    expect(serving(simulation)).toEqual(onBlue)
    expect(simulation.violations).toEqual([])
    expect(await simulation.store.timers.of('shop')).toEqual([])
  })
})

test.each([
  ['GetMetricData', 'cloudwatch:GetMetricData', checks],
  ['DescribeAlarms', 'cloudwatch:DescribeAlarms', { ...checks, alarms: ['shop-errors'] }],
] as const)(
  'a right to %s that is taken away is told at the first look, and once',
  async (action, right, its) => {
    const calls: string[] = []
    let toldAt = Number.POSITIVE_INFINITY
    const simulation = simulateChecked({
      service: { checks: its },
      meanwhile: async (seen) => {
        const [watch] = await all(seen, 'monitor-window')
        const told = watch && (await viewOn(seen).mention(watch))
        if (!told || calls.includes(told.key)) return
        calls.push(told.key, told.message.text)
        toldAt = seen.clock.now()
      },
    })
    await opened(simulation)
    simulation.aws.setFault({ kind: 'error-before', action, code: 'AccessDenied', status: 403 })
    const began = simulation.clock.now()
    await simulation.untilEnded()
    expect(toldAt - began).toBeLessThan(3 * minute)
    expect(calls).toEqual(['denied', expect.stringMatching(/^⚠️ <@U0ALICE>: Rollcall may not read/)])
    expect(calls.join()).toContain(right)
    expect(serving(simulation)).toEqual(onGreen)
  },
)

test('it can be stopped, and the window goes on without it', async () => {
  const simulation = simulateChecked({
    meanwhile: async (seen) => {
      const [watch] = await all(seen, 'monitor-window')
      if (watch?.steps.some(({ key }) => key === 'finish/customers') && watch.signals.length === 0)
        await seen.signal(watch.id, { id: 'stop', kind: 'cancel', by: alice })
    },
  })
  await opened(simulation)
  await simulation.untilEnded()
  expect((await all(simulation, 'monitor-window'))[0]?.ending?.kind).toBe('cancelled')
  turnBad(simulation)
  await simulation.pass(hour)
  expect(await all(simulation, 'finish')).toMatchObject([{ ending: { kind: 'succeeded' } }])
  expect(serving(simulation)).toEqual(onGreen)
})

test('whoever goes back in the window ends it, and nothing is judged meanwhile', async () => {
  const simulation = simulateChecked({ service: { checks: { ...checks, window: 'back' } } })
  await opened(simulation)
  const back = await runToEnd(simulation, rollBackShop)
  expect(back.ending?.kind).toBe('succeeded')
  const [watch] = await all(simulation, 'monitor-window')
  expect(watch).toMatchObject({ ending: { kind: 'succeeded' }, notes: [] })
  expect(await all(simulation, 'rollback')).toHaveLength(1)
  expect(serving(simulation)).toEqual(onBlue)
})
