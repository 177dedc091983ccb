import * as fc from 'fast-check'
import type { Component } from '../../../src/domain/blue-green/components'
import {
  areSteps,
  liveColorByWeights,
  routesToShift,
  sharesOf,
  counterpartsOf,
  weightsAt,
} from '../../../src/domain/blue-green/weights'
import { liveColorOf } from '../../../src/domain/blue-green/live-color'
import type { Group, Route } from '../../../src/domain/fleet/fleet'
import { ok } from '../../../src/domain/result'

const arn = (name: string) =>
  `arn:aws:elasticloadbalancing:ap-northeast-2:1:targetgroup/${name}/0123456789abcdef`
const group = (name: string, desired: number, ...targetGroups: string[]): Group => ({
  name,
  min: 0,
  desired,
  max: 8,
  cooldown: 300,
  instances: [],
  targetGroups: targetGroups.map(arn),
  suspended: [],
  terminationPolicies: [],
  healthCheck: { types: ['ELB'], graceSeconds: 300 },
  tags: {},
  zones: [],
  subnets: [],
})
const component = (blue: Group, green: Group, name = 'pay'): Component => ({ name, blue, green })
const pay = (blue: number, green: number) =>
  component(group('pay-blue', blue, 'pay-blue-TG'), group('pay-green', green, 'pay-green-TG'))
const route = (weights: Readonly<Record<string, number>>, more: Partial<Route> = {}): Route => ({
  id: 'arn:aws:elasticloadbalancing:ap-northeast-2:1:listener/app/pay-ALB/0123456789abcdef/0123456789abcdef',
  kind: 'listener',
  port: 80,
  weights: Object.fromEntries(Object.entries(weights).map(([name, weight]) => [arn(name), weight])),
  ...more,
})
const alone = route({ 'pay-blue-TG': 1 })

describe('the steps of a shift', () => {
  test('are whole numbers that rise to 100', () => {
    const rising = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 9 })
    fc.assert(
      fc.property(rising, (found) => areSteps([...found.toSorted((a, b) => a - b), 100])),
      { numRuns: 200 },
    )
  })

  test.each([
    [[]],
    [[50]],
    [[100, 100]],
    [[50, 10, 100]],
    [[0, 100]],
    [[10.5, 100]],
    [[10, 101]],
    [[-1, 100]],
  ])('are not %j', (steps) => expect(areSteps(steps)).toBe(false))

  test('share out all of the traffic, whatever the step', () => {
    const found = routesToShift({ live: 'blue', idle: 'green', components: [pay(2, 0)] }, [alone], 'pay')
    const [planned] = found.ok ? found.value : []
    if (!planned) throw new Error('there is no route')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
        const weights = weightsAt(planned, percent)
        return weights[planned.to] === percent && (weights[planned.from] ?? 0) + percent === 100
      }),
    )
  })
})

describe('target groups that belong together', () => {
  test('are the only ones, or those of one name but for the color', () => {
    expect(counterpartsOf(component(group('b', 1, 'one'), group('g', 0, 'other')))).toEqual(
      ok([{ blue: arn('one'), green: arn('other') }]),
    )
    const [blue, green] = [
      group('pay-blue', 1, 'pay-blue-web', 'pay-blue-grpc'),
      group('pay-green', 0, 'pay-green-grpc', 'pay-green-web'),
    ]
    expect(counterpartsOf(component(blue, green))).toEqual(
      ok([
        { blue: arn('pay-blue-web'), green: arn('pay-green-web') },
        { blue: arn('pay-blue-grpc'), green: arn('pay-green-grpc') },
      ]),
    )
  })
})

describe('which color is live', () => {
  const verdict = (blue: number, green: number, ...routes: Route[]) => {
    const components = [pay(blue, green)]
    const found = liveColorByWeights(components, routes, liveColorOf(components, 'pay'), 'pay')
    return found.ok ? found.value : found.reason
  }

  test('is what the weights say when both run, and the other one is warm', () => {
    const both = route({ 'pay-blue-TG': 0, 'pay-green-TG': 100 })
    expect(verdict(2, 2, both)).toMatchObject({ live: 'green', idle: 'blue', warm: true })
    expect(verdict(2, 2, route({ 'pay-blue-TG': 5, 'pay-green-TG': 0 }))).toMatchObject({ live: 'blue' })
  })

  test('is what the sizes say where no route tells, and a listener for tests beside them says nothing', () => {
    expect(verdict(2, 0)).toMatchObject({ live: 'blue' })
    const tests = route({ 'pay-green-TG': 1 }, { id: 'listener/app/pay-ALB/1/2', port: 8080 })
    const serving = route({ 'pay-blue-TG': 100, 'pay-green-TG': 0 })
    expect(verdict(2, 2, serving, tests)).toMatchObject({ live: 'blue', warm: true })
  })

  test('is nothing that can be worked on where weights and sizes disagree, or routes do', () => {
    expect(verdict(2, 0, route({ 'pay-blue-TG': 0, 'pay-green-TG': 1 }))).toMatchObject({
      code: 'weights_on_idle',
      facts: { group: 'pay-green', routes: ['pay-ALB:80: pay-blue-TG 0, pay-green-TG 1'] },
    })
    expect(verdict(2, 2, route({ 'pay-blue-TG': 1, 'pay-green-TG': 1 }))).toMatchObject({
      code: 'weights_unclear',
    })
    const crossed = [
      route({ 'pay-blue-TG': 1, 'pay-green-TG': 0 }),
      route({ 'pay-blue-TG': 0, 'pay-green-TG': 1 }, { port: 443 }),
    ]
    expect(verdict(2, 2, ...crossed)).toMatchObject({ code: 'weights_unclear' })
  })
})

test('every route of every component is shifted, each by its own pair, and is told by its balancer, port and priority', () => {
  const api = component(group('api-blue', 2, 'api-blue-TG'), group('api-green', 0, 'api-green-TG'), 'api')
  const rule: Partial<Route> = {
    id: 'arn:aws:elasticloadbalancing:ap-northeast-2:1:listener-rule/app/pay-ALB/1/2/3',
    kind: 'rule',
    priority: '10',
    sticky: 60,
  }
  const found = routesToShift(
    { live: 'blue', idle: 'green', components: [pay(2, 0), api] },
    [alone, route({ 'pay-blue-TG': 1, 'pay-green-TG': 0 }, rule), route({ 'api-blue-TG': 1 }, { port: 81 })],
    'pay',
  )
  if (!found.ok) throw new Error(found.reason.code)
  expect(found.value).toMatchObject([
    { name: 'pay-ALB:80', component: 'pay', to: arn('pay-green-TG'), joins: true },
    { name: 'pay-ALB:80 #10', component: 'pay', sticky: 60 },
    { name: 'pay-ALB:81', component: 'api', to: arn('api-green-TG'), joins: true },
  ])
  expect(found.value[1]?.joins).toBeUndefined()
})

test('shares are of what all routes send to either color', () => {
  expect(sharesOf([pay(2, 2)], [route({ 'pay-blue-TG': 3, 'pay-green-TG': 1 })])).toEqual({
    blue: 75,
    green: 25,
  })
  expect(sharesOf([pay(2, 2)], [])).toBeUndefined()
})
