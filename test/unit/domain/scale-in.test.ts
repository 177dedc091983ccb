import type { ScalingPolicy } from '../../../src/domain/fleet/fleet'
import { givenBack, withoutScaleIn } from '../../../src/domain/fleet/scale-in'
import { canonicalJson } from '../../../src/domain/json'

const policy = (type: string, settings: object, enabled = true): ScalingPolicy => ({
  name: 'p',
  type,
  enabled,
  settings: canonicalJson(settings),
})
const tracking = (settings: object = {}) =>
  policy('TargetTrackingScaling', {
    TargetTrackingConfiguration: { TargetValue: 50, DisableScaleIn: false, ...settings },
  })
const step = (adjustments: readonly number[], AdjustmentType = 'ChangeInCapacity') =>
  policy('StepScaling', {
    AdjustmentType,
    StepAdjustments: adjustments.map((ScalingAdjustment) => ({ ScalingAdjustment })),
  })
const simple = (ScalingAdjustment: number, AdjustmentType = 'ChangeInCapacity') =>
  policy('SimpleScaling', { AdjustmentType, ScalingAdjustment })

const inGroupOf4 = (one: ScalingPolicy) => withoutScaleIn(one, 4)

describe('what a policy takes away is held, what it adds is not', () => {
  test('by the switch of target tracking', () => {
    expect(inGroupOf4(tracking())).toEqual(tracking({ DisableScaleIn: true }))
    expect(inGroupOf4(tracking({ DisableScaleIn: true }))).toBeUndefined()
  })

  test.each([
    ['takes away alone', step([-1, -2]), { ...step([-1, -2]), enabled: false }],
    ['adds alone', step([1, 2]), undefined],
    ['does both', step([-1, 0, 2]), step([0, 0, 2])],
    [
      'sets a size below',
      step([2, 3], 'ExactCapacity'),
      { ...step([2, 3], 'ExactCapacity'), enabled: false },
    ],
    ['sets sizes below and above', step([2, 8], 'ExactCapacity'), step([4, 8], 'ExactCapacity')],
    ['sets a size above', step([6], 'ExactCapacity'), undefined],
    [
      'takes a share away',
      step([-25], 'PercentChangeInCapacity'),
      { ...step([-25], 'PercentChangeInCapacity'), enabled: false },
    ],
  ])('of a step policy that %s', (_what, was, held) => {
    expect(inGroupOf4(was)).toEqual(held)
    if (held) expect(inGroupOf4(held)).toBeUndefined()
  })

  test.each([
    [simple(-1), { ...simple(-1), enabled: false }],
    [simple(1), undefined],
    [simple(2, 'ExactCapacity'), { ...simple(2, 'ExactCapacity'), enabled: false }],
    [simple(8, 'ExactCapacity'), undefined],
  ])('of a simple policy', (was, held) => {
    expect(inGroupOf4(was)).toEqual(held)
  })

  test('of none that is disabled or predicts', () => {
    expect(inGroupOf4({ ...simple(-1), enabled: false })).toBeUndefined()
    expect(inGroupOf4(policy('PredictiveScaling', { PredictiveScalingConfiguration: {} }))).toBeUndefined()
  })
})

describe('what was held is given back', () => {
  const pairs = [tracking(), step([-1, -2]), step([-1, 0, 2]), simple(-1)].map((was) => ({
    was,
    held: inGroupOf4(was) ?? was,
  }))

  test.each(pairs)('as it was, also where a read is older than the hold', (pair) => {
    expect(pair.held).not.toEqual(pair.was)
    expect(givenBack(pair.held, pair)).toEqual(pair.was)
    expect(givenBack(pair.was, pair)).toEqual(pair.was)
  })

  test('with what somebody else has changed meanwhile', () => {
    const was = tracking()
    const held = tracking({ DisableScaleIn: true })
    expect(givenBack(tracking({ TargetValue: 70, DisableScaleIn: true }), { was, held })).toEqual(
      tracking({ TargetValue: 70 }),
    )
    const removing = { was: simple(-1), held: { ...simple(-1), enabled: false } }
    expect(givenBack({ ...simple(-3), enabled: false }, removing)).toEqual(simple(-3))
  })

  test('and not where somebody else has given it back or made another of it', () => {
    const [tracked, , mixed, taking] = pairs
    if (!tracked || !mixed || !taking) throw new Error('three policies')
    expect(givenBack(tracking({ TargetValue: 70 }), tracked)).toBeUndefined()
    expect(givenBack(step([-5, 0, 2]), mixed)).toBeUndefined()
    expect(givenBack(simple(-3), taking)).toBeUndefined()
    expect(givenBack(step([1]), tracked)).toBeUndefined()
  })
})
