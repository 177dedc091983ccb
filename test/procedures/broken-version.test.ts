import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Strategy } from '../../src/domain/catalogue/strategy'
import { minute } from '../../src/domain/time/time'
import type { Aws } from '../../src/sandbox/aws'
import {
  deployVersion,
  minutesUntilNoticed,
  sickVersion,
  watchFirstInService,
} from '../support/broken-version'
import { call, deployShop, runToEnd, simulateShop } from '../support/shop'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

/*
 * A version that cannot get healthy is noticed in minutes, by how long the service's instances took before and by what
 * AWS says of them; a slow starter has the gate's whole time.
 */

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']
/** What a group with such a grace period calls unhealthy is not replaced while a test goes on. */
const patientAws = (aws: Aws): void => {
  const group = aws.world.groups.get('Web-ASG')
  if (group) Object.assign(group, { grace: 3600, defaultWarmup: 60 })
}

/** A world whose service has been deployed twice, and is about to be deployed for the third time. */
const afterTwoDeploys = async (
  strategy: Strategy,
  {
    facts = {},
    meanwhile,
  }: { facts?: Partial<Service>; meanwhile?: (simulation: Simulation) => Promise<void> } = {},
) => {
  const simulation = simulate({
    catalogue: catalogueOf(webService(facts)),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    prepare: patientAws,
    ...(meanwhile && { meanwhile }),
  })
  for (const version of ['v2', 'v3'])
    expect((await deployVersion(simulation, version, strategy)).ending?.kind).toBe('succeeded')
  return simulation
}

const third = async (simulation: Simulation, strategy: Strategy) => {
  const watched = watchFirstInService(simulation.aws, () => simulation.clock.now())
  simulation.aws.setFault(sickVersion('v4'))
  const operation = await deployVersion(simulation, 'v4', strategy)
  return { operation, noticed: minutesUntilNoticed(operation, watched.at()) }
}

/** Instances from `version` on answer nobody for so long after their launch; a reboot (for an image) ends it. */
const slowStarts = (from: number, span: number) => {
  const woken = new Map<string, number>()
  return {
    slow: ({ aws, clock }: Simulation): void => {
      aws.onChange(() => {
        for (const { id, group, templateVersion = 1 } of aws.view().instances) {
          const instance = aws.world.instances.get(id)
          if (group !== 'Web-ASG' || templateVersion < from || woken.has(id) || !instance) continue
          woken.set(id, clock.now() + span)
          instance.downUntil = clock.now() + 24 * 60 * minute
        }
      })
    },
    wake: async ({ aws, clock }: Simulation): Promise<void> => {
      for (const [id, at] of woken) {
        if (clock.now() < at) continue
        woken.set(id, Number.POSITIVE_INFINITY)
        if (aws.world.instances.get(id)?.state === 'running')
          await call(aws, 'CreateImage', { InstanceId: id, Name: `reboot ${id}` }, '2016-11-15')
      }
    },
  }
}

test.each(strategies)(
  'a broken version is taken back within seven minutes where starts are known, by %s',
  async (strategy) => {
    const simulation = await afterTwoDeploys(strategy)
    const { operation, noticed } = await third(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'new_fleet_unhealthy', facts: { healthy: 0 } },
    })
    expect(noticed).toBeGreaterThanOrEqual(5)
    expect(noticed).toBeLessThan(7)
    expect(simulation.violations).toEqual([])
  },
)

test.each(strategies)(
  'a version that starts within five minutes, where less than one was usual, is no false alarm, by %s',
  async (strategy) => {
    const { slow, wake } = slowStarts(4, minute / 2)
    const simulation = await afterTwoDeploys(strategy, { meanwhile: wake })
    slow(simulation)
    expect((await deployVersion(simulation, 'v4', strategy)).ending).toMatchObject({ kind: 'succeeded' })
  },
)

test.each(strategies)(
  'a version that takes as long as the service’s starts always took is no false alarm, by %s',
  async (strategy) => {
    const { slow, wake } = slowStarts(2, 8 * minute)
    const simulation = simulate({
      catalogue: catalogueOf(webService()),
      prepare: patientAws,
      meanwhile: wake,
    })
    slow(simulation)
    for (const version of ['v2', 'v3', 'v4'])
      expect((await deployVersion(simulation, version, strategy)).ending).toMatchObject({ kind: 'succeeded' })
  },
)

test('without a past, what the catalogue says of the boot tells how long a start may take', async () => {
  const facts = { boot: 2 * minute }
  const simulation = simulate({ catalogue: catalogueOf(webService(facts)), prepare: patientAws })
  const watched = watchFirstInService(simulation.aws, () => simulation.clock.now())
  simulation.aws.setFault(sickVersion('v2'))
  const operation = await deployVersion(simulation, 'v2', 'surge')
  const noticed = minutesUntilNoticed(operation, watched.at())
  expect(noticed).toBeGreaterThanOrEqual(6)
  expect(noticed).toBeLessThan(7)
})

test('without a past and without a word of the catalogue, a version has the gate’s whole time', async () => {
  const simulation = simulate({ catalogue: catalogueOf(webService()), prepare: patientAws })
  const watched = watchFirstInService(simulation.aws, () => simulation.clock.now())
  simulation.aws.setFault(sickVersion('v2'))
  const operation = await deployVersion(simulation, 'v2', 'surge')
  expect(minutesUntilNoticed(operation, watched.at())).toBeGreaterThan(18)
})

test.each(['replace', 'surge'] as const)(
  'without a past, a version of which AWS gives up two instances is taken back, by %s',
  async (strategy) => {
    const simulation = simulate({ catalogue: catalogueOf(webService()) })
    const watched = watchFirstInService(simulation.aws, () => simulation.clock.now())
    simulation.aws.setFault(sickVersion('v2'))
    const operation = await deployVersion(simulation, 'v2', strategy)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(minutesUntilNoticed(operation, watched.at())).toBeLessThan(16)
  },
)

test('a color that cannot get healthy is noticed in minutes, too', async () => {
  const simulation = simulateShop({ service: { boot: minute } })
  simulation.aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
  const { ending, steps } = await runToEnd(simulation, deployShop())
  expect(ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
  const gate = steps.find(({ key, state }) => key.startsWith('health/whole') && state === 'failed')
  expect((gate?.endedAt ?? 0) - (gate?.startedAt ?? 0)).toBeLessThan(8 * minute)
  expect(simulation.violations).toEqual([])
})
