import type { Aws } from '../../src/sandbox/aws'
import { typeDeploy } from './commands'
import { covered, type Span, waitedFor } from './critical-path'
import { type BenchService, fleetOf, gateBake, imageName, nextVersion, serviceList } from './fleet'
import { NaiveScript } from './naive'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { sum } from './statistics'
import { until } from './until'

/** Slow enough that a busy machine's own time weighs little, fast enough that a deploy takes about a minute. */
const speed = 10
/** Deploys of each strategy, all at once: the figure is that of their sums. */
const runs = 3
const strategies = ['refresh', 'replace', 'surge'] as const
/** Real milliseconds after which a deploy has surely gone wrong. */
const patience = 240_000

/** One finished deploy: how long it took and how long it had to, in simulated milliseconds. */
interface Run {
  readonly took: number
  readonly critical: number
}

/** `overhead.<strategy>` and `overhead.naive.<strategy>`: ours and a script's, at once, in worlds of one seed. */
export const overhead = (): Promise<void> => {
  const services = strategies.flatMap((strategy) =>
    serviceList(runs, { prefix: strategy, strategy, baked: false }),
  )
  say(`overhead: ${services.length} deploys by Rollcall and as many by scripts, at speed ${speed}`)
  return onStage({ fleet: fleetOf(services), speed }, async (stage) => {
    const [ours, scripts] = await Promise.all([
      Promise.all(services.map((service) => oursOf(stage, service))),
      Promise.all(services.map((service) => naiveOf(stage, service))),
    ])
    for (const strategy of strategies) {
      const of = (all: readonly Run[]) => all.filter((_, at) => services[at]?.strategy === strategy)
      print(`overhead.${strategy}`, of(ours))
      print(`overhead.naive.${strategy}`, of(scripts))
    }
  })
}

const print = (name: string, all: readonly Run[]): void => {
  const took = sum(all.map((run) => run.took))
  const critical = sum(all.map((run) => run.critical))
  figure({
    name,
    value: took / critical,
    unit: 'ratio',
    seconds: rounded(took / all.length / 1000),
    critical_seconds: rounded(critical / all.length / 1000),
    each: all.map((run) => rounded(run.took / run.critical)),
    speed,
  })
}

const oursOf = async (stage: Stage, service: BenchService): Promise<Run> => {
  const from = stage.clock.now()
  await typeDeploy(stage, service)
  const ending = await until(`the deploy of ${service.name}`, patience, async () => {
    const [ended] = await stage.store.journal.history(service.name, 1)
    return ended?.ending
  })
  if (ending.kind !== 'succeeded')
    throw new Error(`the deploy of ${service.name} ended ${ending.kind}: ${JSON.stringify(ending.reason)}`)
  return measured(stage.aws, service, { from, to: ending.at })
}

const naiveOf = async ({ naive, clock }: Stage, service: BenchService): Promise<Run> => {
  const from = clock.now()
  await new NaiveScript(naive.url, clock).deploy(service)
  return measured(naive.aws, service, { from, to: clock.now() })
}

const measured = (aws: Aws, service: BenchService, span: Span): Run => {
  const { world } = aws
  const mine = [...world.instances.values()].filter(
    ({ tags }) => tags.get('aws:autoscaling:groupName') === service.name,
  )
  const images = [...world.images.values()].filter(({ name }) => name === imageName(service, nextVersion))
  const refreshes = world.groups.get(service.name)?.refreshes ?? []
  const path = waitedFor(aws.timeline(), {
    ...span,
    group: service.name,
    strategy: service.strategy,
    instances: new Set(mine.map(({ id }) => id)),
    made: new Set([...images, ...refreshes].map(({ id }) => id)),
    bake: gateBake * 1000,
  })
  return { took: span.to - span.from, critical: covered(path) }
}
