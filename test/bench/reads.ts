import { readFileSync } from 'node:fs'
import type { Aws } from '../../src/sandbox/aws'
import type { CallRecord } from '../../src/sandbox/protocol'
import { typeDeploy } from './commands'
import { type BenchService, fleetOf, serviceList } from './fleet'
import { NaiveScript } from './naive'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { until } from './until'

/** Operations that wait at once, and at which speed: the more there are, the slower, so that all keep up. */
const crowds = [
  { count: 1, speed: 20 },
  { count: 10, speed: 15 },
  { count: 100, speed: 4 },
] as const
/** Simulated milliseconds for which calls are counted: inside the boot, health checks and warm-up of a refresh. */
const counted = 300_000
/** Real milliseconds until all wait. */
const patience = 180_000

/**
 * `reads_per_minute.<n>` and `reads_per_minute.naive.<n>`: calls that read AWS, a simulated minute, while n deploys
 * wait for their instance refreshes; and `worker_rss_mb` while the most of them do.
 */
export const reads = async (): Promise<void> => {
  for (const { count, speed } of crowds) {
    say(`reads: ${count} waiting at once, at speed ${speed}`)
    const services = serviceList(count, { prefix: 'wait', strategy: 'refresh', baked: true, channels: 20 })
    await onStage({ fleet: fleetOf(services), speed }, async (stage) => {
      const over = { yet: false }
      const [ours, naive] = await Promise.all([
        oursWaiting(stage, services),
        naiveWaiting(stage, services, over).finally(() => void (over.yet = true)),
      ])
      print(`reads_per_minute.${count}`, ours, speed)
      print(`reads_per_minute.naive.${count}`, naive, speed)
    })
  }
}

const print = (name: string, calls: readonly CallRecord[], speed: number): void => {
  const minutes = counted / 60_000
  const by: { [action: string]: number } = {}
  for (const { action } of calls) by[action] = (by[action] ?? 0) + 1
  const by_action = Object.fromEntries(
    Object.entries(by).map(([action, n]) => [action, rounded(n / minutes)]),
  )
  figure({
    name,
    value: calls.length / minutes,
    unit: 'calls/min',
    by_action,
    simulated_minutes: minutes,
    speed,
  })
}

/** Starts a deploy of each and counts while all wait for their refreshes. */
const oursWaiting = async (
  stage: Stage,
  services: readonly BenchService[],
): Promise<readonly CallRecord[]> => {
  const idle = residentMb(stage.pidOf('worker'))
  await Promise.all(services.map((service) => typeDeploy(stage, service)))
  await allRefreshing(stage.aws, services)
  const asked = services.map(({ name }) => stage.aws.world.groups.get(name)?.refreshes[0]?.askedAt ?? 0)
  say(`all wait; the first for ${rounded((stage.clock.now() - Math.min(...asked)) / 1000)} simulated seconds`)
  const calls = await countedFrom(stage, stage.aws)
  const waiting = (await stage.store.journal.unfinished()).length
  if (waiting < services.length) throw new Error(`only ${waiting} of ${services.length} still waited`)
  if (services.length === crowds.at(-1)?.count) {
    const value = residentMb(stage.pidOf('worker'))
    figure({ name: 'worker_rss_mb', value, unit: 'MB', idle: rounded(idle), waiting })
  }
  return calls
}

/** The same refreshes, each with a loop of its own that looks every 15 seconds. */
const naiveWaiting = async (
  stage: Stage,
  services: readonly BenchService[],
  over: { readonly yet: boolean },
): Promise<readonly CallRecord[]> => {
  const script = new NaiveScript(stage.naive.url, stage.clock)
  await Promise.all(services.map(({ name }) => script.startRefresh(name)))
  const loops = services.map(async ({ name }) => {
    await script.every(async () => {
      if (!over.yet) await script.lookAtRefresh(name)
      return over.yet
    })
  })
  const calls = await countedFrom(stage, stage.naive.aws)
  // What the loops still do is no longer counted; they end at their next look.
  void Promise.allSettled(loops)
  return calls
}

const allRefreshing = (aws: Aws, services: readonly BenchService[]): Promise<true> =>
  until('all refreshes', patience, () =>
    services.every(({ name }) => (aws.world.groups.get(name)?.refreshes.length ?? 0) > 0) ? true : undefined,
  )

/** The reads that are made within the counted span from now on. */
const countedFrom = async ({ clock }: Stage, aws: Aws): Promise<readonly CallRecord[]> => {
  const from = clock.now()
  await new Promise<void>((resolve) => clock.at(from + counted, resolve))
  return aws.calls().filter(({ time, mutating }) => !mutating && time > from && time <= from + counted)
}

/** What the process holds of the machine's memory, as Linux tells it. */
const residentMb = (pid: number): number => {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}
