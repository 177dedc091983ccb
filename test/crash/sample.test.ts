import { chosen, extentOf, sampledOneIn } from './sample'

const names = Array.from({ length: 2_000 }, (_, index) => `fail at call ${index}`)

describe('a sample of the crash suite', () => {
  it('is about so many as it says, others for another commit and the same for the same one', () => {
    const [first, again, other] = ['aaa', 'aaa', 'bbb'].map((seed) =>
      chosen('sample', seed, 'rollback', names),
    )
    expect(first?.size).toBeGreaterThan((names.length / sampledOneIn) * 0.8)
    expect(first?.size).toBeLessThan((names.length / sampledOneIn) * 1.2)
    expect(again).toEqual(first)
    const both = names.filter((name) => first?.has(name) && other?.has(name))
    expect(both.length).toBeLessThan((first?.size ?? 0) / 2)
  })

  it('and the rest of it are everything, and nothing twice', () => {
    const [sample, rest] = (['sample', 'rest'] as const).map((extent) =>
      chosen(extent, 'aaa', 'rollback', names),
    )
    expect([...(sample ?? []), ...(rest ?? [])].toSorted()).toEqual(names.toSorted())
    expect(chosen('all', 'aaa', 'rollback', names)).toEqual(new Set(names))
  })

  it('has at least one of the few that there are', () => {
    expect(chosen('sample', 'aaa', 'rollback', ['fail at call 1', 'fail at call 2']).size).toBeGreaterThan(0)
  })

  it('draws each by itself: more calls of a procedure do not change which others are tried', () => {
    const few = chosen('sample', 'aaa', 'rollback', names.slice(0, 1_000))
    const all = chosen('sample', 'aaa', 'rollback', names)
    expect([...few]).toEqual(names.slice(0, 1_000).filter((name) => all.has(name)))
  })
})

it('what is to be run is named, and a typo is not taken for everything or nothing', () => {
  expect(extentOf(undefined)).toBe('sample')
  expect(() => extentOf('every')).toThrow('CRASH_CASES is sample, rest or all, not "every"')
})
