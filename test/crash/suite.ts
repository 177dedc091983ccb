import { callFaults } from '../support/fault-injection'
import { chosen, extent, sampleSeed } from '../support/sample'
import { caseName, type Harness, harnessFor } from './harness'
import type { Scenario } from './scenario'

/** Of how many faults at calls a sample injects one. */
const oneIn = 12
const where = { sample: 'a sample of', sixth: 'a sixth of', all: 'each of' }[extent]

/** The crash harness for these scenarios: each is run again with each fault at its calls, and must end the same. */
export const crashSuite = (scenarios: readonly Scenario[]): void => {
  let [run, known] = [0, 0]
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (suite, scenario) => {
    let harness: Harness
    beforeAll(async () => {
      harness = await harnessFor(scenario)
    }, 120_000)

    it('ends as it should without any fault', () => {
      expect(harness.broken).toEqual([])
    })

    it.each(callFaults)(
      `comes to the same ending, once, with a %s at ${where} its calls`,
      async (fault) => {
        const cases = harness.cases.filter((one) => one.fault === fault)
        const names = chosen({ extent, seed: sampleSeed, suite, oneIn }, cases.map(caseName))
        const failures: string[] = []
        for (const one of cases) {
          if (!names.has(caseName(one))) continue
          const broken = await harness.attempt(one)
          if (broken.length > 0) failures.push(`${caseName(one)}: ${broken.join('; ')}`)
        }
        known += cases.length
        run += names.size
        expect(failures).toEqual([])
      },
      900_000,
    )
  })

  afterAll(() => {
    process.stderr.write(`crash suite: ${run} of ${known} faults injected (${extent})\n`)
  })
}
