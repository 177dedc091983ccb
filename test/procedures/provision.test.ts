import type { Aws } from '../../src/sandbox/aws'
import { ids, vpc } from '../../src/sandbox/aws/seed-network'
import { confirmPlans } from '../support/confirm-plans'
import { owned, run } from '../support/fleet-runs'
import { sandboxService } from '../support/sandbox-service'
import { catalogueOf, type Simulation, simulate, type SimulationOptions } from '../support/simulation'

const world = (service: string, how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({ catalogue: catalogueOf(sandboxService(service)), meanwhile: confirmPlans, ...how })

const provision = (simulation: Simulation, service = 'lab') =>
  run(simulation, { procedure: 'provision', service })

const whole = ['Lab-ALB-SG', 'Lab-Inst-SG', 'Lab-ALB', 'Lab-TG', 'listener', 'Lab', 'Lab-ASG']

/** Answers the question of what becomes of what was made. */
const answering =
  (kind: 'go on' | 'go back') =>
  async (simulation: Simulation): Promise<void> => {
    await confirmPlans(simulation)
    for (const id of await simulation.store.journal.unfinished()) {
      const { phase, requester } = await simulation.operation(id)
      if (phase === 'held') await simulation.signal(id, { id: 'answer', kind, by: requester })
    }
  }

/** AWS refuses every load balancer: the quota of the account is reached. */
const noBalancers = (aws: Aws): void => {
  aws.setFault({
    kind: 'error-before',
    action: 'CreateLoadBalancer',
    code: 'TooManyLoadBalancers',
    status: 400,
  })
}

test('lab is built to the last figure of the Immersion Day', async () => {
  const simulation = world('lab')
  const operation = await provision(simulation)
  expect(operation.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  const { world: aws } = simulation.aws
  const { securityGroups } = simulation.account
  const [balancerGroup] = await securityGroups.inVpc(vpc, ['Lab-ALB-SG'])
  const [instanceGroup] = await securityGroups.inVpc(vpc, ['Lab-Inst-SG'])
  const ports = { from: 80, to: 80 }
  expect(balancerGroup?.ingress).toEqual([{ protocol: 'tcp', ports, source: { cidr: '0.0.0.0/0' } }])
  expect(instanceGroup).toMatchObject({
    description: 'HTTP Allow',
    ingress: [{ protocol: 'tcp', ports, source: { securityGroup: balancerGroup?.id } }],
  })
  const balancer = [...aws.loadBalancers.values()].find((one) => one.shape.LoadBalancerName === 'Lab-ALB')
  expect(balancer).toMatchObject({
    state: 'active',
    subnets: [ids.publicA, ids.publicC],
    securityGroups: [balancerGroup?.id],
    shape: { Scheme: 'internet-facing' },
  })
  const targetGroup = [...aws.targetGroups.values()].find((one) => one.name === 'Lab-TG')
  const template = [...aws.templates.values()].find((one) => one.name === 'Lab')
  expect(template?.versions.get(1)).toMatchObject({
    description: 'Immersion Day Web Instances Template - Web only',
    data: {
      ImageId: ids.webImage,
      InstanceType: 't2.micro',
      SecurityGroupIds: [instanceGroup?.id],
      MetadataOptions: { HttpTokens: 'required' },
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
        { ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
      ],
    },
  })
  expect(template?.versions.get(1)?.data.KeyName).toBeUndefined()
  const group = await simulation.account.groups.describe('Lab-ASG', {})
  expect(group).toMatchObject({
    min: 2,
    desired: 2,
    max: 4,
    template: { name: 'Lab', pin: '$Default' },
    subnets: [ids.privateA, ids.privateC],
    targetGroups: [targetGroup?.arn],
    healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
    tags: { Name: 'Lab-ASG-Instance', 'rollcall:service': 'lab', 'rollcall:operation': operation.id },
    propagated: ['Name'],
  })
  expect(group?.metrics?.length).toBeGreaterThan(0)
  expect(await simulation.account.groups.policies('Lab-ASG')).toMatchObject([
    { type: 'TargetTrackingScaling', settings: expect.stringContaining('"TargetValue":30') },
  ])
  expect(simulation.aws.healthyTargets('Lab-TG')).toBe(2)
})

test('what is whole is not built again', async () => {
  const simulation = world('lab')
  await provision(simulation)
  const writes = simulation.aws.calls().length
  const again = await provision(simulation)
  expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'fleet_complete' } })
  const changes = simulation.aws.calls().slice(writes)
  expect(
    changes.filter(({ action }) => /^(Create(?!.*DryRun)|Put|Update|Modify|Set|Register)/.test(action)),
  ).toEqual([])
  expect(await owned(simulation, 'lab')).toEqual(whole)
})

test('course bakes its image first, in the default VPC, and registers the server that it is made of', async () => {
  const simulation = world('course')
  const operation = await provision(simulation, 'course')
  expect(operation.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  const { account, aws } = simulation
  const [image] = await account.images.named('fastcampus-nginx v1')
  expect(image?.tags).toMatchObject({ description: 'forAutoscaling', 'rollcall:service': 'course' })
  const template = [...aws.world.templates.values()].find((one) => one.name === 'fastcampus-nginx')
  expect(template?.versions.get(1)?.data).toMatchObject({
    ImageId: image?.id,
    InstanceType: 't2.nano',
    KeyName: 'fastcampus',
  })
  const group = await account.groups.describe('fastcampus-asg', {})
  expect(group).toMatchObject({
    min: 1,
    desired: 1,
    max: 10,
    template: { pin: '$Latest' },
    healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
  })
  expect(group?.subnets).toHaveLength(4)
  const [policy] = await account.groups.policies('fastcampus-asg')
  expect(JSON.parse(policy?.settings ?? '{}')).toMatchObject({
    TargetTrackingConfiguration: { TargetValue: 50 },
    EstimatedInstanceWarmup: 300,
  })
  const health = await account.traffic.health(group?.targetGroups[0] ?? '', {})
  expect(health.map(({ instance }) => instance)).toContain(ids.courseServer)
})

test('a build that fails asks, and removes nothing but what it made', async () => {
  const simulation = world('lab', { prepare: noBalancers, meanwhile: answering('go back') })
  const before = simulation.aws.world.securityGroups.size
  const operation = await provision(simulation)
  expect(operation.ending).toMatchObject({
    kind: 'rolled back',
    reason: { code: 'aws_refused', facts: { awsCode: 'TooManyLoadBalancers' } },
    left: [],
  })
  expect(await owned(simulation, 'lab')).toEqual([])
  expect(simulation.aws.world.securityGroups.size).toBe(before)
})

test('or keeps what it made, by name, and a second try goes on from there', async () => {
  const simulation = world('lab', { prepare: noBalancers, meanwhile: answering('go on') })
  const operation = await provision(simulation)
  expect(operation.ending).toMatchObject({
    // Nobody is paged for what somebody asked to keep.
    kind: 'failed clean',
    left: [{ code: 'left_resource', facts: { what: 'balancer-security-group', name: 'Lab-ALB-SG' } }],
  })
  expect(await owned(simulation, 'lab')).toEqual(['Lab-ALB-SG'])
  simulation.aws.clearFaults()
  const second = await provision(simulation)
  expect(second.plan?.provision?.resources[0]).toMatchObject({ name: 'Lab-ALB-SG', state: 'there' })
  expect(second.ending).toMatchObject({ kind: 'succeeded' })
  expect(await owned(simulation, 'lab')).toEqual(whole)
})

test('without an answer what was made is removed after half an hour', async () => {
  const simulation = world('lab', { prepare: noBalancers })
  const operation = await provision(simulation)
  expect(operation.ending).toMatchObject({ kind: 'rolled back', left: [] })
  expect(await owned(simulation, 'lab')).toEqual([])
})

test('a fleet whose instances do not come up is taken down to the last thing', async () => {
  const simulation = world('lab', {
    prepare: (aws) => void aws.setFault({ kind: 'capacity-shortage' }),
    meanwhile: answering('go back'),
  })
  const operation = await provision(simulation)
  expect(operation.ending).toMatchObject({
    kind: 'rolled back',
    reason: { code: 'capacity_short' },
    left: [],
  })
  expect(await owned(simulation, 'lab')).toEqual([])
})

test('drift is shown by attribute and fixed in place', async () => {
  const simulation = world('lab')
  await provision(simulation)
  const { account } = simulation
  await account.groups.update('Lab-ASG', { max: 9, healthCheck: { types: ['EC2'], graceSeconds: 10 } })
  const [group] = await account.securityGroups.inVpc(vpc, ['Lab-Inst-SG'])
  const { id = '', ingress = [] } = group ?? {}
  await account.securityGroups.revoke(id, ingress)
  await account.groups.deletePolicy('Lab-ASG', 'Target Tracking Policy')
  const fixed = await provision(simulation)
  expect(fixed.plan?.provision?.resources.filter(({ state }) => state !== 'there')).toEqual([
    expect.objectContaining({
      name: 'Lab-Inst-SG',
      state: 'fix',
      differences: [{ attribute: 'inbound rule', is: '', wanted: '80 from load_balancer', fixed: true }],
    }),
    expect.objectContaining({
      name: 'Lab-ASG',
      state: 'fix',
      differences: [
        { attribute: 'max', is: '9', wanted: '4', fixed: true },
        { attribute: 'health checks', is: 'EC2', wanted: 'EC2, ELB', fixed: true },
        { attribute: 'grace period', is: '10 s', wanted: '300 s', fixed: true },
      ],
    }),
    { kind: 'policy', name: 'Target Tracking Policy', state: 'make', differences: [] },
  ])
  expect(fixed.ending).toMatchObject({ kind: 'succeeded' })
  expect(await account.groups.describe('Lab-ASG', {})).toMatchObject({
    max: 4,
    healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
  })
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })
})

test('what was fixed before a failure stays fixed, and is told', async () => {
  const simulation = world('lab', { meanwhile: answering('go back') })
  await provision(simulation)
  const { account } = simulation
  const targets = await account.targetGroups.named('Lab-TG')
  const balancer = await account.loadBalancers.named('Lab-ALB')
  const [listener] = await account.listeners.of(balancer?.arn ?? '')
  await account.targetGroups.setHealthCheck(targets?.arn ?? '', { path: '/elsewhere' })
  await account.listeners.delete(listener?.arn ?? '')
  simulation.aws.setFault({
    kind: 'error-before',
    action: 'CreateListener',
    code: 'TooManyListeners',
    status: 400,
  })
  expect((await provision(simulation)).ending).toMatchObject({
    kind: 'rolled back',
    left: [{ code: 'left_fixed', facts: { names: ['Lab-TG'] } }],
  })
  expect((await account.targetGroups.named('Lab-TG'))?.healthCheck.path).toBe('/')
})

test('what bears a name and is somebody else’s is refused, or taken over where it is asked and fits', async () => {
  const simulation = world('lab')
  const { account } = simulation
  const made = await account.targetGroups.create({
    name: 'Lab-TG',
    vpc,
    protocol: 'HTTP',
    protocolVersion: 'HTTP1',
    port: 80,
    tags: { team: 'others' },
  })
  expect(made.ok).toBe(true)
  expect((await provision(simulation)).ending).toMatchObject({
    kind: 'refused',
    reason: { code: 'resources_foreign', facts: { names: ['Lab-TG'], adoptable: true } },
  })
  const adopted = await run(simulation, { procedure: 'provision', service: 'lab', adopt: true })
  expect(adopted.ending).toMatchObject({ kind: 'succeeded' })
  expect((await account.targetGroups.named('Lab-TG'))?.tags).toEqual({
    team: 'others',
    rollcall: 'managed',
    'rollcall:service': 'lab',
  })
})

test('what differs in what AWS cannot change is refused, whoever owns it', async () => {
  const simulation = world('lab')
  await simulation.account.targetGroups.create({
    name: 'Lab-TG',
    vpc,
    protocol: 'HTTP',
    protocolVersion: 'HTTP1',
    port: 8080,
    tags: {},
  })
  expect(
    (await run(simulation, { procedure: 'provision', service: 'lab', adopt: true })).ending,
  ).toMatchObject({
    kind: 'refused',
    reason: { code: 'resource_unfit', facts: { name: 'Lab-TG', differences: ['port: 8080 ≠ 80'] } },
  })
  expect(await owned(simulation, 'lab')).toEqual([])
})

test('a fleet that was built is deployed to, scaled and rolled back like any other', async () => {
  const simulation = world('lab')
  await provision(simulation)
  const deployed = await run(simulation, { procedure: 'deploy', service: 'lab', version: 'v2' })
  expect(deployed.ending).toMatchObject({ kind: 'succeeded' })
  const scaled = await run(simulation, { procedure: 'scale', service: 'lab', desired: 3 })
  expect(scaled.ending).toMatchObject({ kind: 'succeeded' })
  const back = await run(simulation, { procedure: 'rollback', service: 'lab' })
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })
})

test('a live event scales a fleet that was built out and in again', async () => {
  const simulation = world('lab')
  await provision(simulation)
  const { account } = simulation
  const event = await run(simulation, {
    procedure: 'schedule',
    service: 'lab',
    said: 'today 20:00 for 1h',
    desired: 4,
  })
  expect(event.ending).toMatchObject({ kind: 'succeeded' })
  const desired = async () => (await account.groups.describe('Lab-ASG', {}))?.desired
  // 20:15 in Seoul, and a quarter past its end.
  simulation.clock.advanceTo(Date.parse('2026-03-02T11:15:00Z'))
  expect(await desired()).toBe(4)
  await simulation.pass(75 * 60_000)
  expect(await desired()).toBe(2)
  expect((await provision(simulation)).ending).toMatchObject({ reason: { code: 'fleet_complete' } })
})

test('a build that is cancelled removes what it had made, once its requester says so', async () => {
  const simulation = world('lab', {
    meanwhile: async (now) => {
      await confirmPlans(now)
      for (const id of await now.store.journal.unfinished()) {
        const { phase, requester, steps, signals } = await now.operation(id)
        const isUnderWay = steps.some(({ key }) => key === 'balancer/create target group')
        if (phase === 'running' && isUnderWay && signals.every(({ kind }) => kind !== 'cancel'))
          await now.signal(id, { id: 'stop', kind: 'cancel', by: requester })
        if (phase === 'held') await now.signal(id, { id: 'back', kind: 'go back', by: requester })
      }
    },
  })
  const before = simulation.aws.world.securityGroups.size
  const operation = await provision(simulation)
  expect(operation.ending).toMatchObject({
    kind: 'cancelled',
    reason: { code: 'cancelled_by_person' },
    left: [],
  })
  expect(await owned(simulation, 'lab')).toEqual([])
  expect(simulation.aws.world.securityGroups.size).toBe(before)
})
