import type { Strategy } from '../../../src/domain/catalogue/strategy'
import { newOperation } from '../../support/operations'
import { hook, warmPool, weighted } from '../../support/fleet-shapes'
import { servesVersion } from '../../support/serves-version'
import type { Scenario } from '../scenario'
import { call } from '../../support/shop'
import type { Aws } from '../../../src/sandbox/aws'
import { catalogueOf, webService } from '../../support/simulation'
import { webWorld as world } from './web-world'

const deployBy = (strategy: Strategy): Scenario => ({
  name: `deploy by ${strategy}`,
  world,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'deploy', service: 'web', version: 'v2', strategy },
  },
  ending: 'succeeded',
  expectFleet: servesVersion(2),
})

/** One instance, where the catalogue wants two: the second comes on the new version, before the gate. */
const deployThatGrows: Scenario = {
  ...deployBy('refresh'),
  name: 'deploy that grows',
  world: { ...world, guard: { targetGroup: 'Web-TG', minimum: 1 } },
  before: async ({ account, clock }) => {
    await account.groups.update('Web-ASG', { min: 1, desired: 1 })
    clock.advanceTo(clock.now() + 10 * 60_000)
  },
}

const checked = {
  ...world,
  catalogue: catalogueOf(
    webService({
      checks: {
        errors: { worse: 2, above: 0.01 },
        alarms: ['shop-errors'],
        least: 100,
        unsure: 'hold',
      },
    }),
  ),
}

/** Nobody comes, so that nothing can be said of the new version: alice decides that it goes on. */
const deployThatIsUnsure: Scenario = {
  ...deployBy('surge'),
  name: 'deploy that a person decides',
  world: {
    ...checked,
    meanwhile: async (simulation) => {
      const operation = await simulation.store.journal.read('web-aaaaa')
      if (operation?.phase !== 'held') return
      await simulation.signal(operation.id, { id: 'on', kind: 'go on', by: operation.requester })
    },
  },
  faultsFrom: /^fleet\/traffic before/,
  faultsTo: /^fleet\/protect/,
}

/** An alarm rings while customers are looked at. */
const deployThatRings: Scenario = {
  ...deployBy('surge'),
  name: 'deploy that customers notice',
  world: {
    ...checked,
    meanwhile: async ({ aws, store }) => {
      const operation = await store.journal.read('web-aaaaa')
      if (!operation?.steps.some(({ key }) => key === 'health/checks')) return
      const alarm = { AlarmName: 'shop-errors', StateValue: 'ALARM', StateReason: 'by hand' }
      await call(aws, 'SetAlarmState', alarm, '2010-08-01')
    },
  },
  ending: 'rolled back',
  faultsFrom: /^health\/checks$/,
  // How the fleet goes back gets its faults where a deploy is cancelled.
  faultsTo: /^return\//,
  expectFleet: ({ aws }) => {
    const { groups, instances } = aws.view()
    expect(groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({ min: 2, desired: 2, max: 4 })
    const members = instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    expect(members.map((one) => one.templateVersion)).toEqual([1, 1])
  },
}

const rollback: Scenario = {
  name: 'rollback',
  world,
  before: async (simulation) => {
    await simulation.start(newOperation('web-aaaaa'))
    await simulation.untilEnded()
  },
  operation: { ...newOperation('web-bbbbb'), request: { procedure: 'rollback', service: 'web' } },
  ending: 'succeeded',
  expectFleet: servesVersion(1),
}

/** A roll back and forth: the deploy's version is left by a rollback, and rolled to again. */
const roll: Scenario = {
  name: 'roll',
  world,
  before: async (simulation) => {
    await rollback.before?.(simulation)
    await simulation.start(rollback.operation)
    await simulation.untilEnded()
    await simulation.store.locks.clear('web', 'freeze')
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: { procedure: 'roll', service: 'web', templateVersion: 2 },
  },
  ending: 'succeeded',
  expectFleet: servesVersion(2),
}

const scale: Scenario = {
  name: 'scale',
  world,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'scale', service: 'web', desired: 4, max: 5 },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({
      min: 2,
      desired: 4,
      max: 5,
    })
    expect(aws.healthyTargets('Web-TG')).toBe(4)
  },
}

/** The group's own sizes: the catalogue says nothing of them. */
const { capacity: _sizes, ...ownSizes } = webService()
const shaped = (prepare: (aws: Aws) => void): Scenario['world'] => ({
  ...world,
  catalogue: catalogueOf(ownSizes),
  // Two instances of four units each are its minimum of eight.
  guard: { targetGroup: 'Web-TG', minimum: 2 },
  prepare: (aws) => prepare(aws),
})
/** Weights, by each way: never below the minimum in units. */
const weightedDeploys = (['refresh', 'replace', 'surge'] as const).map(
  (strategy): Scenario => ({
    ...deployBy(strategy),
    name: `deploy of a weighted group by ${strategy}`,
    world: shaped(weighted),
    faultsFrom: /^fleet\//,
    expectFleet: servesVersion(2, { min: 8, desired: 8, max: 16 }),
  }),
)

/** Hooks of both ways that nobody completes, and that let go by themselves after minutes. */
const slowHooks = (aws: Aws): void => {
  hook(aws, { HeartbeatTimeout: 300, DefaultResult: 'CONTINUE' })
  hook(aws, {
    LifecycleHookName: 'drain',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: 600,
    DefaultResult: 'CONTINUE',
  })
}
const hookedDeploys = (['refresh', 'replace'] as const).map(
  (strategy): Scenario => ({
    ...deployBy(strategy),
    name: `deploy with slow lifecycle hooks by ${strategy}`,
    world: shaped(slowHooks),
    faultsFrom: /^fleet\//,
    expectFleet: servesVersion(2, { min: 2, desired: 2, max: 4 }),
  }),
)

const deployWithWarmPool: Scenario = {
  ...deployBy('refresh'),
  name: 'deploy with a warm pool',
  world: shaped((aws) => warmPool(aws)),
  faultsFrom: /^fleet\//,
  expectFleet: servesVersion(2, { min: 2, desired: 2, max: 4 }),
}

/** A fleet of `web` that goes to a version, by each way. */
export const deployScenarios: readonly Scenario[] = [
  deployBy('refresh'),
  deployBy('replace'),
  deployBy('surge'),
  deployThatGrows,
  deployThatIsUnsure,
  deployThatRings,
]

/** What else replaces its instances or changes their number. */
export const fleetScenarios: readonly Scenario[] = [rollback, roll, scale]

/** Groups with weights, with lifecycle hooks, with a warm pool. */
export const shapeScenarios: readonly Scenario[] = [...weightedDeploys, ...hookedDeploys, deployWithWarmPool]
