import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { codeOf, lab, type Lab, members, minute, passUntil } from './lab'

const VpcId = 'vpc-0a1b2c3d4e5f60001'
async function arnOf(at: Lab, name: string): Promise<string> {
  const { TargetGroups } = await at.elb.send(new DescribeTargetGroupsCommand({ Names: [name] }))
  return TargetGroups?.[0]?.TargetGroupArn ?? ''
}
async function another(at: Lab, Name = 'Web-TG-2'): Promise<string> {
  const { TargetGroups } = await at.elb.send(
    new CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId }),
  )
  return TargetGroups?.[0]?.TargetGroupArn ?? ''
}
async function listenerOf(at: Lab, name = 'Web-ALB') {
  const { LoadBalancers } = await at.elb.send(new DescribeLoadBalancersCommand({ Names: [name] }))
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn
  const { Listeners } = await at.elb.send(new DescribeListenersCommand({ LoadBalancerArn }))
  return { LoadBalancerArn, ListenerArn: Listeners?.[0]?.ListenerArn }
}
const health = async (at: Lab, TargetGroupArn: string) =>
  (await at.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions?.map(
    (one) => `${one.TargetHealth?.State} ${one.TargetHealth?.Reason ?? ''}`.trim(),
  )

describe('traffic', () => {
  test('a target goes from initial to healthy, and drains for the full delay', async () => {
    const at = lab()
    const TargetGroupArn = await arnOf(at, 'Web-TG')
    const [one] = members(at.aws)
    const Targets = [{ Id: one?.id }]
    await at.elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }))
    expect(await health(at, TargetGroupArn)).toContain('draining Target.DeregistrationInProgress')
    at.clock.advanceBy(5 * minute - 1)
    expect(await health(at, TargetGroupArn)).toHaveLength(2)
    at.clock.advanceBy(1)
    expect(await health(at, TargetGroupArn)).toEqual(['healthy'])
    await at.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }))
    expect(await health(at, TargetGroupArn)).toContain('initial Elb.RegistrationInProgress')
    at.clock.advanceBy(5_000)
    expect(await health(at, TargetGroupArn)).toContain('initial Elb.InitialHealthChecking')
    at.clock.advanceBy(35_000)
    expect(await health(at, TargetGroupArn)).toEqual(['healthy', 'healthy'])
  })

  test('without a listener a target is unused, until one forwards to its group', async () => {
    const at = lab()
    const TargetGroupArn = await another(at)
    await at.elb.send(
      new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: members(at.aws)[0]?.id }] }),
    )
    at.clock.advanceBy(10 * minute)
    expect(await health(at, TargetGroupArn)).toEqual(['unused Target.NotInUse'])
    const { ListenerArn } = await listenerOf(at)
    const TargetGroups = [
      { TargetGroupArn: await arnOf(at, 'Web-TG'), Weight: 100 },
      { TargetGroupArn, Weight: 0 },
    ]
    await at.elb.send(
      new ModifyListenerCommand({
        ListenerArn,
        DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
      }),
    )
    passUntil(at.clock, () => at.aws.healthyTargets('Web-TG-2') === 1, minute)
    expect(at.aws.view().targetGroups.map((one) => [one.name, one.weight])).toContainEqual(['Web-TG-2', 0])
    expect(await codeOf(at.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })))).toBe('ResourceInUse')
  })

  test('a load balancer is provisioned for minutes; its listener stands alone on its port', async () => {
    const at = lab()
    const { LoadBalancers } = await at.elb.send(
      new CreateLoadBalancerCommand({
        Name: 'new-alb',
        Subnets: ['subnet-0a1b2c3d4e5f600a1', 'subnet-0a1b2c3d4e5f600c1'],
      }),
    )
    expect(LoadBalancers?.[0]).toMatchObject({ State: { Code: 'provisioning' }, Scheme: 'internet-facing' })
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn
    const create = new CreateListenerCommand({
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: await another(at) }],
    })
    await at.elb.send(create)
    expect(await codeOf(at.elb.send(create))).toBe('DuplicateListener')
    at.clock.advanceBy(3 * minute)
    const { LoadBalancers: after } = await at.elb.send(
      new DescribeLoadBalancersCommand({ Names: ['new-alb'] }),
    )
    expect(after?.[0]?.State?.Code).toBe('active')
    const elsewhere = new CreateListenerCommand({
      LoadBalancerArn,
      Port: 81,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: await arnOf(at, 'Web-TG') }],
    })
    expect(await codeOf(at.elb.send(elsewhere))).toBe('TargetGroupAssociationLimit')
  })

  test('a shorter delay drains sooner', async () => {
    const at = lab()
    const TargetGroupArn = await arnOf(at, 'Web-TG')
    await at.elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn,
        Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
      }),
    )
    await at.elb.send(
      new DeregisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: members(at.aws)[0]?.id }] }),
    )
    at.clock.advanceBy(30_000)
    expect(await health(at, TargetGroupArn)).toEqual(['healthy'])
  })

  test('names and targets that are not there answer as ELB does', async () => {
    const { elb } = lab()
    expect(await codeOf(elb.send(new DescribeTargetGroupsCommand({ Names: ['none'] })))).toBe(
      'TargetGroupNotFound',
    )
    expect(await codeOf(elb.send(new DescribeLoadBalancersCommand({ Names: ['none'] })))).toBe(
      'LoadBalancerNotFound',
    )
    expect(await codeOf(elb.send(new CreateTargetGroupCommand({ Name: '-x', VpcId })))).toBe(
      'ValidationError',
    )
  })
})
