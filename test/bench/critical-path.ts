import type { TimelineEntry } from '../../src/sandbox/aws/engine/simulation'
import { sum } from './statistics'

/** From `from` to `to`, in milliseconds of simulated time. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What the simulator's timeline is asked for: one deploy of one group. */
export interface Deploy extends Span {
  readonly group: string
  readonly strategy: 'refresh' | 'replace' | 'surge'
  /** Instances that belong or belonged to the group. */
  readonly instances: ReadonlySet<string>
  /** Images and refreshes that the deploy itself asked for. */
  readonly made: ReadonlySet<string>
  /** How long the new fleet is watched, in milliseconds. */
  readonly bake: number
}

/** How long these spans cover, each instant counted once. */
export const covered = (spans: readonly Span[]): number => {
  const merged: { from: number; to: number }[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return sum(merged.map(({ from, to }) => to - from))
}

/**
 * When AWS was at work on something that this deploy had to wait for (docs/bench.md): the bake of its image; with
 * `refresh` the whole refresh; else the group's reactions to what it was asked, and the boots and first health checks
 * of the instances that it launched, then the time for which the healthy fleet is watched. Draining and the end of
 * old instances are nothing that any of the strategies waits for.
 */
export const waitedFor = (timeline: readonly TimelineEntry[], deploy: Deploy): readonly Span[] => {
  const within = timeline.filter(({ from, to }) => from < deploy.to && to > deploy.from)
  const launched = within.filter(({ kind, id }) => kind === 'boot' && deploy.instances.has(id))
  const fresh = new Set(launched.map(({ id }) => id))
  const fleet = within.filter(({ kind, id }) => {
    if (deploy.strategy === 'refresh') return kind === 'refresh' && deploy.made.has(id)
    return (
      (kind === 'reaction' && id === deploy.group) ||
      ((kind === 'boot' || kind === 'health') && fresh.has(id))
    )
  })
  const healthy = fleet.filter(({ kind }) => kind === 'health').map(({ to }) => to)
  const watched = Math.max(...healthy)
  return [
    ...within.filter(({ kind, id }) => kind === 'image' && deploy.made.has(id)),
    ...fleet,
    ...(healthy.length > 0 ? [{ from: watched, to: watched + deploy.bake }] : []),
  ].map(({ from, to }) => ({ from: Math.max(from, deploy.from), to: Math.min(to, deploy.to) }))
}
