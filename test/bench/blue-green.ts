import type { Aws } from '../../src/sandbox/aws'
import { type ColorsService, colorNames, fleetOfColors } from './blue-green-fleet'
import { click, type } from './commands'
import { covered } from './critical-path'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { sum } from './statistics'
import { until } from './until'

/** Slow, so that a busy machine's own time weighs little in the seconds of a warm rollback. */
const speed = 4
/** Services that are rolled back warm, and as many that are deployed again. */
const runs = 3
/** Between two clicks, in simulated milliseconds: long enough that the reads of one do not hold up the other's. */
const apart = 15_000
/** Longer than a group takes to react to the end of its last instance, in simulated milliseconds. */
const settling = 31_000
/** Real milliseconds after which something has surely gone wrong. */
const patience = 240_000

/** From a click or command until the old version served again with every instance; simulated milliseconds. */
interface Run {
  readonly took: number
  /** What of it AWS was at work on that. */
  readonly aws: number
}

/**
 * `warm_rollback_s` and `redeploy_s`: how long it takes until the old version serves again, by `Roll back now` within
 * the window and by a deploy after it, in one world; `warm_rollback.ratio` is the one over the other.
 */
export const colors = (): Promise<void> => {
  const warm = serviceList('warm')
  const cold = serviceList('cold')
  say(`colors: ${runs} warm rollbacks and as many redeploys, at speed ${speed}`)
  return onStage({ fleet: fleetOfColors([...warm, ...cold]), speed }, async (stage) => {
    await Promise.all(
      [...warm, ...cold].map((service) => carriedOut(stage, service, 1, `deploy ${service.name} v2`)),
    )
    const back = await Promise.all(
      warm.map(async (service, at) => {
        await passed(stage, at * apart)
        return rolledBack(stage, service)
      }),
    )
    const again = await Promise.all(cold.map((service) => deployedAgain(stage, service)))
    print('warm_rollback_s', back)
    print('redeploy_s', again)
    figure({
      name: 'warm_rollback.ratio',
      value: sum(back.map(({ took }) => took)) / sum(again.map(({ took }) => took)),
      unit: 'ratio',
    })
  })
}

const print = (name: string, all: readonly Run[]): void => {
  const mean = (of: (run: Run) => number) => sum(all.map(of)) / all.length / 1000
  figure({
    name,
    value: mean(({ took }) => took),
    unit: 's',
    aws_seconds: rounded(mean(({ aws }) => aws)),
    ours_seconds: rounded(mean(({ took, aws }) => took - aws)),
    each: all.map(({ took }) => rounded(took / 1000)),
    each_ours: all.map(({ took, aws }) => rounded((took - aws) / 1000)),
    speed,
  })
}

const serviceList = (prefix: string): ColorsService[] =>
  Array.from({ length: runs }, (_, at) => ({
    name: `${prefix}-${at + 1}`,
    channel: `C0BENCH${prefix.toUpperCase()}${at}`,
  }))

const passed = (stage: Stage, milliseconds: number): Promise<void> =>
  new Promise((resolve) => stage.clock.at(stage.clock.now() + milliseconds, resolve))

/** Clicks `Roll back now` after a deploy: until every instance of blue is healthy again. */
const rolledBack = async (stage: Stage, service: ColorsService): Promise<Run> => {
  const from = await until(`the window of ${service.name}`, patience, async () => {
    const at = stage.clock.now()
    return (await click(stage, service.channel, 'Roll back now')) && at
  })
  await ended(stage, service, 2)
  return measured(stage.aws, service, from)
}

/** Finishes a deploy, then deploys the old version: until every instance of blue is healthy. */
const deployedAgain = async (stage: Stage, service: ColorsService): Promise<Run> => {
  await carriedOut(stage, service, 2, `finish ${service.name}`)
  const { blue } = colorNames(service)
  await until(
    `the end of ${blue}`,
    patience,
    () => stage.aws.world.groups.get(blue)?.members.size === 0 || undefined,
  )
  await passed(stage, settling)
  const from = stage.clock.now()
  await carriedOut(stage, service, 3, `deploy ${service.name} v1`)
  return measured(stage.aws, service, from)
}

/** Types the `nth` command for this service, and waits for its end. */
const carriedOut = async (
  stage: Stage,
  service: ColorsService,
  nth: number,
  words: string,
): Promise<void> => {
  await type(stage, service.channel, words)
  await ended(stage, service, nth)
}

/** Waits for so many ended operations of a service. Throws unless the last of them succeeded. */
const ended = async (stage: Stage, service: ColorsService, count: number): Promise<void> => {
  const [last] = await until(`operation ${count} of ${service.name}`, patience, async () => {
    const all = await stage.store.journal.history(service.name, 10)
    return all.length >= count && all[0]?.ending ? all : undefined
  })
  if (last?.ending?.kind === 'succeeded') return
  throw new Error(`${service.name}: ${last?.ending?.kind}: ${JSON.stringify(last?.ending?.reason)}`)
}

/**
 * Out of the simulator's own account: from then until the last instance of blue passed its first health check, and
 * within that the time in which AWS was at work on it. Called back, an instance is registered and checked; deployed
 * again, the group reacts, launches and boots before.
 */
const measured = (aws: Aws, service: ColorsService, from: number): Run => {
  const { blue } = colorNames(service)
  const mine = new Set(
    [...aws.world.instances.values()]
      .filter(({ tags }) => tags.get('aws:autoscaling:groupName') === blue)
      .map(({ id }) => id),
  )
  const since = aws.timeline().filter((one) => one.to > from)
  const healthy = since.filter(({ kind, id }) => kind === 'health' && mine.has(id))
  const to = Math.max(...healthy.map((one) => one.to))
  const spans = [
    ...healthy,
    ...since.filter(({ kind, id }) => kind === 'boot' && mine.has(id)),
    ...since.filter(({ kind, id, ...one }) => kind === 'reaction' && id === blue && one.from < to),
  ].map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
  return { took: to - from, aws: covered(spans) }
}
