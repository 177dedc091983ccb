import type { Strategy } from '../../src/domain/catalogue'
import { newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, rehearse, webService } from '../support/rehearsal'
import { seeded } from '../support/seeded'
import { seedsOf, storm, weatherCuts } from '../support/weather'
import { servesVersion } from './stories'

/*
 * Deploys in bad weather: many faults at once, drawn by a seed. `SEED=17 npx jest weather` tells one again.
 */
const seeds = seedsOf(120)

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

/** One story in the weather of a seed. Gives what was wrong, in words. */
const endure = async (seed: number): Promise<readonly string[]> => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const strategy = pick(strategies)
  const storminess = random() * 0.06
  const broken = random() < 0.25
  const rehearsal = rehearse({
    catalogue: catalogueOf(webService()),
    seed,
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    decide: () => (random() < storminess ? pick(weatherCuts) : undefined),
    prepare: (aws) => {
      if (broken) aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      storm(aws, random)
    },
  })
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await rehearsal.start({ ...newOperation('web-aaaaa'), request })
  await rehearsal.untilEnded()
  const { ending } = await rehearsal.operation(id)
  return judge(rehearsal, ending?.kind, broken).map(
    (wrong) =>
      `SEED=${seed} (${strategy}${broken ? ', broken image' : ''}): ${wrong}: ${JSON.stringify(ending)}`,
  )
}

const judge = (rehearsal: Rehearsal, ending: string | undefined, broken: boolean): readonly string[] => {
  const wrong: string[] = []
  const [violation] = rehearsal.violations
  if (violation) wrong.push(`only ${violation.healthy} healthy at ${violation.at}`)
  if (ending !== (broken ? 'rolled back' : 'succeeded')) wrong.push('another ending')
  if (ending === 'succeeded') {
    try {
      servesVersion(2)(rehearsal)
    } catch (error) {
      wrong.push(String(error).slice(0, 300))
    }
  }
  return wrong
}

test(`${seeds.length} deploys in bad weather end as they should and hurt nobody`, async () => {
  const wrong: string[] = []
  for (const seed of seeds)
    wrong.push(...(await endure(seed).catch((error: unknown) => [`SEED=${seed}: ${String(error)}`])))
  expect(wrong).toEqual([])
}, 900_000)
