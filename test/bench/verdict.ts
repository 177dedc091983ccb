import type { Arrangement, CustomersSpec } from '../support/customers'
import { arrangements, strictChecks, watchNaively, type Watched, watchVersion } from '../support/verdicts'
import { figure, rounded, say } from './report'
import { percentile } from './statistics'

/** Versions of each kind, at each rate, in each arrangement. */
const versions = Number(process.env['VERDICT_VERSIONS'] ?? 500)
const rates = [1, 10, 50, 200, 1_000]
/** Nobody looked at the traffic of these seeds while thresholds were chosen. */
const firstSeed = 123_456_789

const bad: Readonly<
  Record<string, { readonly rate: number } & Pick<CustomersSpec, 'moreErrors' | 'slower'>>
> = {
  '5 % of errors at 50 a second': { rate: 50, moreErrors: 0.05 },
  '1 % of errors at 1,000 a second': { rate: 1_000, moreErrors: 0.01 },
  'half as slow again at 1,000 a second': { rate: 1_000, slower: 1.5 },
}

type Watch = (spec: CustomersSpec) => Watched

const watchAll = (
  watch: Watch,
  arrangement: Arrangement,
  spec: Omit<CustomersSpec, 'seed' | 'arrangement'>,
) =>
  Array.from({ length: versions }, (_, at) =>
    watch({ seed: firstSeed + at * 104_729 + spec.requestsPerSecond * 31, arrangement, ...spec }),
  )

const share = (watched: readonly Watched[], verdict: Watched['verdict']): number =>
  watched.filter((one) => one.verdict === verdict).length / watched.length

/**
 * `verdict.false_alarm`: the share of good versions that are called bad, through bursts, a daily curve and a fleet that
 * scales meanwhile. `verdict.minutes_to_catch`: how long after the first data point bad ones are. Beside each, what a
 * fixed threshold makes of the same traffic.
 */
export const verdict = async (): Promise<void> => {
  say(`verdict: ${versions} versions of each kind`)
  for (const [name, watch] of [
    ['verdict.false_alarm', watchVersion],
    ['verdict.false_alarm.naive', watchNaively],
  ] as const) {
    const of: Record<string, Record<string, { readonly bad: number; readonly unsure: number }>> = {}
    const all: Watched[] = []
    for (const [kind, arrangement] of Object.entries(arrangements)) {
      of[kind] = {}
      for (const requestsPerSecond of rates) {
        const watched = watchAll(watch, arrangement, { requestsPerSecond })
        all.push(...watched)
        of[kind][`${requestsPerSecond}/s`] = {
          bad: rounded(share(watched, 'bad')),
          unsure: rounded(share(watched, 'unsure')),
        }
      }
    }
    figure({ name, value: share(all, 'bad'), unit: 'ratio', versions: all.length, checks: strictChecks, of })
  }
  for (const [name, watch] of [
    ['verdict.minutes_to_catch', watchVersion],
    ['verdict.minutes_to_catch.naive', watchNaively],
  ] as const) {
    const each = Object.entries(bad).flatMap(([kind, { rate, ...worse }]) =>
      Object.entries(arrangements).map(([how, arrangement]) => {
        const watched = watchAll(watch, arrangement, { requestsPerSecond: rate, ...worse })
        const caught = watched.filter((one) => one.verdict === 'bad')
        // The first data point comes with the first minute.
        const after = caught.map(({ minutes }) => minutes - 1)
        return {
          kind,
          how,
          caught: rounded(caught.length / watched.length),
          passed: rounded(share(watched, 'good')),
          within_3: rounded(after.filter((minutes) => minutes <= 3).length / watched.length),
          p50: percentile(after, 0.5),
          p95: percentile(after, 0.95),
        }
      }),
    )
    const value = Math.max(...each.map(({ p50 }) => p50))
    figure({ name, value, unit: 'minutes', versions: each.length * versions, each })
  }
}
