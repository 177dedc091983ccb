import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import {
  DeregisterTargetsCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { group, hour, type Lab, lab, members, minute } from './lab'

const second = 1000

/** The seed's fleet with customers, all of whom have been there for a minute. */
function busy(requestsPerSecond: number): Lab {
  const at = lab()
  at.aws.traffic.setCustomers('Web-ALB', { requestsPerSecond, curve: 'flat' })
  at.clock.advanceBy(minute)
  return at
}
const seen = (at: Lab) => {
  const [web] = at.aws.traffic.view().loadBalancers
  if (!web) throw new Error('No load balancer')
  return web
}
const targets = (at: Lab) => {
  const [targetGroup] = at.aws.world.targetGroups.values()
  if (!targetGroup) throw new Error('No target group')
  return targetGroup
}
const leave = (at: Lab, id: string | undefined) =>
  at.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targets(at).arn, Targets: [{ Id: id }] }))

describe('simulated customers', () => {
  test('come at the rate that was asked for, spread evenly, and are all answered', () => {
    const web = seen(busy(2000))
    expect(web.requests / 60).toBeGreaterThan(1950)
    expect(web.requests / 60).toBeLessThan(2050)
    expect(web).toMatchObject({ succeeded: web.requests, target5xx: 0, balancer5xx: 0, lost: 0 })
    expect(web.recent.instances.map(({ share }) => share.toFixed(2))).toEqual(['0.50', '0.50'])
    expect(web.p50).toBeGreaterThan(30)
    expect(web.p99).toBeGreaterThan((web.p50 ?? 0) * 2)
  })

  test('more of them make instances busy, then slow, and then they refuse connections', () => {
    const cpu = (at: Lab) => Math.max(...seen(at).recent.instances.map((one) => one.cpu))
    const [calm, full, over] = [busy(800), busy(7600), busy(10_000)]
    expect(cpu(calm)).toBeGreaterThan(10)
    expect(cpu(calm)).toBeLessThan(15)
    expect(seen(calm).p99).toBeLessThan(150)
    expect(cpu(full)).toBeGreaterThan(90)
    expect(seen(full)).toMatchObject({ lost: 0 })
    expect(seen(full).p50).toBeGreaterThan(100)
    expect(cpu(over)).toBe(100)
    expect(Object.keys(seen(over).lostBy)).toEqual(['overloaded'])
    expect(seen(over).lost).toBeGreaterThan(seen(over).requests / 10)
  })

  test('none is lost while a target drains, nor when it is gone', async () => {
    const at = busy(2000)
    await leave(at, members(at.aws)[0]?.id)
    at.clock.advanceBy(10 * minute)
    expect(targets(at).targets.size).toBe(1)
    expect(seen(at)).toMatchObject({ lost: 0, balancer5xx: 0 })
    expect(seen(at).recent.instances).toHaveLength(1)
  })

  test('a deregistration delay that is shorter than the answers cuts those in flight', async () => {
    const at = busy(1000)
    at.aws.setFault({ kind: 'slow-dependency', milliseconds: 20_000 })
    await at.elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: targets(at).arn,
        Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }],
      }),
    )
    at.clock.advanceBy(minute)
    await leave(at, members(at.aws)[0]?.id)
    at.clock.advanceBy(minute)
    // Half of the requests of the 15 seconds that were left to them.
    expect(seen(at).lostBy).toEqual({ cut: expect.any(Number) })
    expect(seen(at).lost).toBeGreaterThan(7000)
    expect(seen(at).lost).toBeLessThan(8000)
  })

  test('an instance that ends without leaving loses those in flight and those sent to it until it is noticed', async () => {
    const at = busy(1000)
    await at.ec2.send(new TerminateInstancesCommand({ InstanceIds: [members(at.aws)[0]?.id ?? ''] }))
    at.clock.advanceBy(5 * minute)
    const { cut = 0, ...rest } = seen(at).lostBy
    expect(Object.keys(rest)).toEqual(['dead-instance'])
    expect(cut).toBeGreaterThan(10)
    expect(cut).toBeLessThan(40)
    // Until the group notices, which takes it out, or two checks of thirty seconds have failed.
    expect(rest['dead-instance']).toBeGreaterThan(500 * 5)
    expect(rest['dead-instance']).toBeLessThanOrEqual(500 * 62)
    const lost = seen(at).lost
    at.clock.advanceBy(5 * minute)
    expect(seen(at).lost).toBe(lost)
  })

  test('without any target all are lost, and told why', async () => {
    const at = busy(100)
    for (const { id } of members(at.aws)) await leave(at, id)
    at.clock.advanceBy(minute)
    expect(seen(at).lostBy).toEqual({ 'no-target': seen(at).lost })
    expect(seen(at).lost).toBeGreaterThan(5000)
  })

  test('a bad version shows in its own figures, a burst in the rate', () => {
    const at = busy(1000)
    at.aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.05, latency: 3 })
    at.aws.setFault({ kind: 'burst', factor: 2, loadBalancer: 'Web-ALB' })
    at.clock.advanceBy(2 * minute)
    const { recent } = seen(at)
    const [v1] = recent.versions
    expect(v1?.version).toBe('v1')
    expect((v1?.target5xx ?? 0) / (v1?.requests ?? 1)).toBeCloseTo(0.05, 2)
    expect(v1?.p50).toBeGreaterThan(100)
    expect(recent.requests / recent.seconds).toBeGreaterThan(1800)
    expect(recent).toMatchObject({ lost: 0, balancer5xx: 0 })
  })

  test('nobody is lost in a rolling replacement by the group itself', () => {
    const at = busy(2000)
    group(at.aws).desired = 4
    at.aws.simulation.emit('group', group(at.aws))
    at.clock.advanceBy(10 * minute)
    group(at.aws).desired = 2
    at.aws.simulation.emit('group', group(at.aws))
    at.clock.advanceBy(20 * minute)
    expect(members(at.aws)).toHaveLength(2)
    expect(seen(at)).toMatchObject({ lost: 0, balancer5xx: 0 })
  })

  test('an hour of ten thousand requests a second is reckoned in a fraction of what speed 200 allows', () => {
    const at = lab()
    for (const name of ['Web-ALB', 'shop-ALB'])
      at.aws.traffic.setCustomers(name, { requestsPerSecond: 10_000, curve: 'flat' })
    const from = process.cpuUsage()
    at.clock.advanceBy(hour)
    const { user, system } = process.cpuUsage(from)
    // 18 s of real time pass while an hour does at speed 200; half of one core is for everything else.
    expect((user + system) / 1000).toBeLessThan(9 * second)
  })
})
