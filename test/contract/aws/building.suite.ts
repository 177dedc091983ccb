import type { NewGroup } from '../../../src/domain/provision/resources'
import type { Refusal } from '../../../src/ports/refusal'
import type { Result } from '../../../src/domain/result'
import { type Backend, judge, type Seeded } from './backend'

/** Rules of AWS about building and removing that some backend is known to break. */
export type BuildingDeviation =
  | 'dry runs'
  | 'template token'
  | 'template tags'
  | 'metrics collection'
  | 'load balancers again'
  | 'target groups again'
  | 'listeners again'
  | 'groups again'
  | 'groups to delete'
  | 'groups that are named'
  | 'interfaces of load balancers'
  | 'gone already'

const tags = { rollcall: 'managed', 'rollcall:service': 'lab', 'rollcall:operation': 'op-1' }
const fromAnywhere = { protocol: 'tcp', ports: { from: 80, to: 80 }, source: { cidr: '0.0.0.0/0' } }

/** What an answer gives; a refusal fails the test with AWS's words. */
const given = <T>(answer: Result<T, Refusal>): T => {
  if (!answer.ok) throw new Error(`${answer.reason.wireCode}: ${answer.reason.words}`)
  return answer.value
}
const refused = (code: Refusal['code']) => ({ ok: false, reason: { code } })

/** How a fleet is built and removed by the ports on any AWS, in its default VPC. */
export const buildingSuite = (backend: Backend<BuildingDeviation>): void => {
  let aws: Seeded
  beforeEach(async () => {
    aws = await backend.start()
  })
  afterEach(() => aws?.stop())
  const rule = (deviation: BuildingDeviation, holds: () => Promise<void>) => judge(backend, deviation, holds)

  const network = async () => {
    const { networks } = aws.account
    const [vpc] = await networks.vpcs()
    const subnets = await networks.subnets(vpc?.id ?? '')
    const zones = [...new Set(subnets.map(({ zone }) => zone))].slice(0, 2)
    return {
      vpc: vpc?.id ?? '',
      subnets: zones.map((zone) => subnets.find((one) => one.zone === zone)?.id ?? ''),
    }
  }

  /** A security group that AWS knows by now. */
  const securityGroup = async (vpc: string, name: string) => {
    const { securityGroups } = aws.account
    const id = given(await securityGroups.create({ vpc, name, description: 'HTTP Allow', tags }))
    await aws.until(`${name} is known`, async () => (await securityGroups.inVpc(vpc, [name])).length === 1)
    return id
  }

  /** A whole fleet like S2's, with one instance. */
  const build = async () => {
    const { securityGroups, templates, targetGroups, loadBalancers, listeners, groups } = aws.account
    const { vpc, subnets } = await network()
    const balancerGroup = await securityGroup(vpc, 'Lab-ALB-SG')
    const instanceGroup = await securityGroup(vpc, 'Lab-Inst-SG')
    given(await securityGroups.allow(balancerGroup, [fromAnywhere]))
    const fromBalancer = { ...fromAnywhere, source: { securityGroup: balancerGroup } }
    given(await securityGroups.allow(instanceGroup, [fromBalancer]))
    const data = { ImageId: aws.image, InstanceType: 't2.micro', SecurityGroupIds: [instanceGroup] }
    const template = given(
      await templates.create({
        name: 'Lab',
        description: 'Web only',
        data: JSON.stringify(data),
        tags,
        token: 'op-1-template',
      }),
    )
    await aws.until('the template is known', async () => (await templates.named('Lab')) !== undefined)
    const newTargetGroup = {
      name: 'Lab-TG',
      vpc,
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      port: 80,
      tags,
    }
    const targetGroup = given(await targetGroups.create(newTargetGroup))
    const newBalancer = {
      name: 'Lab-ALB',
      scheme: 'internet-facing' as const,
      subnets,
      securityGroups: [balancerGroup],
      tags,
    }
    const loadBalancer = given(await loadBalancers.create(newBalancer))
    await aws.until(
      'the load balancer is active',
      async () => (await loadBalancers.named('Lab-ALB'))?.state === 'active',
    )
    const newListener = { loadBalancer, port: 80, protocol: 'HTTP' as const, targetGroup, tags }
    const listener = given(await listeners.create(newListener))
    const newGroup: NewGroup = {
      name: 'Lab-ASG',
      template: { id: template, pin: '$Latest' },
      min: 1,
      desired: 1,
      max: 4,
      subnets,
      targetGroups: [targetGroup],
      healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
      warmup: 120,
      tags: [
        { key: 'Name', value: 'Lab-ASG-Instance', propagate: true },
        ...Object.entries(tags).map(([key, value]) => ({ key, value, propagate: false })),
      ],
    }
    given(await groups.create(newGroup))
    const made = { balancerGroup, instanceGroup, fromBalancer, template, targetGroup, loadBalancer, listener }
    return { ...made, vpc, subnets, newTargetGroup, newBalancer, newListener, newGroup }
  }

  const emptied = async () => {
    const { groups } = aws.account
    await groups.update('Lab-ASG', { min: 0, desired: 0, max: 0 })
    await aws.until('the group is empty', async () => {
      const [group, activities] = [await groups.describe('Lab-ASG'), await groups.activities('Lab-ASG')]
      return group?.instances.length === 0 && activities.every(({ endedAt }) => endedAt !== undefined)
    })
  }

  it('finds the default VPC with its subnets, each in a zone with room, and no network of another name', async () => {
    const { networks } = aws.account
    const [vpc, ...others] = await networks.vpcs()
    expect([vpc, others]).toMatchObject([{ isDefault: true }, []])
    const subnets = await networks.subnets(vpc?.id ?? '')
    expect(subnets.length).toBeGreaterThan(1)
    expect(subnets.map(({ zone }) => zone)).toEqual(subnets.map(({ zone }) => zone).sort())
    for (const subnet of subnets)
      expect(subnet).toMatchObject({ vpc: vpc?.id, freeAddresses: expect.any(Number) })
    expect(await networks.vpcs(vpc?.id)).toEqual([vpc])
    expect(await networks.vpcs('VPC-Nowhere')).toEqual([])
    await aws.account.tagging.tag(vpc?.id ?? '', { Name: 'VPC-Here' })
    expect(await networks.vpcs('VPC-Here')).toMatchObject([{ id: vpc?.id, name: 'VPC-Here' }])
  })

  it('makes what is told back as it was said, with its tags', async () => {
    const { securityGroups, templates, targetGroups, loadBalancers, listeners, groups } = aws.account
    const fleet = await build()
    const { vpc, subnets } = fleet
    const group = { description: 'HTTP Allow', vpc, tags }
    expect(await securityGroups.inVpc(vpc, ['Lab-ALB-SG', 'Lab-Inst-SG', 'none'])).toEqual([
      { ...group, id: fleet.balancerGroup, name: 'Lab-ALB-SG', ingress: [fromAnywhere] },
      { ...group, id: fleet.instanceGroup, name: 'Lab-Inst-SG', ingress: [fleet.fromBalancer] },
    ])
    expect(await templates.named('Lab')).toEqual({
      id: fleet.template,
      name: 'Lab',
      defaultVersion: 1,
      latestVersion: 1,
      tags,
    })
    expect(await targetGroups.named('Lab-TG')).toMatchObject({
      arn: fleet.targetGroup,
      vpc,
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      port: 80,
      targetType: 'instance',
      healthCheck: { path: '/', port: 'traffic-port', intervalSeconds: 30, codes: '200' },
      loadBalancers: [fleet.loadBalancer],
      tags,
    })
    const balancer = await loadBalancers.named('Lab-ALB')
    expect(balancer).toMatchObject({
      arn: fleet.loadBalancer,
      type: 'application',
      scheme: 'internet-facing',
      vpc,
      state: 'active',
      securityGroups: [fleet.balancerGroup],
      tags,
    })
    expect(balancer?.subnets.toSorted()).toEqual(subnets.toSorted())
    expect(await listeners.of(fleet.loadBalancer)).toEqual([
      {
        arn: fleet.listener,
        loadBalancer: fleet.loadBalancer,
        port: 80,
        protocol: 'HTTP',
        targetGroups: [fleet.targetGroup],
        tags,
      },
    ])
    expect(await groups.describe('Lab-ASG')).toMatchObject({
      min: 1,
      desired: 1,
      max: 4,
      template: { id: fleet.template, pin: '$Latest' },
      healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
      targetGroups: [fleet.targetGroup],
      tags: { ...tags, Name: 'Lab-ASG-Instance' },
      propagated: ['Name'],
    })
    await groups.collectMetrics('Lab-ASG')
    await rule('metrics collection', async () => {
      expect((await groups.describe('Lab-ASG'))?.metrics).toContain('GroupInServiceInstances')
    })
    for (const nothing of [templates.named(''), targetGroups.named('none'), loadBalancers.named('none')])
      expect(await nothing).toBeUndefined()
  })

  it('makes nothing twice: what has the name is the same, or is said to exist', async () => {
    const { securityGroups, templates, targetGroups, loadBalancers, listeners, groups } = aws.account
    const fleet = await build()
    const { vpc } = fleet
    const group = { vpc, name: 'Lab-ALB-SG', description: 'HTTP Allow', tags }
    expect(await securityGroups.create(group)).toMatchObject(refused('exists'))
    expect(await securityGroups.allow(fleet.balancerGroup, [fromAnywhere])).toMatchObject(refused('exists'))
    const data = JSON.stringify({ ImageId: aws.image })
    const template = { name: 'Lab', description: '', data, tags, token: 'op-2-template' }
    expect(await templates.create(template)).toMatchObject(refused('exists'))
    await rule('template token', async () => {
      const other = { ...template, name: 'Lab-Other' }
      expect(await templates.create(other)).toEqual(await templates.create(other))
    })
    await rule('target groups again', async () => {
      expect(given(await targetGroups.create(fleet.newTargetGroup))).toBe(fleet.targetGroup)
    })
    const otherPort = { ...fleet.newTargetGroup, port: 8080 }
    expect(await targetGroups.create(otherPort)).toMatchObject(refused('exists'))
    await rule('load balancers again', async () => {
      expect(given(await loadBalancers.create(fleet.newBalancer))).toBe(fleet.loadBalancer)
      const inside = { ...fleet.newBalancer, scheme: 'internal' as const }
      expect(await loadBalancers.create(inside)).toMatchObject(refused('exists'))
    })
    await rule('listeners again', async () => {
      expect(await listeners.create(fleet.newListener)).toMatchObject(refused('exists'))
    })
    await rule('groups again', async () => {
      expect(await groups.create(fleet.newGroup)).toMatchObject(refused('exists'))
    })
  })

  it('tells by a dry run what could be made, and makes nothing', () =>
    rule('dry runs', async () => {
      const { securityGroups, templates } = aws.account
      const { vpc } = await network()
      const group = { vpc, name: 'Dry-SG', description: 'HTTP Allow', tags }
      expect(await securityGroups.mayCreate(group)).toEqual({ ok: true, value: undefined })
      expect(await securityGroups.inVpc(vpc, ['Dry-SG'])).toEqual([])
      const data = JSON.stringify({ ImageId: aws.image })
      const template = { name: 'Dry', description: '', data, tags, token: 'dry' }
      expect(await templates.mayCreate(template)).toEqual({ ok: true, value: undefined })
      expect(await templates.named('Dry')).toBeUndefined()
    }))

  it('tells by a dry run whether a version may be added, made the default or baked, and does none of it', () =>
    rule('dry runs', async () => {
      const { images, templates } = aws.account
      expect(await templates.mayCreateVersion(aws.template.id, 1)).toBe(true)
      expect(await templates.maySetDefault(aws.template.id, 1)).toBe(true)
      expect(await templates.versions(aws.template.id)).toHaveLength(1)
      const image = { instance: aws.source, name: 'Dry', description: '', noReboot: true, tags }
      expect(await images.mayCreate(image)).toBe(true)
      expect(await images.named('Dry')).toEqual([])
    }))

  it('changes in place what AWS lets be changed', async () => {
    const { securityGroups, targetGroups, loadBalancers, groups, tagging } = aws.account
    const fleet = await build()
    await securityGroups.revoke(fleet.balancerGroup, [fromAnywhere])
    await rule('gone already', () => securityGroups.revoke(fleet.balancerGroup, [fromAnywhere]))
    expect(await securityGroups.inVpc(fleet.vpc, ['Lab-ALB-SG'])).toMatchObject([{ ingress: [] }])
    await targetGroups.setHealthCheck(fleet.targetGroup, { path: '/healthy', intervalSeconds: 10 })
    expect(await targetGroups.named('Lab-TG')).toMatchObject({
      healthCheck: { path: '/healthy', intervalSeconds: 10, codes: '200' },
    })
    await loadBalancers.setSecurityGroups(fleet.loadBalancer, [fleet.balancerGroup, fleet.instanceGroup])
    expect((await loadBalancers.named('Lab-ALB'))?.securityGroups.toSorted()).toEqual(
      [fleet.balancerGroup, fleet.instanceGroup].toSorted(),
    )
    await loadBalancers.setSubnets(fleet.loadBalancer, fleet.subnets.toReversed())
    await groups.update('Lab-ASG', {
      healthCheck: { types: ['EC2'], graceSeconds: 120 },
      subnets: fleet.subnets.slice(0, 1),
    })
    await groups.attach('Lab-ASG', [fleet.targetGroup, aws.idleTargetGroup])
    const changed = await groups.describe('Lab-ASG')
    expect(changed).toMatchObject({
      healthCheck: { types: ['EC2'], graceSeconds: 120 },
      subnets: fleet.subnets.slice(0, 1),
    })
    expect(changed?.targetGroups.toSorted()).toEqual([fleet.targetGroup, aws.idleTargetGroup].toSorted())
    for (const thing of [fleet.balancerGroup, fleet.template, fleet.loadBalancer, fleet.targetGroup]) {
      await tagging.tag(thing, { 'rollcall:operation': 'op-2', Team: 'web' })
      await tagging.untag(thing, ['Team', 'never on'])
    }
    const after = { ...tags, 'rollcall:operation': 'op-2' }
    expect(await securityGroups.inVpc(fleet.vpc, ['Lab-ALB-SG'])).toMatchObject([{ tags: after }])
    expect((await loadBalancers.named('Lab-ALB'))?.tags).toEqual(after)
    expect((await targetGroups.named('Lab-TG'))?.tags).toEqual(after)
    await rule('template tags', async () => {
      expect((await aws.account.templates.named('Lab'))?.tags).toEqual(after)
    })
  })

  it('removes in the reverse order only, each thing once, and says what is still in use', async () => {
    const { securityGroups, templates, targetGroups, loadBalancers, listeners, groups } = aws.account
    const fleet = await build()
    await aws.until('an instance is there', async () =>
      Boolean((await groups.describe('Lab-ASG'))?.instances.length),
    )
    await rule('groups to delete', async () => {
      expect(await groups.delete('Lab-ASG')).toMatchObject(refused('in-use'))
    })
    expect(await targetGroups.delete(fleet.targetGroup)).toMatchObject(refused('in-use'))
    await rule('groups that are named', async () => {
      expect(await securityGroups.delete(fleet.balancerGroup)).toMatchObject(refused('in-use'))
    })
    await rule('interfaces of load balancers', async () => {
      const held = await securityGroups.interfaces(fleet.balancerGroup)
      expect(held.map(({ description }) => description)).toContainEqual(
        expect.stringContaining('ELB app/Lab-ALB/'),
      )
    })

    if ((await groups.describe('Lab-ASG')) !== undefined) {
      await emptied()
      given(await groups.delete('Lab-ASG'))
    }
    await aws.until('the group is gone', async () => (await groups.describe('Lab-ASG')) === undefined)
    await listeners.delete(fleet.listener)
    given(await loadBalancers.delete(fleet.loadBalancer))
    given(await targetGroups.delete(fleet.targetGroup))
    await templates.delete(fleet.template)
    await aws.until('the instances’ group is free', async () => {
      const [instances] = await securityGroups.inVpc(fleet.vpc, ['Lab-Inst-SG'])
      return instances === undefined || (await securityGroups.delete(fleet.instanceGroup)).ok
    })
    await aws.until('the balancer’s group is free', async () => {
      const [balancer] = await securityGroups.inVpc(fleet.vpc, ['Lab-ALB-SG'])
      return balancer === undefined || (await securityGroups.delete(fleet.balancerGroup)).ok
    })

    // Once more: gone already is deleted.
    await rule('gone already', async () => {
      given(await groups.delete('Lab-ASG'))
      await listeners.delete(fleet.listener)
      given(await loadBalancers.delete(fleet.loadBalancer))
      given(await targetGroups.delete(fleet.targetGroup))
      await templates.delete(fleet.template)
      given(await securityGroups.delete(fleet.balancerGroup))
      await aws.account.tagging.untag(fleet.balancerGroup, ['rollcall'])
      await aws.account.tagging.untag(fleet.loadBalancer, ['rollcall'])
      await targetGroups.deregister(fleet.targetGroup, [aws.source])
      expect(await listeners.of(fleet.loadBalancer)).toEqual([])
    })
  })

  it('puts a running instance into a target group and takes it out', async () => {
    const { targetGroups, traffic } = aws.account
    await targetGroups.register(aws.targetGroup, [aws.source])
    await targetGroups.register(aws.targetGroup, [aws.source])
    await aws.until('the source is healthy', async () =>
      (await traffic.health(aws.targetGroup)).some(
        ({ instance, state }) => instance === aws.source && state === 'healthy',
      ),
    )
    await targetGroups.deregister(aws.targetGroup, [aws.source])
    await targetGroups.deregister(aws.targetGroup, [aws.source])
    const [left] = (await traffic.health(aws.targetGroup)).filter(({ instance }) => instance === aws.source)
    expect(left === undefined || left.state === 'draining').toBe(true)
  })
}
