import { chaosFaults, injectAwsFaults, seedsOf } from '../support/chaos'
import { confirmPlans } from '../support/confirm-plans'
import { owned } from '../support/fleet-runs'
import { newOperation } from '../support/operations'
import { sandboxService } from '../support/sandbox-service'
import { seeded } from '../support/seeded'
import { catalogueOf, type Simulation, simulate } from '../support/simulation'

/*
 * A fleet that is built and taken down under many faults at once, drawn by a seed. `SEED=17 npx jest chaos-provision`
 * repeats one.
 */
const seeds = seedsOf('provision', 8)

/** What AWS has of each kind, whoever's. */
const all = ({ aws: { world } }: Simulation): string =>
  [
    world.securityGroups,
    world.loadBalancers,
    world.targetGroups,
    world.listeners,
    world.templates,
    world.groups,
  ]
    .map(({ size }) => size)
    .join(' ')

const runSeed = async (seed: number): Promise<readonly string[]> => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const faultRate = random() * 0.06
  const broken = random() < 0.25
  const service = sandboxService('lab', { gate: { bake: 0, timeout: 20 * 60_000 } })
  let before = ''
  const simulation = simulate({
    catalogue: catalogueOf(service),
    seed,
    meanwhile: confirmPlans,
    inject: () => (random() < faultRate ? pick(chaosFaults) : undefined),
    prepare: (aws) => {
      if (broken) aws.setFault({ kind: 'never-healthy', image: 'Web Server v1' })
      injectAwsFaults(aws, random)
    },
  })
  before = all(simulation)
  const wrong: string[] = []
  const expected = async (procedure: 'provision' | 'teardown', kind: string, left: number) => {
    const id = procedure === 'provision' ? 'lab-aaaaa' : 'lab-aaaab'
    await simulation.start({ ...newOperation(id, 'lab'), request: { procedure, service: 'lab' } })
    await simulation.untilEnded()
    const { ending } = await simulation.operation(id)
    const has = await owned(simulation, 'lab')
    if (ending?.kind !== kind) wrong.push(`another ending: ${JSON.stringify(ending)}`)
    if (has.length !== left) wrong.push(`it owns ${has.join(', ')}`)
    if (left === 0 && all(simulation) !== before)
      wrong.push(`there were ${before}, there are ${all(simulation)}`)
  }
  if (broken) await expected('provision', 'rolled back', 0)
  else {
    await expected('provision', 'succeeded', 7)
    await expected('teardown', 'succeeded', 0)
  }
  return wrong.map((one) => `SEED=${seed}${broken ? ' (broken image)' : ''}: ${one}`)
}

test(`${seeds.length} fleets are built and taken down under many faults, and nothing is left`, async () => {
  const wrong: string[] = []
  for (const seed of seeds)
    wrong.push(...(await runSeed(seed).catch((error: unknown) => [`SEED=${seed}: ${String(error)}`])))
  expect(wrong).toEqual([])
}, 900_000)
