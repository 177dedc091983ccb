import type { Strategy } from '../../src/domain/catalogue/strategy'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { seeded } from '../support/seeded'
import { seedsOf, injectAwsFaults, chaosFaults } from '../support/chaos'
import { servesVersion } from '../support/serves-version'

/*
 * Deploys under many faults at once, drawn by a seed. `SEED=17 npx jest chaos.test` repeats one.
 */
const seeds = seedsOf('deploys', 120)

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

/** One run under the faults of a seed. Gives what was wrong, in words. */
const runSeed = async (seed: number): Promise<readonly string[]> => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const strategy = pick(strategies)
  const faultRate = random() * 0.06
  const broken = random() < 0.25
  const simulation = simulate({
    catalogue: catalogueOf(webService()),
    seed,
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    inject: () => (random() < faultRate ? pick(chaosFaults) : undefined),
    prepare: (aws) => {
      if (broken) aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      injectAwsFaults(aws, random)
    },
  })
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await simulation.start({ ...newOperation('web-aaaaa'), request })
  await simulation.untilEnded()
  const { ending } = await simulation.operation(id)
  return judge(simulation, ending?.kind, broken).map(
    (wrong) =>
      `SEED=${seed} (${strategy}${broken ? ', broken image' : ''}): ${wrong}: ${JSON.stringify(ending)}`,
  )
}

const judge = (simulation: Simulation, ending: string | undefined, broken: boolean): readonly string[] => {
  const wrong: string[] = []
  const [violation] = simulation.violations
  if (violation) wrong.push(`only ${violation.healthy} healthy at ${violation.at}`)
  if (ending !== (broken ? 'rolled back' : 'succeeded')) wrong.push('another ending')
  if (ending === 'succeeded') {
    try {
      servesVersion(2)(simulation)
    } catch (error) {
      wrong.push(String(error).slice(0, 300))
    }
  }
  return wrong
}

test(`${seeds.length} deploys under many faults end as they should and hurt nobody`, async () => {
  const wrong: string[] = []
  for (const seed of seeds)
    wrong.push(...(await runSeed(seed).catch((error: unknown) => [`SEED=${seed}: ${String(error)}`])))
  expect(wrong).toEqual([])
}, 900_000)
