import type { Aws } from '../../src/sandbox/aws'
import { seeded } from '../support/seeded'
import { covered } from './critical-path'

/** A live event: on which day, counted from the first, when, how long and how large. */
export interface Evening {
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly hours: number
  readonly desired: number
}

/** What became of an event; instants in simulated milliseconds. */
export interface Gone {
  readonly start: number
  /** When its action was due. */
  readonly dueAt: number
  readonly healthyAt: number
  /** When whoever followed it saw that all were healthy. */
  readonly knownAt: number
  /** How long AWS was at work on it since it was due. */
  readonly critical: number
  /** What the time between the action and the start rests on. */
  readonly leadFrom: string
}

/** The group of the seed fleet that goes out, and where its instances are healthy. */
export const group = 'Web-ASG'
const targets = 'Web-TG'
/** No event is larger. */
export const most = 12

/** One event a day, from the next day on, at any minute between 10:00 and 21:00. */
export const evenings = (seed: number, count: number): readonly Evening[] => {
  const random = seeded(seed)
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  return Array.from({ length: count }, (_, day) => ({
    day: day + 1,
    hour: between(10, 20),
    minute: between(0, 59),
    hours: between(1, 3),
    desired: between(3, most),
  }))
}

/** Watches for the instants at which so many targets are healthy for the first time since it was asked. */
export const watchHealth = (aws: Aws, now: () => number) => {
  let wanted = Number.POSITIVE_INFINITY
  let at = Number.NaN
  aws.onChange(() => {
    if (aws.healthyTargets(targets) < wanted) return
    at = now()
    wanted = Number.POSITIVE_INFINITY
  })
  return {
    expect: (count: number) => {
      wanted = count
      at = Number.NaN
    },
    healthyAt: () => at,
  }
}

/** AWS's lateness, the group's reaction, and boot and first check of what was launched: each instant once. */
export const criticalTime = (aws: Aws, from: number, to: number): number => {
  const within = aws.timeline().filter((one) => one.to > from && one.from < to)
  const fresh = new Set(within.flatMap(({ kind, id }) => (kind === 'boot' ? [id] : [])))
  const spans = within.filter(
    ({ kind, id }) =>
      ((kind === 'scheduled' || kind === 'reaction') && id === group) ||
      ((kind === 'boot' || kind === 'health') && fresh.has(id)),
  )
  return covered(spans.map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) })))
}
