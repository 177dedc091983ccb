import type { Request } from '../../../src/domain/operation/request'
import { storedActions } from '../../../src/sandbox/aws/elbv2/routing'
import type { Aws } from '../../../src/sandbox/aws'
import type { Scenario } from '../scenario'
import { newOperation } from '../../support/operations'
import { deployPay, finishPay, paySimulation, rollBackPay, swapPay, weightsOf } from '../../support/pay'
import type { Simulation } from '../../support/simulation'
import { call, runToEnd, colorOf } from '../../support/shop'

const world = paySimulation()
const asked = (id: string, request: Request): Scenario['operation'] => ({
  ...newOperation(id, 'pay'),
  request,
})

const sizes = { min: 1, desired: 2, max: 4, suspended: [] }
const idle = { min: 0, desired: 0, max: 4, suspended: [], policies: [], actions: [] }
const listener = (live: 'blue' | 'green') =>
  live === 'blue' ? { 'pay-blue-TG': 100, 'pay-green-TG': 0 } : { 'pay-blue-TG': 0, 'pay-green-TG': 100 }

interface End {
  readonly live: 'blue' | 'green'
  readonly version: string
  /** Whether the other color runs on at weight 0, for one finish that starts by itself. */
  readonly kept: boolean
  readonly weights?: readonly Readonly<Record<string, number>>[]
}

/** One color gets all the traffic and has what scales it; the other one runs on without it, or is idle. */
const serves =
  ({ live, version, kept, weights = [listener(live)] }: End) =>
  (simulation: Simulation): void => {
    const other = live === 'blue' ? 'green' : 'blue'
    const { states, ...serving } = colorOf(simulation, `pay-${live}`)
    expect(serving).toEqual({ ...sizes, policies: ['cpu-50'], actions: [], version })
    expect(states).toEqual({ InService: 2 })
    const { states: left, version: _, ...waiting } = colorOf(simulation, `pay-${other}`)
    expect(waiting).toEqual(kept ? { ...sizes, policies: [], actions: [] } : idle)
    const staying = Object.entries(left).filter(([state]) => !state.startsWith('Terminating'))
    expect(staying).toEqual(kept ? [['InService', 2]] : [])
    expect(weightsOf(simulation.aws)).toEqual(weights)
    expect(simulation.aws.healthyTargets(`pay-${live}-TG`)).toBe(2)
    expect(simulation.store.nextAppointment() !== undefined).toBe(kept)
  }

const deploy: Scenario = {
  name: 'deploy by weights',
  world,
  operation: asked('pay-aaaaa', deployPay([50, 100])),
  ending: 'succeeded',
  // How a color gets its version, its policies and its sizes gets its faults in the scenarios of blue-green.
  faultsFrom: /^fleet\/join/,
  expectFleet: serves({ live: 'green', version: 'v2', kept: true }),
}

const hasBegun = async ({ store }: Simulation, key: string): Promise<boolean> =>
  (await store.journal.read('pay-aaaaa'))?.steps.some((step) => step.key.startsWith(key)) ?? false

/** What the new color runs does not bear half of the traffic: Auto Scaling gives all of it up. */
const deployThatFails: Scenario = {
  ...deploy,
  name: 'deploy by weights that fails',
  world: paySimulation({
    guard: { targetGroup: 'pay-blue-TG', minimum: 2 },
    meanwhile: async (simulation) => {
      if (!(await hasBegun(simulation, 'weights/whole 50'))) return
      if (await hasBegun(simulation, 'return/')) return
      for (const { id, health } of simulation.aws.world.groups.get('pay-green')?.members.values() ?? []) {
        const input = { InstanceId: id, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: 'false' }
        if (health === 'Healthy') await call(simulation.aws, 'SetInstanceHealth', input)
      }
    },
  }),
  losesByNature: 'all instances of a color are given up at once, while half of the customers are sent to it',
  ending: 'rolled back',
  faultsFrom: /^weights\/whole 50/,
  // How the new color goes to zero and everything else back gets its faults in the scenarios of blue-green.
  faultsTo: /^return\/fleet\/before/,
  expectFleet: serves({ live: 'blue', version: 'v1', kept: false }),
}

/** Alice cancels when half of the traffic is shifted, and wants to go back. */
const deployThatIsCancelled: Scenario = {
  ...deploy,
  name: 'deploy by weights that is cancelled',
  world: paySimulation({
    meanwhile: async (simulation) => {
      const operation = await simulation.store.journal.read('pay-aaaaa')
      if (!operation || operation.ending) return
      const by = operation.requester
      const half = operation.steps.some(({ key }) => key.startsWith('weights/whole 50'))
      if (half && operation.signals.length === 0)
        await simulation.signal(operation.id, { id: 'no', kind: 'cancel', by })
      if (operation.phase === 'held')
        await simulation.signal(operation.id, { id: 'back', kind: 'go back', by })
    },
  }),
  ending: 'cancelled',
  faultsFrom: /^weights\/whole 50/,
  // How the new color goes to zero and everything else back gets its faults in the scenarios of blue-green.
  faultsTo: /^return\/fleet\/before/,
  expectFleet: serves({ live: 'blue', version: 'v1', kept: false }),
}

/** Beside the listener a rule of it forwards too, where clients stay for a minute with the color that they were sent to. */
const withStickyRule = (aws: Aws): void => {
  const { world } = aws
  const [balancer, listener] = [...world.listeners.values()]
    .filter(({ arn }) => arn.includes('pay-ALB'))
    .map((one) => [one.loadBalancer, one.arn] as const)[0] ?? ['', '']
  const [blue = ''] = [...world.targetGroups.values()]
    .filter(({ name }) => name === 'pay-blue-TG')
    .map(({ arn }) => arn)
  const forward = {
    Type: 'forward' as const,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: blue, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
    },
  }
  const arn = `${listener.replace(':listener/', ':listener-rule/')}/0123456789abcdef`
  world.rules.set(arn, {
    arn,
    listener,
    priority: 10,
    conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
    actions: storedActions(world, [forward], balancer),
    tags: new Map(),
  })
  aws.simulation.emit('routing')
}

const sticky = paySimulation({ prepare: withStickyRule })

const swap: Scenario = {
  name: 'swap by weights',
  world: sticky,
  operation: asked('pay-aaaaa', swapPay([100])),
  ending: 'succeeded',
  faultsFrom: /^fleet\/join/,
  faultsTo: /^weights\/whole 100/,
  expectFleet: serves({
    live: 'green',
    version: 'v1',
    kept: true,
    weights: [listener('green'), listener('green')],
  }),
}

const deployed = async (simulation: Simulation): Promise<void> => {
  await runToEnd(simulation, deployPay([100]))
}

/** With stickiness the color that goes is taken out of the forward, so that nobody stays with it. */
const rollback: Scenario = {
  name: 'rollback by weights',
  world: sticky,
  before: deployed,
  operation: asked('pay-bbbbb', rollBackPay),
  ending: 'succeeded',
  faultsTo: /^fleet\/before/,
  expectFleet: serves({
    live: 'blue',
    version: 'v1',
    kept: false,
    weights: [listener('blue'), { 'pay-blue-TG': 100 }],
  }),
}

const finish: Scenario = {
  name: 'finish by weights',
  world: sticky,
  before: async (simulation) => {
    await deployed(simulation)
    await simulation.pass(120_000)
  },
  operation: asked('pay-bbbbb', finishPay),
  ending: 'succeeded',
  expectFleet: serves({
    live: 'green',
    version: 'v2',
    kept: false,
    weights: [listener('green'), { 'pay-green-TG': 100 }],
  }),
}

/** The two groups of `pay`, whose traffic moves by weights. */
export const canaryScenarios: readonly Scenario[] = [
  deploy,
  deployThatFails,
  deployThatIsCancelled,
  swap,
  rollback,
  finish,
]
