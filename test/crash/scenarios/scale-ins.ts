import type { Strategy } from '../../../src/domain/catalogue/strategy'
import { update } from '../../support/fleet-shapes'
import { newOperation } from '../../support/operations'
import { scalingIn, stepsDownWhenQuiet } from '../../support/scaling-policies'
import { catalogueOf, type Simulation, type SimulationOptions, webService } from '../../support/simulation'
import type { Scenario } from '../scenario'

const minute = 60_000
/** Requests a second that three instances carry, and that come from when their replacement is under way. */
const busy = 3_000
const quiet = 300
const underWay = 12 * minute

const { capacity: _sizes, ...ownSizes } = webService()

/** Three instances with a target tracking and a step policy, whose customers leave. */
const world: SimulationOptions = {
  catalogue: catalogueOf(ownSizes),
  guard: { targetGroup: 'Web-TG', minimum: 2 },
  prepare: (aws, clock) => {
    const come = (requestsPerSecond: number) =>
      aws.traffic.setCustomers('Web-ALB', { requestsPerSecond, curve: 'flat' })
    update(aws, { MinSize: 2, DesiredCapacity: 3, MaxSize: 6 })
    stepsDownWhenQuiet(aws)
    come(busy)
    clock.advanceBy(10 * minute)
    aws.simulation.at(clock.now() + underWay, () => come(quiet))
  },
}

/** The fleet serves, its policies take away again, and none did before: an alarm rang for minutes. */
const heldUntilGivenBack = ({ aws }: Simulation): void => {
  expect(scalingIn(aws)).toEqual({ 'Target Tracking Policy': true, quiet: true })
  const given = aws.calls().filter(({ action }) => action === 'PutScalingPolicy')
  const alarms = (aws.world.groups.get('Web-ASG')?.activities ?? []).filter(({ cause }) =>
    cause.includes('triggered policy'),
  )
  const released = Math.min(
    ...given.filter(({ input }) => JSON.stringify(input).includes('"Enabled":true')).map(({ time }) => time),
  )
  expect(alarms.filter(({ startedAt }) => startedAt < released)).toEqual([])
  const { groups, instances } = aws.view()
  expect(groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({
    min: 2,
    max: 6,
    templatePin: '$Default',
  })
  const members = instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
  expect(members.filter(({ templateVersion }) => templateVersion !== 2)).toEqual([])
}

const deployBy = (strategy: Strategy): Scenario => ({
  name: `deploy by ${strategy} while customers leave`,
  world,
  operation: {
    ...newOperation('web-aaaaa'),
    request: { procedure: 'deploy', service: 'web', version: 'v2', strategy },
  },
  ending: 'succeeded',
  changesWithTime: 'its customers leave at a fixed time, before which what scales in must be held',
  expectFleet: heldUntilGivenBack,
})

/** What would scale in a fleet whose instances are replaced is held, and given back. */
export const scaleInScenarios: readonly Scenario[] = [
  { ...deployBy('refresh'), faultsFrom: /^fleet\/what scales in/, faultsTo: /^fleet\/start refresh/ },
  { ...deployBy('replace'), faultsFrom: /^health\/every instance/, faultsTo: /^finish\/default/ },
]
