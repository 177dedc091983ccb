import type { Strategy } from '../../../src/domain/catalogue/strategy'
import { newOperation } from '../../support/operations'
import { servesVersion } from '../../support/serves-version'
import type { Scenario } from '../scenario'
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

/** One fleet of `web`, and what replaces its instances or changes their number. */
export const fleetScenarios: readonly Scenario[] = [
  deployBy('refresh'),
  deployBy('replace'),
  deployBy('surge'),
  deployThatGrows,
  rollback,
  roll,
  scale,
]
