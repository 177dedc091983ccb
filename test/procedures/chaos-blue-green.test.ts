import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import { catalogueOf, type Simulation, simulate } from '../support/simulation'
import { seeded } from '../support/seeded'
import {
  runToEnd,
  call,
  colorOf,
  deployShop,
  finishShop,
  rollBackShop,
  scheduleOn,
  shopService,
  swapShop,
} from '../support/shop'
import { invariants, seedsOf, injectAwsFaults, chaosFaults } from '../support/chaos'

/*
 * Two colors under faults drawn by a seed, and people and AWS itself who change things in the middle.
 * `SEED=17 npx jest chaos-blue-green` repeats one.
 */
const seeds = seedsOf('blue-green', 60)

/** What others may do at any moment without taking capacity away below what the service must have. */
const meddling = (random: () => number): ((simulation: Simulation) => Promise<void>) => {
  const colors = ['shop-blue', 'shop-green']
  let left = Math.floor(random() * 4)
  const acts: readonly ((simulation: Simulation, group: string) => Promise<unknown>)[] = [
    // A scale-out of the color that serves.
    ({ aws, account }, group) => {
      const { desired = 0, max = 0 } = aws.world.groups.get(group) ?? {}
      return desired === 0 || desired + 2 > max
        ? Promise.resolve()
        : account.groups.setDesired(group, desired + 2)
    },
    // A scheduled action that falls due soon. What is put onto the color that leaves in its last steps is a person's.
    async ({ aws, clock, store }, group) => {
      const { desired = 0 } = aws.world.groups.get(group) ?? {}
      const at = clock.now() + Math.ceil(random() * 4) * minute
      const working = await Promise.all((await store.journal.unfinished()).map(store.journal.read))
      return desired === 0 || working.some((one) => one?.phase === 'finishing')
        ? undefined
        : scheduleOn(aws, group, { name: `soon-${left}`, at, desired: 5 })
    },
    // An instance that dies.
    async ({ aws }, group) => {
      const members = [...(aws.world.groups.get(group)?.members.values() ?? [])]
      const serving = members.filter(({ lifecycle }) => lifecycle === 'InService')
      if (aws.healthyTargets('shop-TG') < 4 || !serving[0]) return
      const input = {
        InstanceId: serving[0].id,
        HealthStatus: 'Unhealthy',
        ShouldRespectGracePeriod: 'false',
      }
      await call(aws, 'SetInstanceHealth', input)
    },
    // A minimum that somebody raises again.
    ({ aws, account }, group) => {
      const { desired = 0, min = 0 } = aws.world.groups.get(group) ?? {}
      return min < 2 && desired >= 2 ? account.groups.update(group, { min: 2 }) : Promise.resolve()
    },
  ]
  return async (simulation) => {
    if (left === 0 || random() > 0.04) return
    left -= 1
    const act = acts[Math.floor(random() * acts.length)]
    const group = colors[Math.floor(random() * colors.length)] ?? ''
    // AWS may refuse a person too.
    await act?.(simulation, group).catch(() => {})
  }
}

/** One run under the faults of a seed. Gives what was wrong, in words. */
const runSeed = async (seed: number): Promise<readonly string[]> => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const faultRate = random() * 0.04
  const broken = random() < 0.2
  const meddle = meddling(random)
  const simulation = simulate({
    catalogue: catalogueOf(shopService({ gate: { bake: 30_000, timeout: 15 * minute } })),
    seed,
    // One may die, and one more be on its way; the service itself must have two.
    guard: { targetGroup: 'shop-TG', minimum: 2 },
    inject: () => (random() < faultRate ? pick(chaosFaults) : undefined),
    meanwhile: meddle,
    prepare: (aws) => {
      if (broken) aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
      injectAwsFaults(aws, random)
    },
  })
  const first = await runToEnd(simulation, pick([deployShop(), deployShop(), swapShop]))
  const wrong = [...judge(simulation, first, broken ? ['rolled back'] : ['succeeded'])]
  if (first.ending?.kind === 'succeeded') {
    const second = await runToEnd(simulation, pick([rollBackShop, rollBackShop, finishShop]))
    // A finish is refused while an instance is missing.
    const may = second.request.procedure === 'finish' ? ['succeeded', 'refused'] : ['succeeded']
    wrong.push(...judge(simulation, second, may))
  }
  return wrong.map((what) => `SEED=${seed}${broken ? ' (broken)' : ''}: ${what}`)
}

const judge = (simulation: Simulation, operation: Operation, may: readonly string[]): readonly string[] => {
  const { wrong, rule } = invariants(simulation, operation, may)
  const colors = [colorOf(simulation, 'shop-blue'), colorOf(simulation, 'shop-green')]
  const [live, ...others] = colors.toSorted((a, b) => b.desired - a.desired)
  const idle = others[0]
  rule((live?.desired ?? 0) >= 4, `the live color wants ${live?.desired}`)
  rule(idle?.desired === 0 && idle.min === 0, `the idle color wants ${idle?.desired}, min ${idle?.min}`)
  rule(live?.policies.join() === 'cpu-50', `policies of the live color: ${live?.policies.join()}`)
  rule(
    idle?.policies.length === 0 && idle.actions.length === 0,
    `left on the idle color: ${JSON.stringify(idle)}`,
  )
  for (const color of colors) rule(color.suspended.length === 0, `still suspended: ${color.suspended.join()}`)
  const staying = Object.keys(idle?.states ?? {}).filter(
    (state) => !/^(Terminating|Standby|EnteringStandby)/.test(state),
  )
  rule(staying.length === 0, `in the idle color: ${staying.join()}`)
  return wrong
}

test(`${seeds.length} swaps under many faults end as they should, whatever others do, and hurt nobody`, async () => {
  const wrong: string[] = []
  for (const seed of seeds)
    wrong.push(...(await runSeed(seed).catch((error: unknown) => [`SEED=${seed}: ${String(error)}`])))
  expect(wrong).toEqual([])
}, 900_000)
