import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import {
  type Action,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { customerOf, tally } from './customer'
import { group, hour, type Lab, lab, members, minute, passUntil } from './lab'

const targetGroup = (at: Lab, name = 'Web-TG') => {
  const found = [...at.aws.world.targetGroups.values()].find((one) => one.name === name)
  if (!found) throw new Error(`No target group ${name}`)
  return found
}
const listener = (at: Lab, balancer = 'Web-ALB') => {
  const found = [...at.aws.world.listeners.values()].find((one) => one.arn.includes(`/${balancer}/`))
  if (!found) throw new Error(`No listener of ${balancer}`)
  return found.arn
}
const attributes = (at: Lab, arn: string, values: Record<string, string>) =>
  at.elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
    }),
  )
const leave = (at: Lab, id: string | undefined) =>
  at.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroup(at).arn, Targets: [{ Id: id }] }))
const join = (at: Lab, id: string | undefined, arn = targetGroup(at).arn) =>
  at.elb.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: id }] }))
const cookiesOf = (got: { headers: Readonly<Record<string, string | string[] | undefined>> }) =>
  [got.headers['set-cookie'] ?? []].flat().map((one) => one.split(';')[0])

describe('behind a load balancer', () => {
  let at: Lab
  let customer: Awaited<ReturnType<typeof customerOf>>
  beforeEach(async () => {
    at = lab()
    customer = await customerOf(at)
  })
  afterEach(() => customer.close())

  test('reloading alternates over the instances, each of which says who it is and what it runs', async () => {
    const [one, two] = members(at.aws).map(({ id }) => id)
    const served = await customer.served(4)
    expect(new Set(served.slice(0, 2))).toEqual(new Set([one, two]))
    expect(served.slice(2)).toEqual(served.slice(0, 2))
    const { headers, body } = await customer.get('/', { accept: 'text/html' })
    expect(headers).toMatchObject({
      'x-image': 'Web Server v1',
      'x-version': 'v1',
      'x-zone': expect.stringMatching(/^ap-northeast-2[ac]$/),
    })
    expect(body).toContain(String(headers['x-instance-id']))
  })

  test('the DNS name as the Host reaches it too, and a foreign name nothing', async () => {
    const [balancer] = at.aws.world.loadBalancers.values()
    const named = await customer.answered(customer.ask('//', { host: balancer?.shape.DNSName ?? '' }))
    expect(named.status).toBe(200)
    expect((await customer.get('//', { host: 'evil.example' })).status).toBe(403)
    expect((await customer.get('//_lb/Nobody/')).body).toContain('/_lb/Web-ALB/')
  })

  test('a target that drains gets no new requests and ends those that it has', async () => {
    const [one, two] = members(at.aws).map(({ id }) => id)
    const slow = [customer.ask('/?delay=60'), customer.ask('/?delay=60')]
    await customer.served(2)
    await leave(at, one)
    expect(tally(await customer.served(4))).toEqual({ [two ?? '']: 4 })
    const ended = await Promise.all(slow.map(customer.answered))
    // The idle time-out is a minute, and the answers take a little longer than that.
    expect(ended.map(({ status }) => status)).toEqual([504, 504])
    const quick = customer.ask('/?delay=30')
    expect((await customer.answered(quick)).status).toBe(200)
  })

  test('a request that outlasts the deregistration delay is cut with 502', async () => {
    await attributes(at, targetGroup(at).arn, { 'deregistration_delay.timeout_seconds': '10' })
    const [one] = members(at.aws).map(({ id }) => id)
    const slow = [customer.ask('/?delay=40'), customer.ask('/?delay=40')]
    await customer.served(2)
    await leave(at, one)
    const ended = await Promise.all(slow.map(customer.answered))
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set([200, 502]))
    expect(at.aws.traffic.view().loadBalancers[0]).toMatchObject({ lost: 1, lostBy: { cut: 1 } })
  })

  test('an instance that is terminated without leaving first answers 502 until health checks notice', async () => {
    const [one, two] = members(at.aws).map(({ id }) => id)
    await at.ec2.send(new TerminateInstancesCommand({ InstanceIds: [one ?? ''] }))
    expect(tally(await customer.served(4))).toEqual({ 502: 2, [two ?? '']: 2 })
    passUntil(at.clock, () => at.clock.now() - Date.parse('2026-03-02T09:00:00Z') > minute)
    expect(tally(await customer.served(4))).not.toHaveProperty('502')
    expect(at.aws.traffic.view().loadBalancers[0]?.lostBy).toEqual({ 'dead-instance': 2 })
  })

  test('no registered target is 503, and only unhealthy ones get all requests', async () => {
    for (const { id } of members(at.aws)) await leave(at, id)
    expect((await customer.get()).status).toBe(503)
    passUntil(at.clock, () => targetGroup(at).targets.size === 0)
    expect((await customer.get()).body).toContain('503 Service Temporarily Unavailable')
    for (const { id } of members(at.aws)) {
      await join(at, id)
    }
    // In their first checks they are not healthy yet, but there is no other.
    expect(tally(await customer.served(4))).toEqual(
      Object.fromEntries(members(at.aws).map(({ id }) => [id, 2])),
    )
  })

  test('an application that never comes up gets nothing beside a healthy one, and refuses where it is alone', async () => {
    at.aws.setFault({ kind: 'never-healthy' })
    const before = new Set(members(at.aws).map(({ id }) => id))
    group(at.aws).desired = 3
    at.aws.simulation.emit('group', group(at.aws))
    passUntil(at.clock, () =>
      members(at.aws).some((one) => !before.has(one.id) && one.lifecycle === 'InService'),
    )
    at.clock.advanceBy(minute)
    const served = tally(await customer.served(6))
    expect(Object.keys(served).sort()).toEqual([...before].sort())
  })

  describe('with two target groups by weight', () => {
    let second: string
    const forward = (weights: [number, number], sticky = false) =>
      at.elb.send(
        new ModifyListenerCommand({
          ListenerArn: listener(at),
          DefaultActions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: targetGroup(at).arn, Weight: weights[0] },
                  { TargetGroupArn: second, Weight: weights[1] },
                ],
                ...(sticky && { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 600 } }),
              },
            },
          ],
        }),
      )
    beforeEach(async () => {
      const made = await at.elb.send(
        new CreateTargetGroupCommand({
          Name: 'Second',
          Protocol: 'HTTP',
          Port: 80,
          VpcId: targetGroup(at).vpc,
        }),
      )
      second = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
      await forward([1, 1])
      const [, two] = members(at.aws).map(({ id }) => id)
      await leave(at, two)
      await join(at, two, second)
      passUntil(at.clock, () => [...targetGroup(at, 'Second').targets.values()][0]?.state === 'healthy')
      at.clock.advanceBy(6 * minute)
    })

    test('each gets its share, 0 nothing, and an empty one answers 503 for its share', async () => {
      const [one = '', two = ''] = members(at.aws).map(({ id }) => id)
      await forward([1, 3])
      expect(tally(await customer.served(8))).toEqual({ [one]: 2, [two]: 6 })
      await forward([1, 0])
      expect(tally(await customer.served(4))).toEqual({ [one]: 4 })
      await at.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: second, Targets: [{ Id: two }] }))
      await forward([1, 1])
      expect(tally(await customer.served(4))).toEqual({ [one]: 2, 503: 2 })
    })

    test('a client stays with its group while its cookie counts, and then goes by weight', async () => {
      const [, two = ''] = members(at.aws).map(({ id }) => id)
      await forward([0, 1], true)
      const first = await customer.get()
      expect(first.headers['x-instance-id']).toBe(two)
      const cookie = cookiesOf(first).find((one) => one?.startsWith('AWSALBTG=')) ?? ''
      await forward([1, 0], true)
      expect(tally(await customer.served(3, { cookie }))).toEqual({ [two]: 3 })
      expect(await customer.served(1)).not.toEqual([two])
      at.clock.advanceBy(10 * minute)
      expect(await customer.served(1, { cookie })).not.toEqual([two])
    })
  })

  test('a sticky target group keeps a client on its target while that is healthy', async () => {
    await attributes(at, targetGroup(at).arn, { 'stickiness.enabled': 'true' })
    const first = await customer.get()
    const cookie = cookiesOf(first).find((one) => one?.startsWith('AWSALB=')) ?? ''
    const mine = String(first.headers['x-instance-id'])
    expect(tally(await customer.served(3, { cookie }))).toEqual({ [mine]: 3 })
    await leave(at, mine)
    const moved = await customer.get('/', { cookie })
    expect(moved.status).toBe(200)
    expect(moved.headers['x-instance-id']).not.toBe(mine)
    expect(cookiesOf(moved)).toContainEqual(expect.stringMatching(/^AWSALB=/))
  })

  test('in slow start a new target gets a share that grows with time', async () => {
    await attributes(at, targetGroup(at).arn, { 'slow_start.duration_seconds': '900' })
    const [one = '', two = ''] = members(at.aws).map(({ id }) => id)
    await leave(at, two)
    at.clock.advanceBy(6 * minute)
    await join(at, two)
    passUntil(at.clock, () => [...targetGroup(at).targets.values()].every(({ state }) => state === 'healthy'))
    const share = async () => (tally(await customer.served(30))[two] ?? 0) / 30
    at.clock.advanceBy(3 * minute)
    expect(await share()).toBeCloseTo(1 / 6, 1)
    at.clock.advanceBy(6 * minute)
    expect(await share()).toBeCloseTo(3 / 8, 1)
    at.clock.advanceBy(hour)
    expect(tally(await customer.served(10))).toEqual({ [one]: 5, [two]: 5 })
  })

  test('rules decide by path, host and header before the default action', async () => {
    const rule = (Priority: number, Conditions: RuleCondition[], Actions: Action[]) =>
      at.elb.send(new CreateRuleCommand({ ListenerArn: listener(at), Priority, Conditions, Actions }))
    await rule(
      10,
      [{ Field: 'path-pattern', Values: ['/old/*'] }],
      [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Path: '/new' } }],
    )
    await rule(
      20,
      [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Canary', Values: ['yes*'] } }],
      [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '418', MessageBody: 'canary' } }],
    )
    expect(await customer.get('/old/page')).toMatchObject({
      status: 301,
      headers: { location: expect.stringMatching(/\/new$/) },
    })
    expect(await customer.get('/', { 'x-canary': 'Yes please' })).toMatchObject({
      status: 418,
      body: 'canary',
    })
    expect((await customer.get('/other')).status).toBe(200)
  })

  test('a bad version answers its share of errors and more slowly, and none of that counts as lost', async () => {
    at.aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.5, latency: 3 })
    const served = tally(await customer.served(40))
    expect(served['500']).toBeGreaterThan(10)
    expect(served['500']).toBeLessThan(30)
    const [view] = at.aws.traffic.view().loadBalancers
    expect(view).toMatchObject({ requests: 40, target5xx: served['500'], balancer5xx: 0, lost: 0 })
    expect(view?.p50).toBeGreaterThan(80)
    expect(view?.versions).toEqual([expect.objectContaining({ version: 'v1', requests: 40 })])
  })

  test('a dependency that is slower than the idle time-out is 504', async () => {
    at.aws.setFault({ kind: 'slow-dependency', milliseconds: 61_000, loadBalancer: 'Web-ALB' })
    expect((await customer.get()).status).toBe(504)
    at.aws.clearFaults()
    expect((await customer.get()).status).toBe(200)
  })
})
