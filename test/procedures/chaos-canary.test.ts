import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import type { Aws } from '../../src/sandbox/aws'
import { deployPay, finishPay, payGuard, simulatePay, rollBackPay, swapPay, weightsOf } from '../support/pay'
import type { Simulation } from '../support/simulation'
import { seeded } from '../support/seeded'
import { call, runToEnd, colorOf, scheduleOn } from '../support/shop'
import { invariants, seedsOf, injectAwsFaults, chaosFaults } from '../support/chaos'

/*
 * Shifts by weight under faults drawn by a seed, and people and AWS itself who change things in the middle.
 * `SEED=17 npx jest chaos-canary` repeats one.
 */
const seeds = seedsOf('canary', 24)
const colors = ['pay-blue', 'pay-green'] as const

const serves = (aws: Aws, group: string): boolean => (weightsOf(aws)[0]?.[`${group}-TG`] ?? 0) > 0

/** What others may do at any moment without taking capacity away below what the service must have. */
const meddling = (random: () => number): ((simulation: Simulation) => Promise<void>) => {
  let left = Math.floor(random() * 4)
  const acts: readonly ((simulation: Simulation, group: string) => Promise<unknown>)[] = [
    // A scale-out of a color that serves.
    async ({ aws, account }, group) => {
      const { desired = 0, max = 0 } = aws.world.groups.get(group) ?? {}
      if (serves(aws, group) && desired < max) await account.groups.setDesired(group, desired + 1)
    },
    // A scheduled action that falls due soon.
    async ({ aws, clock }, group) => {
      const at = clock.now() + Math.ceil(random() * 4) * minute
      if (serves(aws, group)) await scheduleOn(aws, group, { name: `soon-${left}`, at, desired: 3 })
    },
    // An instance that dies, where another one is there.
    async ({ aws }, group) => {
      const members = [...(aws.world.groups.get(group)?.members.values() ?? [])]
      const [first] = members.filter(({ lifecycle }) => lifecycle === 'InService')
      if (aws.healthyTargets(`${group}-TG`) < 2 || !first) return
      const input = { InstanceId: first.id, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: 'false' }
      await call(aws, 'SetInstanceHealth', input)
    },
  ]
  return async (simulation) => {
    if (left === 0 || random() > 0.04) return
    left -= 1
    const act = acts[Math.floor(random() * acts.length)]
    const group = colors[Math.floor(random() * colors.length)] ?? 'pay-blue'
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
  const simulation = simulatePay({
    service: { gate: { bake: 15_000, timeout: 15 * minute } },
    seed,
    guard: payGuard(1),
    inject: () => (random() < faultRate ? pick(chaosFaults) : undefined),
    meanwhile: meddling(random),
    prepare: (aws) => {
      if (broken) aws.setFault({ kind: 'never-healthy', group: 'pay-green' })
      injectAwsFaults(aws, random)
    },
  })
  const first = await runToEnd(simulation, pick([deployPay([20, 100]), deployPay([50, 100]), swapPay([100])]))
  // One that dies while traffic is shifted to few may be the last that served: then it goes back.
  const wrong = [...judge(simulation, first, broken ? ['rolled back'] : ['succeeded', 'rolled back'])]
  if (first.ending?.kind === 'succeeded') {
    const second = await runToEnd(simulation, pick([rollBackPay, rollBackPay, finishPay]))
    // A finish is refused while an instance is missing.
    const may = second.request.procedure === 'finish' ? ['succeeded', 'refused'] : ['succeeded']
    wrong.push(...judge(simulation, second, may))
  }
  return wrong.map((what) => `SEED=${seed}${broken ? ' (broken)' : ''}: ${what}`)
}

const judge = (simulation: Simulation, operation: Operation, may: readonly string[]): readonly string[] => {
  const { wrong, rule } = invariants(simulation, operation, may)
  const [weights = {}] = weightsOf(simulation.aws)
  const [blue, green] = [weights['pay-blue-TG'] ?? 0, weights['pay-green-TG'] ?? 0]
  rule(blue === 0 || green === 0, `the traffic is split: ${JSON.stringify(weights)}`)
  const [live, idle] = [...(blue > 0 ? colors : colors.toReversed())].map((name) => colorOf(simulation, name))
  rule((live?.desired ?? 0) >= 2, `the live color wants ${live?.desired}`)
  rule(live?.policies.join() === 'cpu-50', `policies of the live color: ${live?.policies.join()}`)
  rule(
    idle?.policies.length === 0 && idle.actions.length === 0,
    `left on the idle color: ${JSON.stringify(idle)}`,
  )
  for (const color of [live, idle])
    rule(color?.suspended.length === 0, `still suspended: ${color?.suspended.join()}`)
  const kept = simulation.store.nextAppointment() !== undefined
  rule(kept === (idle?.desired ?? 0) > 0, `the idle color wants ${idle?.desired}, its window ${kept}`)
  return wrong
}

test(`${seeds.length} shifts under many faults end as they should, whatever others do, and hurt nobody`, async () => {
  const wrong: string[] = []
  for (const seed of seeds)
    wrong.push(...(await runSeed(seed).catch((error: unknown) => [`SEED=${seed}: ${String(error)}`])))
  expect(wrong).toEqual([])
}, 900_000)
