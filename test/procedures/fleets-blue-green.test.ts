import { plantImage } from '../../src/sandbox/aws/seed-image'
import type { Aws } from '../../src/sandbox/aws'
import { hook, update, warmPool, weightedColor } from '../support/fleet-shapes'
import { deployPay, payGuard, rollBackPay, simulatePay, swapPay, weightsOf } from '../support/pay'
import {
  colorOf,
  deployShop,
  finishShop,
  rollBackShop,
  runToEnd,
  simulateShop,
  swapShop,
} from '../support/shop'
import type { Simulation } from '../support/simulation'
import { operationMessage } from '../../src/messages/operation/message'
import { onScreen } from '../support/on-screen'

const shopByWeight = (aws: Aws) => {
  weightedColor(aws, 'shop-blue')
  weightedColor(aws, 'shop-green')
}
const payByWeight = (aws: Aws) => {
  weightedColor(aws, 'pay-blue')
  weightedColor(aws, 'pay-green')
}
const idle = { min: 0, desired: 0, max: 32, suspended: [] }
const live = { min: 8, desired: 16, max: 32, suspended: [], states: { InService: 4 } }
const launched = ({ aws }: Simulation, group: string) =>
  [...aws.world.instances.values()].filter(({ tags }) => tags.get('aws:autoscaling:groupName') === group)
    .length

const membersOf = ({ aws }: Simulation) => [...(aws.world.groups.get('shop-blue')?.members.keys() ?? [])]

// What AWS takes off the desired capacity with an instance that weighs more is not documented.
describe.each([
  ['by the number of instances, as it says', false],
  ['by their weights', true],
])('F1 in two colors: weights, where Standby counts %s', (_, standbyCountsUnits) => {
  const prepare = (aws: Aws) => {
    aws.world.standbyCountsUnits = standbyCountsUnits
    shopByWeight(aws)
  }

  test('a deploy moves four instances of four units each and keeps the old ones', async () => {
    const simulation = simulateShop({ prepare })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ ...live, version: 'v2' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ ...idle, states: { Standby: 4 } })
    expect(simulation.violations).toEqual([])
    // Nothing was launched in the color that left.
    expect(launched(simulation, 'shop-blue')).toBe(4)
    const now = simulation.clock.now()
    const shown = onScreen(operationMessage({ operation: done, language: 'en', timezone: 'Asia/Seoul', now }))
    expect(shown).toContain('Start 4 instances in green')
    expect(shown).not.toMatch(/16 instances|of 16/)
  })

  test('and a rollback brings them back, no more and no fewer', async () => {
    const simulation = simulateShop({ prepare })
    await runToEnd(simulation, deployShop())
    const before = membersOf(simulation)
    const back = await runToEnd(simulation, rollBackShop)
    expect(back.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ ...live, version: 'v1' })
    expect(membersOf(simulation)).toEqual(before)
    expect(colorOf(simulation, 'shop-green')).toMatchObject(idle)
    expect(simulation.violations).toEqual([])
  })

  test('a swap, and the end of its window, leave the old color empty', async () => {
    const simulation = simulateShop({ prepare })
    expect((await runToEnd(simulation, swapShop)).ending).toMatchObject({ kind: 'succeeded', left: [] })
    const done = await runToEnd(simulation, finishShop)
    expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
    await simulation.pass(20 * 60_000)
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ ...idle, states: {} })
    expect(colorOf(simulation, 'shop-green')).toMatchObject(live)
    expect(simulation.violations).toEqual([])
  })

  test('a cancel while they drain to Standby brings them back', async () => {
    let cancelled = false
    const simulation = simulateShop({
      prepare,
      meanwhile: async (world) => {
        const [id] = await world.store.journal.unfinished()
        const operation = id === undefined ? undefined : await world.operation(id)
        if (cancelled || !operation?.steps.some(({ key }) => key.startsWith('standby/enter'))) return
        cancelled = true
        await world.signal(operation.id, { id: 'stop', kind: 'cancel', by: operation.requester })
      },
    })
    const done = await runToEnd(simulation, deployShop())
    expect(cancelled).toBe(true)
    expect(done.ending).toMatchObject({ kind: 'cancelled', left: [] })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ ...live, version: 'v1' })
    expect(launched(simulation, 'shop-blue')).toBe(4)
    expect(simulation.violations).toEqual([])
  })
})

test('F1 in two colors: a canary of weighted groups, and its way back', async () => {
  const simulation = simulatePay({ prepare: payByWeight, guard: payGuard() })
  const done = await runToEnd(simulation, deployPay([50, 100]))
  expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
  expect(colorOf(simulation, 'pay-green')).toMatchObject({
    min: 4,
    desired: 8,
    max: 16,
    states: { InService: 2 },
  })
  expect(weightsOf(simulation.aws)[0]).toMatchObject({ 'pay-green-TG': 100, 'pay-blue-TG': 0 })
  const back = await runToEnd(simulation, rollBackPay)
  expect(back.ending).toMatchObject({ kind: 'succeeded', left: [] })
  expect(colorOf(simulation, 'pay-blue')).toMatchObject({
    min: 4,
    desired: 8,
    max: 16,
    states: { InService: 2 },
  })
  expect(simulation.violations).toEqual([])
})

describe('shapes of a color that are refused in the plan', () => {
  test('groups whose sizes count differently', async () => {
    const simulation = simulateShop({ prepare: (aws) => weightedColor(aws, 'shop-blue') })
    expect((await runToEnd(simulation, deployShop())).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'colors_count_differently', facts: { from: 'shop-blue', to: 'shop-green' } },
    })
  })

  test('a warm pool beside the color that comes up', async () => {
    const simulation = simulateShop({ prepare: (aws) => warmPool(aws, 'shop-green') })
    expect((await runToEnd(simulation, swapShop)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'color_warm_pool', facts: { group: 'shop-green', size: expect.any(Number) } },
    })
  })

  test('an override with a template of its own', async () => {
    const simulation = simulatePay({
      prepare: (aws) => {
        const web = aws.world.groups.get('Web-ASG')?.template.id
        for (const name of ['pay-blue', 'pay-green']) {
          const id = aws.world.groups.get(name)?.template.id
          const LaunchTemplateSpecification = { LaunchTemplateId: id, Version: '$Default' }
          const Overrides = [
            { InstanceType: 't2.micro' },
            {
              InstanceType: 'c5.large',
              LaunchTemplateSpecification: { LaunchTemplateId: web, Version: '1' },
            },
          ]
          update(
            aws,
            { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification, Overrides } } },
            name,
          )
        }
      },
      service: { image: { name: 'pay {version}', from: { tag: { Name: 'pay-blue' } } } },
    })
    expect((await runToEnd(simulation, deployPay())).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'override_templates', facts: { templates: ['Web'] } },
    })
  })

  test('an image of another architecture', async () => {
    const simulation = simulatePay({
      prepare: (aws) => void plantImage(aws.simulation, { name: 'pay v2', architecture: 'arm64' }),
      service: { image: { name: 'pay {version}', from: { tag: { Name: 'pay-blue' } } } },
    })
    expect((await runToEnd(simulation, deployPay())).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'architecture_differs', facts: { image: 'pay v2', architecture: 'arm64' } },
    })
  })
})

describe('what holds the color that comes up', () => {
  test('a launch hook that nobody completes is named with its instances', async () => {
    const simulation = simulateShop({
      prepare: (aws) => hook(aws, { HeartbeatTimeout: 3600 }, 'shop-green'),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'hook_waits', facts: { hooks: ['bootstrap'], group: 'shop-green' } },
    })
    expect(simulation.violations).toEqual([])
  })

  test('a slow one that goes on by itself counts as AWS’s own time', async () => {
    const simulation = simulateShop({
      prepare: (aws) => hook(aws, { HeartbeatTimeout: 1500, DefaultResult: 'CONTINUE' }, 'shop-green'),
    })
    expect((await runToEnd(simulation, deployShop())).ending).toMatchObject({ kind: 'succeeded' })
  })

  test('launches whose instances die while they are pending stop after a few, in AWS’s words', async () => {
    const simulation = simulateShop({
      prepare: (aws) => void aws.setFault({ kind: 'dies-pending', group: 'shop-green' }),
    })
    const done = await runToEnd(simulation, swapShop)
    expect(done.ending).toMatchObject({
      kind: 'rolled back',
      reason: { code: 'launch_failed', facts: { aws: expect.stringContaining('Client.InternalError') } },
    })
    expect((done.ending?.at ?? 0) - done.createdAt).toBeLessThan(20 * 60_000)
  })

  test('subnets without addresses are warned of in the plan', async () => {
    const simulation = simulatePay({
      prepare: (aws) => void aws.setFault({ kind: 'few-addresses', addresses: 0 }),
    })
    const { plan } = await runToEnd(simulation, swapPay())
    expect(plan?.warnings).toContainEqual(
      expect.objectContaining({ code: 'addresses_short', facts: expect.objectContaining({ need: 2 }) }),
    )
  })
})
