import type { Capacity } from '../../src/domain/catalogue/catalogue'
import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour } from '../../src/domain/time/time'
import { operationMessage } from '../../src/messages/operation/message'
import { confirmPlans } from '../support/confirm-plans'
import { update, weighted } from '../support/fleet-shapes'
import { onScreen } from '../support/on-screen'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

/** `web` by its group's own sizes; it is 10:00 on Monday, 2 March 2026, in Seoul. */
const simulateWeb = (how: Partial<SimulationOptions> & { capacity?: Capacity } = {}): Simulation => {
  const { capacity: _, ...service } = webService()
  return simulate({
    catalogue: catalogueOf({ ...service, ...(how.capacity && { capacity: how.capacity }) }),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    ...how,
    meanwhile: async (simulation) => {
      await confirmPlans(simulation)
      await how.meanwhile?.(simulation)
    },
  })
}
const ask = async (simulation: Simulation, request: Request, id = 'web-aaaaa'): Promise<Operation> => {
  await simulation.start({ ...newOperation(id), request })
  return simulation.untilOver(id)
}
const follower = async (simulation: Simulation): Promise<Operation> => {
  const all = await Promise.all([...simulation.known].map((id) => simulation.store.journal.read(id)))
  const found = all.find((operation) => operation?.request.procedure === 'monitor-event')
  if (!found) throw new Error('nobody follows the event')
  return found
}
const screen = (operation: Operation, now: number, language: 'en' | 'ko' = 'en') =>
  onScreen(operationMessage({ operation, language, timezone: 'Asia/Seoul', now }))
const inService = ({ aws }: Simulation) =>
  aws.view().instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')

const sizes = ({ aws }: Simulation) => {
  const { min, desired, max } = aws.view().groups.find(({ name }) => name === 'Web-ASG') ?? {}
  return { min, desired, max }
}

/** To sixteen units: four instances of four. */
const live: Request = { procedure: 'schedule', service: 'web', said: '2026-03-02T20:00 3h', desired: 16 }

describe('F1 in an event: sizes are units', () => {
  test('it goes out to four instances of four units and back to two, and is told in units', async () => {
    const said: string[] = []
    const simulation = simulateWeb({
      prepare: weighted,
      meanwhile: async (world) => {
        const now = world.clock.now()
        if (now < Date.parse('2026-03-02T21:00+09:00') || said.length > 0) return
        said.push(screen(await follower(world), now), screen(await follower(world), now, 'ko'))
        expect(inService(world)).toHaveLength(4)
      },
    })
    expect((await ask(simulation, live)).ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(16 * hour)
    const one = await follower(simulation)
    expect(one.ending).toMatchObject({ kind: 'succeeded' })
    expect(one.notes).toEqual([])
    expect(said[0]).toContain('16 of 16 units healthy')
    expect(said[1]).toContain('16단위 중 16단위 정상')
    expect(screen(one, simulation.clock.now())).toMatch(/All 16 units were healthy at .* Back at 8 units/)
    expect(inService(simulation)).toHaveLength(2)
    expect(simulation.aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({
      min: 8,
      desired: 8,
      max: 16,
    })
    expect(simulation.violations).toEqual([])
  })

  test('readiness finds nothing missing: two instances are all of eight units', async () => {
    const simulation = simulateWeb({ prepare: weighted })
    await ask(simulation, live)
    await simulation.pass(16 * hour)
    const one = await follower(simulation)
    const report = one.steps.find(({ key }) => key.includes('report'))?.outcome
    expect(JSON.stringify(report)).not.toContain('targets_unhealthy')
  })

  test('launches that fail are told by instances: two of four', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => {
        weighted(aws)
        aws.setFault({ kind: 'capacity-shortage' })
      },
    })
    await ask(simulation, live)
    await simulation.pass(16 * hour)
    const one = await follower(simulation)
    expect(one.notes).toContainEqual(
      expect.objectContaining({
        code: 'event_behind',
        facts: expect.objectContaining({ healthy: 2, wanted: 4 }),
      }),
    )
  })
})

describe('F1 in a deploy while an event is on: sizes of the catalogue', () => {
  const during = async (capacity: Capacity, strategy: Strategy = 'refresh') => {
    const simulation = simulateWeb({ prepare: weighted, capacity })
    expect((await ask(simulation, { ...live, said: '2026-03-02T20:00 2h' })).ending?.kind).toBe('succeeded')
    simulation.clock.advanceTo(Date.parse('2026-03-02T20:07+09:00'))
    expect(sizes(simulation).desired).toBe(16)
    const deploy = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
    const operation = await ask(simulation, deploy, 'web-bbbbb')
    expect(operation.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(6 * hour)
    expect(simulation.violations).toEqual([])
    return { simulation, operation }
  }
  const told = ({ plan }: Operation) =>
    plan?.warnings.flatMap(({ code, facts }) => (code === 'capacity_not_units' ? [facts] : []))

  test.each(['refresh', 'replace', 'surge'] as const)(
    'that are meant in instances take none away at its end, by %s',
    async (strategy) => {
      const { simulation, operation } = await during({ min: 2, desired: 2, max: 4 }, strategy)
      expect(told(operation)).toEqual([{ group: 'Web-ASG', desired: 8, max: 4 }])
      expect(operation.plan?.group?.after).toMatchObject({ min: 8, desired: 8, max: 16 })
      expect(sizes(simulation)).toEqual({ min: 8, desired: 8, max: 16 })
      expect(inService(simulation)).toHaveLength(2)
    },
  )

  test('that are units hold at its end, though it went out beyond them', async () => {
    const { simulation, operation } = await during({ min: 4, desired: 8, max: 12 })
    expect(told(operation)).toEqual([])
    expect(sizes(simulation)).toEqual({ min: 4, desired: 8, max: 12 })
  })
})

test('F1 in a quiet hour: a catalogue that counts instances does not lower the maximum of units', async () => {
  const simulation = simulateWeb({
    guard: { targetGroup: 'Web-TG', minimum: 1 },
    capacity: { min: 1, desired: 1, max: 4 },
    prepare: (aws) => {
      weighted(aws)
      update(aws, { MinSize: 4, DesiredCapacity: 4 })
    },
  })
  await simulation.pass(hour)
  const operation = await ask(simulation, { procedure: 'deploy', service: 'web', version: 'v2' })
  expect(operation.ending).toMatchObject({ kind: 'succeeded' })
  expect(sizes(simulation)).toEqual({ min: 4, desired: 4, max: 16 })
})

describe('F7 in an event: what others set while it is on', () => {
  test('a size that somebody sets by hand stays until the event’s own action runs, and is told', async () => {
    let set = false
    let seen: number | undefined
    const simulation = simulateWeb({
      meanwhile: async (world) => {
        const now = world.clock.now()
        if (now >= Date.parse('2026-03-02T22:30+09:00')) seen ??= inService(world).length
        if (set || now < Date.parse('2026-03-02T21:00+09:00')) return
        set = true
        await world.account.groups.update('Web-ASG', { desired: 3 })
      },
    })
    await ask(simulation, { ...live, desired: 4 })
    await simulation.pass(16 * hour)
    expect(seen).toBe(3)
    const one = await follower(simulation)
    expect(new Set(one.notes.map(({ code }) => code))).toEqual(new Set(['event_not_out']))
    expect(inService(simulation)).toHaveLength(2)
  })
})

test('a service whose zone has an alias of old is scheduled by the name that AWS knows, and stands so', async () => {
  const { capacity: _, ...service } = webService({ timezone: 'US/Eastern' })
  const simulation = simulate({ catalogue: catalogueOf(service), meanwhile: confirmPlans })
  const weekly = { ...live, said: 'every sunday 01:00 for 1h30m', desired: 4 } as const
  expect((await ask(simulation, weekly)).ending).toMatchObject({ kind: 'succeeded' })
  const actions = await simulation.account.groups.scheduled('Web-ASG')
  expect(new Set(actions.map(({ timezone }) => timezone))).toEqual(new Set(['America/New_York']))
  const again = { procedure: 'reschedule', service: 'web', event: 'web-aaaaa' } as const
  expect((await ask(simulation, again, 'web-bbbbb')).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'nothing_to_do' },
  })
})
