import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import type { Aws } from '../../src/sandbox/aws'
import { AwsFailure } from '../../src/ports/failure'
import type { CallSite } from '../support/fault-injection'
import { update } from '../support/fleet-shapes'
import { alice, newOperation } from '../support/operations'
import { scalingIn, stepsDownWhenQuiet } from '../support/scaling-policies'
import { call } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  type SimulationOptions,
  simulate,
  webService,
} from '../support/simulation'

const minute = 60_000
/** As many customers a second as four instances carry at the 30 % of CPU that target tracking keeps, and as one does. */
const busy = 4_000
const quiet = 400

const come = (aws: Aws, requestsPerSecond: number): void => {
  aws.traffic.setCustomers('Web-ALB', { requestsPerSecond, curve: 'flat' })
}
const group = ({ aws }: Pick<Simulation, 'aws'>) => aws.view().groups.find(({ name }) => name === 'Web-ASG')
const versions = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map(({ templateVersion }) => templateVersion)
const noted = ({ notes }: Operation) => notes.map(({ code }) => code)

type Happens = (simulation: Simulation, operation: Operation) => Promise<void> | void

/** Four instances that are needed, and what happens once while they are replaced; `sizes` that were seen meanwhile. */
const rolling = (happens: Happens, options: Pick<SimulationOptions, 'inject'> = {}) => {
  const { capacity: _, ...service } = webService()
  const sizes: number[] = []
  let happened = false
  const simulation = simulate({
    // Watched for so long that CloudWatch notices.
    catalogue: catalogueOf({ ...service, gate: { bake: 20 * minute, timeout: 60 * minute } }),
    guard: { targetGroup: 'Web-TG', minimum: 4 },
    prepare: (aws, clock) => {
      update(aws, { MinSize: 2, DesiredCapacity: 4, MaxSize: 8 })
      stepsDownWhenQuiet(aws)
      come(aws, busy)
      clock.advanceBy(65 * minute)
    },
    meanwhile: async (world) => {
      const operation = await world.store.journal.read('web-aaaaa')
      if (!operation || operation.ending) return
      const desired = group(world)?.desired ?? 0
      if (sizes.at(-1) !== desired) sizes.push(desired)
      if (happened || versions(world).every((version) => version === 1)) return
      happened = true
      await happens(world, operation)
    },
    ...options,
  })
  return { simulation, sizes, happened: () => happened }
}

const deployed = async (simulation: Simulation, strategy: Strategy): Promise<Operation> => {
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  await simulation.start({ ...newOperation('web-aaaaa'), request })
  await simulation.untilEnded()
  return simulation.operation('web-aaaaa')
}

const both = { 'Target Tracking Policy': true, quiet: true }
const neither = { 'Target Tracking Policy': false, quiet: false }
const oneByOne: Strategy[] = ['refresh', 'replace']

describe.each(oneByOne)('by %s,', (strategy) => {
  test('customers who leave take no instance away until it is over', async () => {
    const { simulation, sizes, happened } = rolling(({ aws }) => {
      come(aws, quiet)
      expect(scalingIn(aws)).toEqual(neither)
    })
    const operation = await deployed(simulation, strategy)
    expect(happened()).toBe(true)
    expect(operation.ending).toMatchObject({ kind: 'succeeded' })
    expect(operation.plan?.calls).toContain('PutScalingPolicy')
    expect(new Set(sizes)).toEqual(new Set(strategy === 'refresh' ? [4] : [4, 5]))
    expect(simulation.violations).toEqual([])
    expect(scalingIn(simulation.aws)).toEqual(both)
    await simulation.pass(60 * minute)
    expect(group(simulation)).toMatchObject({ min: 2, desired: 2 })
    expect(versions(simulation)).toEqual([2, 2])
  })

  test('customers who come bring instances, on the new version', async () => {
    const { simulation, sizes } = rolling(({ aws }) => come(aws, 1.7 * busy))
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'succeeded' })
    expect(Math.max(...sizes)).toBeGreaterThan(5)
    expect(versions(simulation)).toHaveLength(group(simulation)?.desired ?? 0)
    expect(versions(simulation).filter((version) => version !== 2)).toEqual([])
    expect(scalingIn(simulation.aws)).toEqual(both)
  })

  test('who goes back gets the policies as they were', async () => {
    const { simulation } = rolling(async (world, { id }) => {
      come(world.aws, quiet)
      await world.signal(id, { id: 'stop', kind: 'cancel', by: alice })
      await world.signal(id, { id: 'back', kind: 'go back', by: alice })
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending?.kind).toMatch(/cancelled|rolled back/)
    expect(simulation.violations).toEqual([])
    expect(scalingIn(simulation.aws)).toEqual(both)
    expect(group(simulation)).toMatchObject({ min: 2, desired: 4, max: 8 })
  })
})

test('a surge holds nothing: what is taken while both versions serve leaves as many as the load needs', async () => {
  const { simulation, sizes } = rolling(() => {})
  const operation = await deployed(simulation, 'surge')
  expect(operation.plan?.calls).not.toContain('PutScalingPolicy')
  expect(operation.ending).toMatchObject({ kind: 'succeeded' })
  expect(Math.max(...sizes)).toBe(8)
  expect(simulation.violations).toEqual([])
  expect(versions(simulation)).toEqual([2, 2, 2, 2])
  expect(scalingIn(simulation.aws)).toEqual(both)
})

test('a surge that never gets healthy loses none that serves: neither to its alarms nor to a person', async () => {
  const { simulation, happened } = rolling(({ aws }) => update(aws, { DesiredCapacity: 5 }))
  simulation.aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
  const operation = await deployed(simulation, 'surge')
  expect(happened()).toBe(true)
  expect(operation.ending).toMatchObject({ kind: 'rolled back' })
  expect(simulation.violations).toEqual([])
  expect(versions(simulation)).toEqual([1, 1, 1, 1])
})

test('what others change of a policy meanwhile stays, and what they delete is not made again', async () => {
  const { simulation } = rolling(async ({ aws }) => {
    await call(aws, 'DeletePolicy', { AutoScalingGroupName: 'Web-ASG', PolicyName: 'quiet' })
    await call(aws, 'PutScalingPolicy', {
      AutoScalingGroupName: 'Web-ASG',
      PolicyName: 'Target Tracking Policy',
      PolicyType: 'TargetTrackingScaling',
      'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType':
        'ASGAverageCPUUtilization',
      'TargetTrackingConfiguration.TargetValue': '45',
      'TargetTrackingConfiguration.DisableScaleIn': 'true',
    })
  })
  const operation = await deployed(simulation, 'replace')
  expect(operation.ending).toMatchObject({ kind: 'succeeded' })
  expect(scalingIn(simulation.aws)).toEqual({ 'Target Tracking Policy': true })
  const kept = simulation.aws.world.groups.get('Web-ASG')?.policies.get('Target Tracking Policy')
  expect(kept?.TargetTrackingConfiguration?.TargetValue).toBe(45)
})

const deniedOn = (method: string, from: () => boolean) => (site: CallSite) => {
  if (site.method === method && from())
    throw new AwsFailure('refused', method, 'AccessDenied', 'is not authorized')
  return undefined
}

test('without the right for it a deploy goes on, and says so', async () => {
  const { simulation } = rolling(() => {}, { inject: deniedOn('groups.putPolicy', () => true) })
  const operation = await deployed(simulation, 'refresh')
  expect(operation.ending).toMatchObject({ kind: 'succeeded' })
  expect(noted(operation)).toContain('scale_ins_not_held')
  expect(scalingIn(simulation.aws)).toEqual(both)
})

test('what could not be given back is named', async () => {
  let denied = false
  const { simulation } = rolling(
    async (world, { id }) => {
      denied = true
      await world.signal(id, { id: 'stop', kind: 'cancel', by: alice })
      await world.signal(id, { id: 'back', kind: 'go back', by: alice })
    },
    { inject: deniedOn('groups.putPolicy', () => denied) },
  )
  const operation = await deployed(simulation, 'replace')
  expect(operation.ending?.kind).toBe('needs attention')
  expect(operation.ending?.left).toContainEqual({
    code: 'left_scale_ins_held',
    facts: { group: 'Web-ASG', policies: ['Target Tracking Policy', 'quiet'] },
  })
})
