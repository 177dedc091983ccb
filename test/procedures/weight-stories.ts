import type { Request } from '../../src/domain/request'
import { storedActions } from '../../src/sandbox/aws/elbv2/routing'
import type { Aws } from '../../src/sandbox/aws'
import type { Story } from '../support/harness'
import { newOperation } from '../support/operations'
import { deployPay, finishPay, payRehearsing, rollBackPay, swapPay, weightsOf } from '../support/pay'
import type { Rehearsal } from '../support/rehearsal'
import { call, carryOut, colorOf } from '../support/shop'

const how = payRehearsing()
const asked = (id: string, request: Request): Story['operation'] => ({ ...newOperation(id, 'pay'), request })

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
  (rehearsal: Rehearsal): void => {
    const other = live === 'blue' ? 'green' : 'blue'
    const { states, ...serving } = colorOf(rehearsal, `pay-${live}`)
    expect(serving).toEqual({ ...sizes, policies: ['cpu-50'], actions: [], version })
    expect(states).toEqual({ InService: 2 })
    const { states: left, version: _, ...waiting } = colorOf(rehearsal, `pay-${other}`)
    expect(waiting).toEqual(kept ? { ...sizes, policies: [], actions: [] } : idle)
    const staying = Object.entries(left).filter(([state]) => !state.startsWith('Terminating'))
    expect(staying).toEqual(kept ? [['InService', 2]] : [])
    expect(weightsOf(rehearsal.aws)).toEqual(weights)
    expect(rehearsal.aws.healthyTargets(`pay-${live}-TG`)).toBe(2)
    expect(rehearsal.store.nextAppointment() !== undefined).toBe(kept)
  }

const deploy: Story = {
  how,
  operation: asked('pay-aaaaa', deployPay([50, 100])),
  ending: 'succeeded',
  // How a color gets its version, its policies and its sizes is cut in the stories of colors.
  cutFrom: /^fleet\/join/,
  expectFleet: serves({ live: 'green', version: 'v2', kept: true }),
}

const hasBegun = async ({ store }: Rehearsal, key: string): Promise<boolean> =>
  (await store.journal.read('pay-aaaaa'))?.steps.some((step) => step.key.startsWith(key)) ?? false

/** What the new color runs does not bear half of the traffic: Auto Scaling gives all of it up. */
const deployThatFails: Story = {
  ...deploy,
  how: payRehearsing({
    guard: { targetGroup: 'pay-blue-TG', minimum: 2 },
    meanwhile: async (rehearsal) => {
      if (!(await hasBegun(rehearsal, 'weights/whole 50'))) return
      if (await hasBegun(rehearsal, 'return/')) return
      for (const { id, health } of rehearsal.aws.world.groups.get('pay-green')?.members.values() ?? []) {
        const input = { InstanceId: id, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: 'false' }
        if (health === 'Healthy') await call(rehearsal.aws, 'SetInstanceHealth', input)
      }
    },
  }),
  ending: 'rolled back',
  cutFrom: /^weights\/whole 50/,
  // How the new color goes to zero and everything else back is cut in the stories of colors.
  cutTo: /^return\/fleet\/before/,
  expectFleet: serves({ live: 'blue', version: 'v1', kept: false }),
}

/** Alice cancels when half of the traffic is shifted, and wants to go back. */
const deployThatIsCancelled: Story = {
  ...deploy,
  how: payRehearsing({
    meanwhile: async (rehearsal) => {
      const operation = await rehearsal.store.journal.read('pay-aaaaa')
      if (!operation || operation.ending) return
      const by = operation.requester
      const half = operation.steps.some(({ key }) => key.startsWith('weights/whole 50'))
      if (half && operation.signals.length === 0)
        await rehearsal.say(operation.id, { id: 'no', kind: 'cancel', by })
      if (operation.phase === 'held') await rehearsal.say(operation.id, { id: 'back', kind: 'go back', by })
    },
  }),
  ending: 'cancelled',
  cutFrom: /^weights\/whole 50/,
  // How the new color goes to zero and everything else back is cut in the stories of colors.
  cutTo: /^return\/fleet\/before/,
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

const sticky = payRehearsing({ prepare: withStickyRule })

const swap: Story = {
  how: sticky,
  operation: asked('pay-aaaaa', swapPay([100])),
  ending: 'succeeded',
  cutFrom: /^fleet\/join/,
  cutTo: /^weights\/whole 100/,
  expectFleet: serves({
    live: 'green',
    version: 'v1',
    kept: true,
    weights: [listener('green'), listener('green')],
  }),
}

const deployed = async (rehearsal: Rehearsal): Promise<void> => {
  await carryOut(rehearsal, deployPay([100]))
}

/** With stickiness the color that goes is taken out of the forward, so that nobody stays with it. */
const rollback: Story = {
  how: sticky,
  before: deployed,
  operation: asked('pay-bbbbb', rollBackPay),
  ending: 'succeeded',
  cutTo: /^fleet\/before/,
  expectFleet: serves({
    live: 'blue',
    version: 'v1',
    kept: false,
    weights: [listener('blue'), { 'pay-blue-TG': 100 }],
  }),
}

const finish: Story = {
  how: sticky,
  before: async (rehearsal) => {
    await deployed(rehearsal)
    await rehearsal.pass(120_000)
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

/** The stories of two colors whose traffic moves by weights. */
export const weightStories: readonly (readonly [string, Story])[] = [
  ['deploy by weights', deploy],
  ['deploy by weights that fails', deployThatFails],
  ['deploy by weights that is cancelled', deployThatIsCancelled],
  ['swap by weights', swap],
  ['rollback by weights', rollback],
  ['finish by weights', finish],
]
