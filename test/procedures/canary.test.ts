import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import type { Aws } from '../../src/sandbox/aws'
import { deployPay, finishPay, payGuard, simulatePay, rollBackPay, swapPay, weightsOf } from '../support/pay'
import type { Simulation } from '../support/simulation'
import { runToEnd, colorOf, reshape, scheduleOn } from '../support/shop'

// What a service whose colors shift by weight comes to, where people and AWS do not stand still.

const blueAlone = { 'pay-blue-TG': 100, 'pay-green-TG': 0 }
const greenAlone = { 'pay-blue-TG': 0, 'pay-green-TG': 100 }

/** Changes the forward of the first listener of `pay` as somebody else would. */
const forwardTo = (aws: Aws, weights: Readonly<Record<string, number>>, sticky?: number): void => {
  const arns = new Map([...aws.world.targetGroups.values()].map(({ name, arn }) => [name, arn]))
  const listener = [...aws.world.listeners.values()].find(({ arn }) => arn.includes('pay-ALB'))
  if (!listener) throw new Error('no listener')
  listener.actions = [
    {
      Type: 'forward',
      Order: 1,
      ForwardConfig: {
        TargetGroups: Object.entries(weights).map(([name, Weight]) => ({
          TargetGroupArn: arns.get(name) ?? name,
          Weight,
        })),
        TargetGroupStickinessConfig:
          sticky === undefined ? { Enabled: false } : { Enabled: true, DurationSeconds: sticky },
      },
    },
  ]
  aws.simulation.emit('routing')
  aws.simulation.changed()
}

/** Does something once, at the first look after a step of the running operation has begun. */
const once = (key: string, act: (simulation: Simulation, operation: Operation) => unknown) => {
  let acted = false
  return async (simulation: Simulation): Promise<void> => {
    const [id] = await simulation.store.journal.unfinished()
    const operation = id === undefined ? undefined : await simulation.operation(id)
    if (acted || !operation?.steps.some((step) => step.key.startsWith(key))) return
    acted = true
    await act(simulation, operation)
  }
}

const doneAt = ({ steps }: Operation, key: string): number => {
  const step = steps.find((one) => one.key === key)
  if (step?.endedAt === undefined) throw new Error(`${key} did not end`)
  return step.endedAt
}

const running = ({ aws }: Simulation, group: string): number => colorOf({ aws }, group).desired

describe('a deploy by weights', () => {
  test('brings the new target group into the forward, shifts in steps with a bake after each, and keeps the old color', async () => {
    const seen: unknown[] = []
    const simulation = simulatePay({
      meanwhile: ({ aws }) => {
        const now = JSON.stringify(weightsOf(aws)[0])
        if (seen.at(-1) !== now) seen.push(now)
      },
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending?.kind).toBe('succeeded')
    expect(seen.map((one) => JSON.parse(String(one)) as unknown)).toEqual([
      { 'pay-blue-TG': 1 },
      blueAlone,
      { 'pay-blue-TG': 90, 'pay-green-TG': 10 },
      { 'pay-blue-TG': 50, 'pay-green-TG': 50 },
      greenAlone,
    ])
    for (const share of [10, 50, 100]) {
      const shifted = doneAt(deploy, `weights/set pay-ALB:80 ${share}`)
      expect(doneAt(deploy, `weights/whole ${share} 1`) - shifted).toBeGreaterThanOrEqual(10_000)
    }
    expect(colorOf(simulation, 'pay-blue')).toMatchObject({
      desired: 2,
      states: { InService: 2 },
      version: 'v1',
    })
    expect(colorOf(simulation, 'pay-green')).toMatchObject({
      desired: 2,
      policies: ['cpu-50'],
      version: 'v2',
    })
    expect(simulation.violations).toEqual([])
  })

  test('leaves other actions, stickiness and rules that do not forward to the live color as they were', async () => {
    const simulation = simulatePay({ prepare: (aws) => forwardTo(aws, { 'pay-blue-TG': 1 }, 120) })
    const listener = () =>
      [...simulation.aws.world.listeners.values()].find(({ arn }) => arn.includes('pay-ALB'))?.actions[0]
    await runToEnd(simulation, deployPay([100]))
    expect(listener()?.ForwardConfig?.TargetGroupStickinessConfig).toEqual({
      Enabled: true,
      DurationSeconds: 120,
    })
    expect(weightsOf(simulation.aws)).toEqual([greenAlone])
  })

  test('keeps both colors at full capacity meanwhile, whatever the alarms of the old one would do', async () => {
    const suspended: (readonly string[])[] = []
    const simulation = simulatePay({
      meanwhile: once('weights/whole 50', (now) => suspended.push(colorOf(now, 'pay-blue').suspended)),
    })
    await runToEnd(simulation, deployPay())
    expect(suspended).toEqual([['AlarmNotification']])
    expect(colorOf(simulation, 'pay-blue').suspended).toEqual([])
  })

  test('follows a scale-out in the middle of the shift, before more traffic moves', async () => {
    const simulation = simulatePay({
      meanwhile: once('weights/whole 50', ({ account }) => account.groups.setDesired('pay-blue', 4)),
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending?.kind).toBe('succeeded')
    expect(running(simulation, 'pay-green')).toBe(4)
    expect(doneAt(deploy, 'weights/follow 50 1')).toBeLessThan(doneAt(deploy, 'weights/set pay-ALB:80 100'))
  })

  test('lets a scheduled action that falls due run on both colors before the old one gives it up', async () => {
    const simulation = simulatePay()
    const at = simulation.clock.now() + 2.25 * minute
    await scheduleOn(simulation.aws, 'pay-blue', { name: 'launch day', at, desired: 4 })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.plan?.warnings.map(({ code }) => code)).toContain('actions_due')
    expect(deploy.ending?.kind).toBe('succeeded')
    expect(running(simulation, 'pay-green')).toBe(4)
  })

  test('never shifts to a color that does not get healthy', async () => {
    const simulation = simulatePay({
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', group: 'pay-green' }),
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(weightsOf(simulation.aws)).toEqual([blueAlone])
    expect(running(simulation, 'pay-green')).toBe(0)
    expect(simulation.violations).toEqual([])
  })

  test('gives all traffic back within seconds of the look that sees the new color fail', async () => {
    const simulation = simulatePay({
      guard: { targetGroup: 'pay-blue-TG', minimum: 2 },
      service: { gate: { bake: 2 * minute, timeout: 10 * minute } },
      meanwhile: once('weights/whole 50', ({ aws }) => breakAll(aws, 'pay-green')),
    })
    let backAt = 0
    let brokenAt = 0
    simulation.aws.onChange(() => {
      const [weights] = weightsOf(simulation.aws)
      if (simulation.aws.healthyTargets('pay-green-TG') === 0 && weights?.['pay-green-TG'] === 50)
        brokenAt ||= simulation.clock.now()
      if (brokenAt > 0 && weights?.['pay-green-TG'] === 0) backAt ||= simulation.clock.now()
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'weights_unhealthy', facts: { percent: 50 } },
    })
    // The bot looks every five seconds.
    expect(backAt - brokenAt).toBeLessThanOrEqual(10_000)
    expect(simulation.violations).toEqual([])
  })
})

/** The application on every instance of a group ceases to answer. */
const breakAll = (aws: Aws, group: string): void => {
  for (const id of aws.world.groups.get(group)?.members.keys() ?? []) {
    const instance = aws.world.instances.get(id)
    if (!instance) continue
    Object.assign(instance, { broken: true })
    aws.simulation.emit('instance', instance)
  }
}

describe('somebody who changes a route meanwhile', () => {
  test('is noticed: the shift stops, says so, and gives the old color all traffic', async () => {
    const simulation = simulatePay({
      meanwhile: once('weights/whole 10', ({ aws }) =>
        forwardTo(aws, { 'pay-blue-TG': 70, 'pay-green-TG': 30 }),
      ),
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending).toMatchObject({
      kind: 'rolled back',
      reason: {
        code: 'weights_changed',
        facts: {
          route: 'pay-ALB:80',
          was: 'pay-blue-TG 90, pay-green-TG 10',
          is: 'pay-blue-TG 70, pay-green-TG 30',
        },
      },
    })
    expect(weightsOf(simulation.aws)).toEqual([blueAlone])
    expect(running(simulation, 'pay-green')).toBe(0)
  })

  test('who adds a target group of theirs finds it as it is, and both colors running', async () => {
    const simulation = simulatePay({
      guard: payGuard(0),
      meanwhile: once('weights/whole 10', ({ aws }) =>
        forwardTo(aws, { 'pay-blue-TG': 90, 'pay-green-TG': 5, 'shop-TG': 5 }),
      ),
    })
    const deploy = await runToEnd(simulation, deployPay())
    expect(deploy.ending?.kind).toBe('needs attention')
    expect(deploy.ending?.left.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['way_back_failed', 'left_weights', 'left_suspended']),
    )
    expect(weightsOf(simulation.aws)[0]).toMatchObject({ 'pay-blue-TG': 90, 'pay-green-TG': 5 })
    expect([running(simulation, 'pay-blue'), running(simulation, 'pay-green')]).toEqual([2, 2])
  })
})

describe('within the window', () => {
  const afterDeploy = async (how: Parameters<typeof simulatePay>[0] = {}) => {
    const simulation = simulatePay(how)
    const deploy = await runToEnd(simulation, deployPay([100]))
    return { simulation, deploy }
  }

  test('a rollback is one change of weights, within two seconds, and the new color goes to zero', async () => {
    const { simulation } = await afterDeploy()
    const asked = simulation.clock.now()
    const back = await runToEnd(simulation, rollBackPay)
    expect(back.ending?.kind).toBe('succeeded')
    expect(doneAt(back, 'weights/all pay-ALB:80') - asked).toBeLessThanOrEqual(2_000)
    expect(weightsOf(simulation.aws)).toEqual([blueAlone])
    expect(colorOf(simulation, 'pay-blue')).toMatchObject({ desired: 2, version: 'v1', policies: ['cpu-50'] })
    expect(colorOf(simulation, 'pay-green')).toMatchObject({ min: 0, desired: 0, policies: [] })
    expect(simulation.violations).toEqual([])
  })

  test('a rollback waits until the old color is as many as serve now', async () => {
    const { simulation } = await afterDeploy()
    await simulation.account.groups.setDesired('pay-green', 4)
    await simulation.pass(5 * minute)
    const back = await runToEnd(simulation, rollBackPay)
    expect(back.ending?.kind).toBe('succeeded')
    expect(running(simulation, 'pay-blue')).toBe(4)
    expect(doneAt(back, 'health/whole 1')).toBeLessThanOrEqual(doneAt(back, 'weights/all pay-ALB:80'))
  })

  test('a rollback leaves all traffic with the new color when the old one does not answer any more', async () => {
    const { simulation } = await afterDeploy({ guard: { targetGroup: 'pay-green-TG', minimum: 0 } })
    simulation.aws.setFault({ kind: 'never-healthy', group: 'pay-blue' })
    breakAll(simulation.aws, 'pay-blue')
    await simulation.pass(2 * minute)
    const back = await runToEnd(simulation, rollBackPay)
    expect(back.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'kept_color_unhealthy' } })
    expect(weightsOf(simulation.aws)).toEqual([greenAlone])
    expect(colorOf(simulation, 'pay-green')).toMatchObject({ desired: 2, policies: ['cpu-50'] })
  })

  test('a rollback that is cancelled after the traffic went back gives it to the new color again', async () => {
    const { simulation } = await afterDeploy({
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        const operation = id === undefined ? undefined : await now.operation(id)
        if (operation?.request.procedure !== 'rollback') return
        const by = operation.requester
        const shifted = operation.steps.some(({ key }) => key.startsWith('weights/all'))
        if (shifted && operation.signals.length === 0)
          await now.signal(operation.id, { id: 'no', kind: 'cancel', by })
        if (operation.phase === 'held') await now.signal(operation.id, { id: 'back', kind: 'go back', by })
      },
    })
    // Copying is slow, so that there is a moment to cancel in.
    simulation.aws.setFault({ kind: 'throttle', action: 'PutScalingPolicy', times: 3 })
    const back = await runToEnd(simulation, rollBackPay)
    expect(back.ending?.kind).toBe('cancelled')
    expect(weightsOf(simulation.aws)).toEqual([greenAlone])
    expect(colorOf(simulation, 'pay-green')).toMatchObject({
      desired: 2,
      policies: ['cpu-50'],
      suspended: [],
    })
    expect(colorOf(simulation, 'pay-blue')).toMatchObject({ desired: 2, policies: [], suspended: [] })
    const again = await runToEnd(simulation, finishPay)
    expect(again.ending?.kind).toBe('succeeded')
  })

  test('the end comes by itself, and takes the old color to zero', async () => {
    const { simulation } = await afterDeploy()
    await simulation.pass(2 * 60 * minute + minute)
    const [finish] = await simulation.store.journal.history('pay', 1)
    expect(finish).toMatchObject({ request: { procedure: 'finish' }, ending: { kind: 'succeeded' } })
    expect(colorOf(simulation, 'pay-blue')).toMatchObject({ min: 0, desired: 0, max: 4 })
    expect(weightsOf(simulation.aws)).toEqual([greenAlone])
    const next = await runToEnd(simulation, deployPay([100], 'v3'))
    expect(next.ending?.kind).toBe('succeeded')
    expect(weightsOf(simulation.aws)).toEqual([blueAlone])
  })

  test('nothing ends while somebody sends traffic to the old color again', async () => {
    const { simulation } = await afterDeploy()
    forwardTo(simulation.aws, { 'pay-blue-TG': 50, 'pay-green-TG': 50 })
    const finish = await runToEnd(simulation, finishPay)
    expect(finish.ending).toMatchObject({ kind: 'refused', reason: { code: 'weights_unclear' } })
    expect(running(simulation, 'pay-blue')).toBe(2)
  })

  test('the end waits for clients that stickiness keeps, and so does the window', async () => {
    const simulation = simulatePay({
      service: { standby: 10 * minute },
      prepare: (aws) => forwardTo(aws, { 'pay-blue-TG': 1 }, 3_600),
    })
    const deploy = await runToEnd(simulation, deployPay([100]))
    expect(deploy.plan?.warnings.map(({ code }) => code)).toContain('sticky_clients')
    expect(deploy.plan?.colors?.window).toBe(60 * minute)
    const early = await runToEnd(simulation, finishPay)
    expect(early.ending).toMatchObject({ kind: 'refused', reason: { code: 'sticky_left' } })
    await simulation.pass(61 * minute)
    const [finish] = await simulation.store.journal.history('pay', 1)
    expect(finish).toMatchObject({ request: { procedure: 'finish' }, ending: { kind: 'succeeded' } })
    expect(weightsOf(simulation.aws)).toEqual([{ 'pay-green-TG': 100 }])
  })
})

describe('after the window', () => {
  test('a rollback brings the old version up anew and gives it all traffic in one step', async () => {
    const simulation = simulatePay()
    await runToEnd(simulation, deployPay([100]))
    await runToEnd(simulation, finishPay)
    const back = await runToEnd(simulation, rollBackPay)
    expect(back.ending?.kind).toBe('succeeded')
    expect(back.plan?.colors?.weights?.steps).toEqual([100])
    expect(colorOf(simulation, 'pay-blue')).toMatchObject({ desired: 2, version: 'v1' })
    expect(weightsOf(simulation.aws)).toEqual([blueAlone])
  })
})

describe('a shift that cannot be', () => {
  const tell = (aws: Aws, group: string) => aws.world.groups.get(group)
  const attach = (aws: Aws, group: string, names: readonly string[]) => {
    const arns = [...aws.world.targetGroups.values()].filter(({ name }) => names.includes(name))
    const found = tell(aws, group)
    found?.attachments.splice(
      0,
      9,
      ...arns.map(({ arn }) => ({ arn, type: 'elbv2' as const, state: 'InService' as const })),
    )
  }
  const cases: readonly (readonly [string, string, (aws: Aws) => void])[] = [
    [
      'both colors in one target group',
      'shared_target_group',
      (aws) => attach(aws, 'pay-green', ['pay-blue-TG']),
    ],
    ['a color without a target group', 'no_target_group', (aws) => attach(aws, 'pay-green', [])],
    [
      'target groups that belong to nobody',
      'target_groups_unpaired',
      (aws) => attach(aws, 'pay-green', ['pay-green-TG', 'shop-TG']),
    ],
    ['a live color that no route forwards to', 'no_route', (aws) => forwardTo(aws, { 'shop-TG': 1 })],
    [
      'traffic that is split already',
      'weights_unclear',
      (aws) => forwardTo(aws, { 'pay-blue-TG': 50, 'pay-green-TG': 50 }),
    ],
    [
      'a third target group in the forward',
      'third_target_group',
      (aws) => forwardTo(aws, { 'pay-blue-TG': 1, 'shop-TG': 1 }),
    ],
    [
      'all traffic on the color without instances',
      'weights_on_idle',
      (aws) => forwardTo(aws, { 'pay-blue-TG': 0, 'pay-green-TG': 1 }),
    ],
  ]
  test.each(cases)('is refused: %s', async (_what, code, prepare) => {
    const simulation = simulatePay({ guard: payGuard(0), prepare })
    for (const request of [deployPay(), swapPay([100])]) {
      const { ending } = await runToEnd(simulation, request)
      expect(ending).toMatchObject({ kind: 'refused', reason: { code } })
    }
    expect(running(simulation, 'pay-green')).toBe(0)
  })

  test('is refused while the old color is still kept, with the swap that keeps it', async () => {
    const simulation = simulatePay()
    const deploy = await runToEnd(simulation, deployPay([100]))
    const next = await runToEnd(simulation, deployPay([100], 'v3'))
    expect(next.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'warm_left', facts: { group: 'pay-blue', operation: deploy.id } },
    })
    const byStandby = await runToEnd(simulation, {
      procedure: 'swap',
      service: 'pay',
      strategy: 'blue-green',
    })
    expect(byStandby.ending).toMatchObject({ kind: 'refused', reason: { code: 'warm_left' } })
  })

  test('is needed where the idle color gets no traffic: Standby would leave the load balancer with nobody', async () => {
    const simulation = simulatePay()
    await runToEnd(simulation, deployPay([100]))
    await runToEnd(simulation, finishPay)
    await simulation.pass(10 * minute)
    const byStandby = await runToEnd(simulation, {
      procedure: 'swap',
      service: 'pay',
      strategy: 'blue-green',
    })
    expect(byStandby.ending).toMatchObject({
      kind: 'refused',
      reason: {
        code: 'idle_gets_no_traffic',
        facts: { group: 'pay-blue', routes: ['pay-ALB:80: pay-blue-TG 0, pay-green-TG 100'] },
      },
    })
    expect(running(simulation, 'pay-blue')).toBe(0)
  })

  test('is not what a color is that a person has raised at weight 0', async () => {
    const simulation = simulatePay()
    await runToEnd(simulation, deployPay([100]))
    await runToEnd(simulation, finishPay)
    await simulation.pass(10 * minute)
    await reshape(simulation, 'pay-blue', { DesiredCapacity: '1' })
    await simulation.pass(5 * minute)
    const finish = await runToEnd(simulation, finishPay)
    expect(finish.ending).toMatchObject({ kind: 'refused', reason: { code: 'no_window' } })
    expect(running(simulation, 'pay-blue')).toBe(1)
  })
})

test('a service that goes by Standby can be shifted by weights for once, and back', async () => {
  const simulation = simulatePay({ service: { strategy: 'blue-green' } })
  const deploy = await runToEnd(simulation, {
    procedure: 'deploy',
    service: 'pay',
    version: 'v2',
    strategy: 'canary',
  })
  expect(deploy.ending?.kind).toBe('succeeded')
  const back = await runToEnd(simulation, rollBackPay)
  expect(back.ending?.kind).toBe('succeeded')
  expect(weightsOf(simulation.aws)).toEqual([blueAlone])
  expect(running(simulation, 'pay-green')).toBe(0)
})
