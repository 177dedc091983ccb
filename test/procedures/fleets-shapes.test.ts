import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import type { Aws } from '../../src/sandbox/aws'
import { ids } from '../../src/sandbox/aws/seed-network'
import { mixed, otherTemplate, update } from '../support/fleet-shapes'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

const minute = 60_000
const strategies: Strategy[] = ['refresh', 'replace', 'surge']

/** `web` by its group's own sizes, and never fewer healthy than that. */
const simulateWeb = (prepare: (aws: Aws) => void, how: Partial<SimulationOptions> = {}) => {
  const { capacity: _, ...service } = webService()
  const guard = { targetGroup: 'Web-TG', minimum: 2 }
  return simulate({ catalogue: catalogueOf(service), guard, prepare, ...how })
}
const run = async (simulation: Simulation, request: object, id = 'web-aaaaa'): Promise<Operation> => {
  await simulation.start({ ...newOperation(id), request: { service: 'web', ...request } as never })
  await simulation.untilEnded()
  return simulation.operation(id)
}
const deployed = (simulation: Simulation, strategy: Strategy, version = 'v2', id = 'web-aaaaa') =>
  run(simulation, { procedure: 'deploy', version, strategy }, id)

const members = ({ aws }: Simulation) => aws.view().instances.filter((one) => one.group === 'Web-ASG')
const serving = (simulation: Simulation) => members(simulation).filter((one) => one.lifecycle === 'InService')
const group = ({ aws }: Simulation) => aws.world.groups.get('Web-ASG')
const movedOn = (simulation: Simulation, operation: Operation, count = 2) => {
  expect(operation.ending).toMatchObject({ kind: 'succeeded', left: [] })
  expect(serving(simulation).map((one) => one.templateVersion)).toEqual(Array(count).fill(2))
  expect(simulation.violations).toEqual([])
}
/** What somebody, or AWS, does once as soon as the second version has an instance. */
const once = (does: (simulation: Simulation) => Promise<void> | void) => {
  let done = false
  return {
    happened: () => done,
    meanwhile: async (simulation: Simulation) => {
      if (done || members(simulation).every(({ templateVersion }) => templateVersion !== 2)) return
      done = true
      await does(simulation)
    },
  }
}

describe('two architectures in one mixed instances policy', () => {
  test.each(strategies)('of one image: the types that cannot run it are named, by %s', async (strategy) => {
    const simulation = simulateWeb((aws) =>
      mixed(aws, [
        { InstanceType: 't2.micro' },
        { InstanceType: 't4g.micro' },
        { InstanceType: 't4g.small' },
      ]),
    )
    expect((await deployed(simulation, strategy)).ending).toMatchObject({
      kind: 'refused',
      reason: {
        code: 'architecture_differs',
        facts: { architecture: 'x86_64', types: ['t4g.micro', 't4g.small'] },
      },
    })
  })

  test('of a template for each: the other template is named, and nothing is said against its types', async () => {
    const simulation = simulateWeb((aws) => {
      otherTemplate(aws)
      mixed(aws, [
        { InstanceType: 't2.micro' },
        {
          InstanceType: 't4g.micro',
          LaunchTemplateSpecification: { LaunchTemplateId: 'lt-0a1b2c3d4e5f60009', Version: '1' },
        },
      ])
    })
    for (const strategy of strategies)
      expect((await deployed(simulation, strategy, 'v2', `web-${strategy}`)).ending).toMatchObject({
        kind: 'refused',
        reason: { code: 'override_templates', facts: { templates: ['Web-large'] } },
      })
  })

  test('of an image for each: the other image is named', async () => {
    const simulation = simulateWeb((aws) =>
      mixed(aws, [{ InstanceType: 't2.micro' }, { InstanceType: 't4g.micro', ImageId: ids.payImage }]),
    )
    expect((await deployed(simulation, 'refresh')).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'override_images', facts: { images: [ids.payImage] } },
    })
  })
})

test.each(strategies)(
  'a termination policy by a Lambda stays, and is given back, by %s',
  async (strategy) => {
    const policies = ['arn:aws:lambda:ap-northeast-2:123456789012:function:choose:live', 'OldestInstance']
    const simulation = simulateWeb((aws) => update(aws, { TerminationPolicies: policies }))
    movedOn(simulation, await deployed(simulation, strategy))
    expect(group(simulation)?.terminationPolicies).toEqual(policies)
  },
)

describe.each([
  ['launch before terminate', { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 }],
  ['terminate before launch', { MinHealthyPercentage: 50, MaxHealthyPercentage: 100 }],
])('an instance maintenance policy that says to %s', (_, InstanceMaintenancePolicy) => {
  test.each(strategies)('is left as it is, and no healthy one is missed, by %s', async (strategy) => {
    const simulation = simulateWeb((aws) => update(aws, { InstanceMaintenancePolicy }))
    movedOn(simulation, await deployed(simulation, strategy))
    expect(group(simulation)?.maintenance).toMatchObject({
      min: InstanceMaintenancePolicy.MinHealthyPercentage,
      max: InstanceMaintenancePolicy.MaxHealthyPercentage,
    })
  })
})

describe.each([
  ['terminated first', { MinHealthyPercentage: -1, MaxHealthyPercentage: -1 }],
  ['launched first', { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 }],
])(
  'the maximum lifetime of instances that ends in the middle of a deploy, its replacements %s',
  (_, policy) => {
    const day = 24 * 60 * minute
    const minimum = policy.MinHealthyPercentage === 100 ? 2 : 1

    test.each(strategies)('is no fault of the version: the deploy goes on, by %s', async (strategy) => {
      const simulation = simulateWeb(() => {}, { guard: { targetGroup: 'Web-TG', minimum } })
      update(simulation.aws, { MaxInstanceLifetime: day / 1000, InstanceMaintenancePolicy: policy })
      const lifetimes = () =>
        group(simulation)?.activities.filter(({ cause }) => cause.includes('maximum instance lifetime')) ?? []
      // The image takes six minutes: both instances expire while the fleet is replaced.
      const oldest = Math.min(
        ...[...(group(simulation)?.members.values() ?? [])].map((one) => one.inServiceAt ?? one.joinedAt),
      )
      simulation.clock.advanceTo(oldest + day - 7.5 * minute)
      const operation = await deployed(simulation, strategy)
      expect(lifetimes().length).toBeGreaterThan(0)
      movedOn(simulation, operation)
      expect(group(simulation)).toMatchObject({ min: 2, desired: 2, max: 4, maxInstanceLifetime: day / 1000 })
    })
  },
)

describe('a group at its maximum', () => {
  test.each(strategies)('makes room for the way, and has its maximum again, by %s', async (strategy) => {
    const simulation = simulateWeb((aws) => update(aws, { MinSize: 2, DesiredCapacity: 2, MaxSize: 2 }))
    movedOn(simulation, await deployed(simulation, strategy))
    expect(group(simulation)).toMatchObject({ min: 2, desired: 2, max: 2 })
  })

  test.each(strategies)('has it again when the new version never gets healthy, by %s', async (strategy) => {
    const simulation = simulateWeb((aws) => {
      update(aws, { MinSize: 2, DesiredCapacity: 2, MaxSize: 2 })
      aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
    })
    expect((await deployed(simulation, strategy)).ending).toMatchObject({ kind: 'rolled back' })
    expect(group(simulation)).toMatchObject({ min: 2, desired: 2, max: 2 })
    expect(serving(simulation).map((one) => one.templateVersion)).toEqual([1, 1])
    expect(simulation.violations).toEqual([])
  })
})

describe('a group at zero', () => {
  const empty = ({ aws, clock }: Simulation) => {
    update(aws, { MinSize: 0, DesiredCapacity: 0 })
    clock.advanceTo(clock.now() + 15 * minute)
  }
  const simulateEmptied = () => simulateWeb(() => {}, { guard: { targetGroup: 'Web-TG', minimum: 0 } })

  test.each(strategies)('gets the version, stays empty, launches it once scaled, by %s', async (strategy) => {
    const simulation = simulateEmptied()
    await run(simulation, { procedure: 'bake', version: 'v2', reboot: false }, 'web-baked')
    empty(simulation)
    expect(serving(simulation)).toEqual([])
    const operation = await deployed(simulation, strategy)
    movedOn(simulation, operation, 0)
    expect(operation.plan?.warnings).toContainEqual(expect.objectContaining({ code: 'group_empty' }))
    expect(group(simulation)).toMatchObject({ min: 0, desired: 0, max: 4 })
    movedOn(simulation, await run(simulation, { procedure: 'scale', desired: 2 }, 'web-bbbbb'))
  })

  test('has nothing to bake an image of: the plan names what it looked for', async () => {
    const simulation = simulateEmptied()
    empty(simulation)
    expect((await deployed(simulation, 'refresh')).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'source_not_found', facts: { source: 'Name=ASG-Web-Instance' } },
    })
  })
})

describe('zones that somebody changes in the middle of a deploy', () => {
  test.each(strategies)('are followed, and stay as they are, by %s', async (strategy) => {
    let subnets = ''
    const { happened, meanwhile } = once(({ aws }) => {
      subnets = group({ aws } as Simulation)?.subnets[0] ?? ''
      update(aws, { VPCZoneIdentifier: subnets })
    })
    const simulation = simulateWeb(() => {}, { meanwhile })
    const operation = await deployed(simulation, strategy)
    expect(happened()).toBe(true)
    movedOn(simulation, operation)
    await simulation.pass(30 * minute)
    simulation.clock.advanceTo(simulation.clock.now() + 30 * minute)
    expect(group(simulation)?.subnets).toEqual([subnets])
    expect(serving(simulation).map((one) => one.templateVersion)).toEqual([2, 2])
  })
})
