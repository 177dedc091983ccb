import { minute, second } from '../../src/domain/time/time'
import { type Aws, createAws } from '../../src/sandbox/aws'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { seedPay } from '../../src/sandbox/aws/seed-pay'
import { createJumpingClock, type JumpingClock } from '../../src/sandbox/clock'
import { confirmPlans } from '../support/confirm-plans'
import { newOperation } from '../support/operations'
import { deployPay, rollBackPay, simulatePay } from '../support/pay'
import { sandboxService } from '../support/sandbox-service'
import { call } from '../support/shop'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { figure, say } from './report'

/** Simulated customers, requests a second: half of what two instances carry. */
const customers = 4_000
/** Longer than the longest deregistration delay and the end of an instance. */
const draining = 10 * minute
const seed = 7
const elb = '2015-12-01'

type Ways = { readonly aws: Aws; readonly clock: JumpingClock }

/**
 * The same for what takes long: procedures in one process on a clock that jumps, with simulated customers alone. In a
 * teardown whoever still comes finds nobody, whoever does it: those count who were being served.
 */
export const lostByClock = async (): Promise<void> => {
  say('lost: a canary and its way back, a scale-in after an event, a teardown, on a clock that jumps')
  const pay = simulatePay({ seed })
  await counted(pay, 'pay-ALB', 'canary', () => ended(pay, 'pay-aaaaa', 'pay', deployPay([10, 50, 100])))
  await counted(pay, 'pay-ALB', 'canary_rollback', () => ended(pay, 'pay-bbbbb', 'pay', rollBackPay))

  const web = simulate({ catalogue: catalogueOf(webService()), meanwhile: confirmPlans, seed })
  await ended(web, 'web-aaaaa', 'web', {
    procedure: 'schedule',
    service: 'web',
    said: '2026-03-02T11:30 20m',
    desired: 4,
  })
  web.clock.advanceTo(Date.parse('2026-03-02T11:49+09:00'))
  await counted(web, 'Web-ALB', 'scale_in', () => web.pass(20 * minute))

  const service = sandboxService('lab', { gate: { bake: 0, timeout: 20 * minute } })
  const lab = simulate({ catalogue: catalogueOf(service), meanwhile: confirmPlans, seed })
  await ended(lab, 'lab-aaaaa', 'lab', { procedure: 'provision', service: 'lab' })
  await counted(lab, 'Lab-ALB', 'teardown', () =>
    ended(lab, 'lab-bbbbb', 'lab', { procedure: 'teardown', service: 'lab' }),
  )

  const [naivePay, naiveWeb, naiveTeardown] = [naiveWorld(seedPay), naiveWorld(), naiveWorld()]
  await counted(naivePay, 'pay-ALB', 'naive.canary', () => naiveCanary(naivePay))
  await resize(naiveWeb, 'Web-ASG', 2, 4)
  naiveWeb.clock.advanceBy(20 * minute)
  await counted(naiveWeb, 'Web-ALB', 'naive.scale_in', () => resize(naiveWeb, 'Web-ASG', 2, 2))
  await counted(naiveTeardown, 'Web-ALB', 'naive.teardown', () =>
    call(naiveTeardown.aws, 'DeleteAutoScalingGroup', {
      AutoScalingGroupName: 'Web-ASG',
      ForceDelete: 'true',
    }),
  )
}

/** What becomes of the requests of one load balancer while something is done, and until all has drained. */
const counted = async (
  { aws, clock }: Ways,
  balancer: string,
  name: string,
  change: () => Promise<void>,
): Promise<void> => {
  aws.traffic.setCustomers(balancer, { requestsPerSecond: customers, curve: 'flat' })
  clock.advanceBy(minute)
  const known = () => aws.traffic.view().loadBalancers.find((one) => one.loadBalancer === balancer)
  const before = known()
  let last = before
  // A load balancer that is deleted takes its figures with it.
  const stop = aws.onChange(() => void (last = known() ?? last))
  await change()
  clock.advanceBy(draining)
  last = known() ?? last
  stop()
  aws.traffic.setCustomers(balancer, { requestsPerSecond: 0, curve: 'flat' })
  if (!before || !last) throw new Error(`there is no load balancer ${balancer}`)
  const lostBy = Object.entries(last.lostBy).map(
    ([why, count]) => [why, count - (before.lostBy[why] ?? 0)] as const,
  )
  const counts = lostBy.filter(([why]) => !name.endsWith('teardown') || why !== 'no-target')
  figure({
    name: `lost_requests.${name}`,
    value: counts.reduce((sum, [, count]) => sum + count, 0),
    unit: 'requests',
    requests: last.requests - before.requests,
    lost_by: Object.fromEntries(lostBy),
  })
}

/** Asks for something, and throws unless it did what it was to do. */
const ended = async (
  simulation: Simulation,
  id: string,
  service: string,
  request: Parameters<typeof requestOf>[2],
): Promise<void> => {
  await simulation.start(requestOf(id, service, request))
  const { ending } = await simulation.untilOver(id)
  if (ending?.kind !== 'succeeded')
    throw new Error(`${id}: ${ending?.kind}: ${JSON.stringify(ending?.reason)}`)
}

const requestOf = (id: string, service: string, request: ReturnType<typeof newOperation>['request']) => ({
  ...newOperation(id, service),
  request,
})

/** The same account and fleet, for the naive way. */
const naiveWorld = (more?: (aws: Aws) => void): Ways => {
  const clock = createJumpingClock(Date.parse('2026-03-02T01:00:00Z'))
  const aws = createAws({ clock, seed })
  seedFleet(aws)
  more?.(aws)
  return { aws, clock }
}

const resize = ({ aws }: Ways, group: string, min: number, desired: number): Promise<void> =>
  call(aws, 'UpdateAutoScalingGroup', {
    AutoScalingGroupName: group,
    MinSize: String(min),
    DesiredCapacity: String(desired),
  })

/** The idle color up, traffic as soon as Auto Scaling calls its instances InService, a minute at each share, the old one to zero. */
const naiveCanary = async (ways: Ways): Promise<void> => {
  const { aws, clock } = ways
  await resize(ways, 'pay-green', 2, 2)
  const members = () => [...(aws.world.groups.get('pay-green')?.members.values() ?? [])]
  while (members().filter(({ lifecycle }) => lifecycle === 'InService').length < 2)
    clock.advanceBy(15 * second)
  for (const share of [10, 50, 100]) {
    await call(aws, 'ModifyListener', weights(aws, share), elb)
    clock.advanceBy(minute)
  }
  await resize(ways, 'pay-blue', 0, 0)
}

const weights = ({ world }: Aws, share: number): Readonly<Record<string, string>> => {
  const groups = [...world.targetGroups.values()]
  const arnOf = (name: string) => groups.find((one) => one.name === name)?.arn ?? ''
  const listener = [...world.listeners.values()].find(({ arn }) => arn.includes('pay-ALB'))?.arn ?? ''
  const at = 'DefaultActions.member.1.ForwardConfig.TargetGroups.member'
  return {
    ListenerArn: listener,
    'DefaultActions.member.1.Type': 'forward',
    [`${at}.1.TargetGroupArn`]: arnOf('pay-blue-TG'),
    [`${at}.1.Weight`]: String(100 - share),
    [`${at}.2.TargetGroupArn`]: arnOf('pay-green-TG'),
    [`${at}.2.Weight`]: String(share),
  }
}
