import { confirmPlans } from '../../support/confirm-plans'
import { duo } from '../../support/duo-fleet'
import { newOperation } from '../../support/operations'
import { sandboxService } from '../../support/sandbox-service'
import { call } from '../../support/shop'
import { catalogueOf, type Simulation } from '../../support/simulation'
import type { Scenario } from '../scenario'

const request = { procedure: 'provision', service: 'lab' } as const
const catalogue = catalogueOf(sandboxService('lab', { gate: { bake: 0, timeout: 20 * 60_000 } }))

/** How many of each the service owns, by its tag; what others own is as the seed has it. */
const made = ({ aws }: Simulation) => {
  const { world } = aws
  const own = (all: ReadonlyMap<string, { readonly tags: ReadonlyMap<string, string> }>) =>
    [...all.values()].filter(({ tags }) => tags.get('rollcall:service') === 'lab').length
  return [
    own(world.securityGroups),
    own(world.loadBalancers),
    own(world.targetGroups),
    own(world.listeners),
    own(world.templates),
    aws.view().groups.filter(({ name }) => name === 'Lab-ASG').length,
  ]
}
const all = ({ aws: { world } }: Simulation) => [
  world.securityGroups.size,
  world.loadBalancers.size,
  world.targetGroups.size,
  world.listeners.size,
  world.templates.size,
  world.groups.size,
]

const provision: Scenario = {
  name: 'provision',
  world: { catalogue, meanwhile: confirmPlans },
  operation: { ...newOperation('lab-aaaaa', 'lab'), request },
  ending: 'succeeded',
  expectFleet: (simulation) => {
    expect(made(simulation)).toEqual([2, 1, 1, 1, 1, 1])
    expect(simulation.aws.healthyTargets('Lab-TG')).toBe(2)
  },
}

/** The listener cannot be made, and its requester has what was made removed. */
const removal: Scenario = {
  name: 'provision that is taken back',
  world: {
    catalogue,
    prepare: (aws) =>
      void aws.setFault({
        kind: 'error-before',
        action: 'CreateListener',
        code: 'TooManyListeners',
        status: 400,
      }),
    meanwhile: async (simulation) => {
      await confirmPlans(simulation)
      const operation = await simulation.operation('lab-aaaaa')
      if (operation.phase === 'held')
        await simulation.signal(operation.id, { id: 'answer', kind: 'go back', by: operation.requester })
    },
  },
  operation: { ...newOperation('lab-aaaaa', 'lab'), request },
  ending: 'rolled back',
  expectFleet: (simulation) => {
    expect(made(simulation)).toEqual([0, 0, 0, 0, 0, 0])
    expect(all(simulation)).toEqual(before)
  },
}

/** What the seed has of each. */
const before = [5, 2, 2, 2, 2, 3]

/** A fleet that was built is taken down: nothing of it is left, and nothing else is touched. */
const teardown: Scenario = {
  name: 'teardown',
  world: { catalogue, meanwhile: confirmPlans },
  before: async (simulation) => {
    await simulation.start({ ...newOperation('lab-aaaaa', 'lab'), request })
    await simulation.untilEnded()
  },
  operation: {
    ...newOperation('lab-aaaab', 'lab'),
    request: { procedure: 'teardown', service: 'lab' },
  },
  losesByNature: 'a fleet that is taken down serves nobody any more',
  ending: 'succeeded',
  expectFleet: (simulation) => {
    expect(made(simulation)).toEqual([0, 0, 0, 0, 0, 0])
    expect(all(simulation)).toEqual(before)
  },
}

/** The second color has a group and a target group of its own: what is made for it, like all else, is made once. */
const colors: Scenario = {
  name: 'provision of two colors',
  world: { catalogue: catalogueOf(duo({ each: true })), meanwhile: confirmPlans },
  operation: { ...newOperation('duo-aaaaa', 'duo'), request: { procedure: 'provision', service: 'duo' } },
  ending: 'succeeded',
  faultsFrom: /^balancer\/create green/,
  faultsTo: /^group\/put policy/,
  expectFleet: ({ aws }) => {
    const groups = aws.view().groups.filter(({ name }) => name.startsWith('duo-'))
    expect(groups.map(({ name, desired, max }) => [name, desired, max])).toEqual([
      ['duo-blue', 2, 6],
      ['duo-green', 0, 6],
    ])
    expect(aws.healthyTargets('duo-blue-tg')).toBe(2)
  },
}

const courseCatalogue = catalogueOf(sandboxService('course', { gate: { bake: 0, timeout: 20 * 60_000 } }))

/** Its image is baked and its server registered; then the group cannot be made, and what was made is removed. */
const courseRemoval: Scenario = {
  name: 'provision that bakes and is taken back',
  world: {
    catalogue: courseCatalogue,
    prepare: (aws) =>
      void aws.setFault({
        kind: 'error-before',
        action: 'CreateAutoScalingGroup',
        code: 'LimitExceeded',
        status: 400,
      }),
    meanwhile: async (simulation) => {
      await confirmPlans(simulation)
      const operation = await simulation.operation('course-aaaaa')
      if (operation.phase === 'held')
        await simulation.signal(operation.id, { id: 'answer', kind: 'go back', by: operation.requester })
    },
  },
  operation: {
    ...newOperation('course-aaaaa', 'course'),
    request: { procedure: 'provision', service: 'course' },
  },
  ending: 'rolled back',
  faultsFrom: /^balancer\/create target group/,
  expectFleet: (simulation) => {
    expect(all(simulation)).toEqual(before)
    const { images } = simulation.aws.world
    expect([...images.values()].filter(({ name }) => name === 'fastcampus-nginx v1')).toHaveLength(1)
  },
}

/** What bears the names and is nobody's is taken over, and what differs of it and of the service's own is fixed. */
const adoption: Scenario = {
  name: 'provision that takes over and fixes',
  world: { catalogue, meanwhile: confirmPlans },
  before: async (simulation) => {
    await simulation.start({ ...newOperation('lab-aaaaa', 'lab'), request })
    await simulation.untilEnded()
    const { account } = simulation
    const targets = await account.targetGroups.named('Lab-TG')
    await account.tagging.untag(targets?.arn ?? '', ['rollcall', 'rollcall:service', 'rollcall:operation'])
    await account.targetGroups.setHealthCheck(targets?.arn ?? '', { path: '/elsewhere' })
    await account.groups.update('Lab-ASG', { max: 9 })
    await call(simulation.aws, 'DetachLoadBalancerTargetGroups', {
      AutoScalingGroupName: 'Lab-ASG',
      'TargetGroupARNs.member.1': targets?.arn ?? '',
    })
    const [own] = await account.securityGroups.tagged('rollcall:service', 'lab')
    await account.securityGroups.revoke(own?.id ?? '', own?.ingress ?? [])
  },
  operation: { ...newOperation('lab-aaaab', 'lab'), request: { ...request, adopt: true } },
  ending: 'succeeded',
  expectFleet: (simulation) => {
    expect(made(simulation)).toEqual([2, 1, 1, 1, 1, 1])
    const { targetGroups, securityGroups } = simulation.aws.world
    const targets = [...targetGroups.values()].find(({ name }) => name === 'Lab-TG')
    expect(targets?.shape.HealthCheckPath).toBe('/')
    expect(simulation.aws.view().groups.find(({ name }) => name === 'Lab-ASG')).toMatchObject({ max: 4 })
    for (const { name, rules } of securityGroups.values())
      if (name.startsWith('Lab-')) expect(rules.filter(({ egress }) => !egress)).toHaveLength(1)
  },
}

/** Fleets that are built. */
export const provisionScenarios: readonly Scenario[] = [provision, removal, courseRemoval, adoption, colors]

/** Fleets that are taken down. */
export const teardownScenarios: readonly Scenario[] = [teardown]
