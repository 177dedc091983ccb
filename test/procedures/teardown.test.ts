import { readFileSync } from 'node:fs'
import { documentsFor } from '../../src/policy/documents'
import type { PolicyDocument } from '../../src/policy/statements'
import { vpc } from '../../src/sandbox/aws/seed-network'
import { confirmPlans } from '../support/confirm-plans'
import { owned, run } from '../support/fleet-runs'
import { newOperation } from '../support/operations'
import { sandboxService } from '../support/sandbox-service'
import { catalogueOf, type Simulation, simulate, type SimulationOptions } from '../support/simulation'

const world = (service: string, how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({ catalogue: catalogueOf(sandboxService(service)), meanwhile: confirmPlans, ...how })

const built = async (service: string, how: Partial<SimulationOptions> = {}): Promise<Simulation> => {
  const simulation = world(service, how)
  expect((await run(simulation, { procedure: 'provision', service })).ending?.kind).toBe('succeeded')
  return simulation
}
const teardown = (simulation: Simulation, service = 'lab') =>
  run(simulation, { procedure: 'teardown', service })

/** Until what somebody did just now can be seen everywhere. */
const seen = (simulation: Simulation) => simulation.pass(60_000)

/** How many of each kind AWS has, whoever's. */
const all = ({ aws: { world: aws } }: Simulation) => [
  aws.securityGroups.size,
  aws.loadBalancers.size,
  aws.targetGroups.size,
  aws.listeners.size,
  aws.templates.size,
  aws.groups.size,
]

test('lab is taken down in the reverse order, and nothing of it is left', async () => {
  const simulation = world('lab')
  const before = all(simulation)
  await run(simulation, { procedure: 'provision', service: 'lab' })
  await run(simulation, { procedure: 'deploy', service: 'lab', version: 'v2' })
  const calls = simulation.aws.calls().length
  const operation = await teardown(simulation)
  expect(operation.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  expect(operation.plan?.teardown?.resources.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'policy Target Tracking Policy',
    'group Lab-ASG',
    'listener Lab-ALB:80',
    'load-balancer Lab-ALB',
    'target-group Lab-TG',
    'template Lab',
    'security-group Lab-Inst-SG',
    'security-group Lab-ALB-SG',
  ])
  expect(operation.plan?.teardown?.kept).toEqual([
    { id: expect.stringMatching(/^ami-/), name: 'Web Server v2', snapshots: 1 },
  ])
  expect(await owned(simulation, 'lab')).toEqual([])
  expect(all(simulation)).toEqual(before)
  const done = simulation.aws.calls().slice(calls)
  const deletions = done
    .filter(({ action, error }) => /^(Delete|UpdateAutoScalingGroup)/.test(action) && !error)
    .map(({ action }) => action)
  expect([...new Set(deletions)]).toEqual([
    'DeletePolicy',
    'UpdateAutoScalingGroup',
    'DeleteAutoScalingGroup',
    'DeleteListener',
    'DeleteLoadBalancer',
    'DeleteTargetGroup',
    'DeleteLaunchTemplate',
    'DeleteSecurityGroup',
  ])
  expect((await simulation.account.images.named('Web Server v2'))[0]?.state).toBe('available')
  // And it is built again as if it had never been there.
  expect((await run(simulation, { procedure: 'provision', service: 'lab' })).ending?.kind).toBe('succeeded')
})

test('course goes with the image that was baked for it, where that is asked; its server stays', async () => {
  const simulation = await built('course')
  const servers = simulation.aws.world.instances.size
  const dry = await teardown(simulation, 'web')
  expect(dry.ending).toMatchObject({ kind: 'refused' })
  const operation = await run(simulation, { procedure: 'teardown', service: 'course', images: true })
  expect(operation.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  expect(await owned(simulation, 'course')).toEqual([])
  expect(await simulation.account.images.named('fastcampus-nginx v1')).toEqual([])
  expect(await simulation.account.images.snapshotsTagged('rollcall:service', 'course')).toEqual([])
  expect(simulation.aws.world.instances.size).toBeGreaterThan(0)
  expect(servers).toBeGreaterThan(0)
})

test('what does not carry the tag is named, and left alone', async () => {
  const simulation = await built('lab')
  const { account } = simulation
  await account.groups.untag('Lab-ASG', ['rollcall:service'])
  const refused = await teardown(simulation)
  expect(refused.ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'teardown_needed', facts: { needs: expect.arrayContaining(['Lab-TG ← Lab-ASG']) } },
  })
  expect(await owned(simulation, 'lab')).toHaveLength(6)
})

test('a service that nothing was built for has nothing to take down', async () => {
  const simulation = world('web')
  expect((await teardown(simulation, 'web')).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'nothing_to_tear_down', facts: { names: ['Web-ASG', 'Web'] } },
  })
})

test('nothing goes that others need: a target group, a rule, a load balancer’s second listener', async () => {
  const simulation = await built('lab')
  const { account } = simulation
  const balancer = await account.loadBalancers.named('Lab-ALB')
  const targets = await account.targetGroups.create({
    name: 'Their-TG',
    vpc,
    protocol: 'HTTP',
    protocolVersion: 'HTTP1',
    port: 80,
    tags: {},
  })
  if (!targets.ok) throw new Error('no target group')
  await account.listeners.create({
    loadBalancer: balancer?.arn ?? '',
    port: 8080,
    protocol: 'HTTP',
    targetGroup: targets.value,
    tags: {},
  })
  const [balancerGroup] = await account.securityGroups.inVpc(vpc, ['Lab-ALB-SG'])
  const theirs = await account.securityGroups.create({ name: 'theirs', description: 'theirs', vpc, tags: {} })
  if (!theirs.ok || !balancerGroup) throw new Error('no security group')
  await seen(simulation)
  await account.securityGroups.allow(theirs.value, [
    { protocol: 'tcp', ports: { from: 22, to: 22 }, source: { securityGroup: balancerGroup.id } },
  ])
  await seen(simulation)
  const { ending } = await teardown(simulation)
  expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'teardown_needed' } })
  expect(ending?.reason?.facts['needs']).toEqual([
    'Lab-ALB ← Their-TG',
    'Lab-ALB ← Lab-ALB:8080',
    'Lab-ALB-SG ← theirs',
  ])
  expect(await owned(simulation, 'lab')).toHaveLength(7)
})

test('deletion protection is found before anything is drained', async () => {
  const simulation = await built('lab')
  for (const one of simulation.aws.world.loadBalancers.values())
    if (one.shape.LoadBalancerName === 'Lab-ALB') one.attributes.set('deletion_protection.enabled', 'true')
  expect((await teardown(simulation)).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'balancer_protected', facts: { name: 'Lab-ALB' } },
  })
  expect(simulation.aws.healthyTargets('Lab-TG')).toBe(2)
})

test('live events that count on the fleet hold it back, until they are taken off the schedule', async () => {
  const simulation = await built('lab')
  const event = await run(simulation, {
    procedure: 'schedule',
    service: 'lab',
    said: 'tomorrow 20:00 for 2h',
    desired: 4,
  })
  expect(event.ending?.kind).toBe('succeeded')
  expect((await teardown(simulation)).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'teardown_events', facts: { events: [event.id] } },
  })
  const off = await run(simulation, { procedure: 'unschedule', service: 'lab', event: event.id })
  expect(off.ending?.kind).toBe('succeeded')
  expect((await teardown(simulation)).ending?.kind).toBe('succeeded')
})

test('scheduled actions of somebody go first, so that none brings the group up again', async () => {
  const simulation = await built('lab')
  const startAt = simulation.clock.now() + 3 * 3_600_000
  await simulation.account.groups.schedule('Lab-ASG', {
    name: 'by hand',
    min: 2,
    desired: 4,
    max: 4,
    startAt,
  })
  await seen(simulation)
  const operation = await teardown(simulation)
  expect(operation.plan?.teardown?.resources[0]).toMatchObject({ kind: 'scheduled-action', name: 'by hand' })
  expect(operation.ending?.kind).toBe('succeeded')
  expect(await owned(simulation, 'lab')).toEqual([])
})

test('cancelled while it drains, it says what is left and that nothing was put back; another one goes on', async () => {
  const simulation = await built('lab', {
    meanwhile: async (world) => {
      await confirmPlans(world)
      for (const id of await world.store.journal.unfinished()) {
        const { request, steps, requester } = await world.operation(id)
        const drains = steps.some(({ key, state }) => key.startsWith('group/drained') && state === 'waiting')
        if (request.procedure === 'teardown' && drains && !stopped.has(id)) {
          stopped.add(id)
          if (stopped.size === 1) await world.signal(id, { id: 'stop', kind: 'cancel', by: requester })
        }
      }
    },
  })
  const operation = await teardown(simulation)
  expect(operation.ending).toMatchObject({ kind: 'cancelled', reason: { code: 'cancelled_by_person' } })
  expect(operation.ending?.left.map(({ code, facts }) => [code, facts['group'] ?? facts['name']])).toEqual([
    ['left_emptied', 'Lab-ASG'],
    ['left_standing', 'Lab-ALB:80'],
    ['left_standing', 'Lab-ALB'],
    ['left_standing', 'Lab-TG'],
    ['left_standing', 'Lab'],
    ['left_standing', 'Lab-Inst-SG'],
    ['left_standing', 'Lab-ALB-SG'],
  ])
  expect((await teardown(simulation)).ending?.kind).toBe('succeeded')
  expect(await owned(simulation, 'lab')).toEqual([])
})
const stopped = new Set<string>()

test('what AWS refuses midway is told with all that still stands', async () => {
  const simulation = await built('lab')
  simulation.aws.setFault({
    kind: 'error-before',
    action: 'DeleteLaunchTemplate',
    code: 'UnauthorizedOperation',
    status: 403,
  })
  const operation = await teardown(simulation)
  expect(operation.ending).toMatchObject({
    kind: 'needs attention',
    reason: { code: 'aws_refused', facts: { awsCode: 'UnauthorizedOperation' } },
  })
  expect(operation.ending?.left.map(({ facts }) => facts['name'])).toEqual([
    'Lab',
    'Lab-Inst-SG',
    'Lab-ALB-SG',
  ])
  simulation.aws.clearFaults()
  expect((await teardown(simulation)).ending?.kind).toBe('succeeded')
  expect(await owned(simulation, 'lab')).toEqual([])
})

test('a right that is missing from the start leaves the fleet as it is', async () => {
  const simulation = await built('lab')
  const fault = { kind: 'error-before', code: 'AccessDenied', status: 403 } as const
  simulation.aws.setFault({ ...fault, action: 'DeletePolicy' })
  const { ending } = await teardown(simulation)
  expect(ending).toMatchObject({ kind: 'failed clean', left: [] })
  expect(simulation.aws.healthyTargets('Lab-TG')).toBe(2)
})

test('an operation that is at work holds it back', async () => {
  const simulation = await built('lab')
  const deploy = { procedure: 'deploy', service: 'lab', version: 'v2' } as const
  const ids = ['lab-aaaad', 'lab-aaaat']
  await simulation.start({ ...newOperation('lab-aaaad', 'lab'), request: deploy })
  await simulation.start({
    ...newOperation('lab-aaaat', 'lab'),
    request: { procedure: 'teardown', service: 'lab' },
  })
  await simulation.untilEnded()
  const [first, second] = await Promise.all(ids.map((id) => simulation.operation(id)))
  expect(first?.ending?.kind).toBe('succeeded')
  expect(second?.ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'teardown_while_running', facts: { operation: 'lab-aaaad' } },
  })
})

test('what was deployed to a fleet that is gone is not gone back to in the next one', async () => {
  const simulation = await built('lab')
  await run(simulation, { procedure: 'deploy', service: 'lab', version: 'v2' })
  await teardown(simulation)
  await run(simulation, { procedure: 'provision', service: 'lab' })
  const back = await run(simulation, { procedure: 'rollback', service: 'lab' })
  expect(back.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_roll_back' } })
})

test('the least rights of a catalogue, with those to build and take down, grant every change that is made', async () => {
  const simulation = await built('course')
  await run(simulation, { procedure: 'teardown', service: 'course', images: true })
  const { worker } = documentsFor(catalogueOf(sandboxService('course')), {
    account: '123456789012',
    roles: [],
    keys: [],
  })
  const building = JSON.parse(readFileSync('deploy/iam-policy.provision.json', 'utf8')) as PolicyDocument
  const granted = new Set(
    [worker, building].flatMap((one) => one?.Statement ?? []).flatMap(({ Action }) => Action),
  )
  const prefixes = { ec2: 'ec2', autoscaling: 'autoscaling', elasticloadbalancing: 'elasticloadbalancing' }
  const made = simulation.aws
    .calls()
    .filter(({ mutating }) => mutating)
    .map(({ service, action }) => `${prefixes[service as keyof typeof prefixes]}:${action}`)
  expect(made).toContain('autoscaling:DeletePolicy')
  expect([...new Set(made)].filter((action) => !granted.has(action))).toEqual([])
})
