import { readdirSync } from 'node:fs'
import { proceduresWithoutScenario, scenarios } from './scenarios'

describe('the crash suite', () => {
  it('has a scenario for every procedure', () => {
    expect(proceduresWithoutScenario()).toEqual([])
  })

  it('has one name for one scenario', () => {
    const names = Object.values(scenarios).flatMap((some) => some.map(({ name }) => name))
    expect(names).toEqual([...new Set(names)])
  })

  it.each(Object.keys(scenarios))('runs the scenarios of %s in a test file of that name', (topic) => {
    expect(readdirSync(__dirname)).toContain(`${topic}.test.ts`)
  })
})
