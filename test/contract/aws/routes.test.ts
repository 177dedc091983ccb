import { CreateListenerCommand, DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { createAccounts } from '../../../src/adapters/aws/accounts'
import { createSdkClients } from '../../../src/adapters/aws/client/sdk-clients'
import { createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../src/sandbox/clock'
import { inProcess } from '../../support/in-process-aws'

const where = { region: 'ap-northeast-2' }
const login = {
  Issuer: 'https://idp.example.com',
  AuthorizationEndpoint: 'https://idp.example.com/authorize',
  TokenEndpoint: 'https://idp.example.com/token',
  UserInfoEndpoint: 'https://idp.example.com/me',
  ClientId: 'shop',
}

const start = async () => {
  const world = createJumpingClock(Date.parse('2026-03-02T09:00:00Z'))
  const aws = createAws({ clock: world })
  seedFleet(aws)
  const clientConfig = inProcess(aws)
  const { elb } = createSdkClients(where, clientConfig)
  const clock = { now: () => world.now(), real: () => 0 }
  const { traffic } = createAccounts({ clock, clientConfig })(where)
  const [balancer] = [...aws.world.loadBalancers.values()].filter(({ arn }) => arn.includes('shop-ALB'))
  const [targetGroup] = [...aws.world.targetGroups.values()].filter(({ name }) => name === 'shop-TG')
  if (!balancer || !targetGroup) throw new Error('no shop in the seed')
  return { elb, traffic, balancer: balancer.arn, targetGroup: targetGroup.arn }
}

const secureListener = (balancer: string, targetGroup: string, secret?: string) =>
  new CreateListenerCommand({
    LoadBalancerArn: balancer,
    Protocol: 'HTTPS',
    Port: 443,
    DefaultActions: [
      {
        Type: 'authenticate-oidc',
        Order: 1,
        AuthenticateOidcConfig: { ...login, ...(secret !== undefined && { ClientSecret: secret }) },
      },
      { Type: 'forward', Order: 2, TargetGroupArn: targetGroup },
    ],
  })

test('a listener that asks for a login before it forwards keeps the login, and its secret, when weights change', async () => {
  const { elb, traffic, balancer, targetGroup } = await start()
  const { Listeners: [made] = [] } = await elb.send(secureListener(balancer, targetGroup, 's3cret'))
  const id = made?.ListenerArn ?? ''
  expect(JSON.stringify(made)).not.toContain('s3cret')
  await traffic.setWeights({ id, kind: 'listener' }, { [targetGroup]: 7 })
  const { Listeners: [now] = [] } = await elb.send(new DescribeListenersCommand({ ListenerArns: [id] }))
  expect(now?.DefaultActions).toMatchObject([
    { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: login },
    {
      Type: 'forward',
      Order: 2,
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: targetGroup, Weight: 7 }] },
    },
  ])
})

test('a login without its secret is refused when it is made', async () => {
  const { elb, balancer, targetGroup } = await start()
  await expect(elb.send(secureListener(balancer, targetGroup))).rejects.toMatchObject({
    Code: 'InvalidLoadBalancerAction',
  })
})

test('a listener that forwards no more is not changed', async () => {
  const { elb, traffic, balancer } = await start()
  const { Listeners: [made] = [] } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer,
      Protocol: 'HTTP',
      Port: 8080,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
    }),
  )
  const weighing = traffic.setWeights({ id: made?.ListenerArn ?? '', kind: 'listener' }, { arn: 1 })
  await expect(weighing).rejects.toMatchObject({ kind: 'refused', code: 'NoForwardAction' })
})
