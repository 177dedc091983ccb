import { scaleInTo, scaleOutTo } from '../../../../src/sandbox/aws/autoscaling/tracking'

const at = (desired: number, value: number, measured = desired) => ({ target: 50, value, measured, desired })

describe('target tracking', () => {
  test('scales out in proportion and rounds up', () => {
    expect(scaleOutTo(at(2, 87.5))).toBe(4)
    expect(scaleOutTo(at(4, 100))).toBe(8)
    expect(scaleOutTo(at(10, 55))).toBe(11)
  })

  test('counts instances that warm up as capacity that is coming', () => {
    expect(scaleOutTo(at(4, 90, 2))).toBeUndefined()
    expect(scaleOutTo(at(4, 130, 2))).toBe(6)
  })

  test('scales in only as far as the metric stays below its target, and more gradually', () => {
    expect(scaleInTo(at(4, 40))).toBeUndefined()
    expect(scaleInTo(at(4, 30))).toBe(3)
    expect(scaleInTo(at(10, 10))).toBe(6)
    expect(scaleInTo(at(2, 0))).toBe(1)
  })
})
