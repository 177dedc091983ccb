import * as fc from 'fast-check'
import type { GroupInstance, Target } from '../../../src/domain/fleet/fleet'
import { follow, type Goal, nextMove } from '../../../src/domain/fleet/replacement'
import { active, type FleetNow, isOn, serving } from '../../../src/domain/fleet/serving'

const template = { id: 'lt-1', version: 2 }
const arn = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/Web-TG/1'

interface Sketch {
  readonly version: number
  readonly state: 'pending' | 'serving' | 'sick' | 'leaving' | 'standby'
}

const lifecycles = {
  pending: 'Pending',
  serving: 'InService',
  sick: 'InService',
  leaving: 'Terminating',
  standby: 'Standby',
}
const targets = {
  pending: 'initial',
  serving: 'healthy',
  sick: 'unhealthy',
  leaving: 'draining',
  standby: 'unused',
}

const fleetOf = (sketches: readonly Sketch[], desired: number): FleetNow => {
  const instances: GroupInstance[] = sketches.map(({ version, state }, index) => ({
    id: `i-${index}`,
    zone: 'a',
    lifecycle: lifecycles[state],
    healthy: true,
    protected: false,
    templateId: 'lt-1',
    templateVersion: version,
  }))
  const health: Target[] = sketches.map(({ state }, index) => ({
    instance: `i-${index}`,
    state: targets[state],
  }))
  return {
    group: {
      name: 'Web-ASG',
      min: 0,
      desired,
      max: 100,
      cooldown: 300,
      template: { id: 'lt-1', name: 'Web', pin: 2 },
      instances,
      targetGroups: [arn],
      suspended: [],
      terminationPolicies: ['Default'],
      healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 0 },
      tags: {},
      zones: ['a'],
      subnets: [],
    },
    targets: new Map([[arn, health]]),
  }
}

const goal = (facts: Partial<Goal> = {}): Goal => ({ template, base: 2, minimum: 2, extra: 0, ...facts })
const old: Sketch = { version: 1, state: 'serving' }
const fresh: Sketch = { version: 2, state: 'serving' }

describe('the next move of a fleet on its way to a version', () => {
  test('makes room before anyone leaves', () => {
    expect(nextMove(fleetOf([old, old], 2), goal())).toEqual({ kind: 'raise', desired: 3 })
  })

  test('waits while the newcomer boots', () => {
    const booting: Sketch = { version: 2, state: 'pending' }
    expect(nextMove(fleetOf([old, old, booting], 3), goal({ extra: 1 }))).toEqual({ kind: 'wait' })
  })

  test('lets one old instance go once the newcomer serves, and keeps its place for the next', () => {
    expect(nextMove(fleetOf([old, old, fresh], 3), goal({ extra: 1 }))).toEqual({
      kind: 'terminate',
      instance: 'i-0',
      decrement: false,
    })
  })

  test('lets the last old instance take the extra place with it', () => {
    expect(nextMove(fleetOf([old, fresh, fresh], 3), goal({ extra: 1 }))).toEqual({
      kind: 'terminate',
      instance: 'i-0',
      decrement: true,
    })
  })

  test('is finished when all are right and serve', () => {
    expect(nextMove(fleetOf([fresh, fresh], 2), goal())).toEqual({ kind: 'finished' })
  })

  test('gives back a place it made that nobody took along', () => {
    expect(nextMove(fleetOf([fresh, fresh, fresh], 3), goal({ extra: 1 }))).toEqual({
      kind: 'lower',
      desired: 2,
    })
  })

  test("leaves other people's scale-out alone", () => {
    expect(nextMove(fleetOf([fresh, fresh, fresh], 3), goal({ extra: 0 }))).toEqual({ kind: 'finished' })
  })

  test('does not take the last hope of a fleet that is sick as a whole', () => {
    const sick: Sketch = { version: 1, state: 'sick' }
    expect(nextMove(fleetOf([sick, sick], 2), goal())).toEqual({ kind: 'raise', desired: 3 })
    expect(nextMove(fleetOf([sick, sick, { version: 2, state: 'pending' }], 3), goal({ extra: 1 }))).toEqual({
      kind: 'wait',
    })
  })

  test('takes nobody beside those that AWS is about to scale in', () => {
    const booting: Sketch = { version: 2, state: 'pending' }
    expect(nextMove(fleetOf([old, old, old, fresh], 2), goal())).toEqual({ kind: 'wait' })
    expect(nextMove(fleetOf([old, fresh, booting], 2), goal({ extra: 1 }))).toEqual({ kind: 'wait' })
  })

  test('follows an event that ended to fewer than the plan’s minimum', () => {
    const before = goal({ base: 8, minimum: 6, extra: 1 })
    const then = follow(before, 2)
    expect(then).toMatchObject({ base: 2, minimum: 2, extra: 0 })
    expect(nextMove(fleetOf([old, fresh], 2), before)).toEqual({ kind: 'raise', desired: 3 })
    expect(nextMove(fleetOf([old, fresh, fresh], 3), { ...then, extra: 1 })).toEqual({
      kind: 'terminate',
      instance: 'i-0',
      decrement: true,
    })
  })

  test('takes a sick newcomer first on the way back', () => {
    const back = goal({ template: { id: 'lt-1', version: 1 }, extra: 1 })
    expect(nextMove(fleetOf([old, old, { version: 2, state: 'sick' }], 3), back)).toEqual({
      kind: 'terminate',
      instance: 'i-2',
      decrement: true,
    })
  })

  test('never leaves fewer serving than the minimum, and never fewer than it began with', () => {
    const sketch = fc.record({
      version: fc.constantFrom(1, 2),
      state: fc.constantFrom('pending', 'serving', 'sick', 'leaving', 'standby'),
    })
    const anything = fc.record({
      fleet: fc.array(sketch, { maxLength: 12 }),
      desired: fc.nat(12),
      base: fc.nat(8),
      minimum: fc.nat(8),
      extra: fc.nat(4),
    })
    fc.assert(
      fc.property(anything, ({ fleet, desired, base, minimum, extra }) => {
        const now = fleetOf(fleet, desired)
        const move = nextMove(now, { template, base, minimum, extra })
        const before = serving(now)
        // Somebody who lowers the group below both is followed; a plan never has a minimum above its base.
        const least = Math.min(base, desired)
        if (move.kind === 'terminate') {
          const leaving = now.group.instances.find((instance) => instance.id === move.instance)
          expect(leaving && isOn(leaving, template)).toBe(false)
          const after = before.filter((instance) => instance.id !== move.instance)
          if (after.length < before.length) expect(after.length).toBeGreaterThanOrEqual(least)
          if (move.decrement) expect(desired).toBeGreaterThan(base)
        }
        if (move.kind === 'lower') expect(move.desired).toBeGreaterThanOrEqual(Math.min(base, desired))
        if (move.kind === 'finished') {
          expect(active(now.group).every((instance) => isOn(instance, template))).toBe(true)
          expect(before.length).toBeGreaterThanOrEqual(Math.min(minimum, base, desired))
        }
      }),
    )
  })
})
