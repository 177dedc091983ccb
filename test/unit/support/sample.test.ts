import { chosen, type Extent, extentOf } from '../../support/sample'

const names = Array.from({ length: 2_000 }, (_, index) => `fail at call ${index}`)
const draw = (extent: Extent, seed: string, some = names) =>
  chosen({ extent, seed, suite: 'rollback', oneIn: 10 }, some)

describe('a sample', () => {
  it('is about so many as it says, others for another commit and the same for the same one', () => {
    const [first, again, other] = [draw('sample', 'aaa'), draw('sample', 'aaa'), draw('sample', 'bbb')]
    expect(first.size).toBeGreaterThan(150)
    expect(first.size).toBeLessThan(250)
    expect(again).toEqual(first)
    const both = names.filter((name) => first.has(name) && other.has(name))
    expect(both.length).toBeLessThan(first.size / 2)
  })

  it('is of what a whole run has, which is everything', () => {
    const all = draw('all', 'aaa')
    expect(all).toEqual(new Set(names))
    expect([...draw('sample', 'aaa')].every((name) => all.has(name))).toBe(true)
  })

  it('of a sixth has more, and all that the smaller one has', () => {
    const sixth = draw('sixth', 'aaa')
    expect(sixth.size).toBeGreaterThan(280)
    expect(sixth.size).toBeLessThan(390)
    expect([...draw('sample', 'aaa')].every((name) => sixth.has(name))).toBe(true)
  })

  it('has at least one of the few that there are', () => {
    for (const seed of ['aaa', 'bbb', 'ccc', 'ddd'])
      expect(draw('sample', seed, ['fail at call 1', 'fail at call 2']).size).toBeGreaterThan(0)
  })

  it('draws each by itself: more calls of a procedure do not change which others are tried', () => {
    const few = names.slice(0, 1_000)
    const all = draw('sample', 'aaa')
    expect([...draw('sample', 'aaa', few)]).toEqual(few.filter((name) => all.has(name)))
  })
})

it('what is to be run is named, and a typo is not taken for everything or nothing', () => {
  expect(extentOf(undefined)).toBe('sample')
  expect(() => extentOf('every')).toThrow('FAULT_CASES is sample, sixth or all, not "every"')
})
