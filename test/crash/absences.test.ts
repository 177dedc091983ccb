import { chosen, extentOfLong, sampleSeed } from '../support/sample'
import { type Absence, absent, attended } from './absences'
import { scenarios } from './scenarios'

/* Time in which nobody looked counts against nobody: each wait of every procedure, with nobody there for five hours. */

const oneIn = 6
const nameOf = ({ who, key }: Absence): string => `${who} is away in ${key}`
const all = Object.values(scenarios)
  .flat()
  .filter(({ changesWithTime }) => changesWithTime === undefined)
let [run, known] = [0, 0]

describe.each(all.map((scenario) => [scenario.name, scenario] as const))('%s', (suite, scenario) => {
  it(`comes to the same ending though ${absent.join(' or ')} is away in the middle of a wait`, async () => {
    const { broken, absences, attempt } = await attended(scenario)
    expect(broken).toEqual([])
    const names = chosen({ extent: extentOfLong, seed: sampleSeed, suite, oneIn }, absences.map(nameOf))
    const failures: string[] = []
    for (const absence of absences) {
      if (!names.has(nameOf(absence))) continue
      const wrong = await attempt(absence)
      if (wrong.length > 0) failures.push(`${nameOf(absence)}: ${wrong.join('; ')}`)
    }
    known += absences.length
    run += names.size
    expect(failures).toEqual([])
  }, 300_000)
})

afterAll(() => {
  process.stderr.write(`absences: ${run} of ${known} waits left alone (${extentOfLong})\n`)
})
