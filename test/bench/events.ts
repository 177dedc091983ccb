import { figure, rounded, say } from './report'
import { byHand } from './events-naive'
import { type Evening, type Gone, evenings } from './evening'
import { scheduled } from './events-ours'
import { median, sum } from './statistics'

/** So many worlds, each of a seed of its own, with so many events one after the other. */
const worlds = 10
const each = 10

/**
 * `events.on_time` and `events.scheduled_to_healthy`, and the same of the naive way: whether all are healthy when an
 * event begins, and how long it took from the instant for which the way out was scheduled until somebody knew it.
 */
export const events = async (): Promise<void> => {
  say(`events: ${worlds * each} events in ${worlds} worlds, and as many whose way out is at their start`)
  const ours: Gone[] = []
  const naive: Gone[] = []
  for (let seed = 1; seed <= worlds; seed += 1) {
    const all: readonly Evening[] = evenings(seed, each)
    ours.push(...(await scheduled(seed, all)))
    naive.push(...(await byHand(seed, all)))
  }
  print('events', ours)
  print('events.naive', naive)
}

const print = (prefix: string, all: readonly Gone[]): void => {
  const spare = all.map(({ start, healthyAt }) => (start - healthyAt) / 1000)
  figure({
    name: `${prefix}.on_time`,
    value: spare.filter((seconds) => seconds >= 0).length,
    unit: 'events',
    seeded: all.length,
    spare_seconds: { least: rounded(Math.min(...spare)), median: rounded(median(spare)) },
    lead: counted(all.map(({ leadFrom }) => leadFrom)),
    lead_minutes: rounded(median(all.map(({ start, dueAt }) => (start - dueAt) / 60_000))),
  })
  const took = sum(all.map(({ dueAt, knownAt }) => knownAt - dueAt))
  const critical = sum(all.map((one) => one.critical))
  figure({
    name: `${prefix}.scheduled_to_healthy`,
    value: took / critical,
    unit: 'ratio',
    seconds: rounded(took / all.length / 1000),
    critical_seconds: rounded(critical / all.length / 1000),
  })
}

const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
